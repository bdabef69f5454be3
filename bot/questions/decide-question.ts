import type { CommandResult } from '../doors/decided.ts'
import { questionRefusal } from '../doors/question-refusal.ts'
import type { Outcome } from '../outcome.ts'
import type { Instant } from '../ports/chat.ts'
import type { Put, Reading, Removal } from '../reading.ts'
import { afterQuietHours } from '../sending/quiet-hours.ts'
import type { Timer } from '../timer.ts'
import { faultOf, type Wanted } from './fault.ts'
import { openOutbox } from './open-outbox.ts'
import type { QuestionTopic, StaffAnswer, TopicState } from './question-documents.ts'
import { answersChanged, changeTerms, termsOf } from './topic.ts'

/** What staff do with a question of the list: answer it, word the answer anew, take it back, or leave it. */

export interface QuestionWish extends Wanted {
  readonly reason?: string
}

interface Decided {
  readonly outcome: Outcome
  readonly result: CommandResult
}

/** `by`: person id, or `operator`. @throws RefusedError in words for the operator; chat looks for faults before */
export async function decideQuestion(
  reading: Reading,
  by: string,
  wish: QuestionWish,
  now: Instant,
): Promise<Decided> {
  const fault = await faultOf(reading, by, wish.type === 'question.dismiss' ? reasoned(wish) : wish, now)
  const topic = await reading.get('questionTopics', wish.question)
  if (fault || !topic) throw await questionRefusal(reading, wish.question, fault ?? { fault: 'unknown' })
  switch (wish.type) {
    case 'question.answer':
      return answer(reading, topic, by, wish, now)
    case 'question.revise':
      return revise(reading, topic, by, wish, now)
    case 'question.withdraw':
      return withdraw(reading, topic, by, now)
    case 'question.dismiss':
      return dismiss(reading, topic, by, wish, now)
  }
}

/** A reason is read by the same eyes as an answer. */
function reasoned({ reason = '', ...wish }: QuestionWish): Wanted {
  return { ...wish, text: reason }
}

/** Found by the next who asks, at once; those who asked are told by a timer, which sees what holds by then. */
async function answer(
  reading: Reading,
  topic: QuestionTopic,
  by: string,
  wish: QuestionWish,
  now: Instant,
): Promise<Decided> {
  const said = answerOf(topic, by, wish, now, wish.everywhere ? null : topic.place)
  const index = changeTerms(reading)
  await index.remove(topic.id, termsOf(topic))
  const { dismissed: _, ...open } = topic
  const tell: Timer = { id: `tell/${topic.id}`, kind: 'tell', topic: topic.id, dueAt: afterQuietHours(now) }
  return {
    outcome: {
      puts: [
        { collection: 'staffAnswers', document: said },
        topicPut({ ...open, state: 'answered', answers: topic.answers + 1, answer: said.id }),
        ...(await questionsNow(reading, topic.id, 'answered')),
        ...index.puts,
        await answersChanged(reading),
      ],
      removals: index.removals,
      timers: [tell],
      why: `${topic.id} answered`,
    },
    result: await resultOf(reading, topic, said),
  }
}

/** The wording before stays on record. Nobody is told again: whoever asks from now on gets the new one. */
async function revise(
  reading: Reading,
  topic: QuestionTopic,
  by: string,
  wish: QuestionWish,
  now: Instant,
): Promise<Decided> {
  const before = await currentAnswer(reading, topic)
  const said = {
    ...answerOf(topic, by, wish, now, wish.everywhere ? null : before.place),
    questions: before.questions,
  }
  const ended: StaffAnswer = { ...before, state: 'superseded', ended: { at: now, by } }
  return {
    outcome: {
      puts: [
        { collection: 'staffAnswers', document: ended },
        { collection: 'staffAnswers', document: said },
        topicPut({ ...topic, answers: topic.answers + 1, answer: said.id }),
        await answersChanged(reading),
      ],
      why: `${topic.id} answered anew`,
    },
    result: await resultOf(reading, topic, said),
  }
}

/** The question is open again; what waits to be sent of the answer is not sent. */
async function withdraw(reading: Reading, topic: QuestionTopic, by: string, now: Instant): Promise<Decided> {
  const before = await currentAnswer(reading, topic)
  const ended: StaffAnswer = { ...before, state: 'withdrawn', ended: { at: now, by } }
  const index = changeTerms(reading)
  await index.add(topic.id, termsOf(topic))
  const { answer: _, told, ...open } = topic
  const unsent: Removal[] = told === undefined ? [] : await openOutbox(reading, told)
  return {
    outcome: {
      puts: [
        { collection: 'staffAnswers', document: ended },
        topicPut({ ...open, state: 'open' }),
        ...(await questionsNow(reading, topic.id, 'open')),
        ...index.puts,
        await answersChanged(reading),
      ],
      removals: [...index.removals, ...unsent],
      cancelled: [`tell/${topic.id}`],
      why: `${topic.id} is open again`,
    },
    result: { question: topic.id, state: 'open' },
  }
}

/** Nobody is told. The words stay in the index: who asks the same is taken in, and staff are not bothered again. */
async function dismiss(
  reading: Reading,
  topic: QuestionTopic,
  by: string,
  { reason }: QuestionWish,
  now: Instant,
): Promise<Decided> {
  const dismissed = { at: now, by, ...(reason !== undefined && { reason }) }
  return {
    outcome: {
      puts: [
        topicPut({ ...topic, state: 'dismissed', dismissed }),
        ...(await questionsNow(reading, topic.id, 'dismissed')),
      ],
      why: `${topic.id} dismissed`,
    },
    result: { question: topic.id, state: 'dismissed' },
  }
}

function answerOf(
  topic: QuestionTopic,
  by: string,
  { text = '', until }: QuestionWish,
  now: Instant,
  place: string | null,
): StaffAnswer {
  return {
    ...{ id: `${topic.id}/${topic.answers + 1}`, topic: topic.id, text: text.trim(), by, at: now, place },
    questions: topic.phrasings.map((phrasing) => phrasing.text),
    ...(until !== undefined && { validUntil: until }),
    state: 'valid',
  }
}

async function currentAnswer(reading: Reading, topic: QuestionTopic): Promise<StaffAnswer> {
  const found = await reading.get('staffAnswers', topic.answer ?? '')
  if (!found) throw await questionRefusal(reading, topic.id, { fault: 'notAnswered' })
  return found
}

function topicPut(document: QuestionTopic): Put {
  return { collection: 'questionTopics', document }
}

const mostQuestions = 10_000

async function questionsNow(reading: Reading, topic: string, state: TopicState): Promise<readonly Put[]> {
  const { documents } = await reading.find('questions', {
    where: { topic },
    order: 'at',
    limit: mostQuestions,
  })
  const changed = documents.filter((question) => question.state !== state)
  return changed.map((question) => ({ collection: 'questions', document: { ...question, state } }))
}

async function resultOf(
  reading: Reading,
  topic: QuestionTopic,
  { id, place, validUntil }: StaffAnswer,
): Promise<CommandResult> {
  const where = place === null ? null : ((await reading.get('places', place))?.name ?? place)
  return { question: topic.id, state: 'answered', answer: id, place: where, validUntil: validUntil ?? null }
}
