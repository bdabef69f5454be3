import { TicketSystemError } from '../../bot/ports/ticket-system.ts'
import { deepestJson, isTooDeep } from '../json-depth.ts'

/** One call of another system's server: never longer, larger or elsewhere than allowed. No message shows a header. */
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

async function fetched({ fetch, timeout }: HttpCallOptions, url: URL, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init)
  } catch (error) {
    throw unreachable(timeout, url, error)
  }
}

function unreachable(timeout: number, url: URL, error: unknown): TicketSystemError {
  const isSlow = error instanceof Error && error.name === 'TimeoutError'
  const trouble = isSlow
    ? `gave no answer within ${timeout} ms: look whether it runs, and how busy it is`
    : `cannot be reached (${reasonOf(error)}): look whether it runs, at its address and the firewall`
  return new TicketSystemError('unreachable', `${url.host} ${trouble}`, { cause: error })
}

/** Node hides the reason as the cause of a cause; where a name has several addresses, behind an empty message. */
function reasonOf(error: unknown): string {
  let reason = error instanceof Error ? error.message : String(error)
  let cause: unknown = error
  for (let depth = 0; depth < 5 && cause instanceof Error; depth++) {
    if (cause.message !== '') reason = cause.message
    if ('code' in cause && typeof cause.code === 'string' && !reason.includes(cause.code)) reason = cause.code
    cause = cause.cause
  }
  return reason
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
  const retryAfter = waitOf(response.headers)
  const text = textOf(url, response.status, bytes)
  if (/^\ufeff?\s*[[{]/u.test(text) && isTooDeep(text))
    throw new TicketSystemError(
      'nonsense',
      `${url.host} answers with JSON nested more than ${deepestJson} deep: look at its address`,
    )
  return { status: response.status, type, text, ...(retryAfter !== undefined && { retryAfter }) }
}

async function bytesOf(
  { mostBytes, timeout }: HttpCallOptions,
  url: URL,
  response: Response,
): Promise<Uint8Array> {
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
    throw unreachable(timeout, url, error)
  }
  if (size <= mostBytes) return Buffer.concat(chunks)
  throw new TicketSystemError('nonsense', `${url.host} answers with more than ${mostBytes} bytes`)
}

/** The page with which a proxy says that something is wrong may be in any encoding; the status says enough. */
function textOf(url: URL, status: number, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: status < 300 }).decode(bytes)
  } catch (error) {
    throw nonsense(`${url.host} answers in something else than UTF-8`, error)
  }
}

const longestWait = 24 * 3_600_000

/** Seconds, or a date, which is measured by their own clock: without it, a date says nothing. @returns ms to wait */
function waitOf(headers: Headers): number | undefined {
  const value = headers.get('retry-after')?.trim() ?? ''
  const ms = /^\d{1,9}$/u.test(value)
    ? Number(value) * 1000
    : Date.parse(value) - Date.parse(headers.get('date') ?? '')
  return ms >= 0 ? Math.min(ms, longestWait) : undefined
}
