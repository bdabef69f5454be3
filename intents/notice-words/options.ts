import { type LocalNow, readMoment, type SaidMoment } from './moment.ts'
import { narrow } from './number.ts'

/** How a notice shall go out, said before or behind its words: 急, 明天8点发, 要回执. The words without it. Pure. */

export interface Options {
  readonly emergency: boolean
  readonly receipt: boolean
  readonly moment?: SaidMoment
}

export interface OptionsRead {
  readonly options: Options
  /** As written. */
  readonly rest: string
}

const behind = '(?=$|[\\s，,。；;：:、)）】!！])'
const urgent = new RegExp(`^[【[（(]?(?:特急|紧急|加急|急件?|紧急发送?)[】\\])）]?(?:[!！]+|${behind})`, 'u')
const wantsReceipt = new RegExp(`^(?:要|需要?|带|统计)(?:收到)?回执${behind}|^统计收到${behind}`, 'u')
/** Part of the words: whoever reads it answers. */
const asksReceipt =
  /(?:收到|看到|知悉|阅后)[^\n。]{0,4}(?:请|要|需|都|务必|麻烦)[^\n。]{0,4}(?:回复?|接龙|报)|收到(?:的)?(?:请)?(?:回复?|回一下|扣)1?|请[^\n。]{0,3}(?:回复?|回一?[声下]|打)[“"「]?收到|回复[“"「]?收到/u
const goesOut = `\\s*(?:的时候|再|才|准时|自动|开始|统一)?(?:帮我)?发(?:送|出去?|布|一[次遍])?`
const label = '(?:(?:定时发?送?|发送时间|发布时间|发出时间|开始发送)[:：]?\\s*)'
const begins = new RegExp(`^${label}`, 'u')
const end = new RegExp(`^${goesOut}${behind}`, 'u')
const signs = /^[\s，,。；;：:、)）】!！]+/u

/** @param words from the beginning: 急，明天8点发 … */
export function readOptionsFirst(words: string, now: LocalNow): OptionsRead {
  let rest = words
  let options: Options = { emergency: false, receipt: false }
  for (;;) {
    const taken = take(rest, now)
    if (!taken) return { options, rest }
    options = join(options, taken.options)
    rest = taken.rest
  }
}

function take(words: string, now: LocalNow): OptionsRead | undefined {
  const line = narrow(words)
  const hurry = urgent.exec(line)
  if (hurry) return { options: { emergency: true, receipt: false }, rest: behindOf(words, hurry[0].length) }
  const receipt = wantsReceipt.exec(line)
  if (receipt)
    return { options: { emergency: false, receipt: true }, rest: behindOf(words, receipt[0].length) }
  const said = momentAt(line, now)
  if (!said) return undefined
  const options = { emergency: false, receipt: false, moment: said.moment }
  return { options, rest: behindOf(words, said.length) }
}

function behindOf(words: string, length: number): string {
  return words.slice(length).replace(signs, '')
}

/** 明天8点发, or 定时：明天8点 */
function momentAt(
  line: string,
  now: LocalNow,
): { readonly moment: SaidMoment; readonly length: number } | undefined {
  const named = begins.exec(line)?.[0].length ?? 0
  const open = named === 0 ? (/^[（(]\s*/u.exec(line)?.[0].length ?? 0) : 0
  const from = named + open
  const read = readMoment(line.slice(from), now)
  if (!read) return undefined
  const after = from + read.length
  const sends = end.exec(line.slice(after))
  if (sends) return { moment: read.moment, length: after + sends[0].length }
  const setOff = new RegExp(`^\\s*${behind}`, 'u').test(line.slice(after))
  return named > 0 && setOff ? { moment: read.moment, length: after } : undefined
}

const farFromEnd = 60

/** @param words to the end: …请提前储水，明天8点发（急） */
export function readOptionsLast(words: string, now: LocalNow): OptionsRead {
  let rest = words
  let options: Options = { emergency: false, receipt: asksReceipt.test(words) }
  for (;;) {
    const taken = takeLast(rest, now)
    if (!taken) return { options, rest }
    // what was said last counts
    options = join(taken.options, options)
    rest = taken.rest
  }
}

function takeLast(words: string, now: LocalNow): OptionsRead | undefined {
  const bare = words.replace(/[\s，,。.!！)）]+$/u, '')
  for (let at = Math.max(0, bare.length - farFromEnd); at < bare.length; at++) {
    if (at > 0 && !/[\s，,。；;（(!！]/u.test(bare[at - 1] ?? '')) continue
    const taken = take(bare.slice(at), now)
    if (taken?.rest === '') return { ...taken, rest: bare.slice(0, at).replace(/[\s，,；;（(]+$/u, '') }
  }
  return undefined
}

export function join(one: Options, other: Options): Options {
  const moment = other.moment ?? one.moment
  return {
    emergency: one.emergency || other.emergency,
    receipt: one.receipt || other.receipt,
    ...(moment && { moment }),
  }
}
