import { formatPlace } from '../intents/places.ts'
import type { Understanding } from '../intents/understanding.ts'
import { aboutBot } from './handlers/about-bot.ts'
import { codes } from './handlers/codes.ts'
import { complaint } from './handlers/complaint.ts'
import { doubtedAnswer } from './handlers/doubted-answer.ts'
import { emergency } from './handlers/emergency.ts'
import { fallback } from './handlers/fallback.ts'
import { followUpAnswer } from './handlers/follow-up-answer.ts'
import { garbage } from './handlers/garbage.ts'
import { matchOrders } from './handlers/match-orders.ts'
import { moreAboutTicket } from './handlers/more-about-ticket.ts'
import { noticeAgain } from './handlers/notice-again.ts'
import { noticeExplains } from './handlers/notice-explains.ts'
import { noticeQuestion } from './handlers/notice-question.ts'
import { countingReceipt, noticeReceipt } from './handlers/notice-receipt.ts'
import { ownTicket } from './handlers/own-ticket.ts'
import { pleasantry } from './handlers/pleasantry.ts'
import { policy } from './handlers/policy.ts'
import { quizControl, quizInGame } from './handlers/quiz.ts'
import { quizDaily } from './handlers/quiz-daily.ts'
import { staffCommand } from './handlers/staff-command.ts'
import { supportRightAfter } from './handlers/support.ts'
import { ticketTalk } from './handlers/ticket-talk.ts'
import { unreadable } from './handlers/unreadable.ts'
import { type Outcome, silence } from './outcome.ts'
import type { Handler, Situation } from './situation.ts'
import { heedListening } from './speak.ts'

/** Who may look at an utterance, in this order; the first that gives an outcome has decided. */
const handlers: readonly Handler[] = [
  codes,
  emergency,
  matchOrders,
  staffCommand,
  quizDaily,
  quizInGame,
  doubtedAnswer,
  followUpAnswer,
  noticeReceipt,
  noticeAgain,
  noticeQuestion,
  noticeExplains,
  moreAboutTicket,
  unreadable,
  pleasantry,
  aboutBot,
  supportRightAfter,
  ownTicket,
  ticketTalk,
  complaint,
  quizControl,
  garbage,
  policy,
  fallback,
]

export async function decide(situation: Situation): Promise<Outcome> {
  const { understanding } = situation
  const why = `${understanding.intent} ${understanding.confidence.toFixed(2)}: ${understanding.why}`
  const understood = takenFor(understanding)
  for (const handler of handlers) {
    const outcome = await handler(situation)
    if (outcome) {
      const heeded = heedListening(situation, { why, understood, ...outcome })
      return countingReceipt(situation, heeded)
    }
  }
  return countingReceipt(situation, silence('chatter', { why, understood }))
}

function takenFor({
  intent,
  confidence,
  category,
  place,
}: Understanding): NonNullable<Outcome['understood']> {
  return {
    ...{ intent, confidence },
    ...(category && { category }),
    ...(place && { place: formatPlace(place, { withRoom: true }) }),
  }
}
