import type { z } from 'zod'
import { TicketSystemError } from '../../../bot/ports/ticket-system.ts'
import { describeIssue } from '../../zod-issue.ts'
import { callHttp, type HttpAnswer } from '../http-call.ts'
import { errorsAnswer } from './answers.ts'
import type { RedmineSettings } from './options.ts'

/** One request to Redmine, and what its answer means. The key leaves in a header only: no message ever shows it. */

export type Fetch = typeof fetch

/** Journals of an issue that many people wrote to for years are below this. */
const mostBytes = 16 << 20

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

function request(
  { url, key, timeout }: RedmineSettings,
  fetch: Fetch,
  method: string,
  path: string,
  body?: string,
): Promise<HttpAnswer> {
  return callHttp({ fetch, timeout, mostBytes }, new URL(`${url}${path}`), {
    method,
    headers: {
      ...{ accept: 'application/json', 'x-redmine-api-key': key },
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body }),
  })
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

function failure(name: string, request: string, { status, text, retryAfter }: HttpAnswer): TicketSystemError {
  const words = theirWords(text)?.join('; ')
  const said = `${name} answered ${request} with ${status}${words === undefined ? '' : `: ${words}`}`
  const options = retryAfter === undefined ? {} : { retryAfter }
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
  if (status < 400) return new TicketSystemError('nonsense', `${said}, which says nothing here`)
  return new TicketSystemError('refused', said)
}

function theirWords(text: string): readonly string[] | undefined {
  const checked = errorsAnswer.safeParse(jsonOf(text))
  return checked.success ? checked.data.errors : undefined
}

function bare(path: string): string {
  return path.replace(/\?.*$/u, '')
}

function shown(text: string): string {
  return text === '' ? 'nothing' : [...text.replace(/\s+/gu, ' ')].slice(0, 60).join('')
}
