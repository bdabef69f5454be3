import type { Ticket } from '../../tickets/ticket.ts'
import { decideAndCommit } from '../commit.ts'
import { both, type Outcome } from '../outcome.ts'
import { withoutNames } from '../people/names-of-ticket.ts'
import { type Forwarding, type RemoteReference, TicketSystemError } from '../ports/ticket-system.ts'
import type { Reading } from '../reading.ts'
import { agrees } from './agreement.ts'
import { answered, answerOf, type Call, putState, stateOf, troubled } from './call.ts'
import { type Delivery, referenceOf } from './delivery.ts'
import { hear, take } from './hear.ts'
import { leaving } from './leaving.ts'
import { isSame, isSameDifference } from './remote-status.ts'
import { mayLeave } from './rules.ts'
import { backoff, tellSoon } from './system-state.ts'

/**
 * One ticket to one system: first hear what happened over there meanwhile, then make it say what we say, then keep
 * what it says after that. A crash between their write and ours leads here again: they know our number.
 */
export async function bring(call: Call, { id }: Delivery): Promise<void> {
  const { house, system } = call
  if (!system.tickets) return
  const { tickets } = system
  try {
    const lost = await hearFirst(call, id)
    const delivery = await house.store.get<Delivery>('deliveries', id)
    const ticket = delivery && (await house.store.get<Ticket>('tickets', delivery.ticket))
    if (delivery?.state !== 'waiting') return
    if (!ticket) return await settle(call, delivery, delivery.wanted)
    if (house.forwarding && !mayLeave(house.forwarding, system.name, ticket))
      return await settle(call, delivery, ticket.sequence)
    const reference = lost ? undefined : referenceOf(delivery)
    const leaves = leaving(house, ticket, system, await withoutNames(house, ticket))
    const answer = await answerOf(() => tickets.forward(leaves, reference))
    await arrived(call, id, ticket, answer)
    // found there after a crash, or moved while we wrote: that is news like any other
    if (isMove(delivery, ticket, answer)) await take(call, ticket.id, answer.status)
  } catch (error) {
    if (!(error instanceof TicketSystemError)) throw error
    await notBrought(call, id, error)
  }
}

/** @returns whether they have lost it, so that it is made anew */
async function hearFirst(call: Call, id: string): Promise<boolean> {
  const delivery = await call.house.store.get<Delivery>('deliveries', id)
  const reference = delivery && referenceOf(delivery)
  if (!delivery || !reference || call.system.pollEvery === undefined) return false
  return (await hear(call, delivery, reference)) === 'lost'
}

/** It has become nobody else's business meanwhile, or was forgotten. */
async function settle({ house }: Call, { id }: Delivery, done: number): Promise<void> {
  await decideAndCommit(house, async (reading) => {
    const current = await reading.get('deliveries', id)
    if (!current) return undefined
    const document: Delivery = { ...current, state: 'settled', dueAt: null, done }
    return { cause: causeOf(id, done), outcome: { puts: [{ collection: 'deliveries', document }] } }
  })
}

async function arrived(call: Call, id: string, brought: Ticket, answer: Forwarding): Promise<void> {
  const { house } = call
  await decideAndCommit(house, async (reading) => {
    const before = await reading.get('deliveries', id)
    const ticket = await reading.get('tickets', brought.id)
    if (!before || !ticket) return undefined
    const after = delivered(before, brought, answer, house.now())
    const outcome: Outcome = {
      puts: [{ collection: 'deliveries', document: after }],
      facts: isNews(ticket, before.system, answer.remote)
        ? [{ ticket: ticket.id, by: 'bot', fact: forwarded(before.system, answer.remote) }]
        : [],
    }
    const state = await answered(reading, call)
    const told = after.untold ? await telling(reading, call, state) : state
    return { cause: causeOf(id, brought.sequence), outcome: both(outcome, told) }
  })
}

/** They say something new that is not what we say: what they said before, they only did not change. */
function isMove({ remote }: Delivery, { state }: Ticket, { status }: Forwarding): boolean {
  return !agrees(state, status.state) && !(remote && isSame(remote, status))
}

function delivered(before: Delivery, brought: Ticket, answer: Forwarding, now: number): Delivery {
  const { remote, status, differences } = answer
  const { error, errorCode, url, ...rest } = before
  const done = brought.sequence
  const more = before.wanted > done
  const fresh = differences.some((each) => !before.differences.some((known) => isSameDifference(known, each)))
  return {
    ...{ ...rest, done, attempts: 0, state: more ? 'waiting' : 'settled', dueAt: more ? now : null },
    ...{ remoteId: remote.id, remoteAt: now, differences },
    ...(!isMove(before, brought, answer) && { remote: status }),
    ...(remote.url !== undefined && { url: remote.url }),
    untold: before.untold || fresh,
  }
}

/** The ledger says once where else it is kept. */
function isNews({ forwarded: known = [] }: Ticket, system: string, { id }: RemoteReference): boolean {
  return !known.some((each) => each.system === system && each.remoteId === id)
}

function forwarded(system: string, { id, url }: RemoteReference) {
  return { type: 'forwarded', system, remoteId: id, ...(url !== undefined && { url }) } as const
}

async function telling(reading: Reading, call: Call, state: Outcome): Promise<Outcome> {
  const put = state.puts?.find(({ collection }) => collection === 'systemStates')
  const current = put?.collection === 'systemStates' ? put.document : await stateOf(reading, call)
  return putState(tellSoon(current, call.house.now()))
}

/** Nobody understands what they answer: after so many times an admin looks. */
const mostNonsense = 5

async function notBrought(call: Call, id: string, error: TicketSystemError): Promise<void> {
  const { house } = call
  await decideAndCommit(house, async (reading) => {
    const before = await reading.get('deliveries', id)
    if (!before) return undefined
    const after = afterFailure(before, error, house)
    const outcome: Outcome = { puts: [{ collection: 'deliveries', document: after }] }
    const cause = causeOf(id, `${before.wanted}/${after.attempts}/${house.now()}`)
    return { cause, outcome: await troubled(reading, call, error, outcome, after.state === 'failed') }
  })
}

function afterFailure(before: Delivery, error: TicketSystemError, { now, random }: Call['house']): Delivery {
  const attempts = before.attempts + 1
  const noted = { ...before, attempts, error: error.message.slice(0, 500), errorCode: error.code }
  // it ended here before it ever was there: that they do not want it now is nobody's worry
  if (error.code === 'refused' && !before.live && before.remoteId === undefined)
    return { ...noted, state: 'settled', dueAt: null }
  if (error.code === 'refused' || (error.code === 'nonsense' && attempts >= mostNonsense))
    return { ...noted, state: 'failed', dueAt: null, untold: true }
  // behind the others: when it is this one at which they break, those are not kept back
  return { ...noted, state: 'waiting', dueAt: now() + (error.retryAfter ?? backoff(attempts, random)) }
}

function causeOf(id: string, what: string | number) {
  return { id: `forward/${id}/${what}`, group: null, lines: [] }
}
