import { TicketSystemError } from '../../bot/ports/ticket-system.ts'

/** One call of another system's server: never longer, larger or elsewhere than allowed. */
export interface HttpCallOptions {
  readonly fetch: typeof globalThis.fetch
  /** ms for the whole answer. */
  readonly timeout: number
  /** Bytes of an answer. */
  readonly mostBytes: number
}

export interface HttpAnswer {
  readonly status: number
  /** In lower case, without parameters; '' when none came. */
  readonly type: string
  readonly text: string
  /** ms to wait, when they said how long. */
  readonly retryAfter?: number
}

const mostRedirects = 3

/** @throws TicketSystemError `unreachable` or `nonsense`; what the status means is for the caller to judge */
export async function callHttp(options: HttpCallOptions, url: URL, init: RequestInit): Promise<HttpAnswer> {
  const signal = AbortSignal.timeout(options.timeout)
  let target = url
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    const response = await fetched(options, target, { ...init, signal, redirect: 'manual' })
    if (!isRedirect(response.status)) return answerOf(options, target, response)
    await response.body?.cancel()
    target = redirected(target, response, init.method ?? 'GET')
  }
  throw new TicketSystemError('nonsense', `${url.host} redirects in circles: look at its address`)
}

async function fetched({ fetch }: HttpCallOptions, url: URL, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init)
  } catch (error) {
    throw unreachable(url, error)
  }
}

function unreachable(url: URL, error: unknown): TicketSystemError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const why = cause instanceof Error ? cause.message : String(cause)
  return new TicketSystemError('unreachable', `${url.host} cannot be reached: ${why}`, { cause: error })
}

export function nonsense(message: string, cause: unknown): TicketSystemError {
  return new TicketSystemError('nonsense', message, { cause })
}

function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status)
}

/** A key and what residents said go to the host that was configured, and to no other. */
function redirected(from: URL, response: Response, method: string): URL {
  const location = response.headers.get('location') ?? ''
  const to = URL.canParse(location, from.href) ? new URL(location, from) : undefined
  if (!to) throw new TicketSystemError('nonsense', `${from.host} redirects to nowhere (${location})`)
  const upgraded = from.protocol === 'http:' && to.protocol === 'https:' && to.hostname === from.hostname
  if (to.origin !== from.origin && !upgraded)
    throw new TicketSystemError(
      'nonsense',
      `${from.host} redirects to ${to.host}, which nobody configured: if that is right, set it as the address`,
    )
  // only these two keep the method and the body
  if (method !== 'GET' && ![307, 308].includes(response.status))
    throw new TicketSystemError(
      'nonsense',
      `${from.host} redirects what is posted (${response.status}) to ${to.href}: set that as the address`,
    )
  return to
}

async function answerOf(options: HttpCallOptions, url: URL, response: Response): Promise<HttpAnswer> {
  const bytes = await bytesOf(options, url, response)
  const type = (response.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  const retryAfter = waitOf(response.headers.get('retry-after'))
  const text = textOf(url, bytes)
  return { status: response.status, type, text, ...(retryAfter !== undefined && { retryAfter }) }
}

async function bytesOf({ mostBytes }: HttpCallOptions, url: URL, response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength
      // leaving the loop cancels the body
      if (size > mostBytes) break
      chunks.push(chunk)
    }
  } catch (error) {
    throw unreachable(url, error)
  }
  if (size <= mostBytes) return Buffer.concat(chunks)
  throw new TicketSystemError('nonsense', `${url.host} answers with more than ${mostBytes} bytes`)
}

function textOf(url: URL, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw nonsense(`${url.host} answers in something else than UTF-8`, error)
  }
}

const longestWait = 24 * 3_600_000

/** Seconds; a date would need their clock to be ours. */
function waitOf(header: string | null): number | undefined {
  if (header === null || !/^\d{1,9}$/u.test(header)) return undefined
  return Math.min(Number(header) * 1000, longestWait)
}
