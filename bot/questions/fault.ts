import { localDate } from '../../tickets/shanghai-time.ts'
import type { Instant } from '../ports/chat.ts'
import type { Reading } from '../reading.ts'
import { type NotTheirs, notTheirs } from './may-decide.ts'
import { personalIn } from './personal-number.ts'
import type { QuestionTopic, StaffAnswer } from './question-documents.ts'

/** Why something cannot be done with a question of the list, as data: chat and command line say it in their words. */
export type QuestionFault =
  | { readonly fault: 'unknown' | 'notAnswered' | 'empty' }
  /** `reason`: why it is left is kept, but told to nobody. `contact`: a mobile phone beside a door. */
  | { readonly fault: 'personal'; readonly in: 'answer' | 'reason'; readonly what: 'number' | 'contact' }
  | { readonly fault: 'tooLong'; readonly count: number }
  | { readonly fault: 'past'; readonly date: string }
  | { readonly fault: 'answered'; readonly answer: StaffAnswer }
  | { readonly fault: 'dismissed'; readonly at: Instant; readonly by: string }
  | NotTheirs

export const longestAnswer = 1_000

export interface Wanted {
  readonly type: 'question.answer' | 'question.revise' | 'question.withdraw' | 'question.dismiss'
  readonly question: string
  readonly text?: string
  /** The answer holds in all communities, not only in that of the question. */
  readonly everywhere?: boolean
  readonly until?: string
}

/** `by`: person id, or `operator`. */
export async function faultOf(
  reading: Reading,
  by: string,
  wanted: Wanted,
  now: Instant,
): Promise<QuestionFault | undefined> {
  const topic = await reading.get('questionTopics', wanted.question)
  if (!topic) return { fault: 'unknown' }
  const answer = topic.answer === undefined ? undefined : await reading.get('staffAnswers', topic.answer)
  const { type, everywhere = false } = wanted
  const authority = await notTheirs(reading, by, topic, { answer, everywhere })
  return authority ?? stateFault(topic, answer, type) ?? wordingFault(wanted, now)
}

function stateFault(
  topic: QuestionTopic,
  answer: StaffAnswer | undefined,
  type: Wanted['type'],
): QuestionFault | undefined {
  if (type === 'question.revise' || type === 'question.withdraw')
    return answer ? undefined : { fault: 'notAnswered' }
  if (answer) return { fault: 'answered', answer }
  return type === 'question.dismiss' && topic.dismissed
    ? { fault: 'dismissed', at: topic.dismissed.at, by: topic.dismissed.by }
    : undefined
}

function wordingFault({ type, text = '', until }: Wanted, now: Instant): QuestionFault | undefined {
  if (type === 'question.withdraw') return undefined
  const what = personalIn(text)
  if (type === 'question.dismiss')
    return what === 'number' ? { fault: 'personal', in: 'reason', what } : undefined
  if (what) return { fault: 'personal', in: 'answer', what }
  if (text.trim() === '') return { fault: 'empty' }
  const count = [...text.trim()].length
  if (count > longestAnswer) return { fault: 'tooLong', count }
  return until !== undefined && !isDayFrom(until, localDate(now)) ? { fault: 'past', date: until } : undefined
}

/** A day of the calendar, today or later: 2026-02-30 is none. */
function isDayFrom(date: string, today: string): boolean {
  const at = Date.parse(`${date}T00:00:00Z`)
  return date >= today && !Number.isNaN(at) && new Date(at).toISOString().startsWith(date)
}
