import { isRunning, type Ticket } from '../../tickets/ticket.ts'
import { decideAndCommit } from '../commit.ts'
import type { Outcome } from '../outcome.ts'
import { withoutNames } from '../people/names-of-ticket.ts'
import { TicketSystemError } from '../ports/ticket-system.ts'
import { answered, answerOf, type Call, isOfTheSystem, troubled } from './call.ts'
import type { ChannelAlert } from './delivery.ts'
import { backoff } from './system-state.ts'
import { channelWords } from './words.ts'

/** What is older is no alert any more; the ledger has it. */
const freshFor = 24 * 3_600_000
const mostAttempts = 5

/** One alert to one work group. Told at least once: its id says when it is the same. */
export async function sendAlert(call: Call, alert: ChannelAlert, onSend: () => void): Promise<void> {
  const { house, system } = call
  const channel = system.alerts
  const ticket = await house.store.get<Ticket>('tickets', alert.ticket)
  if (!channel || !ticket) return finish(call, alert, {})
  const later = redLater(alert, ticket, house.now())
  if (later !== undefined) return later === null ? finish(call, alert, {}) : putOff(call, alert, later)
  if (alert.since + freshFor < house.now()) {
    const text = `${system.name} was not told of ${alert.ticket} (${alert.event}) within a day: it is left out`
    house.observe({ type: 'trouble', at: house.now(), text })
    return finish(call, alert, {})
  }
  onSend()
  try {
    const words = channelWords(house, alert, ticket, await withoutNames(house, ticket))
    await answerOf(() => channel.tell(words))
    await finish(call, alert, { went: true })
  } catch (error) {
    if (!(error instanceof TicketSystemError)) throw error
    await failed(call, alert, error)
  }
}

/** undefined: now; null: never; else when the deadline has passed that is true by now. */
function redLater({ event }: ChannelAlert, ticket: Ticket, now: number): number | null | undefined {
  if (event !== 'red') return undefined
  if (!isRunning(ticket)) return null
  return now > ticket.deadline ? undefined : ticket.deadline + 1
}

async function finish(call: Call, { id }: ChannelAlert, { went = false }: { went?: boolean }): Promise<void> {
  await decideAndCommit(call.house, async (reading) => {
    if (!(await reading.get('channelAlerts', id))) return undefined
    const outcome = went ? await answered(reading, call) : {}
    const removals = [{ collection: 'channelAlerts', id } as const]
    return { cause: causeOf(call, id), outcome: { ...outcome, removals } }
  })
}

async function putOff(call: Call, { id }: ChannelAlert, dueAt: number): Promise<void> {
  await decideAndCommit(call.house, async (reading) => {
    const before = await reading.get('channelAlerts', id)
    if (!before) return undefined
    const document: ChannelAlert = { ...before, dueAt, since: dueAt }
    return { cause: causeOf(call, id), outcome: { puts: [{ collection: 'channelAlerts', document }] } }
  })
}

async function failed(call: Call, { id }: ChannelAlert, error: TicketSystemError): Promise<void> {
  const { house, system } = call
  const outcome = await decideAndCommit(house, async (reading) => {
    const before = await reading.get('channelAlerts', id)
    if (!before) return undefined
    const attempts = before.attempts + 1
    const hopeless = !isOfTheSystem(error) && (error.code === 'refused' || attempts >= mostAttempts)
    const dueAt = house.now() + backoff(attempts, house.random)
    const next: Outcome = hopeless
      ? { removals: [{ collection: 'channelAlerts', id }] }
      : { puts: [{ collection: 'channelAlerts', document: { ...before, attempts, dueAt } }] }
    return { cause: causeOf(call, id), outcome: await troubled(reading, call, error, next, false) }
  })
  if (outcome?.removals?.length)
    house.observe({
      ...{ type: 'trouble', at: house.now() },
      text: `${system.name} did not take an alert: ${error.message}`,
    })
}

function causeOf({ house }: Call, id: string) {
  return { id: `alert/${id}/${house.now()}`, group: null, lines: [] }
}
