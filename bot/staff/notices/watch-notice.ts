import { plainDateTime } from '../../../tickets/shanghai-time.ts'
import type { NoticeCopyRow, NoticeProgressRow, NoticeRow } from '../../doors/notices/notice-rows.ts'
import { query } from '../../doors/query.ts'
import { lookWords, namesIn } from '../../notices/copies/look-words.ts'
import type { Notice } from '../../notices/notice.ts'
import { numberOf } from '../../notices/notice-number.ts'
import { mayReadNames, receiptRows } from '../../notices/residents/receipt-report.ts'
import { receiptText } from '../../notices/residents/receipt-text.ts'
import { wantsReceipt } from '../../notices/residents/receipts.ts'
import { estimateWords } from '../../notices/writing/estimate.ts'
import type { Outcome } from '../../outcome.ts'
import { reply, type Situation } from '../../situation.ts'
import { heldUp } from './holds-up.ts'
import { beginningOf, stateWord } from './state-words.ts'

/** 通知进度, 通知列表, 通知12 各群: how far it is, and which groups need a look. */

export async function showProgress(situation: Situation, notice: Notice): Promise<Outcome> {
  const { house } = situation
  const { texts } = house
  const [row] = (await asked(situation, {
    type: 'notice',
    notice: notice.id,
  })) as readonly NoticeProgressRow[]
  const copies = row?.copies ?? {}
  const words = {
    ...{ number: numberOf(notice), state: stateWord(texts, notice.state), targets: notice.targetWords },
    ...{ text: beginningOf(notice.text), groups: notice.groups },
  }
  if (notice.startedAt === undefined)
    return reply(situation, texts.noticeNotBegun({ ...words, begins: beginsWords(situation, notice) }))
  const sent = (copies.sent ?? 0) + (copies.confirmed ?? 0)
  const counts = [
    ...(copies.unconfirmed ? [texts.noticeCountUnconfirmed({ count: copies.unconfirmed })] : []),
    ...(copies.failed ? [texts.noticeCountFailed({ count: copies.failed })] : []),
    ...(copies.skipped ? [texts.noticeCountSkipped({ count: copies.skipped })] : []),
  ]
  const waits = notice.state === 'sending' && copies.queued ? await heldUp(situation, notice) : ''
  const remaining = notice.state === 'sending' && waits === '' ? (row?.remainingMs ?? 0) : 0
  const rest = remaining > 0 ? texts.noticeRemaining({ length: estimateWords(remaining) }) : ''
  const lines = [texts.noticeProgress({ ...words, sent, counts: `${counts.join('')}${rest}` }) + waits]
  if (copies.unconfirmed || copies.failed)
    lines.push(...lookWords(texts, numberOf(notice), await copyRowsOf(situation, notice)))
  return reply(situation, lines.join('\n'))
}

function beginsWords({ house: { texts } }: Situation, { repeat, sendAt, state, expiresAt }: Notice): string {
  if (state !== 'scheduled' && state !== 'awaiting') return ''
  if (repeat) return `，${texts.noticeBeginsRepeated({ words: repeat.words })}`
  return sendAt === undefined || sendAt > expiresAt
    ? ''
    : `，${texts.noticeBeginsAt({ time: plainDateTime(sendAt) })}`
}

export async function copyRowsOf(situation: Situation, { id }: Notice): Promise<readonly NoticeCopyRow[]> {
  return (await asked(situation, { type: 'notice.groups', notice: id })) as readonly NoticeCopyRow[]
}

/** 通知12 各群: each state with the names of its groups. */
export async function showGroups(situation: Situation, notice: Notice): Promise<Outcome> {
  const { texts } = situation.house
  const rows = await copyRowsOf(situation, notice)
  const number = numberOf(notice)
  if (rows.length === 0) return reply(situation, texts.noticeNobodyGotIt({ number }))
  const kinds = [
    [texts.noticeGroupsSent, ['sent', 'confirmed']],
    [texts.noticeGroupsLeft, ['queued', 'sending']],
    [texts.noticeGroupsUnconfirmed, ['unconfirmed']],
    [texts.noticeGroupsFailed, ['failed']],
    [texts.noticeGroupsSkipped, ['skipped']],
  ] as const
  const lines = kinds.flatMap(([sentence, states]) => {
    const fitting = rows.filter(({ state }) => (states as readonly string[]).includes(state))
    return fitting.length > 0 ? [sentence({ count: fitting.length, names: namesIn(texts, fitting) })] : []
  })
  const more = lookWords(texts, number, rows)
  return reply(situation, [texts.noticeGroupsOf({ number, lines: lines.join('\n') }), ...more].join('\n'))
}

const mostListed = 8

export async function listNotices(situation: Situation): Promise<Outcome> {
  const { texts } = situation.house
  const rows = (await asked(situation, { type: 'notices', limit: 100 })) as readonly NoticeRow[]
  const open = rows.filter(({ state }) => openStates.includes(state))
  const shown = [...open, ...rows.filter((row) => !open.includes(row) && row.state !== 'discarded')]
  if (shown.length === 0) return reply(situation, texts.noticeListNone())
  const lines = shown.slice(0, mostListed).map(({ notice, state, targets, text, author }) =>
    texts.noticeListLine({
      ...{
        number: numberOf({ id: notice }),
        state: stateWord(texts, state),
        targets,
        text: beginningOf(text, 16),
      },
      name: author,
    }),
  )
  const [first] = shown
  return reply(
    situation,
    texts.noticeList({ lines: lines.join('\n'), example: first ? numberOf({ id: first.notice }) : '12' }),
  )
}

const openStates: readonly string[] = ['sending', 'paused', 'awaiting', 'scheduled', 'draft']

/** Who has answered 收到. Names are read in private, and where staff are among themselves. */
export async function showReceipts(situation: Situation, notice: Notice): Promise<Outcome> {
  const { house, reading, group } = situation
  if (!wantsReceipt(notice))
    return reply(situation, house.texts.noticeNoReceipts({ number: numberOf(notice) }))
  const rows = await receiptRows(house, reading, notice, { names: mayReadNames(group) })
  return reply(situation, receiptText(house, notice, rows))
}

function asked({ house, person }: Situation, request: object): Promise<readonly object[]> {
  return query(house, { kind: 'person', id: person.id }, request)
}
