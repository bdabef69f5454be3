import { hour, minute } from '../../tickets/shanghai-time.ts'
import type { House } from '../house.ts'
import type { TicketSystemError } from '../ports/ticket-system.ts'
import type { SystemState, Trouble } from './delivery.ts'

/** How a system's rests grow, and when admins are told of it. All times in ms. */

const first = 5_000
const longest = hour
/** A wrong key is not mended by asking often, and may lock the account. */
const afterWrongKey = 10 * minute
/** A system that is restarted is nobody's worry. */
export const worryAfter = 30 * minute
const betweenAlerts = hour
/** Whoever asks for more has mistaken the unit. */
const longestAskedFor = 24 * hour

export function freshState(id: string): SystemState {
  return { id, restsUntil: 0, failures: 0, pollAt: null, tellAt: null, toldAt: 0 }
}

/** 5 s, 10 s, 20 s … 1 h, each up to a fifth longer, so that not everybody comes at the same moment. */
export function backoff(failures: number, random: () => number): number {
  const pause = Math.min(first * 2 ** Math.min(failures - 1, 20), longest)
  return Math.round(pause * (1 + random() / 5))
}

/** The whole system rests: it is not there, asked to wait, or does not know our key. */
export function resting(
  state: SystemState,
  error: TicketSystemError & { readonly code: Trouble['code'] },
  { now, random }: Pick<House, 'now' | 'random'>,
): SystemState {
  const failures = state.failures + 1
  const own = backoff(failures, random)
  const least = error.code === 'authority' ? Math.max(own, afterWrongKey) : own
  const pause = Math.max(least, Math.min(error.retryAfter ?? 0, longestAskedFor))
  const since = state.trouble?.code === error.code ? state.trouble.since : now()
  const trouble: Trouble = { code: error.code, message: error.message.slice(0, 500), since }
  const worry = error.code === 'authority' ? now() : since + worryAfter
  // of an outage they are told once; of a wrong key every hour, until it is mended
  const told = error.code !== 'authority' && state.toldAt >= since + worryAfter
  return {
    ...{ ...state, failures, trouble, restsUntil: now() + pause },
    tellAt: told ? state.tellAt : sooner(state.tellAt, Math.max(worry, state.toldAt + betweenAlerts)),
  }
}

/** It answered. */
export function awake({ trouble, ...state }: SystemState): SystemState {
  return { ...state, failures: 0, restsUntil: 0 }
}

/** Something is to be told: now, or when the last alert is an hour old. */
export function tellSoon(state: SystemState, now: number): SystemState {
  return { ...state, tellAt: sooner(state.tellAt, Math.max(now, state.toldAt + betweenAlerts)) }
}

function sooner(one: number | null, other: number): number {
  return one === null ? other : Math.min(one, other)
}
