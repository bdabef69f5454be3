import { z } from 'zod'
import { agrees, expectedState, remoteStateOf } from '../../bot/forwarding/agreement.ts'
import { signatureHeaders, signatureOf } from '../../bot/forwarding/signature.ts'
import {
  type Difference,
  type ForwardedTicket,
  type RemoteReference,
  type RemoteState,
  type RemoteStatus,
  type TicketSystem,
  TicketSystemError,
} from '../../bot/ports/ticket-system.ts'
import { isoShanghai } from '../../tickets/shanghai-time.ts'
import { describeIssue } from '../zod-issue.ts'
import { callJson } from './call-json.ts'

/**
 * Whoever can take a signed POST is a ticket system: the whole ticket as it is now, under an id that is the same
 * when the same is sent again. What they say of it stands in their answer, or where `readUrl` points.
 */
export interface WebhookOptions {
  readonly name: string
  readonly url: string
  readonly secret: string
  /** {id}: theirs, or our number where they have none. */
  readonly readUrl?: string
  /** Their words for a state. */
  readonly states: Readonly<Record<string, RemoteState>>
  readonly now: () => number
  readonly fetch?: typeof globalThis.fetch
}

const short = z.union([z.string().min(1).max(200), z.number().transform(String)])
/** What else they say is theirs. */
const answerSchema = z.looseObject({
  id: short.nullish(),
  url: z.string().max(1_000).nullish(),
  status: short.nullish(),
  note: z.string().max(20_000).nullish(),
  updatedAt: z.iso.datetime({ offset: true }).nullish(),
  title: z.string().nullish(),
  text: z.string().nullish(),
  place: z.string().nullish(),
  department: z.string().nullish(),
})
type Answer = z.output<typeof answerSchema>

export function createWebhook(options: WebhookOptions): TicketSystem {
  const { name, url, readUrl, fetch = globalThis.fetch } = options

  async function post(ticket: ForwardedTicket): Promise<Answer> {
    const id = encodeURI(`${name}/${ticket.id}:${ticket.sequence}`)
    const body = JSON.stringify({ id, type: 'ticket', ticket: shownTicket(ticket) })
    const headers = signed(options, id, body)
    const { status, value } = await callJson({ method: 'POST', url: new URL(url), headers, body }, fetch)
    if (status === 404)
      throw new TicketSystemError('refused', `${name}: nothing stands at ${url}: look at the address`)
    return parsed(name, value ?? {})
  }
  async function read({ id }: RemoteReference): Promise<Answer | undefined> {
    if (readUrl === undefined) return undefined
    const address = readUrl.replaceAll('{id}', encodeURIComponent(id))
    const call = {
      method: 'GET',
      url: new URL(address),
      headers: signed(options, encodeURI(`${name}/read/${id}`), ''),
    } as const
    const { status, value } = await callJson(call, fetch)
    return status === 404 ? undefined : parsed(name, value ?? {})
  }
  return {
    name,
    async forward(ticket, before) {
      const answer = await post(ticket)
      const id = answer.id ?? before?.id ?? ticket.id
      const known = answer.url ?? before?.url
      const remote = { id, ...(known !== undefined && { url: known }) }
      const said = readUrl === undefined ? answer : await read(remote)
      if (!said) throw new TicketSystemError('nonsense', `${name} took ${ticket.id}, but does not show it`)
      return {
        remote,
        status: statusOf(options, said, ticket),
        differences: differencesOf(options, said, ticket),
      }
    },
    async fetch(remote) {
      const said = await read(remote)
      return said && statusOf(options, said)
    },
  }
}

function shownTicket({ id, openedAt, deadline, ...ticket }: ForwardedTicket) {
  return { number: id, ...ticket, openedAt: isoShanghai(openedAt), deadline: isoShanghai(deadline) }
}

function signed({ secret, now }: WebhookOptions, id: string, body: string): Record<string, string> {
  const timestamp = String(Math.floor(now() / 1000))
  return {
    [signatureHeaders.id]: id,
    [signatureHeaders.timestamp]: timestamp,
    [signatureHeaders.signature]: signatureOf(secret, { timestamp, id }, body),
  }
}

function parsed(name: string, value: unknown): Answer {
  const checked = answerSchema.safeParse(value)
  if (checked.success) return checked.data
  const [issue] = checked.error.issues
  const fault = issue ? describeIssue(issue, value, 'the answer') : 'an unknown shape'
  throw new TicketSystemError('nonsense', `${name}: ${fault}`)
}

/** Who says nothing is taken to agree. */
function statusOf({ states }: WebhookOptions, answer: Answer, ticket?: ForwardedTicket): RemoteStatus {
  const said = answer.status ?? ''
  const state = said === '' ? (ticket ? expectedState(ticket.state) : 'unknown') : remoteStateOf(states, said)
  const updatedAt = Date.parse(answer.updatedAt ?? '')
  return {
    ...{ state, said },
    ...(answer.note && { note: answer.note.slice(0, 2_000) }),
    ...(Number.isFinite(updatedAt) && { updatedAt }),
  }
}

function differencesOf(
  { states }: WebhookOptions,
  answer: Answer,
  ticket: ForwardedTicket,
): readonly Difference[] {
  const fields = (['title', 'text', 'place', 'department'] as const).flatMap((field) => {
    const theirs = answer[field]
    if (theirs === null || theirs === undefined || theirs.trim() === ticket[field].trim()) return []
    return [{ field, ours: ticket[field], theirs }]
  })
  const said = answer.status ?? ''
  if (said === '' || agrees(ticket.state, remoteStateOf(states, said))) return fields
  return [...fields, { field: 'status', ours: ticket.state, theirs: said }]
}
