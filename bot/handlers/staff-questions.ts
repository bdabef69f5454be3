import type { QuestionCommand } from '../../intents/question-commands.ts'
import { plainDateTime } from '../../tickets/shanghai-time.ts'
import { RefusedError } from '../doors/command.ts'
import { audited } from '../doors/execute.ts'
import { query } from '../doors/query.ts'
import { both, type Outcome } from '../outcome.ts'
import { faultOf, longestAnswer, type QuestionFault, type Wanted } from '../questions/fault.ts'
import { excerptOfQuestion, type TopicRow } from '../questions/list-topics.ts'
import { reply, type Situation } from '../situation.ts'

/** 未答问题, 回答, 改答, 撤答, 忽略: what staff say about the list of open questions. */
export async function obeyQuestions(situation: Situation, command: QuestionCommand): Promise<Outcome> {
  const { texts } = situation.house
  switch (command.command) {
    case 'questions':
      return list(situation)
    case 'several':
      return reply(situation, texts.questionOneAtATime())
    case 'answer':
    case 'revise': {
      const { text, everywhere, until } = command
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

async function openRows({ house, person }: Situation, group?: string): Promise<readonly TopicRow[]> {
  const request = { type: 'questions', ...(group !== undefined && { group }) }
  return (await query(house, { kind: 'person', id: person.id }, request)) as readonly TopicRow[]
}

type Wish =
  | { readonly type: 'question.answer' | 'question.revise'; readonly text: string }
  | { readonly type: 'question.withdraw' }
  | { readonly type: 'question.dismiss'; readonly reason?: string }

async function change(situation: Situation, question: string | undefined, wish: Wish): Promise<Outcome> {
  const { house, reading, person, cause, group, now } = situation
  if (question === undefined) {
    const [first] = await openRows(situation, group?.id)
    return reply(situation, house.texts.questionWhich({ example: first?.id ?? 'Q12' }))
  }
  const command = { ...wish, question }
  const fault = await faultOf(reading, wantedOf(command), now)
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
  const { texts } = situation.house
  switch (fault.fault) {
    case 'unknown':
      return texts.questionUnknown({ number })
    case 'notAnswered':
      return texts.questionNotAnswered({ number })
    case 'empty':
      return texts.questionEmpty({ number })
    case 'personal':
      return texts.questionPersonal()
    case 'past':
      return texts.questionPast({ date: fault.date })
    case 'tooLong':
      return texts.questionTooLong({ most: longestAnswer, count: fault.count })
    case 'dismissed': {
      const who = await nameOf(situation, fault.by)
      return texts.questionDismissedAlready({ number, who, at: plainDateTime(fault.at) })
    }
    case 'answered': {
      const { by, at, text } = fault.answer
      const words = { number, at: plainDateTime(at), answer: text }
      return texts.questionAlready({ ...words, who: await nameOf(situation, by) })
    }
  }
}

async function nameOf({ house, reading }: Situation, by: string): Promise<string> {
  if (by === 'operator') return house.texts.operator()
  return (await reading.get('people', by))?.name ?? house.texts.someone()
}
