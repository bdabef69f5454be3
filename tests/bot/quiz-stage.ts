import type { QuizRound } from '../../bot/quiz/quiz-documents.ts'
import type { Saying, Stage } from './stage.ts'

/** A stage on which a quiz is played. */

export const letters = ['A', 'B', 'C', 'D'] as const

export async function roundIn(stage: Stage, group?: string): Promise<QuizRound> {
  return roundOf(stage, (await stage.groupNamed(group)).id)
}

export async function roundOf(stage: Stage, id: string): Promise<QuizRound> {
  const round = await stage.store.get<QuizRound>('quizRounds', id)
  if (!round) throw new Error('no question was asked')
  return round
}

export async function rightLetter(stage: Stage, group?: string): Promise<string> {
  return letters[(await roundIn(stage, group)).question.answer] ?? ''
}

export async function wrongLetter(stage: Stage, group?: string): Promise<string> {
  return letters[((await roundIn(stage, group)).question.answer + 1) % 4] ?? ''
}

/** Somebody answers at once, right or wrong; no time passes but that of the sending. */
export async function answers(stage: Stage, who: string, right = true, saying: Saying = {}): Promise<void> {
  const letter = right ? await rightLetter(stage, saying.group) : await wrongLetter(stage, saying.group)
  await stage.say(who, letter, saying)
}

/** The questions that were asked, newest last. */
export function questionsIn(said: readonly string[]): readonly string[] {
  return said.filter((text) => /【(?:垃圾分类|每日一题|第\d+题，共\d+题)】/u.test(text))
}
