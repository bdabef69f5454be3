import { maskPersonalData } from '../intents/personal-data.ts'
import { genesis, seal } from '../tickets/chain.ts'
import type { TicketEvent } from '../tickets/event.ts'
import { applyEvent } from '../tickets/fold.ts'
import { assertAllowedBy } from '../tickets/lifecycle.ts'
import type { Ticket } from '../tickets/ticket.ts'
import type { InboxEntry } from './documents.ts'
import { promisesOver } from './duties/promises-over.ts'
import { planForwarding } from './forwarding/plan.ts'
import type { Happening } from './happening.ts'
import type { House } from './house.ts'
import { LeaseLostError } from './leases/fenced-store.ts'
import { linkMessages, ticketsWith } from './ledger/message-links.ts'
import { type Outcome, type Send, silenceReasons, type TicketChange } from './outcome.ts'
import { standingsOf } from './people/standings.ts'
import { ConflictError, type Stored, StoreFailedError } from './ports/store.ts'
import { listQuestion } from './questions/list-question.ts'
import { type Put, type RecordedReading, type Removal, startReading, toChanges } from './reading.ts'
import { accountFor } from './sending/account-for.ts'
import { type AlertRoute, routeAlert } from './sending/alert-route.ts'
import type { OutboxEntry } from './sending/outbox-documents.ts'
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

const conflictLimit = 30

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
    try {
      const decided = await prepare(reading)
      if (!decided) return undefined
      const plan = await planOf(house, reading, decided.cause, decided.outcome)
      await house.store.commit(toChanges(reading, plan.puts, plan.removals))
      for (const happening of plan.happenings) house.observe(happening)
      return decided.outcome
    } catch (error) {
      if (attempt >= conflictLimit || !(await isOfAnotherTime(reading, error))) throw error
    }
    await letOthersFinish(house, attempt)
  }
}

/**
 * Somebody else was faster. Where others write at the same time, what was read first and what was read last may also
 * not fit together, and what is wrong with it is no fault of anybody's.
 */
async function isOfAnotherTime(reading: RecordedReading, error: unknown): Promise<boolean> {
  if (error instanceof ConflictError) return true
  if (error instanceof StoreFailedError || error instanceof LeaseLostError) return false
  return reading.isStale()
}

/** A crowd that wants the same number: each waits a little longer, and not all of them as long. */
async function letOthersFinish(house: House, attempt: number): Promise<void> {
  if (attempt < 3) return
  const most = Math.min(2 ** attempt, 250)
  await new Promise((resolve) => setTimeout(resolve, house.random() * most))
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
    const account = await accountFor(house, reading, cause, plan.puts, route.to)
    const about = await aboutOf(reading, send, (ticket) => putIn(plan, ticket))
    for (const text of splitText(route.text)) {
      const id = `${cause.id}/${String(++count).padStart(3, '0')}`
      plan.puts.push({
        collection: 'outbox',
        document: { ...outboxEntry(house.now(), id, account, send, { ...route, text }), ...about },
      })
    }
    const file = send.kind === 'reply' ? fileOf(send) : undefined
    if (!file) continue
    const id = `${cause.id}/${String(++count).padStart(3, '0')}`
    const entry = outboxEntry(house.now(), id, account, send, { ...route, text: file.text })
    plan.puts.push({ collection: 'outbox', document: { ...entry, ...file.part } })
  }
}

/** What is sent behind the words. */
function fileOf({ picture, attachment }: Send & { readonly kind: 'reply' }) {
  if (picture) return { text: `[图片] ${picture.name}`, part: { picture } }
  return attachment && { text: `[附件] ${attachment.name}`, part: { attachment } }
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
