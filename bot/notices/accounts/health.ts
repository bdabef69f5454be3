import type { House } from '../../house.ts'
import type { Outcome, Send } from '../../outcome.ts'
import { both } from '../../outcome.ts'
import type { Reading } from '../../reading.ts'
import type { Timer } from '../../timer.ts'
import { outboxPut, respread, waitingCopies } from '../copies/respread.ts'
import type { AccountState } from '../notice.ts'
import { NoticeRefusedError } from '../refusal.ts'
import { tellAuthor } from '../tell-author.ts'
import { accountWords } from './account-words.ts'
import { accountStates, stateOf } from './accounts.ts'

/**
 * The health of accounts. One that WeChat warns, whose link is gone, or that fails again and again sends no notices for
 * a while; others take its groups. It goes on by itself when its rest is over or its link is back. What staff paused,
 * staff resume.
 */
type Pause = NonNullable<AccountState['paused']>

/** A link that is back within so long is nobody's business. */
const patience = 60_000
/** A rest that follows another one within so long is twice as long, at most eight times. */
const soonAgain = 3_600_000
const mostTimes = 8
export const mostFailures = 3

/** 暂停账号: somebody said so. @throws NoticeRefusedError unknown-account */
export async function pauseAccount(house: House, reading: Reading, account: string): Promise<Outcome> {
  const state = await knownState(house, reading, account)
  return paused(house, reading, state, { reason: 'staff', since: house.now() })
}

/** 恢复账号: whatever it was paused for. @throws NoticeRefusedError unknown-account */
export async function resumeAccount(house: House, reading: Reading, account: string): Promise<Outcome> {
  const { paused: _, lastRest, ...state } = await knownState(house, reading, account)
  const until = Math.min(lastRest?.until ?? 0, house.now())
  const rested = lastRest && { lastRest: { ...lastRest, until } }
  const outcome = await awake(house, reading, { ...state, ...rested, failuresInRow: 0 })
  // whoever resumes it while its link is down gives the link another minute
  return state.downSince === undefined ? outcome : both(outcome, { timers: [downTimerFor(house, account)] })
}

/** 操作过于频繁, or several failures in a row: it rests, the longer the sooner it happens again. */
export async function restAccount(
  house: House,
  reading: Reading,
  account: string,
  reason: 'rate' | 'failures',
): Promise<Outcome> {
  const state = await stateOf(reading, account)
  const now = house.now()
  const { lastRest, paused: before } = state
  // several sends at once may be refused by one and the same warning
  if (lastRest?.reason === reason && lastRest.until > now) return {}
  const { rest } = house.settings.pace
  const again = lastRest && now - lastRest.until < soonAgain
  const length = again ? Math.min(lastRest.length * 2, rest * mostTimes) : rest
  const until = now + length
  const rested = { ...state, failuresInRow: 0, lastRest: { reason, until, length } }
  if (before?.reason === 'staff') return { puts: [{ collection: 'accountStates', document: rested }] }
  const outcome = await paused(house, reading, rested, { reason, since: now, until })
  return both(outcome, { timers: [{ id: restTimer(account), kind: 'account', account, dueAt: until }] })
}

/** The link is gone: nothing yet, it may be back in a moment. */
export async function linkDown(house: House, reading: Reading, account: string): Promise<Outcome> {
  const state = await stateOf(reading, account)
  if (state.downSince !== undefined) return {}
  const now = house.now()
  return {
    puts: [{ collection: 'accountStates', document: { ...state, downSince: now } }],
    timers: [downTimerFor(house, account)],
  }
}

/** The link is there (again). */
export async function linkUp(house: House, reading: Reading, account: string): Promise<Outcome> {
  const { downSince, ...state } = await stateOf(reading, account)
  if (downSince === undefined) return {}
  const cancelled = { cancelled: [downTimer(account)] }
  if (state.paused?.reason !== 'down')
    return { ...cancelled, puts: [{ collection: 'accountStates', document: state }] }
  const { paused: _, ...up } = state
  return both(cancelled, await awake(house, reading, up))
}

/** A rest is over, or a link has been gone for too long. */
export async function lookAtAccount(
  house: House,
  reading: Reading,
  { id, account }: Timer & { kind: 'account' },
): Promise<Outcome> {
  const state = await stateOf(reading, account)
  const now = house.now()
  const over = { cancelled: [id] }
  const isRested = state.paused?.until !== undefined && state.paused.until <= now
  const isDown = state.downSince !== undefined && state.downSince + patience <= now
  const down = { reason: 'down', since: state.downSince ?? now } as const
  if (isDown && (isRested || !state.paused)) return both(over, await paused(house, reading, state, down))
  if (!isRested) return over
  const { paused: before, ...rested } = state
  // on probation: the next failure sends it back to bed
  const failuresInRow = before?.reason === 'failures' ? mostFailures - 1 : 0
  return both(over, await awake(house, reading, { ...rested, failuresInRow }))
}

/** A copy was sent, or began and was never heard of again. */
export async function countAttempt(
  house: House,
  reading: Reading,
  account: string,
  succeeded: boolean,
): Promise<Outcome> {
  const state = await stateOf(reading, account)
  const failuresInRow = succeeded ? 0 : state.failuresInRow + 1
  if (failuresInRow >= mostFailures) return restAccount(house, reading, account, 'failures')
  if (failuresInRow === state.failuresInRow) return {}
  return { puts: [{ collection: 'accountStates', document: { ...state, failuresInRow } }] }
}

async function knownState(house: House, reading: Reading, account: string): Promise<AccountState> {
  const accounts = await accountStates(house, reading)
  const state = accounts.get(account)
  if (state) return state
  const known = [...accounts.keys()]
  throw new NoticeRefusedError(
    { kind: 'unknown-account', account, known },
    `no account ${account}: there ${known.length === 1 ? 'is' : 'are'} ${known.join(', ')}`,
  )
}

async function paused(house: House, reading: Reading, state: AccountState, pause: Pause): Promise<Outcome> {
  const { id: account } = state
  const waiting = await waitingCopies(house, reading)
  const sleeping = { ...state, paused: pause }
  const moved = await respread(house, withState(reading, sleeping), waiting)
  return {
    puts: [{ collection: 'accountStates', document: sleeping }, ...moved.map(outboxPut)],
    sends: await toldAuthors(house, reading, account, pause, { waiting, moved }),
  }
}

/** It may send again: what waits is shared out anew. */
async function awake(house: House, reading: Reading, state: AccountState): Promise<Outcome> {
  const moved = await respread(house, withState(reading, state), await waitingCopies(house, reading))
  return {
    puts: [{ collection: 'accountStates', document: state }, ...moved.map(outboxPut)],
    cancelled: [restTimer(state.id)],
  }
}

/** What is decided here counts already. */
function withState(reading: Reading, state: AccountState): Reading {
  return {
    ...reading,
    async get(collection, id) {
      const found = await reading.get(collection, id)
      if (collection !== 'accountStates' || id !== state.id) return found
      return { ...state, version: found?.version ?? 0 } as unknown as NonNullable<typeof found>
    },
  }
}

type Copies = Awaited<ReturnType<typeof waitingCopies>>

/** Whoever sends a notice hears once that an account of it rests, and what becomes of its groups. */
async function toldAuthors(
  house: House,
  reading: Reading,
  account: string,
  pause: Pause,
  { waiting, moved }: { readonly waiting: Copies; readonly moved: Copies },
): Promise<readonly Send[]> {
  const theirs = waiting.filter((entry) => entry.account === account && !entry.attachment)
  const taken = new Set(moved.map(({ id }) => id))
  const sends: Send[] = []
  for (const id of new Set(theirs.map(({ notice }) => notice ?? ''))) {
    const notice = await reading.get('notices', id)
    if (!notice) continue
    const own = theirs.filter((entry) => entry.notice === id)
    const gone = own.filter((entry) => taken.has(entry.id)).length
    const counts = { taken: gone, left: own.length - gone }
    sends.push(...tellAuthor(notice, accountWords(house, notice, pause.reason, counts)))
  }
  return sends
}

function restTimer(account: string): string {
  return `accountRest/${account}`
}

function downTimerFor(house: House, account: string): Timer {
  return { id: downTimer(account), kind: 'account', account, dueAt: house.now() + patience }
}

function downTimer(account: string): string {
  return `accountDown/${account}`
}
