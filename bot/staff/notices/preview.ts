import { tellsOfSomebody } from '../../../intents/notice-words/personal-words.ts'
import { hour, instantOf, plainDate, plainDateTime } from '../../../tickets/shanghai-time.ts'
import type { CommandResult } from '../../doors/decided.ts'
import type { ApprovalReason, Notice } from '../../notices/notice.ts'
import { numberOf } from '../../notices/notice-number.ts'
import { estimateWords } from '../../notices/writing/estimate.ts'
import { misreadDay } from '../../notices/writing/misread-day.ts'
import type { Outcome, Send } from '../../outcome.ts'
import { both } from '../../outcome.ts'
import { isQuiet } from '../../sending/quiet-hours.ts'
import { reply, type Situation } from '../../situation.ts'
import type { Texts } from '../../texts.ts'
import { heldUp } from './holds-up.ts'
import { beginningOf, isAtOnce } from './state-words.ts'

/**
 * The words exactly as the groups will read them, then to how many, when, and what to say next. In a group it goes to
 * its author in private: two hundred people need not read it twice.
 */
export async function previewed(
  situation: Situation,
  outcome: Outcome,
  result: CommandResult,
  /** What its author must know besides. */
  besides = '',
): Promise<Outcome> {
  const { group, person, house } = situation
  const notice = outcome.notices?.at(-1)?.notice
  if (!notice) return outcome
  const facts = factsOf(situation, notice, result, [await heldUp(situation, notice), besides])
  const forgotten: Outcome = { memory: { noticeAsked: null } }
  if (!group)
    return [notice.text, facts].reduce(
      (said, text) => both(said, reply(situation, text)),
      both(outcome, forgotten),
    )
  const number = numberOf(notice)
  if (!person.friend) {
    const words = { text: beginningOf(notice.text), facts }
    return both(both(outcome, forgotten), reply(situation, house.texts.noticePreviewHere(words)))
  }
  const aside = [notice.text, facts].map((text): Send => ({ kind: 'reply', to: { person: person.id }, text }))
  const here = reply(situation, house.texts.noticePreviewPrivately({ number }))
  return both(both(both(outcome, forgotten), { sends: aside }), here)
}

function factsOf(
  { house, now }: Situation,
  notice: Notice,
  result: CommandResult,
  besides: readonly string[],
): string {
  const { texts } = house
  const number = numberOf(notice)
  const people = Number(result['people'])
  const alike = String(result['alike'])
  const beginsAt = Date.parse(String(result['beginsAt']))
  // what comes again and again speaks of its own day each time
  const misread = notice.repeat ? undefined : misreadDay(notice.text, now, beginsAt)
  const more = [
    ...(notice.emergency ? [texts.noticeIsUrgent()] : []),
    ...(waitsEachTime(notice) ? [texts.noticeRepeatsAfterNight()] : []),
    ...(notice.receipt ? [texts.noticeCountsReceipts()] : []),
    ...(notice.attachment ? [texts.noticeWithFile({ name: notice.attachment.name })] : []),
    ...(notice.approval.length > 0
      ? [texts.noticeNeedsApproval({ why: whyApproval(texts, notice.approval) })]
      : []),
    ...(misread
      ? [
          texts.noticeMisreadDay({
            ...{ begins: plainDate(beginsAt), word: misread.word },
            day: plainDate(instantOf(misread.readAs, 0)),
          }),
        ]
      : []),
    ...besides,
    ...(tellsOfSomebody(notice.text) ? [texts.noticeTellsOfSomebody()] : []),
    ...(alike !== '' ? [texts.noticeIsAlike({ number: numberOf({ id: alike }) })] : []),
  ]
  return texts.noticePreview({
    ...{ number, targets: notice.targetWords, groups: notice.groups },
    people: people > 0 ? texts.noticePeople({ count: people }) : '',
    begins: beginsWords(texts, notice, beginsAt, now),
    length: estimateWords(Number(result['minutes']) * 60_000),
    more: more.join(''),
  })
}

/** 每个工作日 22:30: at that hour nobody is disturbed. */
function waitsEachTime({ repeat, emergency }: Notice): boolean {
  if (!repeat || emergency) return false
  const hours = repeat.cron.split(/\s+/u)[1] ?? ''
  return (
    /^\d+(?:,\d+)*$/u.test(hours) &&
    hours.split(',').some((each) => isQuiet(instantOf('2000-01-01', Number(each) * hour)))
  )
}

function beginsWords(texts: Texts, { repeat, sendAt }: Notice, beginsAt: number, now: number): string {
  const time = plainDateTime(beginsAt)
  if (repeat) return texts.noticeBeginsAgain({ words: repeat.words, time })
  if (sendAt === undefined && isAtOnce(beginsAt, now)) return texts.noticeBeginsNow()
  // nobody asked for that time: at night it waits for the morning
  return sendAt === undefined ? texts.noticeBeginsMorning({ time }) : texts.noticeBeginsAt({ time })
}

export function whyApproval(texts: Texts, reasons: readonly ApprovalReason[]): string {
  const words: Readonly<Record<ApprovalReason, () => string>> = {
    groups: texts.noticeWhyGroups,
    template: texts.noticeWhyTemplate,
    hours: texts.noticeWhyHours,
    emergency: texts.noticeWhyEmergency,
    repeated: texts.noticeWhyRepeated,
    author: texts.noticeWhyAuthor,
  }
  return reasons.map((reason) => words[reason]()).join('、')
}
