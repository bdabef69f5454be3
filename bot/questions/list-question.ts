import { type QuestionSense, sameMeaning } from '../../knowledge/question-groups.ts'
import { day } from '../../tickets/shanghai-time.ts'
import type { House } from '../house.ts'
import type { Put, Reading } from '../reading.ts'
import type { OpenQuestion, QuestionTopic } from './question-documents.ts'
import { changeTerms, rankOf, termsOf, topicNumber } from './topic.ts'
import { whereaboutsOf } from './whereabouts.ts'

/**
 * A question goes on the list. It joins the topic of its community that means the same, or begins one: decided
 * once, by comparing it with the few topics that share its weightiest words. The cost does not grow with the
 * history, and two that come at the same instant meet in the documents of those words.
 */

export type Asked = Pick<OpenQuestion, 'id' | 'text' | 'group' | 'person' | 'at' | 'mentioned'>

const mostCompared = 12
const mostPhrasings = 8
const counter = 'questions'

/** Nothing to write when the same person asked the same here within a day. */
export async function listQuestion(
  house: Pick<House, 'questionGrouping' | 'settings'>,
  reading: Reading,
  asked: Asked,
): Promise<readonly Put[]> {
  const { known, terms, community } = await whereListed(house, reading, asked)
  const before = known && (await lastAsked(reading, known.id, asked.person))
  if (before && before.group === asked.group && asked.at - before.at < day) return []
  const topic = known
    ? withAsking(known, asked, terms, before === undefined)
    : await newTopic(reading, asked, terms, community)
  const index = changeTerms(reading)
  const found = known ? termsOf(known) : []
  await index.add(
    topic.id,
    termsOf(topic).filter((term) => !found.includes(term)),
  )
  const question: OpenQuestion = {
    ...asked,
    ...{ topic: topic.id, state: topic.state, forgetAt: asked.at + house.settings.keep.tickets },
  }
  const puts: Put[] = [
    { collection: 'questions', document: question },
    { collection: 'questionTopics', document: topic },
  ]
  if (!known) puts.push({ collection: 'counters', document: { id: counter, value: topicNumber(topic) } })
  return [...puts, ...index.puts]
}

/** The topic of what was asked before in these words, or in others that mean the same. */
export async function topicJoinedBy(
  house: Pick<House, 'questionGrouping'>,
  reading: Reading,
  asked: Pick<Asked, 'text' | 'group' | 'person'>,
): Promise<QuestionTopic | undefined> {
  return (await whereListed(house, reading, asked)).known
}

/** Staff have said of this very question that it needs no answer: nobody may promise that they will look at it. */
export async function isDismissed(
  house: Pick<House, 'questionGrouping'>,
  reading: Reading,
  asked: Pick<Asked, 'text' | 'group' | 'person'>,
): Promise<boolean> {
  return (await whereListed(house, reading, asked)).known?.state === 'dismissed'
}

async function whereListed(
  house: Pick<House, 'questionGrouping'>,
  reading: Reading,
  asked: Pick<Asked, 'text' | 'group' | 'person'>,
) {
  const { community } = await whereaboutsOf(reading, asked)
  const sense = house.questionGrouping.read(asked.text)
  const terms = sense.keys.map((key) => `${community ?? '*'}/${key}`)
  return { known: await topicLike(house, reading, sense, terms), terms, community }
}

/** Topics that were dismissed still take in who asks the same: it would not be answered the next day either. */
async function topicLike(
  { questionGrouping }: Pick<House, 'questionGrouping'>,
  reading: Reading,
  sense: QuestionSense,
  terms: readonly string[],
): Promise<QuestionTopic | undefined> {
  const shared = new Map<string, number>()
  // the first terms are the weightiest
  for (const [at, id] of terms.entries())
    for (const topic of (await reading.get('questionTerms', id))?.topics ?? [])
      shared.set(topic, (shared.get(topic) ?? 0) + terms.length - at)
  const likeliest = [...shared].sort(
    ([one, weight], [other, otherWeight]) =>
      otherWeight - weight || topicNumber({ id: one }) - topicNumber({ id: other }),
  )
  let best: { readonly topic: QuestionTopic; readonly likeness: number } | undefined
  for (const [id] of likeliest.slice(0, mostCompared)) {
    const topic = await reading.get('questionTopics', id)
    if (!topic || topic.state === 'answered') continue
    const likeness = Math.max(
      0,
      ...topic.phrasings.map((each) => questionGrouping.likeness(sense, questionGrouping.read(each.text))),
    )
    if (likeness >= sameMeaning && likeness > (best?.likeness ?? 0)) best = { topic, likeness }
  }
  return best?.topic
}

async function lastAsked(reading: Reading, topic: string, person: string) {
  const newest = { where: { topic, person }, order: 'at', descending: true, limit: 1 }
  return (await reading.find('questions', newest)).documents[0]
}

function withAsking(
  topic: QuestionTopic,
  { id, text, group, at }: Asked,
  terms: readonly string[],
  isNew: boolean,
): QuestionTopic {
  const askers = topic.askers + (isNew ? 1 : 0)
  return {
    ...topic,
    phrasings: isNewPhrasing(topic, text)
      ? [...topic.phrasings, { question: id, text, terms }]
      : topic.phrasings,
    groups: [...new Set([...topic.groups, ...(group === null ? [] : [group])])],
    ...{ askers, lastAt: at, rank: rankOf(askers, at) },
  }
}

function isNewPhrasing({ phrasings }: QuestionTopic, text: string): boolean {
  return phrasings.length < mostPhrasings && phrasings.every((each) => each.text !== text)
}

async function newTopic(
  reading: Reading,
  { id, text, group, at }: Asked,
  terms: readonly string[],
  place: string | null,
): Promise<QuestionTopic> {
  const number = ((await reading.get('counters', counter))?.value ?? 0) + 1
  return {
    ...{ id: `Q${number}`, state: 'open', place, phrasings: [{ question: id, text, terms }] },
    ...{ askers: 1, groups: group === null ? [] : [group], firstAt: at, lastAt: at },
    ...{ rank: rankOf(1, at), answers: 0 },
  }
}
