import { maskPersonalData } from '../intents/personal-data.ts'
import { genesis, seal } from '../tickets/chain.ts'
import type { TicketEvent } from '../tickets/event.ts'
import { applyEvent } from '../tickets/fold.ts'
import { assertAllowedBy } from '../tickets/lifecycle.ts'
import type { Ticket } from '../tickets/ticket.ts'
import type { InboxEntry, OutboxEntry } from './documents.ts'
import { promisesOver } from './duties/promises-over.ts'
import { planForwarding } from './forwarding/plan.ts'
import type { Happening } from './happening.ts'
import type { House } from './house.ts'
import { linkMessages, ticketsWith } from './ledger/message-links.ts'
import { type Outcome, type Send, silenceReasons, type TicketChange } from './outcome.ts'
import { standingsOf } from './people/standings.ts'
import { ConflictError, type Stored } from './ports/store.ts'
import { listQuestion } from './questions/list-question.ts'
import { type Put, type RecordedReading, type Removal, startReading, toChanges } from './reading.ts'
import { type AlertRoute, routeAlert } from './sending/alert-route.ts'
import { rankOf } from './sending/outbox-order.ts'
import { afterQuietHours } from './sending/quiet-hours.ts'
import { splitText } from './sending/split-text.ts'
import { aboutOf } from './sending/still-true.ts'
import { lightId, lightTimersAfter } from './supervision/light-timers.ts'

/** What set the house in motion: lines of somebody, a timer, or a command. */
export interface Cause {
  /** The same after a restart, so that what it leads to gets the same ids. */
  readonly id: string
  readonly conversation?: string
  readonly group: string | null
  readonly person?: string
  /** The lines that were said, oldest first; the commit marks them as done. */
  readonly lines: readonly Stored<InboxEntry>[]
  /** Inbox ids that the ticket events come from, when they are not those of `lines`. */
  readonly messages?: readonly string[]
}

interface Plan {
  readonly puts: Put[]
  readonly removals: Removal[]
  readonly happenings: Happening[]
}

const conflictLimit = 12

/**
 * Decide, then commit; on a conflict decide anew from what is true by then.
 * `prepare` gives undefined when there is nothing left to do: it happened already.
 */
export async function decideAndCommit(
  house: House,
  prepare: (reading: RecordedReading) => Promise<{ cause: Cause; outcome: Outcome } | undefined>,
): Promise<Outcome | undefined> {
  for (let attempt = 1; ; attempt++) {
    const reading = startReading(house.store)
    const decided = await prepare(reading)
    if (!decided) return undefined
    const plan = await planOf(house, reading, decided.cause, decided.outcome)
    try {
      await house.store.commit(toChanges(reading, plan.puts, plan.removals))
    } catch (error) {
      if (error instanceof ConflictError && attempt < conflictLimit) continue
      throw error
    }
    for (const happening of plan.happenings) house.observe(happening)
    return decided.outcome
  }
}

async function planOf(house: House, reading: RecordedReading, cause: Cause, outcome: Outcome): Promise<Plan> {
  const plan: Plan = {
    puts: [...(outcome.puts ?? [])],
    removals: [...(outcome.removals ?? [])],
    happenings: [],
  }
  for (const timer of outcome.timers ?? []) plan.puts.push({ collection: 'timers', document: timer })
  for (const id of outcome.cancelled ?? []) await planCancellation(plan, reading, id)
  for (const { event, notice } of outcome.notices ?? []) {
    plan.puts.push({ collection: 'notices', document: notice })
    plan.happenings.push({ type: 'notice', at: house.now(), event, notice })
  }
  await planTickets(plan, house, reading, cause, outcome.facts ?? [])
  const steps = plan.happenings.filter((happening) => happening.type === 'ticket')
  plan.puts.push(...(await planForwarding(house, reading, plan.puts, steps)))
  await planSends(plan, house, reading, cause, outcome.sends ?? [])
  await planMemory(plan, house, reading, cause, outcome)
  await planQuestion(plan, house, reading, cause, outcome)
  planLines(plan, house, cause, outcome)
  return plan
}

async function planCancellation(plan: Plan, reading: RecordedReading, id: string): Promise<void> {
  if (await reading.get('timers', id)) plan.removals.push({ collection: 'timers', id })
}

async function planTickets(
  plan: Plan,
  house: House,
  reading: RecordedReading,
  cause: Cause,
  facts: readonly TicketChange[],
): Promise<void> {
  const tickets = new Map<string, Ticket | undefined>()
  for (const { ticket: id, by, fact } of facts) {
    const before = tickets.has(id) ? tickets.get(id) : (putIn(plan, id) ?? (await reading.get('tickets', id)))
    const sequence = (before?.sequence ?? 0) + 1
    const messages = cause.messages ?? cause.lines.map((line) => line.id)
    const unsealed = { ...fact, id: `${id}:${sequence}`, ticket: id, sequence, at: house.now(), by, messages }
    if (before) assertAllowedBy(before, fact.type, await standingsOf(reading, by, before))
    const event: TicketEvent = seal(unsealed, before?.head ?? genesis, house.salt())
    const after = applyEvent(before, event)
    tickets.set(id, after)
    plan.puts.push(
      { collection: 'tickets', document: after },
      { collection: 'ticketEvents', document: event },
    )
    if (event.type === 'opened' || event.type === 'supported')
      plan.puts.push({
        collection: 'ticketPeople',
        document: { id: `${by}/${id}`, person: by, ticket: id, openedAt: after.openedAt },
      })
    plan.happenings.push({ type: 'ticket', at: event.at, event, ticket: after })
    // erasing changes no time, and must work where the house knows no calendar
    if (event.type !== 'erased') await planLight(plan, house, reading, event, after)
  }
  plan.puts.push(...(await linkMessages(reading, cause.messages ?? [], facts)))
}

/** The ticket as this very outcome leaves it: with the words taken out that are erased. */
function putIn(plan: Plan, id: string): Ticket | undefined {
  const put = plan.puts.findLast(({ collection, document }) => collection === 'tickets' && document.id === id)
  return put?.document as Ticket | undefined
}

/** What watches over the time of a ticket: see supervision/light-timers.ts. */
async function planLight(
  plan: Plan,
  house: House,
  reading: RecordedReading,
  event: TicketEvent,
  ticket: Ticket,
): Promise<void> {
  const pending = await reading.get('timers', lightId(ticket.id))
  const { set, cancelled } = lightTimersAfter(event, ticket, house.calendar, pending)
  for (const id of [...cancelled, ...promisesOver(event.type, ticket.id)])
    if (!isPlanned(plan, id)) await planCancellation(plan, reading, id)
  if (set) plan.puts.push({ collection: 'timers', document: set })
}

/** The same outcome sets it: it is not the one of before that is over. */
function isPlanned(plan: Plan, timer: string): boolean {
  return plan.puts.some(({ collection, document }) => collection === 'timers' && document.id === timer)
}

async function planSends(
  plan: Plan,
  house: House,
  reading: RecordedReading,
  cause: Cause,
  sends: readonly Send[],
): Promise<void> {
  let count = 0
  for (const send of sends) {
    const route = await routeOf(reading, send)
    if (!route) {
      plan.happenings.push(undeliverable(house.now(), send))
      continue
    }
    const account = plannedAccount(plan, route.to) ?? (await accountFor(house, reading, route.to))
    const about = await aboutOf(reading, send, (ticket) => putIn(plan, ticket))
    for (const text of splitText(route.text)) {
      const id = `${cause.id}/${String(++count).padStart(3, '0')}`
      plan.puts.push({
        collection: 'outbox',
        document: { ...outboxEntry(house.now(), id, account, send, { ...route, text }), ...about },
      })
    }
    if (send.kind !== 'reply' || !send.picture) continue
    const id = `${cause.id}/${String(++count).padStart(3, '0')}`
    const entry = outboxEntry(house.now(), id, account, send, {
      ...route,
      text: `[图片] ${send.picture.name}`,
    })
    plan.puts.push({ collection: 'outbox', document: { ...entry, picture: send.picture } })
  }
}

type Route = Exclude<AlertRoute, undefined>

async function routeOf(reading: RecordedReading, send: Send): Promise<AlertRoute> {
  if (send.kind === 'reply') return { to: send.to, text: send.text }
  return 'person' in send.to ? routeAlert(reading, send.to.person, send.text) : undefined
}

function undeliverable(at: number, { to, text }: Send): Happening {
  const whom = 'role' in to ? to.role : 'person' in to ? to.person : to.group
  return { type: 'undeliverable', at, to: whom, text }
}

function outboxEntry(now: number, id: string, account: string, send: Send, { to, text }: Route): OutboxEntry {
  const urgent = send.urgent ?? false
  const canWait = send.kind === 'reply' && send.canWait === true
  const afterAnswers = send.kind === 'alert' && send.afterAnswers === true
  const rank = rankOf(afterAnswers ? 'afterAnswers' : send.kind, urgent, now)
  return {
    ...{ id, account, to, kind: send.kind, text, state: 'queued', urgent, rank },
    ...{ queuedAt: now, dueAt: canWait ? afterQuietHours(now) : now, attempts: 0, forgetAt: null },
  }
}

/** A code that binds this very room, or makes this very person, decides who speaks there from now on. */
function plannedAccount(plan: Plan, to: Route['to']): string | undefined {
  for (const { collection, document } of plan.puts) {
    if (collection === 'groups' && 'group' in to && document.id === to.group) return document.owner
    if (collection === 'contacts' && 'person' in to && document.person === to.person) return document.account
  }
  return undefined
}

async function accountFor(
  house: House,
  reading: RecordedReading,
  to: { readonly group: string } | { readonly person: string },
): Promise<string> {
  const first = house.chats[0]?.account ?? ''
  if ('group' in to) return (await reading.get('groups', to.group))?.owner ?? first
  const { documents } = await reading.find('contacts', { where: { person: to.person }, limit: 1 })
  return documents[0]?.account ?? first
}

async function planMemory(
  plan: Plan,
  house: House,
  reading: RecordedReading,
  cause: Cause,
  outcome: Outcome,
): Promise<void> {
  const { conversation, person, group } = cause
  if (conversation && person && Object.keys(outcome.memory ?? {}).length > 0) {
    const id = `${conversation}/${person}`
    const before = await reading.get('memories', id)
    const forgetAt = house.now() + house.settings.keep.chatter
    plan.puts.push({
      collection: 'memories',
      document: { ...before, ...outcome.memory, id, person, forgetAt },
    })
  }
  if (group && Object.keys(outcome.groupState ?? {}).length > 0) {
    const before = await reading.get('groupStates', group)
    plan.puts.push({
      collection: 'groupStates',
      document: { answered: [], ...before, ...outcome.groupState, id: group },
    })
  }
}

async function planQuestion(
  plan: Plan,
  house: House,
  reading: RecordedReading,
  cause: Cause,
  outcome: Outcome,
): Promise<void> {
  if (!outcome.question || !cause.person) return
  const text = maskPersonalData(outcome.question.text)
  const [id, at, group, person] = [cause.id, house.now(), cause.group, cause.person]
  const mentioned = cause.lines.some((line) => line.mentioned)
  plan.puts.push(...(await listQuestion(house, reading, { id, text, group, person, at, mentioned })))
  plan.happenings.push({ type: 'question', at, lines: cause.lines.map((line) => line.id), text })
}

function planLines(plan: Plan, house: House, cause: Cause, outcome: Outcome): void {
  const at = house.now()
  const ids = cause.lines.map((line) => line.id)
  const why = outcome.why ?? ''
  const spoke = outcome.sends?.some((send) => send.kind === 'reply') ?? false
  const understood = outcome.understood && { ...outcome.understood, spoke }
  for (const line of cause.lines) {
    const caused = cause.messages === undefined || cause.messages.includes(line.id)
    const tickets = ticketsWith(line.tickets, caused ? (outcome.facts ?? []) : [])
    const forgetAt = tickets.length > 0 ? null : line.at + house.settings.keep.chatter
    const said = [outcome.silence && silenceReasons[outcome.silence], why].filter(Boolean).join(' — ')
    const done = {
      ...{ ...line, state: 'done' as const, outcome: said, utterance: cause.id, forgetAt },
      ...(tickets.length > 0 && { tickets }),
    }
    const document: InboxEntry = understood ? { ...done, understood } : done
    plan.puts.push({ collection: 'inbox', document })
  }
  if (ids.length === 0) return
  plan.happenings.push({ type: 'decided', at, lines: ids, why })
  if (outcome.silence && ledToNothing(outcome))
    plan.happenings.push({ type: 'silence', at, lines: ids, reason: outcome.silence, ...(why && { why }) })
}

function ledToNothing(outcome: Outcome): boolean {
  return !outcome.sends?.length && !outcome.facts?.length && !outcome.question
}
