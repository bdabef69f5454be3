import type { House } from '../house.ts'
import { both, type Outcome } from '../outcome.ts'
import { TicketSystemError } from '../ports/ticket-system.ts'
import type { Reading } from '../reading.ts'
import type { SystemState } from './delivery.ts'
import type { OtherSystem } from './other-system.ts'
import { awake, freshState, resting, tellSoon } from './system-state.ts'

/** A system and the house that calls it. */
export interface Call {
  readonly house: House
  readonly system: OtherSystem
}

/** @throws TicketSystemError whatever went wrong: a fault in one adapter must not stop what waits behind it */
export async function answerOf<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof TicketSystemError) throw error
    const message = error instanceof Error ? error.message : String(error)
    throw nonsense(message, error)
  }
}

function nonsense(message: string, cause: unknown): TicketSystemError {
  return new TicketSystemError('nonsense', message, { cause })
}

export async function stateOf(reading: Reading, { system }: Call): Promise<SystemState> {
  return (await reading.get('systemStates', system.name)) ?? freshState(system.name)
}

export function putState(document: SystemState): Outcome {
  return { puts: [{ collection: 'systemStates', document }] }
}

/** It answered: whatever was wrong is over. */
export async function answered(reading: Reading, call: Call): Promise<Outcome> {
  const state = await stateOf(reading, call)
  return state.failures > 0 || state.trouble ? putState(awake(state)) : {}
}

/** Not there, asked to wait, or a wrong key: nothing is sent to it for a while, and nothing is given up. */
export function isOfTheSystem(
  error: TicketSystemError,
): error is TicketSystemError & { readonly code: 'unreachable' | 'busy' | 'authority' } {
  return error.code === 'unreachable' || error.code === 'busy' || error.code === 'authority'
}

/** @param more what the failure means for the thing that was to be done */
export async function troubled(
  reading: Reading,
  call: Call,
  error: TicketSystemError,
  more: Outcome,
  tell: boolean,
): Promise<Outcome> {
  const state = await stateOf(reading, call)
  if (isOfTheSystem(error)) return both(more, putState(resting(state, error, call.house)))
  // whoever refuses is there
  const there = awake(state)
  return both(more, putState(tell ? tellSoon(there, call.house.now()) : there))
}
