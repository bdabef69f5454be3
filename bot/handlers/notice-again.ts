import { localDate, plainDate } from '../../tickets/shanghai-time.ts'
import { readAskedAgain } from '../notices/residents/asks-again.ts'
import type { ArrivedNotice } from '../notices/residents/group-notices.ts'
import { noticesKnown } from '../notices/residents/known.ts'
import { type Outcome, silence } from '../outcome.ts'
import { answerTo, type Handler, reply, type Situation } from '../situation.ts'
import { remembering, whyNotSpeak } from '../speak.ts'

/** 刚才的通知谁有: the newest that fits is said again, word for word, with its attachment. */
export const noticeAgain: Handler = async (situation) => {
  const { text, now, staff, addressed, house } = situation
  if (staff && !addressed) return undefined
  const asked = readAskedAgain(text, localDate(now))
  if (!asked) return undefined
  const fitting = (await noticesKnown(situation, remembered)).filter(
    ({ notice, at }) => asked.fits(notice.text) && (asked.day === undefined || localDate(at) === asked.day),
  )
  // what was corrected is told by its correction
  const [running] = fitting.filter(({ state }) => state === 'runs')
  if (running) return sayAgain(situation, running)
  if (!addressed) return fitting.length > 0 ? silence('noticeOver') : undefined
  const last = fitting[0]
  if (!last) return reply(situation, house.texts.noticeAgainUnknown())
  return reply(
    situation,
    last.state === 'over'
      ? house.texts.noticeAgainOver({ day: plainDate(last.at) })
      : house.texts.noticeAgainRetracted(),
  )
}

/** What is longer over is asked for by nobody. */
const remembered = 14 * 24 * 3_600_000
const mark = 'notice-again/'
const rest = 10 * 60_000

function sayAgain(situation: Situation, { notice, at }: ArrivedNotice): Outcome {
  const { groupState, now, addressed, house } = situation
  const lately = groupState?.answered.some(({ key, at }) => key.startsWith(mark) && now - at < rest) ?? false
  if (lately) return addressed ? reply(situation, house.texts.noticeAgainAbove()) : silence('saidAlready')
  const reason = whyNotSpeak(situation)
  if (reason) return silence(reason)
  const { attachment } = notice
  const isOfToday = localDate(at) === localDate(now)
  const text = isOfToday
    ? notice.text
    : house.texts.noticeAgainOfDay({ day: plainDate(at), text: notice.text })
  const said = { kind: 'reply', to: answerTo(situation), text, ...(attachment && { attachment }) } as const
  return remembering(situation, `${mark}${notice.id}`, { sends: [said], why: `notice ${notice.id} again` })
}
