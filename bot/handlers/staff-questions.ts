import type { QuestionCommand } from '../../intents/question-commands.ts'
import { plainDateTime } from '../../tickets/shanghai-time.ts'
import { RefusedError } from '../doors/command.ts'
import { audited } from '../doors/execute.ts'
import { query } from '../doors/query.ts'
import { both, type Outcome } from '../outcome.ts'
import { nameOf } from '../people/name-of.ts'
import { faultOf, longestAnswer, type QuestionFault, type Wanted } from '../questions/fault.ts'
import { excerptOfQuestion, type TopicRow, topicRow } from '../questions/list-topics.ts'
import type { TopicState } from '../questions/question-documents.ts'
import { reply, type Situation } from '../situation.ts'

/** 未答问题, Q12, 回答, 改答, 撤答, 忽略: what staff say about the list of open questions. */
export async function obeyQuestions(situation: Situation, command: QuestionCommand): Promise<Outcome> {
  const { texts } = situation.house
  switch (command.command) {
    case 'questions':
      return list(situation)
    case 'several':
      return reply(situation, texts.questionOneAtATime())
    case 'question':
      return show(situation, command.question)
    case 'answer':
    case 'revise': {
      const { text, everywhere, until, unread } = command
      // whether it ends that day, or speaks of that day, only they know
      if (unread !== undefined && command.question !== undefined)
        return reply(situation, texts.questionDateUnread({ date: unread }))
      const worded = { text, ...(everywhere && { everywhere }), ...(until !== undefined && { until }) }
      return change(situation, command.question, { type: `question.${command.command}`, ...worded })
    }
    case 'withdraw':
      return change(situation, command.question, { type: 'question.withdraw' })
    case 'dismiss': {
      const reason = command.reason === undefined ? {} : { reason: command.reason.slice(0, longestReason) }
      return change(situation, command.question, { type: 'question.dismiss', ...reason })
    }
  }
}

const mostListed = 10
const longestReason = 200

/** In a group what was asked there; in private everything. */
async function list(situation: Situation): Promise<Outcome> {
  const { house, group } = situation
  const { texts } = house
  const rows = await openRows(situation, group?.id)
  const [first] = rows
  if (!first) return reply(situation, texts.questionListNone())
  const lines = rows.slice(0, mostListed).map(({ id, text, askers, lastAt }) => {
    const last = plainDateTime(Date.parse(lastAt))
    return texts.questionLine({ number: id, text: excerptOfQuestion(text), askers, last })
  })
  if (rows.length > mostListed) lines.push(texts.questionMore({ count: rows.length - mostListed }))
  const words = { count: rows.length, lines: lines.join('\n'), example: first.id }
  return reply(situation, texts.questionList(words))
}

async function openRows(situation: Situation, group?: string): Promise<readonly TopicRow[]> {
  return rowsIn(situation, 'open', group)
}

async function rowsIn(
  { house, person }: Situation,
  state: TopicState,
  group: string | undefined,
): Promise<readonly TopicRow[]> {
  const request = { type: 'questions', state, ...(group !== undefined && { group }) }
  return (await query(house, { kind: 'person', id: person.id }, request)) as readonly TopicRow[]
}

const mostOtherwise = 4

/** A number alone: what was asked under it, in how many ways, and what became of it. */
async function show(situation: Situation, number: string): Promise<Outcome> {
  const { house, reading, group } = situation
  const { texts } = house
  const topic = await reading.get('questionTopics', number)
  if (!topic) return reply(situation, texts.questionUnknown({ number }))
  const row = await topicRow(reading, number, group?.id)
  if (!row) return reply(situation, texts.questionNotHere({ number }))
  const answer = topic.answer === undefined ? undefined : await reading.get('staffAnswers', topic.answer)
  if (answer) return reply(situation, await faultWords(situation, number, { fault: 'answered', answer }))
  if (topic.dismissed)
    return reply(situation, await faultWords(situation, number, { fault: 'dismissed', ...topic.dismissed }))
  const { text, askers, lastAt } = row
  const otherwise = row.otherwise
    .slice(0, mostOtherwise)
    .map((each) => `\n${texts.questionOtherwise({ text: excerptOfQuestion(each) })}`)
    .join('')
  const last = plainDateTime(Date.parse(lastAt))
  return reply(
    situation,
    texts.questionShown({ number, text: excerptOfQuestion(text), askers, last, otherwise }),
  )
}

type Wish =
  | {
      readonly type: 'question.answer' | 'question.revise'
      readonly text: string
      readonly everywhere?: boolean
      readonly until?: string
    }
  | { readonly type: 'question.withdraw' }
  | { readonly type: 'question.dismiss'; readonly reason?: string }

async function change(situation: Situation, question: string | undefined, wish: Wish): Promise<Outcome> {
  const { house, reading, person, cause, now } = situation
  if (question === undefined) return reply(situation, await whichWords(situation, wish.type))
  const command = { ...wish, question }
  const fault = await faultOf(reading, person.id, wantedOf(command), now)
  if (fault) return reply(situation, await faultWords(situation, question, fault))
  try {
    const actor = { kind: 'person', id: person.id } as const
    const { outcome, result } = await audited(house, reading, actor, `chat/${cause.id}`, command)
    return both(outcome, reply(situation, doneWords(situation, question, wish.type, result)))
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error
    return reply(situation, house.texts.staffOnly())
  }
}

/** With the number of a question of which it can be said. */
async function whichWords(situation: Situation, type: Wish['type']): Promise<string> {
  const { texts } = situation.house
  const isOfAnswer = type === 'question.revise' || type === 'question.withdraw'
  const [first] = await rowsIn(situation, isOfAnswer ? 'answered' : 'open', situation.group?.id)
  const words = { example: first?.id ?? 'Q12' }
  switch (type) {
    case 'question.answer':
      return texts.questionWhich(words)
    case 'question.revise':
      return texts.questionWhichRevise(words)
    case 'question.withdraw':
      return texts.questionWhichWithdraw(words)
    case 'question.dismiss':
      return texts.questionWhichDismiss(words)
  }
}

function wantedOf({ question, ...wish }: Wish & { readonly question: string }): Wanted {
  return wish.type === 'question.dismiss'
    ? { type: wish.type, question, text: wish.reason ?? '' }
    : { ...wish, question }
}

function doneWords(
  { house: { texts } }: Situation,
  number: string,
  type: Wish['type'],
  { place, validUntil }: Readonly<Record<string, unknown>>,
): string {
  const until = typeof validUntil === 'string' ? texts.questionUntil({ date: validUntil }) : ''
  const where = typeof place === 'string' ? place : texts.questionEverywhere()
  const scope = texts.questionScope({ place: where, until })
  switch (type) {
    case 'question.answer':
      return texts.questionAnswered({ number, scope })
    case 'question.revise':
      return texts.questionRevised({ number, scope })
    case 'question.withdraw':
      return texts.questionWithdrawn({ number })
    case 'question.dismiss':
      return texts.questionDismissed({ number })
  }
}

async function faultWords(situation: Situation, number: string, fault: QuestionFault): Promise<string> {
  const { house, reading } = situation
  const { texts } = house
  switch (fault.fault) {
    case 'unknown':
      return texts.questionUnknown({ number })
    case 'notAnswered':
      return texts.questionNotAnswered({ number })
    case 'empty':
      return texts.questionEmpty({ number })
    case 'elsewhere':
      return texts.questionElsewhere({ number, place: fault.place })
    case 'everywhere':
      return texts.questionNotEverywhere()
    case 'ofAll':
      return texts.questionOfAll({ number })
    case 'personal':
      if (fault.what === 'contact') return texts.questionContact()
      return fault.in === 'reason' ? texts.questionPersonalReason() : texts.questionPersonal()
    case 'past':
      return texts.questionPast({ date: fault.date })
    case 'tooLong':
      return texts.questionTooLong({ most: longestAnswer, count: fault.count })
    case 'dismissed': {
      const who = await nameOf(house, reading, fault.by)
      return texts.questionDismissedAlready({ number, who, at: plainDateTime(fault.at) })
    }
    case 'answered': {
      const { by, at, text } = fault.answer
      const words = { number, at: plainDateTime(at), answer: text }
      return texts.questionAlready({ ...words, who: await nameOf(house, reading, by) })
    }
  }
}
