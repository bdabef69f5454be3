import type { Put, Reading, Removal } from '../reading.ts'
import type { OpenQuestion, QuestionTopic, StaffAnswer } from './question-documents.ts'
import { answersChanged, answersOf, changeTerms, rankOf, type TermChanges, termsOf } from './topic.ts'

/**
 * Questions go: a person was erased, took the words back, or their time is over. Their words leave the topic; a
 * topic that nobody asks any more goes as a whole, unless staff have answered it.
 */
const most = 10_000

export interface Without {
  readonly puts: readonly Put[]
  readonly removals: readonly Removal[]
}

/** `answersKeepWords`: what an answer was given to may stay in it, as when only the time is over. */
export async function withoutQuestions(
  reading: Reading,
  gone: readonly OpenQuestion[],
  { answersKeepWords = false }: { readonly answersKeepWords?: boolean } = {},
): Promise<Without> {
  const puts: Put[] = []
  const removals: Removal[] = gone.map(({ id }) => ({ collection: 'questions', id }) as const)
  const index = changeTerms(reading)
  const ids = new Set(gone.map(({ id }) => id))
  let answersTouched = false
  for (const id of new Set(gone.map(({ topic }) => topic))) {
    const topic = await reading.get('questionTopics', id)
    if (!topic) continue
    const where = { topic: id }
    const { documents } = await reading.find('questions', { where, order: 'at', limit: most })
    const rest = documents.filter((question) => !ids.has(question.id))
    if (rest.length === 0 && topic.state !== 'answered') {
      removals.push(...(await wholeTopic(reading, topic, index)))
      continue
    }
    const smaller = withoutPhrasings(topic, ids, rest)
    puts.push({ collection: 'questionTopics', document: smaller })
    const kept = termsOf(smaller)
    await index.remove(
      id,
      termsOf(topic).filter((term) => !kept.includes(term)),
    )
    if (answersKeepWords) continue
    const answers = (await answersOf(reading, id)).map((each) => withoutWords(each, topic, smaller))
    puts.push(...answers.map((document) => ({ collection: 'staffAnswers', document }) as const))
    answersTouched ||= answers.length > 0
  }
  if (answersTouched) puts.push(await answersChanged(reading))
  return { puts: [...puts, ...index.puts], removals: [...removals, ...index.removals] }
}

async function wholeTopic(reading: Reading, topic: QuestionTopic, index: TermChanges): Promise<Removal[]> {
  await index.remove(topic.id, termsOf(topic))
  const answers = await answersOf(reading, topic.id)
  return [
    { collection: 'questionTopics', id: topic.id },
    ...answers.map(({ id }) => ({ collection: 'staffAnswers', id }) as const),
  ]
}

function withoutPhrasings(
  topic: QuestionTopic,
  gone: ReadonlySet<string>,
  rest: readonly OpenQuestion[],
): QuestionTopic {
  const kept = topic.phrasings.filter(({ question }) => !gone.has(question))
  // somebody else may have used the same words
  const again = topic.phrasings.flatMap((phrasing) => {
    const other = gone.has(phrasing.question) ? rest.find((each) => each.text === phrasing.text) : undefined
    return other ? [{ ...phrasing, question: other.id }] : []
  })
  const first = rest[0]
  const phrasings = [...kept, ...again]
  const named =
    phrasings.length > 0 || !first ? phrasings : [{ question: first.id, text: first.text, terms: [] }]
  const askers = new Set(rest.map(({ person }) => person)).size
  const lastAt = rest.at(-1)?.at ?? topic.lastAt
  return {
    ...topic,
    phrasings: named,
    groups: [...new Set(rest.flatMap(({ group }) => (group === null ? [] : [group])))],
    ...{ askers, lastAt, firstAt: first?.at ?? topic.firstAt, rank: rankOf(askers, lastAt) },
  }
}

function withoutWords(answer: StaffAnswer, before: QuestionTopic, after: QuestionTopic): StaffAnswer {
  const gone = new Set(before.phrasings.map(({ text }) => text))
  for (const { text } of after.phrasings) gone.delete(text)
  return { ...answer, questions: answer.questions.filter((question) => !gone.has(question)) }
}
