import { maskPersonalData } from '../../intents/personal-data.ts'
import { both, type Outcome, silence } from '../outcome.ts'
import { answerOutcome, isOver } from '../quiz/answering.ts'
import { choiceIn, isLetter } from '../quiz/choice.ts'
import { beginGame, closeQuestion, endGame, rightChoice, roundIn, runningText } from '../quiz/game.ts'
import type { QuizRound } from '../quiz/quiz-documents.ts'
import { isPlainRequest, isStop, type QuizRequest, quizRequestIn } from '../quiz/requests.ts'
import { alone, scoreWithTeam } from '../quiz/scores.ts'
import { teamIn } from '../quiz/teams.ts'
import { isQuiet } from '../sending/quiet-hours.ts'
import { type Handler, reply, type Situation } from '../situation.ts'
import { isSureEnough, whyNotSpeak } from '../speak.ts'
import { myPoints, ranking } from './quiz-ranking.ts'

/**
 * While a game runs: an answer (taken at once in quiz/answering.ts; here only what a crash left behind), the
 * building that somebody plays for, and the word that stops it.
 */
export const quizInGame: Handler = async (situation) => {
  const { reading, house, text, person, group, addressed } = situation
  const round = await roundIn(reading, roundId(situation))
  if (!round || round.state === 'over') return undefined
  const lines = text.split('\n')
  if (round.state === 'asking' && !isOver(house, round, situation.saidAt)) {
    const choices = lines.map((line) => choiceIn(house, line, round.question))
    const choice = choices.find((each) => each !== undefined)
    if (choice !== undefined)
      return answerOutcome(house, reading, { round, choice, person, group, addressed })
  }
  if (isStop(text)) return stop(situation, round)
  const team = group && teamSaid(situation)
  return team === undefined ? undefined : playFor(situation, team)
}

/** Start, next, ranking, stop. */
export const quizControl: Handler = async (situation) => {
  const { understanding, addressed, text, staff } = situation
  if (understanding.intent !== 'quiz') return undefined
  const asked = addressed || (staff && text.startsWith('#'))
  // a letter that comes too late asks for nothing
  if (isLetter(text)) return asked ? tooLate(situation) : silence('quizLate')
  const evident = understanding.evidence || isPlainRequest(text)
  if (!asked && !(evident && isSureEnough('quiz', understanding.confidence, situation)))
    return silence('unsure')
  const reason = asked ? undefined : whyNotPlay(situation)
  if (reason) return silence(reason)
  const request = quizRequestIn(text)
  if (request?.want === 'mine') return myPoints(situation)
  if (request?.want === 'ranking') return ranking(situation, request)
  return control(situation, request)
}

/** Staff may play like everybody; the settings of the group hold for them too. */
function whyNotPlay(situation: Situation) {
  if (!situation.staff) return whyNotSpeak(situation)
  const { group } = situation
  if (group?.setting === 'listen') return 'listenOnly'
  return group?.setting === 'mentioned' ? 'mentionedOnly' : undefined
}

type Control = Exclude<QuizRequest, { want: 'mine' | 'ranking' }>

async function control(situation: Situation, request: Control | undefined): Promise<Outcome> {
  const { reading, house, addressed } = situation
  const round = await roundIn(reading, roundId(situation))
  const running = round !== undefined && round.state !== 'over'
  if (request?.want === 'stop')
    return running ? stop(situation, round) : reply(situation, house.texts.quizNotRunning())
  if (!request) {
    // talk about the game, which goes on by itself
    if (!addressed) return silence('chatter')
    return running ? stillRunning(situation, round) : reply(situation, house.texts.quizNotRunning())
  }
  if (!running) return start(situation, request)
  if (request.want === 'start' || !maySteer(situation, round)) return stillRunning(situation, round)
  return goOn(situation, round)
}

/** Only who began it, and staff, cut a question short: others may still be typing. */
function maySteer({ person, staff, isPrivate }: Situation, { by }: QuizRound): boolean {
  return isPrivate || staff || by === person.id
}

export function roundId({ group, person }: Situation): string {
  return group?.id ?? alone(person.id)
}

async function start(situation: Situation, request: Control): Promise<Outcome> {
  const { house, reading, group, person, now } = situation
  if (group && isQuiet(now)) return reply(situation, house.texts.quizAtNight())
  const series = request.want === 'start' && group ? request : { count: 1, byBuilding: false }
  // a contest of buildings is none with one question
  const of = series.byBuilding && series.count === 1 ? 5 : series.count
  return beginGame(house, reading, roundId(situation), { by: person.id, of, byBuilding: series.byBuilding })
}

async function goOn(situation: Situation, round: QuizRound): Promise<Outcome> {
  const { house, reading } = situation
  if (round.state === 'pausing') return stillRunning(situation, round)
  const closing = await closeQuestion(house, reading, round, { timeIsUp: false, goesOn: true })
  // one question and another: 下一题 asks it right away
  return round.of > 1
    ? closing
    : both({ ...closing, cancelled: [] }, await start(situation, { want: 'next' }))
}

/** Whoever asks for a question gets the running one again. */
function stillRunning(situation: Situation, round: QuizRound): Outcome {
  const { house } = situation
  return reply(situation, round.state === 'pausing' ? house.texts.quizWait() : runningText(house, round))
}

async function stop(situation: Situation, round: QuizRound): Promise<Outcome> {
  const { house, reading, addressed } = situation
  if (!maySteer(situation, round))
    return addressed ? reply(situation, await mayNotStop(situation, round)) : silence('chatter')
  const open = round.state === 'asking'
  const ending = open
    ? await closeQuestion(house, reading, round, { timeIsUp: false, goesOn: false })
    : await endGame(house, reading, round)
  return both(ending, reply(situation, house.texts.quizStopped()))
}

async function mayNotStop({ house, reading }: Situation, { by }: QuizRound): Promise<string> {
  const starter = by === undefined ? undefined : await reading.get('people', by)
  if (!starter) return house.texts.quizStopStaff()
  return house.texts.quizStopOthers({ name: maskPersonalData(starter.name) })
}

/** A letter that was meant for the bot, with no question open. */
async function tooLate(situation: Situation): Promise<Outcome> {
  const { house, reading, now } = situation
  const round = await roundIn(reading, roundId(situation))
  if (round?.state === 'pausing') return reply(situation, house.texts.quizWait())
  if (!round || now - round.closesAt > stillRemembered) return reply(situation, house.texts.quizNotRunning())
  return reply(situation, house.texts.quizTooLate(rightChoice(round)))
}

const stillRemembered = 60 * 60_000

/** Not when the bot has just asked where something is broken. */
function teamSaid({ text, understanding, memory, now }: Situation): string | undefined {
  const askedWhere = memory?.lastTicket !== undefined && now - memory.lastTicket.at < 30 * 60_000
  return askedWhere ? undefined : teamIn(text, understanding.place)
}

async function playFor(situation: Situation, team: string): Promise<Outcome> {
  const { reading, group, person, house, now, addressed } = situation
  if (!group) return silence('chatter')
  const puts = [await scoreWithTeam(reading, group, person.id, team, now)]
  return addressed
    ? reply(situation, house.texts.quizTeamNoted({ team }), { puts })
    : silence('quizTeam', { puts })
}
