import { attribution } from '../../knowledge/answer-text.ts'
import { addDays, day, localDate } from '../../tickets/shanghai-time.ts'
import type { House } from '../house.ts'
import type { Outcome, Recipient, Send } from '../outcome.ts'
import type { Instant } from '../ports/chat.ts'
import type { Reading } from '../reading.ts'
import type { Timer } from '../timer.ts'
import { excerptOfQuestion } from './list-topics.ts'
import type { OpenQuestion } from './question-documents.ts'
import { passageOf } from './staff-knowledge.ts'

/**
 * Those who asked hear of the answer: each group once, whoever asked in private there. What holds when it is
 * said counts: the wording of now, nothing of an answer that was taken back, nobody who asked too long ago.
 */
const lately = 14 * day
const most = 10_000

export async function tellAskers(
  house: House,
  reading: Reading,
  timer: Timer & { readonly kind: 'tell' },
): Promise<Outcome> {
  const now = house.now()
  const over = { cancelled: [timer.id] }
  const topic = await reading.get('questionTopics', timer.topic)
  const answer = topic?.answer === undefined ? undefined : await reading.get('staffAnswers', topic.answer)
  if (!topic || answer?.state !== 'valid') return over
  const { documents } = await reading.find('questions', {
    where: { topic: topic.id },
    order: 'at',
    range: { field: 'at', gte: now - lately },
    limit: most,
  })
  const source = attribution(passageOf(house.texts, answer), localDate(now))
  const sends: Send[] = []
  for (const [to, question] of await newestOfEach(reading, documents)) {
    const asked = askedWords(house, question.at, now)({ question: excerptOfQuestion(question.text) })
    sends.push({ kind: 'reply', to, text: `${asked}${answer.text}\n${source}`, canWait: true })
  }
  return {
    ...over,
    sends,
    puts: [{ collection: 'questionTopics', document: { ...topic, told: `${timer.id}@${timer.dueAt}` } }],
    why: `${topic.id}: ${sends.length} told`,
  }
}

/** One for each group that wants to hear from the bot, and for each person who asked in private. */
async function newestOfEach(
  reading: Reading,
  questions: readonly OpenQuestion[],
): Promise<readonly (readonly [Recipient, OpenQuestion])[]> {
  const newest = new Map<string, readonly [Recipient, OpenQuestion]>()
  const addressed = new Set(questions.filter(({ mentioned }) => mentioned).map(({ group }) => group))
  for (const question of questions) {
    const { group: id, person } = question
    if (id === null) newest.set(`person/${person}`, [{ person }, question])
    else if (await wants(reading, id, addressed.has(id))) newest.set(`group/${id}`, [{ group: id }, question])
  }
  return [...newest.values()]
}

async function wants(reading: Reading, id: string, addressed: boolean): Promise<boolean> {
  const group = await reading.get('groups', id)
  if (!group || group.setting === 'listen') return false
  return group.setting === 'answer' || addressed
}

function askedWords({ texts }: House, at: Instant, now: Instant) {
  const [asked, today] = [localDate(at), localDate(now)]
  if (asked === today) return texts.askedToday
  return asked === addDays(today, -1) ? texts.askedYesterday : texts.askedEarlier
}
