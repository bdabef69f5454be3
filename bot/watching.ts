import { z } from 'zod'
import { formatPlace } from '../intents/places.ts'
import { isoShanghai } from '../tickets/shanghai-time.ts'
import type { Group, InboxEntry, Person } from './documents.ts'
import type { Happening } from './happening.ts'
import { silenceReasons } from './outcome.ts'
import type { Store } from './ports/store.ts'

/** What the bot does, with names instead of ids: for those who look on (the playground, the socket). */

const at = z.string()
export const watchEventSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('sent'),
    at,
    kind: z.enum(['reply', 'alert', 'notice']),
    /** The name of one of the two. */
    group: z.string().optional(),
    person: z.string().optional(),
    text: z.string(),
  }),
  z.object({ type: z.literal('undeliverable'), at, role: z.string(), text: z.string() }),
  z.object({
    type: z.literal('ticket'),
    at,
    event: z.string(),
    ticket: z.string(),
    category: z.string(),
    urgency: z.string(),
    state: z.string(),
    place: z.string().nullable(),
    department: z.string(),
    deadline: z.string(),
    by: z.string(),
    note: z.string().optional(),
  }),
  z.object({
    type: z.literal('silence'),
    at,
    /** What was said, oldest first. */
    said: z.array(z.string()),
    reason: z.string(),
    why: z.string().optional(),
  }),
  z.object({
    type: z.literal('notice'),
    at,
    event: z.string(),
    notice: z.string(),
    state: z.string(),
    groups: z.int(),
    text: z.string(),
  }),
  z.object({ type: z.literal('question'), at, text: z.string() }),
  z.object({ type: z.literal('trouble'), at, text: z.string() }),
])
export type WatchEvent = z.infer<typeof watchEventSchema>

/** Undefined for what nobody who looks on needs. */
export async function watchEventOf(store: Store, happening: Happening): Promise<WatchEvent | undefined> {
  const when = isoShanghai(happening.at)
  switch (happening.type) {
    case 'sent':
      return sentEvent(store, when, happening.entry)
    case 'undeliverable':
      return { type: 'undeliverable', at: when, role: happening.to, text: happening.text }
    case 'ticket':
      return ticketEvent(store, when, happening)
    case 'silence':
      return {
        ...{ type: 'silence', at: when, said: await said(store, happening.lines) },
        reason: silenceReasons[happening.reason],
        ...(happening.why !== undefined && { why: happening.why }),
      }
    case 'question':
      return { type: 'question', at: when, text: happening.text }
    case 'trouble':
      return { type: 'trouble', at: when, text: happening.text }
    case 'notice':
      return {
        ...{ type: 'notice', at: when, event: happening.event, notice: happening.notice.id },
        ...{ state: happening.notice.state, groups: happening.notice.groups, text: happening.notice.text },
      }
    case 'decided':
      return undefined
  }
}

async function sentEvent(
  store: Store,
  when: string,
  { kind, to, text }: (Happening & { type: 'sent' })['entry'],
): Promise<WatchEvent> {
  const whom =
    'group' in to
      ? { group: (await store.get<Group>('groups', to.group))?.name ?? to.group }
      : { person: await personName(store, to.person) }
  return { type: 'sent', at: when, kind, ...whom, text }
}

async function ticketEvent(
  store: Store,
  when: string,
  { event, ticket }: Happening & { type: 'ticket' },
): Promise<WatchEvent> {
  const { category, urgency, state, department } = ticket
  return {
    ...{ type: 'ticket', at: when, event: event.type, ticket: ticket.id },
    ...{ category, urgency, state, department, deadline: isoShanghai(ticket.deadline) },
    place: ticket.place && formatPlace(ticket.place, { withRoom: true }),
    by: await personName(store, event.by),
    ...('note' in event && { note: event.note }),
  }
}

async function personName(store: Store, id: string): Promise<string> {
  return (await store.get<Person>('people', id))?.name ?? id
}

async function said(store: Store, lines: readonly string[]): Promise<string[]> {
  const entries = await Promise.all(lines.map((id) => store.get<InboxEntry>('inbox', id)))
  return entries.flatMap((entry) => (entry ? [entry.text === '' ? `[${entry.kind}]` : entry.text] : []))
}
