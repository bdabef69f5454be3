import type { TicketEvent, TicketFactType } from '../../tickets/event.ts'
import { saidNumber } from '../../tickets/number.ts'
import { minute } from '../../tickets/shanghai-time.ts'
import { isRunning, type Ticket } from '../../tickets/ticket.ts'
import { isAtWork } from '../alarms/alarm.ts'
import { isStillRaised } from '../alarms/end-alarm.ts'
import { ticketWords, whatOf } from '../describe.ts'
import { type Actor, type Command, RefusedError } from '../doors/command.ts'
import type { Decided } from '../doors/decided.ts'
import { giveBack } from '../doors/tickets/dispatch.ts'
import { acknowledge, done } from '../doors/tickets/work.ts'
import type { House } from '../house.ts'
import { both, type Outcome } from '../outcome.ts'
import type { Difference, RemoteStatus } from '../ports/ticket-system.ts'
import type { Reading } from '../reading.ts'
import { alertOwner } from '../sending/alert-owner.ts'
import { alertRole } from '../sending/alert-role.ts'
import { agrees } from './agreement.ts'
import { type Delivery, deliveryId } from './delivery.ts'
import { freshState, tellSoon } from './system-state.ts'

/**
 * What another system says moves our ticket: they work on it, they are done, they send it back. It never closes one:
 * whoever reported is asked first, and an alarm that is still raised is not done. What is older than what is known,
 * what was said before, and what says the same as we do, changes nothing.
 */

type StatusCommand = Command & { readonly type: 'ticket.system-status' }

/** Clocks over there count whole seconds. */
const coarseness = 1_000

/** @throws RefusedError */
export async function takeRemoteStatus(
  house: House,
  reading: Reading,
  actor: Actor,
  command: StatusCommand,
): Promise<Decided> {
  const { delivery, ticket, system } = await known(reading, actor, command)
  const now = house.now()
  const heard = heardNow(command, now)
  const status = statusOf(heard)
  if (delivery.remote && isSame(delivery.remote, status)) return still(ticket, 'known already')
  if (await isOlder(reading, { delivery, ticket, system }, heard, now))
    return still(ticket, 'older than what is known')
  const early = status.state === 'done' && isAtWork(ticket) && (await isStillRaised(reading, ticket))
  const moved = early ? undefined : await movement(house, reading, actor, ticket, status)
  const differences = differencesAfter(delivery, ticket, status, moved !== undefined)
  const fresh = differences.some(
    (each) => !delivery.differences.some((known) => isSameDifference(known, each)),
  )
  const after: Delivery = {
    ...{ ...delivery, remote: status, remoteAt: house.now(), differences },
    untold: delivery.untold || fresh,
  }
  const noted: Outcome = { puts: [{ collection: 'deliveries', document: after }] }
  const told = fresh ? await tellingSoon(house, reading, system) : {}
  const warned = early && fresh ? await tellTooEarly(house, reading, ticket, system) : {}
  return {
    outcome: both(both(both(moved?.outcome ?? {}, noted), told), warned),
    result: { ticket: ticket.id, moved: moved !== undefined, said: status.said },
  }
}

interface Known {
  readonly delivery: Delivery
  readonly ticket: Ticket
  readonly system: string
}

async function known(
  reading: Reading,
  actor: Actor,
  { ticket: id, remoteId }: StatusCommand,
): Promise<Known> {
  if (actor.kind !== 'system')
    throw new RefusedError('authority', 'only a system that a ticket was forwarded to says how it goes there')
  const delivery = await reading.get('deliveries', deliveryId(actor.name, id))
  const ticket = delivery && (await reading.get('tickets', id))
  if (!delivery || !ticket || delivery.remoteId === undefined)
    throw new RefusedError('unknown', `ticket ${id} was not forwarded to ${actor.name}`)
  if (remoteId !== undefined && remoteId !== delivery.remoteId)
    throw new RefusedError(
      'unlawful',
      `ticket ${id} is ${delivery.remoteId} in ${actor.name}, but ${remoteId} came: nothing was changed`,
    )
  return { delivery, ticket, system: actor.name }
}

function statusOf({ state, said, note, at }: StatusCommand): RemoteStatus {
  return {
    ...{ state, said },
    ...(note !== undefined && note !== '' && { note }),
    ...(at !== undefined && { updatedAt: at }),
  }
}

/** What is sent to us from hours ahead is a wrong clock; a little ahead, or in what we read ourselves, it is now. */
const mostAhead = 15 * minute

/** @throws RefusedError */
function heardNow(command: StatusCommand, now: number): StatusCommand {
  const { at, read } = command
  if (at === undefined || at <= now) return command
  if (!read && at > now + mostAhead)
    throw new RefusedError(
      'incomplete',
      `'at' lies ${Math.round((at - now) / minute)} minutes ahead of the clock here: send the time with its offset, for example +08:00`,
    )
  return { ...command, at: now }
}

/** Also our own write that comes back. */
export function isSame(one: RemoteStatus, other: RemoteStatus): boolean {
  const same = one.state === other.state && one.said === other.said
  return same && (other.note === undefined || (one.note ?? '') === other.note)
}

export function isSameDifference(one: Difference, other: Difference): boolean {
  return one.field === other.field && one.ours === other.ours && one.theirs === other.theirs
}

function still(ticket: Ticket, why: string): Decided {
  return { outcome: {}, result: { ticket: ticket.id, moved: false, why } }
}

/**
 * What we read now is new, unless we decided otherwise meanwhile and could not bring it over yet. What is sent to us
 * may have been on its way for long: its time decides.
 */
async function isOlder(
  reading: Reading,
  { delivery, ticket, system }: Known,
  { at, read }: StatusCommand,
  now: number,
): Promise<boolean> {
  const decided = await lastDecision(reading, ticket.id, system)
  if (read && (decided?.sequence ?? 0) <= delivery.done) return false
  if (at === undefined) return read
  const before = delivery.remote?.updatedAt
  // a time that has not come yet tells nothing from anything
  if (before !== undefined && before <= now && at < before) return true
  return at + coarseness < (decided?.at ?? ticket.openedAt)
}

/** These say how a ticket stands, whatever they think over there. */
const decisions: ReadonlySet<TicketFactType> = new Set([
  ...(['reopened', 'done', 'closed', 'declined', 'on_hold', 'resumed', 'withdrawn'] as const),
])

/** The last one that is not this system's own. */
async function lastDecision(
  reading: Reading,
  ticket: string,
  system: string,
): Promise<TicketEvent | undefined> {
  const { documents } = await reading.find('ticketEvents', {
    ...{ where: { ticket }, order: 'sequence', descending: true, limit: 1_000 },
  })
  return documents.find(({ type, by }) => decisions.has(type) && by !== `system/${system}`)
}

async function movement(
  house: House,
  reading: Reading,
  actor: Actor,
  ticket: Ticket,
  { state, note }: RemoteStatus,
): Promise<Decided | undefined> {
  const name = actor.kind === 'system' ? actor.name : ''
  const works = ticket.state === 'dispatched' || ticket.state === 'handling'
  switch (state) {
    case 'handling':
      return ticket.state === 'dispatched' ? acknowledge(house, reading, actor, ticket.id) : undefined
    case 'done': {
      if (!works) return undefined
      const how = (note ?? house.texts.otherSystemDone({ system: name })).slice(0, 500)
      return done(house, reading, actor, { type: 'ticket.done', ticket: ticket.id, note: how, photos: [] })
    }
    case 'declined':
      return isRunning(ticket) ? sentBack(house, reading, actor, ticket, { name, note }) : undefined
    case 'open':
    case 'unknown':
      return undefined
  }
}

/** They do not take it: our side finds somebody else, and admins hear of it. */
async function sentBack(
  house: House,
  reading: Reading,
  actor: Actor,
  ticket: Ticket,
  { name, note }: { readonly name: string; readonly note: string | undefined },
): Promise<Decided> {
  const reason = (note ?? house.texts.otherSystemNoReason()).slice(0, 200)
  const command = { type: 'ticket.return', ticket: ticket.id, reason } as const
  const returned = await giveBack(house, reading, actor, command)
  const text = house.texts.otherSystemReturned({
    ...{ system: name, number: saidNumber(ticket.id), what: whatOf(house, ticket), reason },
  })
  const alert = await alertRole(reading, 'admin', undefined, text)
  return { ...returned, outcome: both(returned.outcome, { sends: alert }) }
}

/** The state is compared anew; what else differed was found at the last write, and stands. */
function differencesAfter(
  delivery: Delivery,
  ticket: Ticket,
  status: RemoteStatus,
  moved: boolean,
): readonly Difference[] {
  const others = delivery.differences.filter(({ field }) => field !== 'status')
  if (moved || agrees(ticket.state, status.state)) return others
  return [...others, { field: 'status', ours: ticket.state, theirs: status.said || status.state }]
}

async function tellTooEarly(
  house: House,
  reading: Reading,
  ticket: Ticket,
  system: string,
): Promise<Outcome> {
  const words = ticketWords(house, ticket, house.now())
  return {
    sends: await alertOwner(reading, ticket, house.texts.otherSystemDoneTooEarly({ ...words, system })),
  }
}

async function tellingSoon(house: House, reading: Reading, system: string): Promise<Outcome> {
  const state = (await reading.get('systemStates', system)) ?? freshState(system)
  return { puts: [{ collection: 'systemStates', document: tellSoon(state, house.now()) }] }
}
