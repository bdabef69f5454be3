import type { z } from 'zod'
import { TicketSystemError } from '../../../bot/ports/ticket-system.ts'
import { describeIssue } from '../../zod-issue.ts'
import { errorsAnswer } from './answers.ts'
import type { RedmineSettings } from './options.ts'

/** One request to Redmine, and what its answer means. The key leaves in a header only: no message ever shows it. */

export type Fetch = typeof fetch

/** Journals of an issue that many people wrote to for years are below this. */
const largestAnswer = 16 * 1024 * 1024
const longestWait = 24 * 3_600_000

export interface Connection {
  /** @returns undefined for 404. @throws TicketSystemError */
  get<T>(path: string, schema: z.ZodType<T>): Promise<T | undefined>
  /** @throws TicketSystemError */
  send(method: 'POST' | 'PUT', path: string, body: unknown): Promise<Sent>
}

export type Sent =
  /** `text` is empty after a PUT: 204. */
  | { readonly outcome: 'taken'; readonly text: string }
  /** Somebody else saved the same issue at the same moment: 422 without a reason. */
  | { readonly outcome: 'conflict' }
  /** 404 */
  | { readonly outcome: 'gone' }
  /** 500: something in it broke their server; 502 to 504 are thrown. */
  | { readonly outcome: 'broken'; readonly error: TicketSystemError }

export function connect(settings: RedmineSettings, fetch: Fetch): Connection {
  const { name } = settings
  return {
    async get(path, schema) {
      const answer = await request(settings, fetch, 'GET', path)
      if (answer.status === 404) return undefined
      if (answer.status !== 200) throw failure(name, `GET ${bare(path)}`, answer)
      return parseAnswer(name, path, answer.text, schema)
    },
    async send(method, path, body) {
      const answer = await request(settings, fetch, method, path, JSON.stringify(body))
      if ([200, 201, 204].includes(answer.status)) return { outcome: 'taken', text: answer.text }
      if (answer.status === 404) return { outcome: 'gone' }
      const isConflict = answer.status === 422 && theirWords(answer.text)?.length === 0
      if (isConflict || answer.status === 409) return { outcome: 'conflict' }
      const error = failure(name, `${method} ${bare(path)}`, answer)
      if (answer.status === 500) return { outcome: 'broken', error }
      throw error
    },
  }
}

async function request(
  { name, url, key, timeout }: RedmineSettings,
  fetch: Fetch,
  method: string,
  path: string,
  body?: string,
): Promise<Answer> {
  try {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...{ accept: 'application/json', 'x-redmine-api-key': key },
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body }),
      // the key must not follow to another address
      redirect: 'manual',
      signal: AbortSignal.timeout(timeout),
    })
    return { status: response.status, headers: response.headers, text: await textOf(response, name) }
  } catch (error) {
    throw error instanceof TicketSystemError ? error : unreachable(name, error, timeout)
  }
}

interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/** @throws TicketSystemError nonsense */
export function parseAnswer<T>(name: string, path: string, text: string, schema: z.ZodType<T>): T {
  const value = jsonOf(text)
  if (value === undefined)
    throw new TicketSystemError(
      'nonsense',
      `${name}: expected JSON from ${bare(path)}, but this came: ${shown(text)}. Check the url in the settings`,
    )
  const checked = schema.safeParse(value)
  if (checked.success) return checked.data
  const [issue] = checked.error.issues
  const fault = issue === undefined ? 'an unknown shape' : describeIssue(issue, value, 'the answer')
  throw new TicketSystemError('nonsense', `${name}: the answer to ${bare(path)}: ${fault}`)
}

/** undefined: it is no JSON; an empty body, or a page of a proxy. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function failure(name: string, request: string, { status, headers, text }: Answer): TicketSystemError {
  const words = theirWords(text)?.join('; ')
  const said = `${name} answered ${request} with ${status}${words === undefined ? '' : `: ${words}`}`
  const wait = waitOf(headers)
  const options = wait === undefined ? {} : { retryAfter: wait }
  if (status === 429) return new TicketSystemError('busy', `${said}: too many requests`, options)
  if (status >= 500 || status === 408) return new TicketSystemError('unreachable', said, options)
  if (status === 401)
    return new TicketSystemError(
      'authority',
      `${said}: it does not know the key. Check the key, and that the REST web service is on`,
    )
  if (status === 403)
    return new TicketSystemError(
      'authority',
      `${said}: the account may not do this. Give its role in the project the right to view, add and edit issues and to add notes`,
    )
  if (status >= 300 && status < 400)
    return new TicketSystemError(
      'nonsense',
      `${said}, which points to another address: set the url to the final one`,
    )
  if (status < 300) return new TicketSystemError('nonsense', `${said}, which says nothing here`)
  return new TicketSystemError('refused', said)
}

function theirWords(text: string): readonly string[] | undefined {
  const checked = errorsAnswer.safeParse(jsonOf(text))
  return checked.success ? checked.data.errors : undefined
}

/** Seconds, or a date. @returns ms to wait */
function waitOf(headers: Headers): number | undefined {
  const value = headers.get('retry-after')?.trim() ?? ''
  const ms = /^\d+$/u.test(value)
    ? Number(value) * 1000
    : Date.parse(value) - Date.parse(headers.get('date') ?? '')
  return ms > 0 ? Math.min(ms, longestWait) : undefined
}

async function textOf(response: Response, name: string): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    if (size > largestAnswer)
      throw new TicketSystemError('nonsense', `${name}: the answer is larger than 16 MB`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function unreachable(name: string, error: unknown, timeout: number): TicketSystemError {
  const isSlow = error instanceof Error && error.name === 'TimeoutError'
  const trouble = isSlow
    ? `no answer within ${timeout} ms. Check that it runs and how busy it is`
    : `no connection (${wordOf(error)}). Check that it runs, the url in the settings and the firewall`
  return new TicketSystemError('unreachable', `${name}: ${trouble}`, { cause: error })
}

/** Node hides the reason as the cause of a cause. */
function wordOf(error: unknown): string {
  let word = error instanceof Error ? error.name : String(error)
  let cause: unknown = error
  for (let depth = 0; depth < 5 && cause instanceof Error; depth++) {
    if ('code' in cause && typeof cause.code === 'string') word = cause.code
    cause = cause.cause
  }
  return word
}

function bare(path: string): string {
  return path.replace(/\?.*$/u, '')
}

function shown(text: string): string {
  return text === '' ? 'nothing' : [...text.replace(/\s+/gu, ' ')].slice(0, 60).join('')
}
