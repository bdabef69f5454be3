import type { IncomingMessage, ServerResponse } from 'node:http'
import { type LocalServer, serve } from './exchanges.ts'

/**
 * As much of Redmine as its troubles need: it keeps issues, answers as the recorded one does, and can be told to fail
 * at any request. What a real one promises is held by the recorded answers, not by this.
 */
export interface SmallRedmine extends LocalServer {
  readonly issues: SmallIssue[]
  /** Every request: POST /projects/xingfu/issues.json */
  readonly asked: string[]
  /** Called before each request; whatever answers it, does so instead. `act` does what was asked, silently. */
  trouble: (request: string, response: ServerResponse, act: () => void, body: string) => void
}

interface SmallIssue {
  readonly id: number
  subject: string
  description: string
  due_date: string
  status_id: number
  number: string
  readonly notes: string[]
}

const statusNames = ['', '新建', '进行中', '已解决', '反馈', '已关闭', '已拒绝']

export async function smallRedmine({ filters = true } = {}): Promise<SmallRedmine> {
  const issues: SmallIssue[] = []
  const asked: string[] = []
  const server = await serve((request, response, body) => {
    const name = `${request.method} ${new URL(request.url ?? '', 'http://x').pathname}`
    asked.push(name)
    small.trouble(name, response, () => act(issues, request, body), body)
    if (!response.headersSent && !response.destroyed && !held.has(response))
      send(response, answer(issues, request, body, filters))
  })
  const small: SmallRedmine = { ...server, issues, asked, trouble: () => undefined }
  return small
}

const held = new WeakSet<ServerResponse>()

/** Never answered: for timeouts. */
export function hold(response: ServerResponse): void {
  held.add(response)
}

export function send(response: ServerResponse, [status, value]: readonly [number, unknown?]): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(value === undefined ? '' : JSON.stringify(value))
}

function answer(
  issues: SmallIssue[],
  request: IncomingMessage,
  body: string,
  filters: boolean,
): readonly [number, unknown?] {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://x')
  if (request.method !== 'GET') return act(issues, request, body)
  const id = /^\/issues\/(\d+)\.json$/u.exec(pathname)?.[1]
  if (id !== undefined) {
    const issue = issues.find((each) => each.id === Number(id))
    return issue ? [200, { issue: shown(issue) }] : [404]
  }
  if (pathname === '/issues.json') return [200, { issues: found(issues, searchParams, filters).map(shown) }]
  return [200, vocabulary]
}

const vocabulary = {
  issue_statuses: statusNames.flatMap((name, id) => (id === 0 ? [] : [{ id, name }])),
  trackers: [{ id: 3, name: '支持' }],
  custom_fields: [{ id: 1, name: '邻里编号', customized_type: 'issue' }],
}

function found(issues: SmallIssue[], query: URLSearchParams, filters: boolean): SmallIssue[] {
  const subject = query.get('subject')?.slice(1)
  if (subject !== undefined) return issues.filter((issue) => issue.subject.includes(subject))
  // a field that is no filter is ignored, and everything comes
  return filters ? issues.filter(({ number }) => number === query.get('cf_1')) : issues
}

function act(issues: SmallIssue[], request: IncomingMessage, body: string): readonly [number, unknown?] {
  const { custom_fields: fields, notes, ...change } = JSON.parse(body).issue
  const number = fields?.[0]?.value
  if (request.method === 'POST') {
    const issue = { id: issues.length + 1, ...change, number: number ?? '', notes: [] }
    issues.push(issue)
    return [201, { issue: shown(issue) }]
  }
  const issue = issues[Number(/\d+/u.exec(request.url ?? '')?.[0]) - 1]
  if (!issue) return [404]
  Object.assign(issue, change, number !== undefined && { number })
  if (notes !== undefined) issue.notes.push(notes)
  return [204]
}

function shown({ id, subject, description, due_date, status_id, number, notes }: SmallIssue): object {
  return {
    ...{ id, subject, due_date, description: description.replaceAll('\n', '\r\n') },
    ...{ status: { id: status_id, name: statusNames[status_id] }, tracker: { id: 3, name: '支持' } },
    custom_fields: [{ id: 1, name: '邻里编号', value: number }],
    journals: notes.map((note) => ({ notes: note })),
  }
}
