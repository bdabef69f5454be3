/** What can go wrong with a model server, in words for an operator. Never holds words of residents. */
import { APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError } from 'openai'

export type FailureCode =
  | 'key'
  | 'balance'
  | 'forbidden'
  | 'model'
  | 'request'
  | 'rate'
  | 'server'
  | 'redirect'
  | 'address'
  | 'certificate'
  | 'unreachable'
  | 'timeout'
  | 'protocol'
  | 'nonsense'
  | 'ungrounded'
  | 'budget'
  | 'resting'
  | 'busy'

export interface Failure {
  readonly code: FailureCode
  readonly status?: number
  /** A bare technical word, such as ECONNREFUSED; for people. */
  readonly detail?: string
  readonly retryAfterMs?: number
  /** The server's own words. They may repeat what was sent: for our decisions only, never for a log. */
  readonly serverSays?: string
}

/** Thrown where a server answers 200 with something that is not the protocol. */
export class ProtocolError extends Error {
  readonly code = 'protocol'
}

const meanings: Readonly<Record<FailureCode, { readonly text: string; readonly remedy: string }>> = {
  key: { text: 'it does not accept the key', remedy: 'check OPENAI_API_KEY' },
  balance: { text: 'the account has no balance left', remedy: 'top up the account of OPENAI_API_KEY' },
  forbidden: { text: 'it forbids this use', remedy: 'check what OPENAI_API_KEY may do, and from where' },
  model: {
    text: 'it does not know the model or the path',
    remedy:
      'check LINLI_MODEL and LINLI_EMBEDDING_MODEL, and that OPENAI_BASE_URL ends where /chat/completions follows (mostly /v1)',
  },
  request: { text: 'it refused the request', remedy: 'try another LINLI_MODEL, or ask its operator' },
  rate: { text: 'it asks for fewer requests', remedy: 'wait, or raise the limits of the account' },
  server: { text: 'it failed inside', remedy: 'wait, or ask its operator' },
  redirect: { text: 'it points to another address', remedy: 'set OPENAI_BASE_URL to the final address' },
  address: { text: 'its address is not found', remedy: 'check OPENAI_BASE_URL and the DNS of this machine' },
  certificate: {
    text: 'its certificate is not trusted',
    remedy: 'check OPENAI_BASE_URL, the clock of this machine, or NODE_EXTRA_CA_CERTS',
  },
  unreachable: {
    text: 'no connection',
    remedy: 'check that the server runs, OPENAI_BASE_URL, and the firewall',
  },
  timeout: {
    text: 'no answer in time',
    remedy: 'check the network and the load of the server, or use a quicker model',
  },
  protocol: {
    text: 'its answer is not of the OpenAI protocol',
    remedy: 'check OPENAI_BASE_URL: it mostly ends in /v1',
  },
  nonsense: { text: 'the answer had not the agreed shape', remedy: 'try another LINLI_MODEL' },
  ungrounded: {
    text: 'the answer was not borne out by the passages',
    remedy: 'nothing to do: the extract was sent instead',
  },
  budget: { text: "today's budget is spent", remedy: 'raise the daily budget, or wait until midnight' },
  resting: { text: 'it failed before and is left alone for a while', remedy: 'see the troubles before this' },
  busy: { text: 'too many requests are waiting', remedy: 'raise maxConcurrent, or use a quicker model' },
}

export function describeFailure(failure: Failure): { readonly text: string; readonly remedy: string } {
  const { text, remedy } = meanings[failure.code]
  const details = [failure.status, failure.detail].filter((detail) => detail !== undefined)
  return { text: details.length > 0 ? `${text} (${details.join(', ')})` : text, remedy }
}

/** Does it say something about the server, so that the breaker should know? */
export function isServerFault({ code }: Failure): boolean {
  return !['request', 'nonsense', 'ungrounded', 'budget', 'resting', 'busy'].includes(code)
}

/** Whatever the SDK throws. An error that is none of the known ones still is a server that gave no answer. */
export function failureOf(error: unknown, now: number): Failure {
  if (error instanceof ProtocolError) return { code: 'protocol', detail: error.message }
  if (error instanceof APIConnectionTimeoutError || error instanceof APIUserAbortError)
    return { code: 'timeout' }
  if (error instanceof APIConnectionError || networkWord(error) !== undefined) return connectionFailure(error)
  if (error instanceof APIError && typeof error.status === 'number') return statusFailure(error, now)
  return { code: 'protocol', detail: error instanceof Error ? error.name : typeof error }
}

function statusFailure(error: APIError, now: number): Failure {
  const status = Number(error.status)
  const serverSays = `${error.param ?? ''} ${error.message}`
  const retryAfterMs = retryAfter(error.headers, now)
  return {
    code: codeOf(status, error.code ?? '', serverSays),
    status,
    serverSays,
    ...(retryAfterMs !== undefined && (status === 429 || status >= 500) && { retryAfterMs }),
  }
}

const ofStatus: Readonly<Record<number, FailureCode>> = {
  401: 'key',
  402: 'balance',
  403: 'forbidden',
  404: 'model',
  405: 'model',
  408: 'timeout',
}

function codeOf(status: number, word: string, serverSays: string): FailureCode {
  if (status === 429) return /insufficient_quota|insufficient_balance/.test(word) ? 'balance' : 'rate'
  // Some servers say 400 for an unknown model.
  if (status === 400 && /model.{0,80}(not.{0,5}(exist|found)|不存在)/is.test(serverSays)) return 'model'
  if (status >= 500) return 'server'
  if (status < 400) return 'redirect'
  return ofStatus[status] ?? 'request'
}

/** @returns ms from now, or undefined when the header is absent, unreadable or says now */
function retryAfter(headers: Headers | undefined, now: number): number | undefined {
  const inMs = Number.parseFloat(headers?.get('retry-after-ms') ?? '')
  if (inMs > 0) return inMs
  const value = headers?.get('retry-after')?.trim() ?? ''
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000 || undefined
  const at = Date.parse(value)
  return at > now ? at - now : undefined
}

function connectionFailure(error: unknown): Failure {
  const detail = networkWord(error)
  if (detail === undefined) return { code: 'unreachable' }
  if (/ENOTFOUND|EAI_AGAIN|INVALID_URL/.test(detail)) return { code: 'address', detail }
  if (/CERT|SIGNATURE|SSL|TLS/.test(detail)) return { code: 'certificate', detail }
  if (/TIMEOUT|ETIMEDOUT/.test(detail)) return { code: 'timeout', detail }
  return { code: 'unreachable', detail }
}

/** Node hides the reason as the cause of a cause. */
function networkWord(error: unknown): string | undefined {
  let cause: unknown = error
  for (let depth = 0; depth < 5 && cause instanceof Error; depth++) {
    if ('code' in cause && typeof cause.code === 'string' && /^[A-Z_]+$/.test(cause.code)) return cause.code
    cause = cause.cause
  }
  return undefined
}
