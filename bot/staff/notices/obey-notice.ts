import { type NoticeCommand, type NoticeOrder, parseNoticeCommand } from '../../../intents/notice-commands.ts'
import { readBrake } from '../../../intents/notice-words/brake.ts'
import type { Notice } from '../../notices/notice.ts'
import { numberOf } from '../../notices/notice-number.ts'
import { both, type Outcome } from '../../outcome.ts'
import { reply, type Situation } from '../../situation.ts'
import { answerAsked } from './answer-asked.ts'
import { approveSeveral } from './approve-several.ts'
import { stillAsked } from './asked.ts'
import { howWords } from './at-the-door.ts'
import { changeNotice } from './change-notice.ts'
import { decideApproval } from './decide-approval.ts'
import { haltNotice } from './halt.ts'
import { isInCompany, listHere, mayBeShown, toldAside } from './in-company.ts'
import { remindOf } from './remind-of.ts'
import { runNotice } from './run-notice.ts'
import { doubtfulOf, settleNotice } from './settle-notice.ts'
import { showTemplates } from './show-templates.ts'
import { listNotices, showGroups, showProgress, showReceipts } from './watch-notice.ts'
import { candidates, whichNotice } from './which-notice.ts'
import { writeNotice } from './write-notice.ts'

/**
 * What staff say about notices: in a group with # or by mentioning the bot, in private without either. Undefined when it
 * was said of something else: 继续 without a notice that is paused belongs to others.
 */
export async function obeyNotice(situation: Situation): Promise<Outcome | undefined> {
  const { text, addressed, staff } = situation
  if (!staff || !(addressed || /^[#＃]/u.test(text))) return undefined
  const brake = readBrake(text)
  const halted = brake && (await haltNotice(situation, brake))
  if (halted) return halted
  const approved = await approveSeveral(situation)
  if (approved) return approved
  const command = isReason(situation) ? undefined : parseNoticeCommand(text)
  const obeyed = command && (await obey(situation, command))
  return (
    obeyed ?? answerAsked(situation, (order) => obey(situation, { command: 'notice', order, sure: true }))
  )
}

/** What was asked for is the reason, whatever its words would order else: 时间不对，改到明天. */
function isReason({ memory, now, text }: Situation): boolean {
  if (stillAsked(memory?.noticeAsked, now)?.asks !== 'reason') return false
  const command = parseNoticeCommand(text)
  return !command?.sure && command?.order.order !== 'approve' && command?.order.order !== 'refuse'
}

async function obey(situation: Situation, command: NoticeCommand): Promise<Outcome | undefined> {
  const { order, sure } = command
  switch (order.order) {
    case 'help':
      return sure ? reply(situation, await howWords(situation)) : undefined
    case 'list':
      return listed(situation)
    case 'halt':
      return undefined
    case 'templates':
      return showTemplates(situation, order.template, sure)
    case 'unclear':
      return unclear(situation, order)
    case 'write':
      return (await writeNotice(situation, order, { glued: order.glued })) ?? ofNumber(situation)
    case 'approve':
    case 'refuse':
      return decideApproval(situation, { ...command, order })
    case 'settle':
      return settle(situation, order, sure)
    default:
      return ofOne(situation, order, sure)
  }
}

/** 通知12：…: there is one, so what shall be done with it? Else the number belongs to the words. */
async function unclear(situation: Situation, { notice, words }: NoticeOrder & { order: 'unclear' }) {
  const known = await situation.reading.get('notices', notice)
  const number = numberOf({ id: notice })
  return known
    ? reply(situation, situation.house.texts.noticeUnclear({ number }))
    : writeNotice(situation, { words: `${number}：${words}`, emergency: false })
}

/** 通知12撤…: there is one, but what is to be done with it cannot be read. */
async function ofNumber(situation: Situation): Promise<Outcome | undefined> {
  const number = /^[#＃]?\s*通知\s*(\d{1,6})(?!\d|号?楼)/u.exec(situation.text)?.[1]
  const known =
    number === undefined ? undefined : await situation.reading.get('notices', `N${Number(number)}`)
  return known && reply(situation, situation.house.texts.noticeUnclear({ number: numberOf(known) }))
}

type OfOne = Exclude<
  NoticeOrder,
  { order: 'help' | 'list' | 'templates' | 'unclear' | 'write' | 'approve' | 'refuse' | 'settle' | 'halt' }
>

async function ofOne(situation: Situation, order: OfOne, sure: boolean): Promise<Outcome | undefined> {
  const { texts } = situation.house
  if (order.notice !== undefined) {
    const notice = await situation.reading.get('notices', order.notice)
    if (notice) return carryOut(situation, order, notice)
    return sure || !alsoOfTickets.has(order.order) ? unknown(situation, order.notice) : undefined
  }
  if (order.order === 'discard' && isBeingAsked(situation))
    return reply(situation, texts.noticeNotWritten(), { memory: { noticeAsked: null } })
  const found = (await candidates(situation, order.order)).filter((each) => isMeantBy(situation, sure, each))
  const [first] = found
  if (first === undefined) {
    if (order.order === 'send') return sayNothingToSend(situation, sure)
    return sure ? reply(situation, texts.noticeNoneFits()) : undefined
  }
  if (found.length > 1 && !newestWillDo.has(order.order)) return whichNotice(situation, found, order)
  const shown = order.order === 'receipts' ? (found.find(({ receipt }) => receipt) ?? first) : first
  return carryOut(situation, order, shown)
}

/** To look at, or to see another preview of, the newest will do; what cannot be taken back must be meant. */
const newestWillDo: ReadonlySet<OfOne['order']> = new Set([
  ...(['show', 'groups', 'receipts', 'revise', 'retime', 'retarget'] as const),
])

/** 算了 right after the question whom it is for: what was half written is dropped. */
function isBeingAsked({ memory, now }: Situation): boolean {
  const asked = stillAsked(memory?.noticeAsked, now)
  return asked !== undefined && asked.asks !== 'which' && asked.asks !== 'more'
}

/** 确认 and 算了 are said of many things: of a draft only while its preview is fresh. */
function isMeantBy({ text, now }: Situation, sure: boolean, { state, writtenAt }: Notice): boolean {
  if (sure || state !== 'draft' || /发送|發送|取消|改/u.test(text)) return true
  return now - writtenAt <= freshFor
}

const freshFor = 30 * 60_000

/** 暂停 2 and 2 进度 may be said of the second ticket of a list. */
const alsoOfTickets: ReadonlySet<OfOne['order']> = new Set(['pause', 'resume', 'show', 'groups', 'receipts'])

/** 确认 and 发 are said of many things; 发送 is said of notices. */
function sayNothingToSend(situation: Situation, sure: boolean): Outcome | undefined {
  return sure || /发送/u.test(situation.text)
    ? reply(situation, situation.house.texts.noticeNothingToSend())
    : undefined
}

function unknown(situation: Situation, id: string): Outcome {
  return reply(situation, situation.house.texts.noticeUnknown({ number: numberOf({ id }) }))
}

async function carryOut(situation: Situation, order: OfOne, notice: Notice): Promise<Outcome> {
  if (order.order === 'send' && isUnseen(situation, notice))
    return reply(situation, situation.house.texts.noticeSendUnseen({ number: numberOf(notice) }))
  switch (order.order) {
    case 'show':
    case 'groups':
    case 'receipts': {
      const shown = await show(situation, order.order, notice)
      return (await mayBeShown(situation, notice)) ? shown : toldAside(situation, shown)
    }
    case 'remind':
      return remindOf(situation, notice)
    case 'revise':
    case 'retime':
    case 'retarget':
    case 'correct':
    case 'retract':
      return changeNotice(situation, order, notice)
    case 'discard':
      // 不发了 of what is over speaks of the groups that did not get it
      return (await isOverInDoubt(situation, notice))
        ? settleNotice(situation, notice, 'left', '')
        : runNotice(situation, order.order, notice)
    default:
      return runNotice(situation, order.order, notice)
  }
}

function show(situation: Situation, what: 'show' | 'groups' | 'receipts', notice: Notice): Promise<Outcome> {
  const looks = { show: showProgress, groups: showGroups, receipts: showReceipts }
  return looks[what](situation, notice)
}

/** Where residents read along: what this group has got; the drafts and the names in private. */
async function listed(situation: Situation): Promise<Outcome> {
  const { group, person } = situation
  if (!group || !isInCompany(situation)) return listNotices(situation)
  const here = await listHere(situation, group.id)
  const aside = toldAside(situation, person.friend ? await listNotices(situation) : {})
  return both(reply(situation, here), aside)
}

/** 发送 was said before its preview went out: clocks of the messenger and of ours may differ by a second. */
function isUnseen({ saidAt, person }: Situation, { state, author, writtenAt }: Notice): boolean {
  return state === 'draft' && author === person.id && saidAt + 1_000 < writtenAt
}

async function isOverInDoubt(situation: Situation, notice: Notice): Promise<boolean> {
  const over = notice.state === 'finished' || notice.state === 'stopped' || notice.state === 'expired'
  return over && (await doubtfulOf(situation, notice)).length > 0
}

/** Without a number: the one that has groups in doubt. */
async function settle(
  situation: Situation,
  order: NoticeOrder & { order: 'settle' },
  sure: boolean,
): Promise<Outcome | undefined> {
  const { as, words } = order
  if (order.notice !== undefined) {
    const notice = await situation.reading.get('notices', order.notice)
    if (notice) return settleNotice(situation, notice, as, words)
    return sure || words !== '' ? unknown(situation, order.notice) : undefined
  }
  const doubtful: Notice[] = []
  for (const notice of await candidates(situation, 'settle'))
    if ((await doubtfulOf(situation, notice)).length > 0) doubtful.push(notice)
  const [first] = doubtful
  if (first === undefined) return undefined
  return doubtful.length > 1
    ? whichNotice(situation, doubtful, order)
    : settleNotice(situation, first, as, words)
}
