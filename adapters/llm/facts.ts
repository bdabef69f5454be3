/**
 * The figures of a text, each in one form, whatever way it was written:
 *   ２０２６年3月1日, 2026-03-01, 二〇二六年三月一日 → date 2026-3-1     ¥3,500, 三千五百元 → number 3500 元
 *   下午2点半, 14:30                              → time 14:30         0371-6718 1234   → number 037167181234
 */
import { chineseNumber, chineseNumeral } from './chinese-number.ts'

export interface Fact {
  readonly kind: 'date' | 'time' | 'number'
  readonly value: string
  /** Only of a number, and only when it is a unit we know. */
  readonly unit?: string
}

/** Unit as written → unit as compared. 日 differs from 天: 每月10日 is not 10天. */
const units: Readonly<Record<string, string>> = {
  ...same(
    '工作日 小时 分钟 岁 元 % ‰ 倍 折 平方米 公里 米 厘米 公斤 克 斤 升 吨 次 份 张 本 寸 件 套 项 条 款',
  ),
  ...same('层 楼 号楼 栋 单元 号 室 路 年 月 日 天 周 秒 级 类 种 辆 户 人 个 个月'),
  ...{ 个工作日: '工作日', 个小时: '小时', 钟头: '小时', 个钟头: '小时', 周岁: '岁', 块钱: '元', 块: '元' },
  ...{ 圆: '元', 平米: '平方米', 平方: '平方米', 千米: '公里', 千克: '公斤', 月份: '月', 星期: '周' },
  ...{ 个星期: '周', 名: '人', 位: '人', 个人: '人', 幢: '栋', 日内: '天', 日以内: '天', 日之内: '天' },
}
const unit = Object.keys(units)
  .sort((one, other) => other.length - one.length)
  .join('|')

const amount = new RegExp(`(\\d+(?:\\.\\d+)?)([百千万亿])?(${unit})?`, 'g')
const percentage = new RegExp(`百分之(${chineseNumeral}+|\\d+(?:\\.\\d+)?)`, 'g')
const andHalf = new RegExp(`(${chineseNumeral}+|\\d+)(?:个半(月|小时)|(年)半)`, 'g')
const numeral = new RegExp(`(?<![\\d.])${chineseNumeral}+(?=(${unit}|点|时)?)`, 'g')

/** Ways of speaking in which 一 counts nothing. */
const idioms = /一次性|一条龙|一件事|(?<![午上晚早晨])一点(?!半|钟|整|\d)/g

/** Of a range that no text uses; a text that does loses those characters. */
const firstFigure = 0xe000
const idiomOne = '\uf8ff'

const afternoon = /下午|傍晚|晚/

export function factsIn(text: string): Fact[] {
  return figuresIn(text).figures.flat()
}

/** A text whose figures have become one character each: the first of `figures` is U+E000, the next U+E001. */
interface FiguredText {
  readonly text: string
  /** What each figure says: a date says its parts as well. */
  readonly figures: readonly (readonly Fact[])[]
}

/** Reads the figures out one kind after the other; what was read makes room, so that it is not read twice. */
export function figuresIn(written: string): FiguredText {
  const figures: Fact[][] = []
  let rest = plainFigures(written)
  const read = (pattern: RegExp, toFacts: (...groups: string[]) => Fact[]) => {
    rest = rest.replace(pattern, (...groups: string[]) => {
      figures.push(toFacts(...groups))
      return String.fromCharCode(firstFigure + figures.length - 1)
    })
  }
  read(
    /(?<!\d)(\d{4})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})(?![\d])[日号]?/g,
    (_, year = '', month = '', day = '') => dateFacts(year, month, day),
  )
  read(/(?<!\d)(\d{4})年(\d{1,2})月/g, (_, year = '', month = '') => dateFacts(year, month))
  read(/(?<!\d)(\d{1,2})月(\d{1,2})[日号]/g, (_, month = '', day = '') => [
    { kind: 'date', value: `${Number(month)}-${Number(day)}` },
    numberFact(month, '月'),
  ])
  read(
    /(上午|早上|早晨|凌晨|中午|下午|傍晚|晚上|晚)?(?<!\d)(\d{1,2})(?::(\d{2})(?!\d)|[点时](?:(\d{1,2})分|(半)|整)?)/g,
    (_, part, hour = '', minutes, spokenMinutes, half) => [
      timeFact(part, hour, minutes ?? spokenMinutes ?? (half ? '30' : '0')),
    ],
  )
  read(amount, (_, digits = '', power, written) => [
    numberFact(power ? times(digits, power) : digits, written),
  ])
  return { text: rest, figures }
}

/** 1.1万 → 11000, without what floating point adds. */
function times(digits: string, power: string): string {
  return String(Number((Number(digits) * (chineseNumber(`一${power}`) ?? 1)).toFixed(6)))
}

/** A date bears out its parts as well: whoever read 2026-03-01 may say 3月1日, 3月 or 2026年. */
function dateFacts(year: string, month: string, day?: string): Fact[] {
  const yearMonth = `${Number(year)}-${Number(month)}`
  const parts: Fact[] = [
    numberFact(year, '年'),
    numberFact(month, '月'),
    { kind: 'date', value: `${yearMonth}-` },
  ]
  if (day === undefined) return parts
  return [
    { kind: 'date', value: `${yearMonth}-${Number(day)}` },
    { kind: 'date', value: `${Number(month)}-${Number(day)}` },
    ...parts,
  ]
}

function timeFact(part: string | undefined, hour: string, minutes: string): Fact {
  const later = part !== undefined && afternoon.test(part) && Number(hour) < 12 ? 12 : 0
  return { kind: 'time', value: `${Number(hour) + later}:${minutes.padStart(2, '0')}` }
}

function numberFact(digits: string, written?: string): Fact {
  // Longer ones, and those that begin with 0, are phones and numbers of documents, not amounts.
  const known = written === undefined ? undefined : units[written]
  const isName = digits.length > 9 || (known === undefined && /^0\d/.test(digits))
  const value = isName ? digits : String(Number(digits))
  return known === undefined ? { kind: 'number', value } : { kind: 'number', value, unit: known }
}

/** Full width, separators and Chinese numerals → plain digits, units close behind them. */
function plainFigures(text: string): string {
  return text
    .replace(/[\ue000-\uf8ff]/g, ' ')
    .replace(/㎡|m²/gi, '平方米')
    .replace(/[①-⑳]/g, ' ')
    .replace(idioms, (idiom) => idiomOne + idiom.slice(1))
    .normalize('NFKC')
    .replace(/(?<=\d),(?=\d{3}(?!\d))/g, '')
    .replace(/(?<=\d)[^\S\n]+(?=[\u4e00-\u9fff%])|(?<=[\u4e00-\u9fff])[^\S\n]+(?=\d)/g, '')
    .replace(/¥\s*(\d+(?:\.\d+)?[百千万亿]?)(?!元)/g, '$1元')
    .replace(/(?<!\d)(1[3-9]\d)[- ]?(\d{4})[- ]?(\d{4})(?!\d)/g, '$1$2$3')
    .replace(/(?<!\d)\(?(0\d{2,3}|[48]00)\)?[- ]?(\d{3,4})[- ]?(\d{4})(?!\d)/g, '$1$2$3')
    .replace(percentage, (_, said: string) => `${arabic(said)}%`)
    .replace(andHalf, halves)
    .replace(/半(?=年|个月|小时|个小时|天)/g, '0.5')
    .replace(numeral, withDigits)
}

function withDigits(said: string, following: string | undefined): string {
  // 三证合一, 统一, 十分, 千万: a single character without a unit, or powers alone, is no figure.
  if (following === undefined && (said.length === 1 || !/[一二两三四五六七八九十]/.test(said))) return said
  return arabic(said)
}

/** 一个半月 → 1.5个月 */
function halves(_: string, said: string, period: string | undefined): string {
  return `${arabic(said)}.5${period === undefined ? '年' : `个${period}`}`
}

function arabic(said: string): string {
  if (/^\d/.test(said)) return said
  const value = chineseNumber(said)
  return value === undefined ? said : String(value)
}

function same(words: string): Record<string, string> {
  return Object.fromEntries(words.split(' ').map((word) => [word, word]))
}
