import { isoShanghai } from '../../tickets/shanghai-time.ts'
import type { Reading } from '../reading.ts'
import type { OpenQuestion, QuestionTopic, TopicState } from './question-documents.ts'
import { titleOf } from './topic.ts'

/** The list as staff read it: the most asked first. */
export interface TopicRow {
  /** Q12 */
  readonly id: string
  readonly state: TopicState
  /** As it was asked first. */
  readonly text: string
  readonly otherwise: readonly string[]
  readonly askers: number
  /** Names of the groups in which it was asked. */
  readonly groups: readonly string[]
  /** The community, or null. */
  readonly place: string | null
  readonly firstAt: string
  readonly lastAt: string
  readonly answer?: {
    readonly text: string
    readonly at: string
    readonly by: string
    readonly validUntil?: string
  }
}

export interface TopicQuery {
  readonly state: TopicState
  /** Only what was asked in this group, in the words that were said there. */
  readonly group?: string | undefined
  readonly limit: number
}

export async function listTopics(reading: Reading, query: TopicQuery): Promise<readonly TopicRow[]> {
  const topics =
    query.group === undefined
      ? await topicsOf(reading, query)
      : await topicsOfGroup(reading, query, query.group)
  return Promise.all(topics.slice(0, query.limit).map((topic) => rowOf(reading, topic)))
}

/** One of them by its number; in a group only in the words that were said there, undefined when none were. */
export async function topicRow(reading: Reading, id: string, group?: string): Promise<TopicRow | undefined> {
  const topic = await reading.get('questionTopics', id)
  if (!topic || group === undefined) return topic && rowOf(reading, topic)
  const where = { topic: id }
  const { documents } = await reading.find('questions', { where, order: 'at', limit: 10_000 })
  const here = documents.filter((question) => question.group === group)
  return here.length === 0 ? undefined : rowOf(reading, asSeenIn(topic, group, here))
}

async function topicsOf(reading: Reading, { state, limit }: TopicQuery): Promise<readonly QuestionTopic[]> {
  const where = { state }
  return (await reading.find('questionTopics', { where, order: 'rank', descending: true, limit })).documents
}

/** A group reads along: nothing that was said elsewhere, or in private, may stand in its list. */
async function topicsOfGroup(
  reading: Reading,
  { state }: TopicQuery,
  group: string,
): Promise<readonly QuestionTopic[]> {
  const { documents } = await reading.find('questions', {
    where: { group, state },
    order: 'at',
    limit: 10_000,
  })
  const byTopic = new Map<string, OpenQuestion[]>()
  for (const question of documents)
    byTopic.set(question.topic, [...(byTopic.get(question.topic) ?? []), question])
  const found = await Promise.all(
    [...byTopic].map(async ([id, questions]) => {
      const topic = await reading.get('questionTopics', id)
      return topic && asSeenIn(topic, group, questions)
    }),
  )
  return found
    .filter((topic) => topic !== undefined)
    .sort((one, other) => other.askers - one.askers || other.lastAt - one.lastAt)
}

function asSeenIn(topic: QuestionTopic, group: string, questions: readonly OpenQuestion[]): QuestionTopic {
  const texts = [...new Set(questions.map(({ text }) => text))]
  return {
    ...topic,
    phrasings: texts.map((text) => ({ question: '', text, terms: [] })),
    askers: new Set(questions.map(({ person }) => person)).size,
    groups: [group],
    firstAt: questions[0]?.at ?? topic.firstAt,
    lastAt: questions.at(-1)?.at ?? topic.lastAt,
  }
}

async function rowOf(reading: Reading, topic: QuestionTopic): Promise<TopicRow> {
  const { id, state, askers, firstAt, lastAt, phrasings } = topic
  const groups = await Promise.all(topic.groups.map((each) => reading.get('groups', each)))
  const place = topic.place === null ? undefined : await reading.get('places', topic.place)
  const answer = topic.answer === undefined ? undefined : await reading.get('staffAnswers', topic.answer)
  const until = answer?.validUntil === undefined ? {} : { validUntil: answer.validUntil }
  return {
    ...{ id, state, text: titleOf(topic), otherwise: phrasings.slice(1).map(({ text }) => text), askers },
    groups: groups.map((group, at) => group?.name ?? topic.groups[at] ?? ''),
    ...{ place: place?.name ?? topic.place, firstAt: isoShanghai(firstAt), lastAt: isoShanghai(lastAt) },
    ...(answer && { answer: { text: answer.text, at: isoShanghai(answer.at), by: answer.by, ...until } }),
  }
}

const longestQuote = 24

/** Enough to know it again. */
export function excerptOfQuestion(text: string): string {
  const plain = text.replaceAll(/\s+/gu, ' ').trim()
  return plain.length > longestQuote ? `${plain.slice(0, longestQuote)}…` : plain
}
