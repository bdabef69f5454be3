import { TicketSystemError } from '../../bot/ports/ticket-system.ts'
import { callHttp, type HttpAnswer, nonsense } from './http-call.ts'

/** A call whose answer is small JSON, and what its status means. */
export interface JsonCall {
  readonly method: 'GET' | 'POST'
  readonly url: URL
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

export interface JsonAnswer {
  readonly status: number
  /** undefined: an empty body. */
  readonly value: unknown
}

const http = { timeout: 10_000, mostBytes: 256 << 10 }

/** 2xx and 404 come back. @throws TicketSystemError */
export async function callJson(
  { method, url, headers, body }: JsonCall,
  fetch: typeof globalThis.fetch,
): Promise<JsonAnswer> {
  const answer = await callHttp({ ...http, fetch }, url, {
    method,
    headers: {
      ...{ accept: 'application/json', ...headers },
      ...(body !== undefined && { 'content-type': 'application/json; charset=utf-8' }),
    },
    ...(body !== undefined && { body }),
  })
  if (answer.status !== 404 && (answer.status < 200 || answer.status > 299)) throw refusalOf(url, answer)
  return { status: answer.status, value: answer.text.trim() === '' ? undefined : jsonOf(url, answer) }
}

function refusalOf(url: URL, { status, text, retryAfter }: HttpAnswer): TicketSystemError {
  const said = text.replaceAll(/\s+/gu, ' ').trim().slice(0, 120)
  const message = `${url.host} answered ${status}${said === '' ? '' : `: ${said}`}`
  const wait = retryAfter === undefined ? {} : { retryAfter }
  if (status === 429) return new TicketSystemError('busy', message, wait)
  if (status === 401 || status === 403) return new TicketSystemError('authority', message)
  if (status === 408 || status >= 500) return new TicketSystemError('unreachable', message, wait)
  return new TicketSystemError('refused', message)
}

function jsonOf(url: URL, { status, text }: HttpAnswer): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    // a page that says there is nothing here says no less than JSON would
    if (status === 404) return undefined
    const message = `${url.host} was expected to answer with JSON, but ${JSON.stringify(text.slice(0, 60))} came`
    throw nonsense(message, error)
  }
}
