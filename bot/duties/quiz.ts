import type { House } from '../house.ts'
import type { Outcome } from '../outcome.ts'
import { askNext, closeQuestion, roundIn } from '../quiz/game.ts'
import type { Reading } from '../reading.ts'
import type { Timer } from '../timer.ts'

/** A question's time is up, or the pause behind it. Done already means: nothing to do. */
export async function moveQuiz(
  house: House,
  reading: Reading,
  timer: Timer & { readonly kind: 'quiz' | 'quizNext' },
): Promise<Outcome> {
  const round = await roundIn(reading, timer.group)
  const done: Outcome = { cancelled: [timer.id] }
  if (timer.kind === 'quizNext') return round?.state === 'pausing' ? askNext(house, reading, round) : done
  if (round?.state !== 'asking') return done
  return closeQuestion(house, reading, round, { timeIsUp: true, goesOn: true })
}
