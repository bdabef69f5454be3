import type { z } from 'zod'
import { deepestJson, isTooDeep } from '../json-depth.ts'
import { faultyValue, HttpError } from './http-error.ts'
import type { HttpContext } from './parts.ts'

/** Reading what was sent: never more than was allowed, and nothing that is not what it says it is. */

interface BodyLimit {
  /** A smaller limit, in bytes, for what begins like this. */
  of?(start: Uint8Array): number
  readonly remedy?: string
}

/** @param limit bytes @throws HttpError 413 */
export async function readBody(
  context: HttpContext,
  limit: number,
  { of, remedy = 'send less at once' }: BodyLimit = {},
): Promise<Uint8Array> {
  const announced = Number(context.req.header('content-length') ?? 0)
  if (announced > limit) throw tooLarge(limit, remedy)
  const body = context.req.raw.body
  if (!body) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let size = 0
  let most = limit
  // what is not read to its end is let go of: the connection closes after the answer
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    if (size === 0 && of) most = Math.min(limit, of(chunk))
    size += chunk.byteLength
    if (Math.max(size, announced) > most) throw tooLarge(most, remedy)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function tooLarge(limit: number, remedy: string): HttpError {
  const most = limit < 1 << 20 ? `${Math.floor(limit / 1024)} KB` : `${Math.floor(limit / (1 << 20))} MB`
  return new HttpError(413, `the body is larger than ${most}: ${remedy}`, {
    headers: { Connection: 'close' },
  })
}

/** @throws HttpError 415 when it says to be something else */
export function expectType(context: HttpContext, types: readonly string[]): string {
  const came = context.req.header('content-type')?.split(';')[0]?.trim().toLowerCase() ?? ''
  if (types.includes(came)) return came
  const wanted = types.join(' or ')
  throw new HttpError(415, `expected Content-Type ${wanted}, but ${came === '' ? 'none' : came} came`)
}

/** A JSON body, checked. @throws HttpError 400, 413, 415 */
export async function readJson<S extends z.ZodType>(
  context: HttpContext,
  schema: S,
  limit: number,
): Promise<z.output<S>> {
  expectType(context, ['application/json'])
  const value = parsedJson(decoded(await readBody(context, limit)))
  const checked = schema.safeParse(value)
  if (checked.success) return checked.data
  throw faultyValue(checked.error, value)
}

/** @throws HttpError 400 */
export function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw unreadable('expected UTF-8, but the body has other bytes: send it as UTF-8', error)
  }
}

/** @throws HttpError 400 */
export function parsedJson(text: string): unknown {
  if (isTooDeep(text))
    throw new HttpError(
      400,
      `expected JSON nested at most ${deepestJson} deep, but the body goes deeper: send it flat`,
    )
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw unreadable(`expected JSON, but the body cannot be read as such: ${why}`, error)
  }
}

function unreadable(message: string, cause: unknown): HttpError {
  return new HttpError(400, message, { cause })
}
