import type { Outcome } from '../outcome.ts'
import type { Reading } from '../reading.ts'
import { openTicketsOfGroup } from '../tickets-of.ts'
import { finished, isGroup, roundIn, timerOf } from './game.ts'

/** An emergency and a game do not go together: nothing may push the number to call out of sight. */

/** The game that runs in this conversation ends without a word; what was scored stays. */
export async function breakOffGame(reading: Reading, id: string): Promise<Outcome> {
  const round = await roundIn(reading, id)
  if (!round || round.state === 'over') return {}
  return {
    puts: [{ collection: 'quizRounds', document: finished(round) }],
    cancelled: [timerOf(id)],
  }
}

/** As long as people come back to the emergency in the group. */
const noGamesFor = 30 * 60_000

/** An emergency was reported in this group a short while ago, and is not over. */
export async function helpIsOnItsWay(reading: Reading, id: string, now: number): Promise<boolean> {
  if (!isGroup(id)) return false
  const tickets = await openTicketsOfGroup(reading, id)
  return tickets.some(
    ({ urgency, state, openedAt }) =>
      urgency === 'emergency' && state !== 'done' && now - openedAt < noGamesFor,
  )
}
