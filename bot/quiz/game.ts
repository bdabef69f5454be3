import type { House } from '../house.ts'
import { both, type Outcome, type Recipient } from '../outcome.ts'
import { nameOf } from '../people/name-of.ts'
import type { Reading } from '../reading.ts'
import { isQuiet } from '../sending/quiet-hours.ts'
import type { Timer } from '../timer.ts'
import { letters } from './choice.ts'
import { drawQuestion } from './questions.ts'
import type { QuizRound } from './quiz-documents.ts'
import { besideEachOther, linesOfPersons, linesOfTeams, type Row } from './ranking.ts'
import { teamTable } from './teams.ts'

/**
 * The way of a game: a question, its time, the answer and why; in a series a short pause and the next, at the
 * end the table. Everything is in the round and its one timer, so that a restart finds the game as it was.
 */

export interface Beginning {
  /** Absent when the bot begins by itself: the daily question. */
  readonly by?: string
  readonly of: number
  readonly byBuilding: boolean
}

/** A question that was open this much too long (the bot was down) is not followed by another. */
const tooLate = 10 * 60_000
const mostNames = 10
/** So many neighbours who did not begin it end it together. */
export const enoughStops = 3

export const timerOf = (id: string) => `quiz/${id}`

export async function roundIn(reading: Reading, id: string): Promise<QuizRound | undefined> {
  return reading.get('quizRounds', id)
}

/** Whoever begins one has read the round of this conversation: so two who begin at once do not both ask. */
export async function beginGame(
  house: House,
  reading: Reading,
  id: string,
  beginning: Beginning,
): Promise<Outcome> {
  return ask(house, reading, { ...beginning, id, at: 1, points: {} })
}

/** The pause of a series is over. */
export async function askNext(house: House, reading: Reading, round: QuizRound): Promise<Outcome> {
  const late = house.now() - round.closesAt > tooLate + house.settings.quiz.pause
  const night = isGroup(round.id) && isQuiet(house.now())
  if (late) return endGame(house, reading, round, true)
  if (!night) return ask(house, reading, { ...round, at: round.at + 1 })
  const text = house.texts.quizNightEnds()
  const sorry: Outcome = { sends: [{ kind: 'reply', to: recipientOf(round.id), text }] }
  return both(sorry, await endGame(house, reading, round))
}

type Game = Pick<QuizRound, 'id' | 'by' | 'at' | 'of' | 'byBuilding' | 'points' | 'stops'>

async function ask(house: House, reading: Reading, game: Game): Promise<Outcome> {
  const { id, by, at, of, byBuilding, points, stops } = game
  const { question, deck } = drawQuestion(house, id, await reading.get('quizDecks', id))
  const askedAt = house.now()
  const round: QuizRound = {
    ...{ id, state: 'asking', question, askedAt, closesAt: askedAt + timeFor(house, game) },
    ...{ answers: {}, right: [], at, of, byBuilding, points },
    ...(by !== undefined && { by }),
    ...(stops && { stops }),
  }
  const limit: Timer = { id: timerOf(id), kind: 'quiz', group: id, dueAt: round.closesAt }
  return {
    sends: [{ kind: 'reply', to: recipientOf(id), text: questionText(house, round) }],
    puts: [
      { collection: 'quizRounds', document: round },
      { collection: 'quizDecks', document: deck },
    ],
    timers: [limit],
    why: 'a quiz question',
  }
}

function timeFor({ settings }: House, { id, by, of }: Game): number {
  const { single, series, daily, alone } = settings.quiz
  if (!isGroup(id)) return alone
  if (by === undefined) return daily
  return of > 1 ? series : single
}

function questionText(house: House, round: QuizRound): string {
  const { texts } = house
  const { id, by, at, of } = round
  const words = { ...shown(round), time: durationText(house, round.closesAt - round.askedAt) }
  if (!isGroup(id)) return texts.quizQuestionAlone(words)
  if (by === undefined) return texts.quizQuestionDaily(words)
  if (of === 1) return texts.quizQuestion(words)
  const next = texts.quizQuestionSeries({ ...words, at, of })
  if (at > 1) return next
  const hello = texts.quizSeriesBegins({ of, time: words.time, stops: enoughStops })
  return `${hello}${round.byBuilding ? texts.quizBuildingsBegin() : ''}\n${next}`
}

/** The open question once more, for whoever asks. */
export function runningText(house: House, round: QuizRound): string {
  return house.texts.quizRunning(shown(round))
}

function shown({ question }: QuizRound) {
  const choices = question.choices.map((choice, at) => `${letters[at]} ${choice}`).join('\n')
  return { question: question.text, choices }
}

function durationText({ texts }: House, time: number): string {
  const seconds = Math.round(time / 1000)
  if (seconds % 3600 === 0) return texts.quizHours({ count: seconds / 3600 })
  return seconds % 60 === 0
    ? texts.quizMinutes({ count: seconds / 60 })
    : texts.quizSeconds({ count: seconds })
}

/**
 * The question is over: the answer, why, and who had it right, in the order in which they had it.
 * `goesOn`: a series asks its next question after a pause.
 */
export async function closeQuestion(
  house: House,
  reading: Reading,
  round: QuizRound,
  { timeIsUp, goesOn }: { readonly timeIsUp: boolean; readonly goesOn: boolean },
): Promise<Outcome> {
  // whoever walked away from a game of their own is not called back
  if (!isGroup(round.id)) return closeAlone(round, timeIsUp ? undefined : solution(house, round))
  const { pause } = house.settings.quiz
  const late = house.now() - round.closesAt > tooLate
  const wanted = goesOn && round.at < round.of && !late
  const night = wanted && isQuiet(house.now() + pause)
  const next = wanted && !night
  const offer = timeIsUp && round.of === 1
  const answer = await answerText(house, reading, round, offer)
  const text = timeIsUp ? `${house.texts.quizTimeIsUp()}${answer}` : answer
  const soon = house.texts.quizNextSoon({ time: durationText(house, pause) })
  // who waited in the evening reads it in the morning
  const send = { kind: 'reply', to: recipientOf(round.id), canWait: late } as const
  if (!next) {
    const last = night ? `${text}\n${house.texts.quizNightEnds()}` : text
    const closed: Outcome = { sends: [{ ...send, text: last }], why: 'the quiz question is over' }
    return both(closed, await endGame(house, reading, round, late))
  }
  const dueAt = house.now() + pause
  const pausing: QuizRound = { ...round, state: 'pausing', answers: {}, right: [] }
  return {
    sends: [{ ...send, text: `${text}\n${soon}` }],
    puts: [{ collection: 'quizRounds', document: pausing }],
    timers: [{ id: timerOf(round.id), kind: 'quizNext', group: round.id, dueAt }],
    why: 'the quiz question is over, another follows',
  }
}

/** Alone: the answer is told to whoever still wants it. */
export function closeAlone(round: QuizRound, text: string | undefined): Outcome {
  return {
    ...(text !== undefined && { sends: [{ kind: 'reply', to: recipientOf(round.id), text }] }),
    puts: [{ collection: 'quizRounds', document: finished(round) }],
    cancelled: [timerOf(round.id)],
  }
}

/** What is kept of a game that is over. */
export function finished({ stops: _, ...round }: QuizRound): QuizRound {
  return { ...round, state: 'over', answers: {}, right: [], points: {} }
}

/** No question follows: after a series comes its table. */
export async function endGame(
  house: House,
  reading: Reading,
  round: QuizRound,
  canWait = false,
): Promise<Outcome> {
  const text = round.of > 1 ? await tableText(house, reading, round) : undefined
  return {
    ...(text !== undefined && { sends: [{ kind: 'reply', to: recipientOf(round.id), text, canWait }] }),
    puts: [{ collection: 'quizRounds', document: finished(round) }],
    cancelled: [timerOf(round.id)],
    why: 'the quiz is over',
  }
}

async function answerText(house: House, reading: Reading, round: QuizRound, offer: boolean): Promise<string> {
  const { texts } = house
  const answer = solution(house, round)
  if (round.right.length === 0) return `${answer}\n${offer ? texts.quizNobodyOffer() : texts.quizNobody()}`
  const players = await Promise.all(
    round.right.slice(0, mostNames).map(async (person) => {
      const name = await nameOf(house, reading, person)
      const team = round.byBuilding ? await teamOf(reading, round.id, person) : undefined
      return team === undefined ? name : texts.quizNameWithTeam({ name, team })
    }),
  )
  const names = players.join('、')
  const count = round.right.length
  return `${answer}\n${count > mostNames ? texts.quizRightMany({ names, count }) : texts.quizRight({ names })}`
}

function solution({ texts }: House, round: QuizRound): string {
  return texts.quizAnswer({ ...rightChoice(round), why: round.question.why })
}

export function rightChoice({ question }: QuizRound) {
  return { letter: letters[question.answer] ?? '', choice: question.choices[question.answer] ?? '' }
}

async function tableText(house: House, reading: Reading, round: QuizRound): Promise<string> {
  const { texts } = house
  const rows: Row[] = await Promise.all(
    Object.entries(round.points).map(async ([person, points]) => {
      const team = await teamOf(reading, round.id, person)
      return { person, points, ...(team !== undefined && { team }) }
    }),
  )
  if (rows.length === 0) return texts.quizSeriesOverNobody({ at: round.at })
  rows.sort((one, other) => other.points - one.points)
  const teams = teamsText(house, round, rows)
  const lines = await linesOfPersons(house, reading, rows, teams === '' ? undefined : besideEachOther)
  const table = texts.quizSeriesOver({ at: round.at, lines })
  return teams === '' ? table : `${table}\n${teams}`
}

/** Also where nobody asked for a contest of buildings, once two of them have points. */
function teamsText(house: House, { byBuilding }: QuizRound, rows: readonly Row[]): string {
  const teams = teamTable(rows)
  if (teams.length === 0) return byBuilding ? house.texts.quizTeamsEmpty() : ''
  if (teams.length === 1 && !byBuilding) return ''
  return house.texts.quizTeamTable({ lines: linesOfTeams(house, teams, besideEachOther) })
}

async function teamOf(reading: Reading, group: string, person: string): Promise<string | undefined> {
  return (await reading.get('quizScores', `${group}/${person}`))?.team
}

export function isGroup(id: string): boolean {
  return !id.startsWith('person/')
}

function recipientOf(id: string): Recipient {
  return isGroup(id) ? { group: id } : { person: id.slice('person/'.length) }
}
