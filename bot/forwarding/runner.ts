import type { House } from '../house.ts'
import { bring } from './bring.ts'
import type { Call } from './call.ts'
import type { ChannelAlert, Delivery, SystemState } from './delivery.ts'
import type { OtherSystem } from './other-system.ts'
import { ask, openOverThere } from './poll.ts'
import { sendAlert } from './send-alert.ts'
import { freshState } from './system-state.ts'
import { tellAdmins } from './tell-admins.ts'

/**
 * Brings to one system what should be there, one thing at a time: tickets, alerts, and the question how it goes over
 * there. Everything is read from the store, so that a crash at any point only means that it is done again.
 */
export interface Runner {
  /** Does whatever is due. */
  pump(): Promise<void>
  isBusy(): boolean
  /** The next instant at which something is due; undefined when nothing is, or a pump is under way. */
  nextAt(): Promise<number | undefined>
  /** Begins nothing more. */
  stop(): void
}

type Work =
  | { readonly kind: 'tell' }
  | { readonly kind: 'deliver'; readonly delivery: Delivery }
  | { readonly kind: 'alert'; readonly alert: ChannelAlert }
  | { readonly kind: 'poll' }
  | { readonly kind: 'ask'; readonly delivery: string }

interface Planned {
  readonly at: number
  readonly work: Work
}

export function createRunner(house: House, system: OtherSystem): Runner {
  let pumping: Promise<void> | undefined
  let stopped = false
  /** Deliveries whose tickets are still to be asked about in this round. */
  let round: string[] = []
  let alertsFrom = 0
  const call: Call = { house, system }

  /** What comes next, and when. While the system rests only admins are told things. */
  async function next(): Promise<Planned | undefined> {
    if (stopped) return undefined
    const state = await stateOf(house, system)
    const tell = planned(state.tellAt, { kind: 'tell' })
    const others = [
      await nextAlert(house, system, alertsFrom),
      await nextDelivery(house, system),
      ...(system.pollEvery === undefined ? [] : [nextQuestion(state)]),
    ]
    const soonest = earliest(others.map((each) => each && { ...each, at: Math.max(each.at, house.now()) }))
    const rested = soonest && { ...soonest, at: Math.max(soonest.at, state.restsUntil) }
    return earliest([tell, rested])
  }
  function nextQuestion({ pollAt }: SystemState): Planned {
    const [delivery] = round
    if (delivery !== undefined) return { at: 0, work: { kind: 'ask', delivery } }
    return { at: pollAt ?? 0, work: { kind: 'poll' } }
  }
  async function act(work: Work): Promise<void> {
    switch (work.kind) {
      case 'tell':
        return tellAdmins(call)
      case 'deliver':
        return bring(call, work.delivery)
      case 'alert':
        return sendAlert(call, work.alert, () => {
          alertsFrom = house.now() + system.alertGap
        })
      case 'poll':
        round = [...(await openOverThere(call))]
        return
      case 'ask':
        // off the list first: what cannot be asked about waits for the next round
        round = round.filter((each) => each !== work.delivery)
        return ask(call, work.delivery)
    }
  }
  async function pumpAll(): Promise<void> {
    for (let due = await next(); due && due.at <= house.now(); due = await next()) await act(due.work)
  }
  return {
    pump() {
      pumping ??= pumpAll().finally(() => {
        pumping = undefined
      })
      return pumping
    },
    isBusy: () => pumping !== undefined,
    async nextAt() {
      if (pumping !== undefined) return undefined
      return (await next())?.at
    },
    stop() {
      stopped = true
    },
  }
}

async function stateOf(house: House, { name }: OtherSystem): Promise<SystemState> {
  return (await house.store.get<SystemState>('systemStates', name)) ?? freshState(name)
}

async function nextDelivery(house: House, { name, tickets }: OtherSystem): Promise<Planned | undefined> {
  if (!tickets) return undefined
  const { documents } = await house.store.find<Delivery>('deliveries', {
    ...{ where: { system: name, state: 'waiting' }, order: 'dueAt', limit: 1 },
  })
  const [delivery] = documents
  return delivery && planned(delivery.dueAt, { kind: 'deliver', delivery })
}

async function nextAlert(house: House, system: OtherSystem, from: number): Promise<Planned | undefined> {
  if (!system.alerts) return undefined
  const { documents } = await house.store.find<ChannelAlert>('channelAlerts', {
    ...{ where: { system: system.name }, order: 'dueAt', limit: 1 },
  })
  const [alert] = documents
  return alert && planned(Math.max(alert.dueAt, from), { kind: 'alert', alert })
}

function planned(at: number | null, work: Work): Planned | undefined {
  return at === null ? undefined : { at, work }
}

/** The first of several wins: whatever is due counts as due now, and what is to be said goes before questions. */
function earliest(all: readonly (Planned | undefined)[]): Planned | undefined {
  return all.reduce((one, other) => (!one || (other && other.at < one.at) ? other : one), undefined)
}
