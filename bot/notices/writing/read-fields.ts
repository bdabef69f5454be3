import { localDate } from '../../../tickets/shanghai-time.ts'
import type { PartOfDay } from '../rules.ts'
import { timeWordsIn } from '../times/time-words.ts'
import type { FieldKind, NoticeTemplate } from './templates.ts'

/** Fields are short: what is longer is no list of them. */
const longestRead = 600

/**
 * The fields of a template in words typed freely: "停水 明早8点到12点 1-6号楼 管道检修". Each piece goes where its kind leads;
 * what is left is the one field of plain words. Rather nothing than a guess: whoever writes is asked then.
 *
 * @param words with or without the template's name in front
 * @returns undefined when a piece fits nowhere or twice, or when something that is required is missing
 */
export function readFields(
  template: NoticeTemplate,
  words: string,
  partsOfDay: readonly PartOfDay[],
): Readonly<Record<string, string>> | undefined {
  if (words.length > longestRead) return undefined
  const text = withoutName(template, words)
  const pieces = piecesOf(text, partsOfDay, kindsOf(template))
  const fields: Record<string, string> = {}
  for (const kind of ['time', 'phone', 'place', 'words'] as const) {
    const found = pieces.filter((piece) => piece.kind === kind)
    if (found.length === 0) continue
    const taking = template.fields.filter((field) => field.kind === kind)
    const [field] = taking
    if (!field || taking.length > 1) return undefined
    // two hours or two numbers are two things; places and words that stand side by side are one list
    const isList = kind === 'place' || kind === 'words'
    if (found.length > 1 && (!isList || !standTogether(pieces, found))) return undefined
    fields[field.name] = found.map((piece) => piece.text).join(kind === 'place' ? '、' : '，')
  }
  const isWhole = template.fields.every(({ name, required }) => !required || fields[name] !== undefined)
  return isWhole && pieces.length > 0 ? fields : undefined
}

interface Piece {
  readonly kind: FieldKind
  readonly text: string
  readonly from: number
}

/** Only what the template asks for is looked for: without a field for a telephone its number stays in the words. */
function kindsOf({ fields }: NoticeTemplate): ReadonlySet<FieldKind> {
  return new Set(fields.map(({ kind }) => kind))
}

function withoutName({ name, also }: NoticeTemplate, words: string): string {
  const trimmed = words.trim()
  const names = [name, ...also].sort((one, other) => other.length - one.length)
  const first = names.find(
    (each) => trimmed.startsWith(each) && /^(?:$|[\s,，:：。])/u.test(trimmed.slice(each.length)),
  )
  if (first !== undefined) return trimmed.slice(first.length).replace(/^[\s,，:：。]+/u, '')
  // 明早8点到12点1-6号楼停水
  return trimmed.replace(new RegExp(`${name}(?=$|[\\s,，。])`, 'u'), ' ')
}

function piecesOf(text: string, partsOfDay: readonly PartOfDay[], kinds: ReadonlySet<FieldKind>): Piece[] {
  const found: Piece[] = []
  let left = text
  const take = (kind: FieldKind, { from, to, begin = from }: Span) => {
    found.push({ kind, text: text.slice(from, to).trim(), from })
    left = `${left.slice(0, begin)}${'\n'.repeat(to - begin)}${left.slice(to)}`
  }
  if (kinds.has('phone')) for (const span of phonesIn(left)) take('phone', span)
  if (kinds.has('time')) for (const span of timesIn(left, partsOfDay)) take('time', span)
  for (const match of left.matchAll(/[^\s,，;；。]+/gu)) {
    const kind = kinds.has('place') && isPlace(match[0]) ? 'place' : 'words'
    const time =
      kind === 'words' ? found.find((each) => each.kind === 'time' && endOf(each) === match.index) : undefined
    // 今晚有大到暴雨 is one thing: its day is said in it
    if (time) found.splice(found.indexOf(time), 1)
    found.push({ kind, text: `${time?.text ?? ''}${match[0]}`, from: time?.from ?? match.index })
  }
  return found.sort((one, other) => one.from - other.from)
}

function endOf({ from, text }: Piece): number {
  return from + text.length
}

function standTogether(pieces: readonly Piece[], some: readonly Piece[]): boolean {
  const first = pieces.indexOf(some[0] as Piece)
  return some.every((piece, at) => pieces[first + at] === piece)
}

interface Span {
  readonly from: number
  readonly to: number
  /** Of words before it that belong to it and are not kept: 请联系. */
  readonly begin?: number
}

/** 明早8点到12点, 25日 8:00-17:00, 早上6点半到8点半，晚上6点半到8点半: what hangs together is one span. */
function timesIn(text: string, partsOfDay: readonly PartOfDay[]): readonly Span[] {
  const plain = halfWidth(text)
  // the day does not matter here, only where the words stand
  const words = timeWordsIn(plain, localDate(0), partsOfDay).filter(({ kind }) => kind !== 'length')
  const spans: { from: number; to: number }[] = []
  for (const { from, to } of words) {
    const last = spans.at(-1)
    if (last && /^[\s,、到至~—\-和及起从每天的次日()]*$/u.test(plain.slice(last.to, from))) last.to = to
    else spans.push({ from, to })
  }
  return spans.map(({ from, to }) => {
    const lead = /(?:从|自|截[止至]到?|到|至)\s*$/u.exec(plain.slice(Math.max(0, from - 8), from))
    const tail = /^(?:之前|以前|前|起|开始|止|为止)/u.exec(plain.slice(to))
    return { from: lead ? lead.index : from, to: to + (tail?.[0].length ?? 0) }
  })
}

/** One character each, so that places in the text stay what they are. */
function halfWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e]/gu, (character) =>
    String.fromCharCode(character.charCodeAt(0) - 0xfee0),
  )
}

/** Landlines, mobiles, hotlines; with the words right before them, as in 王师傅83312200, without 电话. */
const phone =
  /(?<![\d.-])(?:0\d{2,3}[-\s]?)?(?:\d{4}[-\s]?\d{4}|\d{7}|1[3-9]\d[-\s]?\d{4}[-\s]?\d{4}|400[-\s]?\d{3}[-\s]?\d{4}|1[12]\d{3}|9[56]\d{3,4}|1[12]\d)(?![\d元人户号个点时月日年.-])/gu
/** Right before a number: 王师傅, 值班电话; after a space only what surely belongs to it. */
const called =
  /(?:[\p{Script=Han}]{1,10}[:：]?|[\p{Script=Han}]{0,8}(?:电话|热线|座机|手机|师傅|老师|主任|书记|医生|经理|网格员)[:：]?\s+)$/u
/** What the template says itself. */
const lead = /^(?:有事|有问题|请|可以?)*(?:联系|拨打|打|致电|咨询)?(?:电话|座机|手机)?[:：]?\s*/u

function phonesIn(text: string): readonly Span[] {
  return [...text.matchAll(phone)].map(({ 0: number, index }) => {
    const words = called.exec(text.slice(Math.max(0, index - 24), index))?.[0] ?? ''
    const begin = index - words.length
    return { begin, from: begin + (lead.exec(words)?.[0].length ?? 0), to: index + number.length }
  })
}

/** What a place ends with, with what people put behind it. */
const placeEnd =
  /(?:号楼|号院|号|栋|幢|座|单元|小区|社区|街道|网格|村|苑|里|园|家园|花园|公寓|广场|公园|中心|服务站|卫生站|站|厅|窗口|门口|门|路|街|巷|弄|楼|室|处|所|店|馆|院|校|棚|点|道|河|塘|湖|桥|水库|车库|场|区|片|栋楼|楼栋)(?:(?:附近|一带|周边|沿线|旁边?|门前|门口|楼下|内|外|里|对面|[东南西北]侧|[东南西北]面|及周边|全部|所有住户|住户|居民)*)$/u
const wholePlace = /^(?:全|整个|所有|本|各)?(?:小区|社区|区|村|楼栋|街道)(?:全部|所有)?(?:住户|居民|楼栋)?$/u

function isPlace(words: string): boolean {
  return (
    wholePlace.test(words) ||
    (placeEnd.test(words) && !/(?:检修|维修|故障|施工|改造|更换|抢修|停运)/u.test(words))
  )
}
