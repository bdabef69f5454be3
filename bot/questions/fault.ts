import { maskPersonalData } from '../../intents/personal-data.ts'
import { localDate } from '../../tickets/shanghai-time.ts'
import type { Instant } from '../ports/chat.ts'
import type { Reading } from '../reading.ts'
import type { QuestionTopic, StaffAnswer } from './question-documents.ts'

/** Why something cannot be done with a question of the list, as data: chat and command line say it in their words. */
export type QuestionFault =
  | { readonly fault: 'unknown' | 'notAnswered' | 'empty' | 'personal' }
  | { readonly fault: 'tooLong'; readonly count: number }
  | { readonly fault: 'past'; readonly date: string }
  | { readonly fault: 'answered'; readonly answer: StaffAnswer }
  | { readonly fault: 'dismissed'; readonly at: Instant; readonly by: string }

export const longestAnswer = 1_000

export interface Wanted {
  readonly type: 'question.answer' | 'question.revise' | 'question.withdraw' | 'question.dismiss'
  readonly question: string
  readonly text?: string
  readonly until?: string
}

export async function faultOf(
  reading: Reading,
  wanted: Wanted,
  now: Instant,
): Promise<QuestionFault | undefined> {
  const topic = await reading.get('questionTopics', wanted.question)
  if (!topic) return { fault: 'unknown' }
  return (await stateFault(reading, topic, wanted.type)) ?? wordingFault(wanted, now)
}

async function stateFault(
  reading: Reading,
  topic: QuestionTopic,
  type: Wanted['type'],
): Promise<QuestionFault | undefined> {
  const answer = topic.answer === undefined ? undefined : await reading.get('staffAnswers', topic.answer)
  if (type === 'question.revise' || type === 'question.withdraw')
    return answer ? undefined : { fault: 'notAnswered' }
  if (answer) return { fault: 'answered', answer }
  return type === 'question.dismiss' && topic.dismissed
    ? { fault: 'dismissed', at: topic.dismissed.at, by: topic.dismissed.by }
    : undefined
}

function wordingFault({ type, text = '', until }: Wanted, now: Instant): QuestionFault | undefined {
  if (type === 'question.withdraw') return undefined
  if (hasPersonalNumber(text)) return { fault: 'personal' }
  if (type === 'question.dismiss') return undefined
  if (text.trim() === '') return { fault: 'empty' }
  const count = [...text.trim()].length
  if (count > longestAnswer) return { fault: 'tooLong', count }
  return until !== undefined && !isDayFrom(until, localDate(now)) ? { fault: 'past', date: until } : undefined
}

/** Whole groups read an answer. Offices have phones and rooms; identity cards, bank cards and plates are people's. */
const ofPeople = /\[(?:证件号|卡号|车牌)\]/gu

function hasPersonalNumber(text: string): boolean {
  const marks = (written: string) => written.match(ofPeople)?.length ?? 0
  return marks(maskPersonalData(text)) > marks(text)
}

/** A day of the calendar, today or later: 2026-02-30 is none. */
function isDayFrom(date: string, today: string): boolean {
  const at = Date.parse(`${date}T00:00:00Z`)
  return date >= today && !Number.isNaN(at) && new Date(at).toISOString().startsWith(date)
}
