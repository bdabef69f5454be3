import { minute } from '../../tickets/shanghai-time.ts'
import { nextSummaryAt } from '../../tickets/supervision.ts'
import { isRunning, type Ticket, ticketStates } from '../../tickets/ticket.ts'
import type { House } from '../house.ts'
import type { Outcome, Send } from '../outcome.ts'
import { atLeast, isStaff } from '../people/directory.ts'
import type { Reading } from '../reading.ts'
import { audiencesIn } from '../supervision/audience.ts'
import { type SummaryItem, summaryItemsOf } from '../supervision/summary-section.ts'
import { summaryText } from '../supervision/summary-text.ts'
import { allWaiting } from '../supervision/supervise.ts'
import type { Timer } from '../timer.ts'

type SummaryTimer = Timer & { readonly kind: 'summary' }

/** At start: the first summary; or, when its times were changed meanwhile, the one that comes by the new ones. */
export async function setSummaryTimer(house: House): Promise<void> {
  const before = await house.store.get<Timer>('timers', 'summary')
  // what is due already is told, or found too late, by itself
  if (before && before.dueAt <= house.now()) return
  const next = nextSummary(house, before?.kind === 'summary' ? before.since : house.now())
  if (next && next.dueAt !== before?.dueAt)
    await house.store.commit([{ collection: 'timers', id: next.id, put: next }])
}

/** One for the whole house; there is none where nobody wants summaries. */
function nextSummary(house: House, since: number): SummaryTimer | undefined {
  if (!house.settings.scheduledDuties) return undefined
  const dueAt = nextSummaryAt(house.supervision.summaries, house.calendar, house.now())
  return dueAt === undefined ? undefined : { id: 'summary', kind: 'summary', since, dueAt }
}

/**
 * Morning and evening: one message to each person whom something concerns, none to the others. What is too late
 * is left to the next one, which tells of everything since the last that was told.
 */
export async function tellSummaries(house: House, reading: Reading, timer: SummaryTimer): Promise<Outcome> {
  const { latest } = house.supervision.summaries
  const missed = house.now() - timer.dueAt > latest * minute
  const next = nextSummary(house, missed ? timer.since : timer.dueAt)
  const going = next ? { timers: [next] } : { cancelled: [timer.id] }
  if (missed || !house.settings.scheduledDuties) return { ...going, why: 'the summary came too late' }
  const byPerson = await itemsByPerson(house, reading, timer)
  const sends: Send[] = []
  for (const [person, items] of byPerson)
    sends.push({
      ...{ kind: 'alert', to: { person }, afterAnswers: true },
      text: summaryText(house, items, timer.dueAt),
    })
  return { ...going, sends, why: `summaries for ${sends.length} people` }
}

async function itemsByPerson(
  house: House,
  reading: Reading,
  { since }: SummaryTimer,
): Promise<ReadonlyMap<string, readonly SummaryItem[]>> {
  const audiences = audiencesIn(reading)
  const waiting = new Map((await allWaiting(reading)).map(({ ticket, people }) => [ticket, people]))
  const span = { since, now: house.now(), waiting }
  const byPerson = new Map<string, SummaryItem[]>()
  for await (const ticket of runningTickets(reading))
    for (const item of await summaryItemsOf(house, audiences, ticket, span))
      byPerson.set(item.person, [...(byPerson.get(item.person) ?? []), item])
  for (const [person, items] of byPerson) {
    const theirs = await mayRead(reading, person, items)
    if (theirs.length > 0) byPerson.set(person, theirs)
    else byPerson.delete(person)
  }
  return byPerson
}

const page = 1_000

/** Page by page: it costs as much as there are tickets that run, however many have ended. */
async function* runningTickets(reading: Reading): AsyncGenerator<Ticket> {
  const where = { state: { in: ticketStates.filter((state) => isRunning({ state })) } }
  let cursor: string | undefined
  do {
    const query = { where, order: 'openedAt', limit: page, ...(cursor !== undefined && { cursor }) }
    const found = await reading.find('tickets', query)
    yield* found.documents
    cursor = found.next
  } while (cursor !== undefined)
}

/** Who has left the roster is told nothing, and nobody below a grid leader of how staff behave. */
async function mayRead(reading: Reading, id: string, items: readonly SummaryItem[]): Promise<SummaryItem[]> {
  const person = await reading.get('people', id)
  if (!person || person.role === 'resident') return []
  const seesConduct = isStaff(person) && atLeast(person, 'grid_leader')
  return items.filter(({ ticket }) => seesConduct || ticket.category !== 'conduct')
}
