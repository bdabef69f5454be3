import { maskPersonalData } from '../../intents/personal-data.ts'
import { decideAndCommit } from '../commit.ts'
import type { Group, InboxEntry, Person } from '../documents.ts'
import type { House } from '../house.ts'
import { both, type Outcome, silence } from '../outcome.ts'
import type { Reading } from '../reading.ts'
import { withoutMention } from '../situation.ts'
import { choiceIn } from './choice.ts'
import { closeAlone, isGroup, rightChoice, roundIn } from './game.ts'
import type { QuizRound } from './quiz-documents.ts'
import { isStop } from './requests.ts'
import { alone, scoreAnswer } from './scores.ts'

/** People still answer when an emergency, or 停, has just ended the game. */
const stillGuessing = 10 * 60_000

/** Nothing but a guess at what was asked here, whether it counts or comes too late. */
export async function isQuizGuess(house: House, entry: InboxEntry): Promise<boolean> {
  const id = placeOfGame(entry)
  if (id === undefined || entry.kind !== 'text') return false
  const round = await house.store.get<QuizRound>('quizRounds', id)
  if (!round) return false
  const open: QuizRound = { ...round, state: 'asking', closesAt: round.closesAt + stillGuessing }
  return answerIn(house, open, entry)?.isAll ?? false
}

/**
 * An answer counts at once, not when the speaker's burst is over: the first right one is named while it matters,
 * and what else somebody says in the same breath, or in other lines of the same message, goes its own way.
 */
export async function takeQuizAnswer(house: House, entry: InboxEntry): Promise<void> {
  const id = placeOfGame(entry)
  if (id === undefined || entry.kind !== 'text') return
  const open = await house.store.get<QuizRound>('quizRounds', id)
  if (!open || !answerIn(house, open, entry)) return
  await decideAndCommit(house, async (reading) => {
    const line = await reading.get('inbox', entry.id)
    const round = await roundIn(reading, id)
    const said = line && round && answerIn(house, round, line)
    const person = await reading.get('people', entry.person)
    if (line?.state !== 'waiting' || !round || !said || !person) return undefined
    const group = entry.group === null ? undefined : await reading.get('groups', entry.group)
    const answer = { round, choice: said.choice, person, group, addressed: entry.mentioned }
    const outcome = await answerOutcome(house, reading, answer)
    const { conversation } = entry
    // not the id of the burst, which may have more to say
    const cause = { id: `quiz/${entry.id}`, conversation, group: entry.group, person: person.id }
    if (said.isAll) return { cause: { ...cause, lines: [line] }, outcome }
    const rest: Outcome = {
      puts: [{ collection: 'inbox', document: { ...line, quizLines: said.lines } }],
    }
    return { cause: { ...cause, lines: [] }, outcome: both(rest, outcome) }
  })
}

/** Before a burst is thought about: answers that a crash left uncounted between hearing and here. */
export async function takeQuizAnswersLeft(house: House, lines: readonly string[]): Promise<void> {
  for (const id of lines) {
    const entry = await house.store.get<InboxEntry>('inbox', id)
    const place = entry?.state === 'waiting' ? placeOfGame(entry) : undefined
    const round = place === undefined ? undefined : await house.store.get<QuizRound>('quizRounds', place)
    // a letter from the pause is no answer to the question that has come since
    if (entry && round && entry.at >= round.askedAt) await takeQuizAnswer(house, entry)
  }
}

/** 停 must not wait for the end of a burst: meanwhile the next question would come. */
export async function stopsQuiz(house: House, entry: InboxEntry): Promise<boolean> {
  const id = placeOfGame(entry)
  if (id === undefined || !isStop(entry.text)) return false
  const round = await house.store.get<QuizRound>('quizRounds', id)
  return round !== undefined && round.state !== 'over'
}

function placeOfGame({ group, conversation, person }: InboxEntry): string | undefined {
  if (group !== null) return group
  return conversation === `person/${person}` ? alone(person) : undefined
}

interface SaidAnswer {
  readonly choice: number
  /** Which lines of the message are answers, from 0; the first of them counts. */
  readonly lines: readonly number[]
  /** Nothing else is said. */
  readonly isAll: boolean
}

function answerIn(house: House, round: QuizRound, entry: InboxEntry): SaidAnswer | undefined {
  if (round.state !== 'asking' || isOver(house, round, entry.at) || entry.quizLines) return undefined
  const lines = entry.text.split('\n').map((line) => withoutMention(line, house.settings.botName))
  const choices = lines.map((line) => choiceIn(house, line, round.question))
  const choice = choices.find((each) => each !== undefined)
  if (choice === undefined) return undefined
  return {
    choice,
    lines: choices.flatMap((each, at) => (each === undefined ? [] : [at])),
    isAll: lines.every((line, at) => line === '' || choices[at] !== undefined),
  }
}

/** Said in time counts, also when the bot was down meanwhile and hears it late. */
function isOver(house: House, { closesAt }: QuizRound, saidAt: number): boolean {
  return house.now() > closesAt && saidAt > closesAt
}

interface Answer {
  readonly round: QuizRound
  readonly choice: number
  readonly person: Person
  readonly group: Group | undefined
  readonly addressed: boolean
}

/** The first answer of a person counts; the first right one is named at once, the others at the end. */
async function answerOutcome(house: House, reading: Reading, answer: Answer): Promise<Outcome> {
  const { round, choice, person, group, addressed } = answer
  const { texts, settings } = house
  const say = (text: string, more: Outcome): Outcome => ({
    ...more,
    sends: [{ kind: 'reply', to: group ? { group: group.id } : { person: person.id }, text }],
  })
  if (Object.hasOwn(round.answers, person.id))
    return addressed ? say(texts.quizAnsweredAlready(), {}) : silence('quizSecond')
  const right = choice === round.question.answer
  const first = right && round.right.length === 0
  const points = right ? 1 + (first && isGroup(round.id) ? settings.quiz.firstBonus : 0) : 0
  const scores = await scoreAnswer(reading, { person: person.id, group }, points, house.now())
  const after = counted(round, person.id, choice, points)
  const puts: Outcome['puts'] = [...scores, { collection: 'quizRounds', document: after }]
  if (!group) return say(...answerAlone(house, after, right, scores))
  // a group that wants the bot to listen hears at the end who was right
  if (first && (addressed || group.setting !== 'listen'))
    return say(texts.quizFirstRight({ name: maskPersonalData(person.name), points }), { puts })
  return addressed ? say(texts.quizAnswerNoted(), { puts }) : silence('quizAnswered', { puts })
}

function counted(round: QuizRound, person: string, choice: number, points: number): QuizRound {
  return {
    ...round,
    answers: { ...round.answers, [person]: choice },
    right: points > 0 ? [...round.right, person] : round.right,
    points: points > 0 ? { ...round.points, [person]: (round.points[person] ?? 0) + points } : round.points,
  }
}

/** Alone nobody else is waited for. */
function answerAlone(
  { texts }: House,
  round: QuizRound,
  right: boolean,
  scores: NonNullable<Outcome['puts']>,
): [string, Outcome] {
  const { why } = round.question
  const text = right ? texts.quizRightAlone({ why }) : texts.quizWrongAlone({ ...rightChoice(round), why })
  return [text, both({ puts: scores }, closeAlone(round, undefined))]
}
