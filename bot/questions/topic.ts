import type { Instant } from '../ports/chat.ts'
import type { Put, Reading, Removal } from '../reading.ts'
import type { QuestionTopic, StaffAnswer } from './question-documents.ts'

/** What is done with a topic wherever it changes: its place in the list, its words in the index, its number. */

/** Larger than any instant in ms; 900 times it is still an exact integer. */
const rankWidth = 1e13
const mostRanked = 900

/** The most asked first, then the one asked last: an index orders by one field. */
export function rankOf(askers: number, lastAt: Instant): number {
  return Math.min(askers, mostRanked) * rankWidth + lastAt
}

export function topicNumber(topic: Pick<QuestionTopic, 'id'>): number {
  return Number(topic.id.slice(1))
}

/** Named by its first phrasing; '' when all who asked were erased. */
export function titleOf(topic: Pick<QuestionTopic, 'phrasings'>): string {
  return topic.phrasings[0]?.text ?? ''
}

export function termsOf(topic: Pick<QuestionTopic, 'phrasings'>): readonly string[] {
  return [...new Set(topic.phrasings.flatMap(({ terms }) => terms))]
}

export const answersCounter = 'staff-answers'

/** Whoever answers from memory sees by this number that what staff answered has changed. */
export async function answersChanged(reading: Reading): Promise<Put> {
  const value = ((await reading.get('counters', answersCounter))?.value ?? 0) + 1
  return { collection: 'counters', document: { id: answersCounter, value } }
}

/** Every wording that this topic ever had. */
export async function answersOf(reading: Reading, topic: string): Promise<readonly StaffAnswer[]> {
  return (await reading.find('staffAnswers', { where: { topic }, limit: 1_000 })).documents
}

/** A word that this many open topics share tells nothing: the oldest of them are no longer found by it. */
const mostTopics = 200

/** Several topics may share a word: all changes of one decision are gathered before they are written. */
export interface TermChanges {
  add(topic: string, terms: readonly string[]): Promise<void>
  remove(topic: string, terms: readonly string[]): Promise<void>
  readonly puts: readonly Put[]
  readonly removals: readonly Removal[]
}

export function changeTerms(reading: Reading): TermChanges {
  const changed = new Map<string, readonly string[]>()
  const topicsOf = async (id: string) =>
    changed.get(id) ?? (await reading.get('questionTerms', id))?.topics ?? []
  return {
    async add(topic, terms) {
      for (const id of terms) {
        const others = (await topicsOf(id)).filter((each) => each !== topic)
        changed.set(id, [...others, topic].slice(-mostTopics))
      }
    },
    async remove(topic, terms) {
      for (const id of terms) {
        const before = await topicsOf(id)
        const others = before.filter((each) => each !== topic)
        if (others.length < before.length) changed.set(id, others)
      }
    },
    get puts() {
      const kept = [...changed].filter(([, topics]) => topics.length > 0)
      return kept.map(([id, topics]) => ({ collection: 'questionTerms', document: { id, topics } }) as const)
    },
    get removals() {
      const empty = [...changed].filter(([, topics]) => topics.length === 0)
      return empty.map(([id]) => ({ collection: 'questionTerms', id }) as const)
    },
  }
}
