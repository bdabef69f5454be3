import { toDigits } from '../numerals.ts'

/** When a notice shall go out, as staff say it: 明天8点, 今晚7点半, 周一早上8:30, 半小时后, 每周一8:30, 每个工作日. Pure: now comes in. */

/** Local time in Shanghai. */
export interface LocalNow {
  /** 2026-11-20 */
  readonly date: string
  /** Since midnight. */
  readonly minutes: number
}

export type SaidMoment =
  | { readonly kind: 'now' }
  /** `minutes` since midnight of that day; may be 24 hours or more. */
  | { readonly kind: 'once'; readonly date: string; readonly minutes: number }
  | {
      readonly kind: 'repeated'
      readonly cron: string
      /** 每周一 08:30 */
      readonly words: string
      readonly workingDaysOnly: boolean
    }

export interface MomentRead {
  readonly moment: SaidMoment
  /** How much of the text speaks of it, from its beginning. */
  readonly length: number
}

const numeral = '(?:\\d{1,2}|[零一二两三四五六七八九十]{1,3})'
const part =
  '(?<part>凌晨|半夜|清晨|清早|一早|大早|早晨|早上|早|上午|中午|正午|下午|午后|傍晚|晚上|晚间|夜里|夜间|晚|夜)?'
const clock = `(?:(?<hour>\\d{1,2})\\s?[:：]\\s?(?<colon>\\d{2})|(?<spoken>${numeral})\\s?(?:点钟|点|时|典)(?<minute>整|半|[一三1-3]刻|${numeral}分?)?)?`
const week = '[一二三四五六日天末1-7]'
const once =
  '(?<day>大后天|今[天日]?(?=早|晚|夜|天|日|上|下|中|\\d)|今[天日]|明[天日儿]|明(?=早|晚|上|下|中|晨)|后[天日]|后(?=早|晚|天)|当[天日]|' +
  `(?<which>下个?|这个?|本)?(?:周|星期|礼拜)(?<weekday>[一二三四五六日天1-7])|(?:(?<year>20\\d{2})[年./-])?(?<month>\\d{1,2}|十[一二]?|[一二三四五六七八九])(?:月|[./-](?=\\d))(?<dayOfMonth>${numeral}|[一二三]?十[一二三四五六七八九]?)(?:[日号](?![楼栋幢院])|(?![\\d日号楼栋幢院单]))|(?<date>\\d{1,2})[日号](?![楼栋幢院]))?`
const repeated = `(?:(?<daily>每[天日]|天天)|(?<working>每个?(?:工作日|上班日)|(?:每[天日]|工作日)(?:的?工作日|每[天日])?(?=.*工作日)|工作日(?:每[天日])?)|每个?(?:周|星期|礼拜)(?<weekdays>${week}(?:[、,，和及]?(?:周|星期)?${week})*)|每个?月(?:的)?(?<days>(?:${numeral}[日号]?)(?:[、,，和及]${numeral}[日号]?)*|底|最后一天)[日号]?)`
const behindRepeat = '(?:的)?\\s*'
const onlyWorking =
  '(?<only>[,，(（\\s]*(?:节假日(?:除外|不发)|只?限?工作日|工作日才|遇节假日不发|放假不发)[)）]?)?'

const repeatedPattern = new RegExp(`^${repeated}${behindRepeat}${part}\\s*${clock}${onlyWorking}`, 'u')
const oncePattern = new RegExp(`^(?:等|到|在|于)?\\s*${once}(?:的)?\\s*${part}\\s*${clock}`, 'u')
const laterPattern =
  /^(?:过|再过|等)?(?<count>\d{1,3}|半|[一二两三四五六七八九十]{1,3})个?(?<half>半)?(?<unit>小时|钟头|分钟|刻钟|分)(?:以后|之后|后|过后|再)?/u
const nowPattern = /^(?:马上|立即|立刻|现在|即刻|尽快)(?:就)?/u

type Groups = Readonly<Record<string, string | undefined>>

/** @param text narrow digits. The moment with which it begins; undefined when it begins with none. */
export function readMoment(text: string, now: LocalNow): MomentRead | undefined {
  const atOnce = nowPattern.exec(text)
  if (atOnce) return { moment: { kind: 'now' }, length: atOnce[0].length }
  return readLater(text, now) ?? readRepeated(text) ?? readOnce(text, now)
}

function readLater(text: string, now: LocalNow): MomentRead | undefined {
  const match = laterPattern.exec(text)
  const { count = '', half, unit = '' } = match?.groups ?? {}
  if (!match || !/后|再|过/u.test(match[0])) return undefined
  const each = { 小时: 60, 钟头: 60, 刻钟: 15 }[unit] ?? 1
  const many = count === '半' ? 0.5 : Number(toDigits(count)) + (half === undefined ? 0 : 0.5)
  const minutes = now.minutes + Math.round(many * each)
  return { moment: { kind: 'once', date: now.date, minutes }, length: match[0].length }
}

function readRepeated(text: string): MomentRead | undefined {
  const match = repeatedPattern.exec(text)
  const groups: Groups = match?.groups ?? {}
  if (!match) return undefined
  const minutes = timeIn(groups) ?? morning
  if (minutes >= dayMinutes) return undefined
  const when = daysIn(groups)
  if (!when) return undefined
  const time = `${Math.floor(minutes / 60)}`.padStart(2, '0')
  const rest = `${minutes % 60}`.padStart(2, '0')
  const moment: SaidMoment = {
    kind: 'repeated',
    cron: `${minutes % 60} ${Math.floor(minutes / 60)} ${when.cron}`,
    words: `${when.words} ${time}:${rest}${groups['only'] && !when.working ? '（节假日不发）' : ''}`,
    workingDaysOnly: when.working || groups['only'] !== undefined,
  }
  return { moment, length: match[0].length }
}

interface Days {
  readonly cron: string
  readonly words: string
  readonly working: boolean
}

function daysIn({ daily, working, weekdays, days }: Groups): Days | undefined {
  if (working !== undefined) return { cron: '* * *', words: '每个工作日', working: true }
  if (daily !== undefined) return { cron: '* * *', words: '每天', working: false }
  if (weekdays !== undefined) return weekly(weekdays)
  if (days === undefined) return undefined
  if (/底|最后/u.test(days)) return { cron: 'L * *', words: '每月最后一天', working: false }
  const numbers = [...days.matchAll(new RegExp(numeral, 'gu'))].map(([each]) => Number(toDigits(each)))
  if (numbers.length > mostDays || numbers.some((each) => !(each >= 1 && each <= 31))) return undefined
  const sorted = [...new Set(numbers)].sort((one, other) => one - other)
  return { cron: `${sorted.join(',')} * *`, words: `每月${sorted.join('、')}日`, working: false }
}

const mostDays = 8
const weekdayNames = '日一二三四五六'

function weekly(said: string): Days {
  const numbers = [...said.matchAll(/[一二三四五六日天末1-7]/gu)].flatMap(([each]) =>
    each === '末' ? [6, 0] : [weekdayOf(each)],
  )
  const sorted = [...new Set(numbers)].sort((one, other) => (one || 7) - (other || 7))
  const words = `每周${sorted.map((each) => weekdayNames[each]).join('、')}`
  return { cron: `* * ${sorted.join(',')}`, words, working: false }
}

/** 0 is Sunday. */
function weekdayOf(said: string): number {
  if (/\d/u.test(said)) return Number(said) % 7
  return Math.max(0, weekdayNames.indexOf(said === '天' ? '日' : said))
}

const dayMinutes = 24 * 60
const morning = 8 * 60

function readOnce(text: string, now: LocalNow): MomentRead | undefined {
  const match = oncePattern.exec(text)
  const groups: Groups = match?.groups ?? {}
  if (!match) return undefined
  const time = timeIn(groups)
  if (time === undefined && groups['day'] === undefined) return undefined
  const date = dateIn(groups, now)
  if (date === undefined) return undefined
  const { length } = match[0].replace(/\s+$/u, '')
  // 今天发: now
  if (time === undefined && date === now.date) return { moment: { kind: 'now' }, length }
  return { moment: { kind: 'once', date, minutes: time ?? morning }, length }
}

function dateIn(groups: Groups, { date: today }: LocalNow): string | undefined {
  const { day, which, weekday, year, month, dayOfMonth, date } = groups
  if (day === undefined || /^(?:今|当)/u.test(day)) return today
  if (weekday !== undefined)
    return nextWeekday(today, weekdayOf(weekday) || 7, which?.startsWith('下') ?? false)
  if (month !== undefined) return calendarDay(today, year, Number(toDigits(month)), dayNumber(dayOfMonth))
  if (date !== undefined) return dayOfThisMonth(today, Number(date))
  return plusDays(today, /^大后/u.test(day) ? 3 : day.startsWith('后') ? 2 : 1)
}

/** 二十五 → 25 */
function dayNumber(said = ''): number {
  return Number(toDigits(said))
}

function nextWeekday(today: string, wanted: number, nextWeek: boolean): string {
  const now = new Date(`${today}T00:00:00Z`).getUTCDay() || 7
  if (nextWeek) return plusDays(today, 7 - now + wanted)
  return plusDays(today, wanted >= now ? wanted - now : 7 - now + wanted)
}

/** 1月5日, said in November, is next year's. */
function calendarDay(
  today: string,
  year: string | undefined,
  month: number,
  day: number,
): string | undefined {
  const thisYear = Number(today.slice(0, 4))
  if (year !== undefined) return existing(Number(year), month, day)
  const date = existing(thisYear, month, day)
  const isNextYear = date !== undefined && date < today && Number(today.slice(5, 7)) - month > 6
  return isNextYear ? existing(thisYear + 1, month, day) : date
}

/** 3号, said on the 20th, is next month's. */
function dayOfThisMonth(today: string, day: number): string | undefined {
  const [year = 0, month = 0] = today.split('-').map(Number)
  const date = existing(year, month, day)
  if (date !== undefined && date >= today) return date
  return month === 12 ? existing(year + 1, 1, day) : existing(year, month + 1, day)
}

function existing(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day))
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return exists ? date.toISOString().slice(0, 10) : undefined
}

function plusDays(today: string, days: number): string {
  return new Date(Date.parse(`${today}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** What a part of the day means when no hour is said. */
const usual: readonly (readonly [RegExp, number])[] = [
  [/凌晨|半夜/u, 0],
  [/早|晨/u, 8 * 60],
  [/上午/u, 9 * 60],
  [/中午|正午/u, 12 * 60],
  [/下午|午后/u, 14 * 60],
  [/傍晚/u, 18 * 60],
  [/晚|夜/u, 19 * 60],
]

/** Minutes since midnight; undefined when no time is said, or none that a clock shows. */
function timeIn(groups: Groups): number | undefined {
  const { part, hour, colon, spoken, minute } = groups
  const said = hour ?? spoken
  const when = part ?? (/[早晚夜]/u.exec(groups['day'] ?? '')?.[0] || undefined)
  if (said === undefined)
    return when === undefined ? undefined : usual.find(([words]) => words.test(when))?.[1]
  const past = colon === undefined ? minutesOf(minute) : Number(colon)
  const clockHour = hourOf(Number(toDigits(said)), when)
  return clockHour === undefined || past > 59 ? undefined : clockHour * 60 + past
}

function hourOf(hour: number, part: string | undefined): number | undefined {
  if (!(hour >= 0 && hour <= 24)) return undefined
  if (part === undefined || hour > 12) return hour
  if (/下午|午后|傍晚/u.test(part)) return hour === 12 ? 12 : hour + 12
  if (/晚|夜里|夜间|^夜/u.test(part)) return hour <= 5 ? hour + 24 : hour + 12
  if (/半夜/u.test(part)) return hour === 12 ? 24 : hour
  if (/中午|正午/u.test(part)) return hour <= 2 ? hour + 12 : hour
  return part === '凌晨' && hour === 12 ? 0 : hour
}

function minutesOf(said: string | undefined): number {
  if (said === undefined || said === '整') return 0
  if (said === '半') return 30
  if (said.endsWith('刻')) return /[三3]/u.test(said) ? 45 : said.startsWith('2') ? 30 : 15
  return Number(toDigits(said.replace('分', '')))
}
