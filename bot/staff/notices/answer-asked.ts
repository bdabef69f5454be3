import { type NoticeOrder, parseNoticeCommand } from '../../../intents/notice-commands.ts'
import { narrow } from '../../../intents/notice-words/number.ts'
import { type NoticeRead, readNotice } from '../../../intents/notice-words/reading.ts'
import { isNobody } from '../../../intents/notice-words/whom.ts'
import { parseStaffCommand } from '../../../intents/staff-commands.ts'
import type { Outcome } from '../../outcome.ts'
import type { Situation } from '../../situation.ts'
import { type NoticeAsked, stillAsked, type Written } from './asked.ts'
import { addressees } from './known-names.ts'
import { addField } from './more-fields.ts'
import { knownFor, writeNotice } from './write-notice.ts'

type Asked<Asks extends NoticeAsked['asks']> = Extract<NoticeAsked, { asks: Asks }>

/** The line answers what was just asked about a notice: whom it is for, what is missing, which one is meant. */
export async function answerAsked(
  situation: Situation,
  obey: (order: NoticeOrder) => Promise<Outcome | undefined>,
): Promise<Outcome | undefined> {
  const { memory, now } = situation
  const asked = stillAsked(memory?.noticeAsked, now)
  if (!asked) return undefined
  const text = situation.text.replace(/^[#＃]\s*/u, '').trim()
  if (text === '') return undefined
  // a list of tickets that was shown since then is what a number alone speaks of
  if (asked.asks === 'which')
    return (memory?.lastList?.at ?? 0) > asked.at ? undefined : which(asked, text, obey)
  if (asked.asks === 'more') return addField(situation, asked, text)
  if (asked.asks === 'reason') {
    const words = noReason.test(text) ? noReasonWords : text
    return obey({ order: 'refuse', notice: asked.notice, words })
  }
  const written = await completed(situation, asked, text)
  return written && writeNotice(situation, written)
}

/** Refused without a reason, after it was asked for. */
export const noReasonWords = '-'
const noReason =
  /^(?:算了|没有?|没啥|没什么|没原因|没理由|不用(?:了|说)?|不说了?|无|就这样)(?:吧|了)?[。.!！]?$/u

/** 12, 第二条 */
function which(
  { order, notices }: Asked<'which'>,
  text: string,
  obey: (order: NoticeOrder) => Promise<Outcome | undefined>,
): Promise<Outcome | undefined> | undefined {
  const said = /^(?:是|就是)?(?:通知|[Nn])?\s*(\d{1,6})(?:号|条)?(?:通知)?[。.!！]?$/u.exec(narrow(text))?.[1]
  const ordinal = /^第([一二三四五六1-6])[条个][。.!！]?$/u.exec(narrow(text))?.[1] ?? ''
  const place = Math.max('一二三四五六'.indexOf(ordinal), '123456'.indexOf(ordinal))
  const notice = said === undefined ? notices[ordinal === '' ? -1 : place] : `N${Number(said)}`
  if (notice === undefined || !notices.includes(notice)) return undefined
  return obey({ ...order, notice } as NoticeOrder)
}

const yes = /^(?:是的?|对的?|嗯+|恩|没错|就是|好的?|可以|yes|ok|1)[啊呀哦]?[。.!！~～]?$/iu

/** What was said so far, with the answer in its place; undefined when the line is no answer. */
async function completed(
  situation: Situation,
  asked: Asked<'whom' | 'field' | 'text' | 'time' | 'except'>,
  text: string,
): Promise<Written | undefined> {
  const { written } = asked
  if (asked.asks === 'whom' && asked.offer !== undefined && yes.test(text))
    return { ...written, words: `${asked.offer} ${written.words}` }
  // an order of another kind is no answer
  if (parseNoticeCommand(text)?.sure || parseStaffCommand(text)) return undefined
  const known = await addressees(situation.reading)
  switch (asked.asks) {
    case 'whom': {
      const read = readNotice(text, knownFor(situation, known))
      const isWhom = !isNobody(read.whom) && read.text === '' && read.template === undefined
      // 幸富里社区: a name again, and again not known
      const isName = read.unknown === undefined && !isWhom && looksLikeName(text)
      if (!isWhom && !isName) return undefined
      return { ...written, words: `${text}${isName ? '，' : ' '}${written.words}` }
    }
    case 'field': {
      const labelled = /[:：=]/u.test(text) || asked.field === undefined
      return { ...written, words: `${written.words} ${labelled ? text : `${asked.field}：${text}`}` }
    }
    case 'text':
      return { ...written, words: `${written.words}：${text}` }
    case 'except':
      return withoutThem(asked, text, readNotice(text, knownFor(situation, known)))
    case 'time':
      return /\d|[一二三四五六七八九十]点|现在|马上/u.test(text)
        ? {
            ...written,
            words: `${written.words}，${text.replace(/[。.!！]$/u, '').replace(/发(?:送)?$/u, '')}发`,
          }
        : undefined
  }
}

/** Another name for whom it must not reach, or nobody. */
function withoutThem(
  { written, name, phrase }: Asked<'except'>,
  text: string,
  read: NoticeRead,
): Written | undefined {
  if (/^(?:都发|全发|不用除|不除|没有|不用)/u.test(text))
    return { ...written, words: written.words.replace(phrase, ' ') }
  const isName = (read.text === '' && !isNobody(read.whom)) || looksLikeName(text)
  return isName ? { ...written, words: written.words.replace(phrase, phrase.replace(name, text)) } : undefined
}

/** Short, and without anything that a sentence has. */
function looksLikeName(text: string): boolean {
  return /^\p{L}[\p{L}\d]{1,11}(?:群|社区|小区|街道|网格|号楼)$/u.test(text)
}
