import { ZodError } from 'zod'
import { RefusedError } from '../../bot/doors/command.ts'
import { ConflictError, StoreFailedError } from '../../bot/ports/store.ts'
import { describeIssue } from '../zod-issue.ts'

/** Why a request is not answered as wished; thrown anywhere, shown by the door (server.ts). */
export class HttpError extends Error {
  readonly status: 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 422 | 429 | 500 | 503
  /** bad-request, unauthorized, forbidden, not-found, method, … */
  readonly code: string
  /** One fault each: what was expected, what came, what to do. */
  readonly details: readonly string[]
  /** What may have been meant, the likeliest first. */
  readonly candidates: readonly string[]
  readonly headers: Readonly<Record<string, string>>

  constructor(
    status: HttpError['status'],
    message: string,
    {
      code = codes[status],
      details = [],
      candidates = [],
      headers = {},
      cause,
    }: {
      readonly code?: string
      readonly details?: readonly string[]
      readonly candidates?: readonly string[]
      readonly headers?: Readonly<Record<string, string>>
      readonly cause?: unknown
    } = {},
  ) {
    super(message, cause === undefined ? {} : { cause })
    this.name = 'HttpError'
    this.status = status
    this.code = code
    this.details = details
    this.candidates = candidates
    this.headers = headers
  }
}

const codes = {
  ...{ 400: 'bad-request', 401: 'unauthorized', 403: 'forbidden', 404: 'not-found', 405: 'method' },
  ...{ 409: 'conflict', 413: 'too-large', 415: 'media-type', 422: 'refused', 429: 'too-many' },
  ...{ 500: 'internal', 503: 'unavailable' },
} as const

const ofRefusal: Readonly<Record<RefusedError['code'], HttpError['status']>> = {
  ...{ authority: 403, elsewhere: 403, unknown: 404, unlawful: 409, exists: 409, incomplete: 422 },
}

/** What somebody outside may know of an error; the rest is for the operator. */
export function httpErrorOf(error: unknown, value?: unknown): HttpError {
  if (error instanceof HttpError) return error
  if (error instanceof RefusedError)
    return new HttpError(ofRefusal[error.code], error.message, { code: error.code, cause: error })
  if (error instanceof ZodError) return faultyValue(error, value)
  if (error instanceof ConflictError || error instanceof StoreFailedError)
    return new HttpError(503, 'nothing was kept: try again in a moment', {
      headers: { 'Retry-After': '5' },
      cause: error,
    })
  return new HttpError(500, 'something failed here: tell the operator the request id', { cause: error })
}

/** 400 with one line for each fault. @param value what the schema has seen */
export function faultyValue(error: ZodError, value: unknown, whole = 'the body'): HttpError {
  const details = error.issues.map((issue) => describeIssue(issue, value, whole))
  return new HttpError(400, details.join('; '), { details, cause: error })
}
