import { both, type Outcome, type SilenceReason, silence } from '../outcome.ts'
import { nameOf } from '../people/name-of.ts'
import { helpIsOnItsWay } from '../quiz/break-off.ts'
import { isLetter } from '../quiz/choice.ts'
import {
  beginGame,
  closeAlone,
  closeQuestion,
  endGame,
  enoughStops,
  rightChoice,
  roundIn,
  runningText,
} from '../quiz/game.ts'
import type { QuizRound } from '../quiz/quiz-documents.ts'
import { givesUp, isPlainRequest, isStop, type QuizRequest, quizRequestIn } from '../quiz/requests.ts'
import { alone, scoreWithTeam } from '../quiz/scores.ts'
import { teamIn } from '../quiz/teams.ts'
import { isQuiet } from '../sending/quiet-hours.ts'
import { type Handler, reply, type Situation } from '../situation.ts'
import { isSureEnough, remembering, saidLately, spokeOftenLately, whyNotSpeak } from '../speak.ts'
import { myPoints, ranking } from './quiz-ranking.ts'

/**
 * While a game runs: the word that stops it, giving up alone, and the building that somebody plays for. Answers
 * are taken before an utterance comes here: quiz/answering.ts.
 */
export const quizInGame: Handler = async (situation) => {
  const { reading, text, group, isPrivate } = situation
  const round = await roundIn(reading, roundId(situation))
  if (!round || round.state === 'over') return undefined
  if (isStop(text)) return stop(situation, round)
  if (isPrivate && givesUp(text) && !askedWhereSince(situation, round.askedAt))
    return closeAlone(round, solutionOf(situation, round))
  const team = group && teamSaid(situation)
  return team === undefined ? undefined : playFor(situation, team)
}

function solutionOf({ house }: Situation, round: QuizRound): string {
  return house.texts.quizGivenUp({ ...rightChoice(round), why: round.question.why })
}

/** Start, next, ranking, stop. */
export const quizControl: Handler = async (situation) => {
  const { understanding, addressed, text, staff, reading } = situation
  if (understanding.intent !== 'quiz') return undefined
  const asked = addressed || (staff && text.startsWith('#'))
  // a letter that comes too late asks for nothing
  if (isLetter(text)) return asked ? tooLate(situation) : silence('quizLate')
  const evident = understanding.evidence || isPlainRequest(text)
  if (!asked && !(evident && isSureEnough('quiz', understanding.confidence, situation)))
    return silence('unsure')
  const request = quizRequestIn(text)
  const round = await roundIn(reading, roundId(situation))
  const running = round && round.state !== 'over' ? round : undefined
  const key = keyOf(situation, request, running)
  const reason = asked ? undefined : whyNotPlay(situation, key)
  if (reason) return silence(reason)
  const outcome = await answerRequest(situation, request, round)
  // 题目就在上面 does not put off when the question may be said again
  const counts = outcome?.sends && key !== undefined && !saidLately(situation, key)
  return counts ? remembering(situation, key, outcome) : outcome
}

/** What would be said, so that it is not said too often; the end of a game is no burden. */
function keyOf(
  situation: Situation,
  request: QuizRequest | undefined,
  running: QuizRound | undefined,
): string | undefined {
  if (request?.want === 'mine') return `quiz/mine/${situation.person.id}`
  if (request?.want === 'ranking') return `quiz/ranking/${request.of}/${request.period}`
  if (request?.want === 'stop') return undefined
  if (running && !goesOn(situation, request, running)) return runningKey(running)
  return isQuiet(situation.now) ? 'quiz/night' : `quiz/question/${situation.cause.id}`
}

function runningKey({ askedAt, state }: QuizRound): string {
  return `quiz/running/${askedAt}/${state}`
}

/** Staff may play like everybody; the settings of the group hold for them too. */
function whyNotPlay(situation: Situation, key: string | undefined): SilenceReason | undefined {
  if (!situation.staff) return whyNotSpeak(situation, key)
  const { group } = situation
  if (group?.setting === 'listen') return 'listenOnly'
  return group?.setting === 'mentioned' ? 'mentionedOnly' : undefined
}

function answerRequest(
  situation: Situation,
  request: QuizRequest | undefined,
  round: QuizRound | undefined,
): Promise<Outcome | undefined> {
  if (request?.want === 'mine') return myPoints(situation)
  if (request?.want === 'ranking') return ranking(situation, request)
  return control(situation, request, round)
}

type Control = Exclude<QuizRequest, { want: 'mine' | 'ranking' }>

async function control(
  situation: Situation,
  request: Control | undefined,
  round: QuizRound | undefined,
): Promise<Outcome | undefined> {
  const { addressed, text, house, now } = situation
  if (round && round.state !== 'over') return whileRunning(situation, request, round)
  if (request && request.want !== 'stop') return start(situation, request)
  // talk about the game, which goes on by itself
  if (!request && !addressed) return silence('chatter')
  const ofGame = isStop(text) || (round !== undefined && now - round.closesAt < justAfter)
  // else it only sounds like the quiz: 成绩什么时候出来
  return ofGame ? reply(situation, house.texts.quizNotRunning()) : undefined
}

const justAfter = 10 * 60_000

async function whileRunning(
  situation: Situation,
  request: Control | undefined,
  round: QuizRound,
): Promise<Outcome> {
  if (request?.want === 'stop') return stop(situation, round)
  if (!request && !situation.addressed) return silence('chatter')
  return goesOn(situation, request, round) ? goOn(situation, round) : stillRunning(situation, round)
}

/** Only who began it, and staff, cut a question short: others may still be typing. */
function maySteer({ person, staff, isPrivate }: Situation, { by }: QuizRound): boolean {
  return isPrivate || staff || by === person.id
}

function goesOn(situation: Situation, request: QuizRequest | undefined, round: QuizRound): boolean {
  return request?.want === 'next' && round.state === 'asking' && maySteer(situation, round)
}

function roundId({ group, person }: Situation): string {
  return group?.id ?? alone(person.id)
}

async function start(situation: Situation, request: Control): Promise<Outcome> {
  const { house, reading, group, person, now, addressed, staff } = situation
  const { texts } = house
  const id = roundId(situation)
  if (await helpIsOnItsWay(reading, id, now))
    return addressed ? reply(situation, texts.quizNotNow()) : silence('quizEmergency')
  if (group && isQuiet(now)) return reply(situation, texts.quizAtNight())
  if (!staff && spokeOftenLately(situation, 'quiz/question')) return reply(situation, texts.quizRest())
  const series = request.want === 'start' && group ? request : { count: 1, byBuilding: false }
  // a contest of buildings is none with one question
  const of = series.byBuilding && series.count === 1 ? 5 : series.count
  return beginGame(house, reading, id, { by: person.id, of, byBuilding: series.byBuilding })
}

async function goOn(situation: Situation, round: QuizRound): Promise<Outcome> {
  const { house, reading } = situation
  const closing = await closeQuestion(house, reading, round, { timeIsUp: false, goesOn: true })
  // one question and another: 下一题 asks it right away
  return round.of > 1
    ? closing
    : both({ ...closing, cancelled: [] }, await start(situation, { want: 'next' }))
}

/** Whoever asks for a question gets the running one again; it stands there when it was said a moment ago. */
function stillRunning(situation: Situation, round: QuizRound): Outcome {
  const { house } = situation
  if (round.state === 'pausing') return reply(situation, house.texts.quizWait())
  const again = saidLately(situation, runningKey(round))
  return reply(situation, again ? house.texts.quizRunningAbove() : runningText(house, round))
}

async function stop(situation: Situation, round: QuizRound): Promise<Outcome> {
  const { person } = situation
  if (maySteer(situation, round)) return endNow(situation, round)
  const stops = [...new Set([...(round.stops ?? []), person.id])]
  if (round.by !== undefined && stops.length >= enoughStops) return endNow(situation, round)
  return noteStop(situation, { ...round, stops })
}

async function endNow(situation: Situation, round: QuizRound): Promise<Outcome> {
  const { house, reading } = situation
  const ending =
    round.state === 'asking'
      ? await closeQuestion(house, reading, round, { timeIsUp: false, goesOn: false })
      : await endGame(house, reading, round)
  return { ...both(ending, reply(situation, house.texts.quizStopped())), owed: true }
}

/** The daily question lies quietly in the group: it ends by itself. */
async function noteStop(situation: Situation, round: QuizRound): Promise<Outcome> {
  const { house, reading, addressed } = situation
  const { by, stops = [] } = round
  const noted: Outcome = by === undefined ? {} : { puts: [{ collection: 'quizRounds', document: round }] }
  if (!addressed) return silence('quizStop', noted)
  if (by === undefined) return reply(situation, house.texts.quizStopStaff())
  const name = await nameOf(house, reading, by)
  const more = enoughStops - stops.length
  return reply(situation, house.texts.quizStopOthers({ name, more }), noted)
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

/** The bot has asked where something is broken: what comes now may be the answer to that. */
function askedWhereSince({ memory }: Situation, since: number): boolean {
  return memory?.lastTicket !== undefined && memory.lastTicket.at >= since
}

function teamSaid(situation: Situation): string | undefined {
  const { text, understanding, now } = situation
  return askedWhereSince(situation, now - 30 * 60_000) ? undefined : teamIn(text, understanding.place)
}

async function playFor(situation: Situation, team: string): Promise<Outcome> {
  const { reading, group, person, house, now, addressed } = situation
  if (!group) return silence('chatter')
  const puts = [await scoreWithTeam(reading, group, person.id, team, now)]
  return addressed
    ? reply(situation, house.texts.quizTeamNoted({ team }), { puts })
    : silence('quizTeam', { puts })
}
