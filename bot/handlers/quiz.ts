import { maskPersonalData } from '../../intents/personal-data.ts'
import type { QuizRound, QuizScore, Timer } from '../documents.ts'
import { answered, choiceIn, choicesText, isLetter, newRound, pointsForRight } from '../duties/quiz.ts'
import { closeRound } from '../duties/quiz-close.ts'
import { both, type Outcome, silence } from '../outcome.ts'
import { isQuiet } from '../sending/quiet-hours.ts'
import { type Handler, reply, type Situation } from '../situation.ts'
import { whyNotSpeak } from '../speak.ts'

/** An answer to the running question: counted; the first right one is named at once. */
export const quizAnswer: Handler = async (situation) => {
  const { reading, text, person, house } = situation
  const round = await reading.get('quizRounds', roundId(situation))
  if (!round?.open) return undefined
  const choice = choiceAmong(text.split('\n'), round)
  if (choice === undefined) return undefined
  const counted = answered(round, person.id, choice)
  if (!counted) return silence('quizAnswered')
  const puts: Outcome['puts'] = [
    { collection: 'quizRounds', document: counted.round },
    ...(counted.right ? [{ collection: 'quizScores' as const, document: await scored(situation) }] : []),
  ]
  if (!counted.first) return silence('quizAnswered', { puts })
  const words = { name: maskPersonalData(person.name), points: pointsForRight }
  return reply(situation, house.texts.quizFirstRight(words), { puts })
}

/** An answer may stand among other lines of the same breath; the first counts. */
function choiceAmong(lines: readonly string[], round: QuizRound): number | undefined {
  return lines.map((line) => choiceIn(line, round)).find((choice) => choice !== undefined)
}

/** Start, next, ranking, stop. */
export const quizControl: Handler = async (situation) => {
  const { understanding, addressed, text, staff } = situation
  if (understanding.intent !== 'quiz') return undefined
  // a letter that comes too late asks for nothing
  if (isLetter(text))
    return addressed ? reply(situation, situation.house.texts.quizNotRunning()) : silence('chatter')
  if (!addressed && (!understanding.evidence || understanding.confidence < sureEnough))
    return silence('unsure')
  const reason = staff ? undefined : whyNotSpeak(situation)
  if (reason) return silence(reason)
  if (wants.ranking.test(text)) return ranking(situation)
  const round = await situation.reading.get('quizRounds', roundId(situation))
  if (wants.stop.test(text)) return stop(situation, round)
  if (round?.open && !wants.next.test(text)) return stillRunning(situation, round, wants.start.test(text))
  if (situation.group && isQuiet(situation.now)) return reply(situation, situation.house.texts.quizAtNight())
  return start(situation, round)
}

const sureEnough = 0.5
const wants = {
  ranking: /排行|排名|积分|得分|多少分|几分|第几|榜/u,
  stop: /不玩|结束|停止|不答|别出|不出题|算了/u,
  start: /来[一个]?[题道]|出.{0,3}题|答题|竞赛|什么题|题目|开始/u,
  next: /下一|再来|再出|换一|继续|接着/u,
}
const mostRanked = 10

function roundId({ group, person }: Situation): string {
  return group?.id ?? `person/${person.id}`
}

async function start(situation: Situation, before: QuizRound | undefined): Promise<Outcome> {
  const { house, cause } = situation
  const id = roundId(situation)
  const round = newRound(house, id, before)
  const text = house.texts.quizQuestion({
    ...{ item: round.item, choices: choicesText(round) },
    minutes: Math.round(house.settings.quizTime / 60_000),
  })
  const limit: Timer = {
    id: `quiz/${id}`,
    kind: 'quiz',
    group: id,
    question: cause.id,
    dueAt: round.closesAt,
  }
  const asked = reply(situation, text, {
    puts: [{ collection: 'quizRounds', document: round }],
    timers: [limit],
  })
  return before?.open ? both(await closeRound(house, situation.reading, before), asked) : asked
}

/** Whoever asks for a question gets the running one again; talk about it is left alone. */
function stillRunning(situation: Situation, round: QuizRound, asked: boolean): Outcome {
  if (!asked && !situation.addressed) return silence('chatter')
  const { texts } = situation.house
  return reply(situation, texts.quizRunning({ item: round.item, choices: choicesText(round) }))
}

async function stop(situation: Situation, round: QuizRound | undefined): Promise<Outcome> {
  const { house, reading } = situation
  if (!round?.open) return reply(situation, house.texts.quizNotRunning())
  const closing = await closeRound(house, reading, round)
  return both(closing, reply(situation, house.texts.quizStopped(), { cancelled: [`quiz/${round.id}`] }))
}

async function ranking(situation: Situation): Promise<Outcome> {
  const { reading, house } = situation
  const { documents } = await reading.find('quizScores', {
    where: { group: roundId(situation) },
    order: 'points',
    descending: true,
    limit: mostRanked,
  })
  if (documents.length === 0) return reply(situation, house.texts.quizRankingEmpty())
  const names = await Promise.all(
    documents.map(async (score) =>
      maskPersonalData((await reading.get('people', score.person))?.name ?? house.texts.someone()),
    ),
  )
  const lines = documents.map((score, index) => `${index + 1}. ${names[index]} ${score.points}分`).join('，')
  return reply(situation, house.texts.quizRanking({ lines }))
}

async function scored(situation: Situation): Promise<QuizScore> {
  const { reading, person } = situation
  const group = roundId(situation)
  const id = `${group}/${person.id}`
  const before = await reading.get('quizScores', id)
  return {
    ...{ id, group, person: person.id },
    points: (before?.points ?? 0) + pointsForRight,
    right: (before?.right ?? 0) + 1,
  }
}
