import { toDigits } from '../../../intents/numerals.ts'
import { addDays, hour, type LocalDate, minute } from '../../../tickets/shanghai-time.ts'
import type { PartOfDay } from '../rules.ts'

/** Days, hours and parts of the day as people write them in notices, with where they stand. Pure: today comes in. */

export type TimeWord = { readonly from: number; readonly to: number } & (
  | {
      readonly kind: 'day'
      readonly date: LocalDate
      /** Without a month or a week: 周五 may be today's or the next one. */
      readonly every?: 'week' | 'year'
    }
  | { readonly kind: 'part'; readonly part: PartOfDay }
  /** ms since midnight, as written: 下午2点 is 2:00 here. */
  | { readonly kind: 'clock'; readonly time: number }
  /** ms: 约4小时 */
  | { readonly kind: 'length'; readonly length: number }
  /** 每天, 工作日: what follows has no end. */
  | { readonly kind: 'often' }
)

type Found = TimeWord | undefined

interface Shape {
  readonly pattern: RegExp
  read(match: RegExpExecArray, at: { readonly from: number; readonly to: number }, today: LocalDate): Found
}

const number = '(?:\\d{1,2}|[一二两三四五六七八九十]{1,3})'
const weekdays = '一二三四五六日'

const shapes: readonly Shape[] = [
  {
    pattern: /每(?:天|日|晚|周|星期|月|年|个?工作日|逢)[一二三四五六日天末]?|天天|平时|长期|常年|工作日/gu,
    read: (_, at) => ({ ...at, kind: 'often' }),
  },
  {
    pattern:
      /(?<!本|下|这)(?:周|星期)[一二三四五六日天]\s*(?:到|至|-|~|—)+\s*(?:周|星期)?[一二三四五六日天](?![号日])/gu,
    read: (_, at) => ({ ...at, kind: 'often' }),
  },
  {
    pattern: /(?<!\d)(20\d{2})\s*(?:年|-|\/)\s*(\d{1,2})\s*(?:月|-|\/)\s*(\d{1,2})(?!\d)\s*[日号]?/gu,
    read: ([, year, month, day], at) => dayOf(at, existing(Number(year), Number(month), Number(day))),
  },
  {
    pattern: new RegExp(`([今明后])年\\s*(${number})\\s*月\\s*(${number})\\s*[日号]?(?![\\d个])`, 'gu'),
    read: ([, which = '', month = '', day = ''], at, today) => {
      const year = Number(today.slice(0, 4)) + relativeDays(which)
      return dayOf(at, existing(year, Number(toDigits(month)), Number(toDigits(day))))
    },
  },
  {
    pattern: new RegExp(`(?<![\\d年])(${number})\\s*月\\s*(${number})\\s*[日号]?(?![\\d个])`, 'gu'),
    read: ([, month = '', day = ''], at, today) => {
      const date = coming(today, Number(toDigits(month)), Number(toDigits(day)))
      return date === undefined ? undefined : { ...at, kind: 'day', date, every: 'year' }
    },
  },
  {
    pattern: /(?<![\d月.-])(\d{1,2})\s*[日号](?![楼院线门窗公栋幢单文房室内子台口])/gu,
    read: ([, day], at, today) => dayOf(at, dayOfMonth(today, Number(day))),
  },
  {
    pattern: /(下下|下|本|这)?个?(?:周|星期|礼拜)([一二三四五六日天末])/gu,
    read: ([, which, day = ''], at, today) => {
      const wanted = day === '末' || day === '天' ? 7 : weekdays.indexOf(day) + 1
      const now = new Date(`${today}T00:00:00Z`).getUTCDay() || 7
      const weeks = which === '下下' ? 14 : which === '下' ? 7 : 0
      const days = wanted - now + weeks + (which === undefined && wanted < now ? 7 : 0)
      const every = which === undefined ? ({ every: 'week' } as const) : {}
      return { ...at, kind: 'day', date: addDays(today, days), ...every }
    },
  },
  {
    pattern: /大后[天日]|[今明后昨前][天日]|[今明后昨](?=[早晚晨]|上午|下午|中午|凌晨|夜里|夜间)/gu,
    read: ([word = ''], at, today) => dayOf(at, addDays(today, relativeDays(word))),
  },
  {
    pattern: /(?:本|这个?)?月底/gu,
    read: (_, at, today) => {
      const [year = 0, month = 1] = today.split('-').map(Number)
      return dayOf(at, new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10))
    },
  },
  {
    pattern: /年底/gu,
    read: (_, at, today) => dayOf(at, `${today.slice(0, 4)}-12-31`),
  },
  {
    // 8点半, 8点30, 八点一刻; not 以下3点要求
    pattern: new RegExp(
      `(?<![\\d.以下几这第])(${number})\\s*(?:点钟?|时(?![间候候期段代常]))\\s*(半|[一三]刻|\\d{2}(?!\\d)分?|[一二三四五]?十[一二三四五六七八九]?分?)?(?!建议|要求|注意|意见|措施|说明|提示)`,
      'gu',
    ),
    read: ([, hours = '', rest = ''], at) => clockOf(at, Number(toDigits(hours)), minutesOf(rest)),
  },
  {
    pattern: /(?<![\d:.-])([01]?\d|2[0-4]):([0-5]\d)(?![\d:])/gu,
    read: ([, hours, minutes], at) => clockOf(at, Number(hours), Number(minutes)),
  },
  {
    pattern: /(?<=[到至~—-]\s*)([01]?\d|2[0-4]):([0-5]\d)(?![\d:])/gu,
    read: ([, hours, minutes], at) => clockOf(at, Number(hours), Number(minutes)),
  },
  {
    pattern: new RegExp(
      `(?:预计|大约|约|持续|历时|停[水电气])\\s*(${number}|半)\\s*个?(?:半)?(?:小时|钟头)`,
      'gu',
    ),
    read: ([, many = ''], at) => {
      const hours = many === '半' ? 0.5 : Number(toDigits(many))
      return Number.isFinite(hours) ? { ...at, kind: 'length', length: hours * hour } : undefined
    },
  },
]

/**
 * In the order in which they stand; of two that overlap, the longer one.
 *
 * @param today the day on which it is said
 */
export function timeWordsIn(
  text: string,
  today: LocalDate,
  partsOfDay: readonly PartOfDay[],
): readonly TimeWord[] {
  const found: TimeWord[] = partsIn(text, partsOfDay)
  for (const { pattern, read } of shapes)
    for (const match of text.matchAll(pattern)) {
      const word = read(match, { from: match.index, to: match.index + match[0].length }, today)
      if (word) found.push(word)
    }
  const kept: TimeWord[] = []
  found.sort((one, other) => other.to - other.from - (one.to - one.from) || one.from - other.from)
  const taken = new Uint8Array(text.length)
  for (const word of found) {
    if (taken.subarray(word.from, word.to).includes(1)) continue
    taken.fill(1, word.from, word.to)
    kept.push(word)
  }
  return kept
    .sort((one, other) => one.from - other.from)
    .filter((word, at, all) => word.kind !== 'part' || isSaid(text, word, all[at - 1], all[at + 1]))
}

function partsIn(text: string, partsOfDay: readonly PartOfDay[]): TimeWord[] {
  const found: TimeWord[] = []
  for (const part of partsOfDay)
    for (const word of part.words)
      for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length))
        found.push({ kind: 'part', part, from: at, to: at + word.length })
  return found
}

/** 早 and 晚 alone are in many words (早日, 晚会): they count beside a day or an hour. */
function isSaid(
  text: string,
  { from, to }: TimeWord,
  before: TimeWord | undefined,
  after: TimeWord | undefined,
): boolean {
  if ([...text.slice(from, to)].length > 1) return true
  return (before?.kind === 'day' && before.to === from) || (after?.kind === 'clock' && after.from === to)
}

function dayOf(at: { from: number; to: number }, date: LocalDate | undefined): Found {
  return date === undefined ? undefined : { ...at, kind: 'day', date }
}

function clockOf(at: { from: number; to: number }, hours: number, minutes: number): Found {
  return hours <= 24 && minutes < 60
    ? { ...at, kind: 'clock', time: hours * hour + minutes * minute }
    : undefined
}

function minutesOf(words: string): number {
  if (words === '') return 0
  if (words === '半') return 30
  if (words.endsWith('刻')) return words.startsWith('一') ? 15 : 45
  return Number(toDigits(words.replace('分', '')))
}

function relativeDays(word: string): number {
  if (word.startsWith('大后')) return 3
  return { 今: 0, 明: 1, 后: 2, 昨: -1, 前: -2 }[word[0] ?? ''] ?? 0
}

function existing(year: number, month: number, day: number): LocalDate | undefined {
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
    ? date.toISOString().slice(0, 10)
    : undefined
}

/** 1月5日, said in November, is next year's; 10月20日 is over. */
function coming(today: LocalDate, month: number, day: number): LocalDate | undefined {
  const year = Number(today.slice(0, 4))
  const isNext = Number(today.slice(5, 7)) - month > 6
  return existing(isNext ? year + 1 : year, month, day)
}

/** 25日 is this month's while it is to come, else next month's. */
function dayOfMonth(today: LocalDate, day: number): LocalDate | undefined {
  const [year = 0, month = 1, now = 1] = today.split('-').map(Number)
  return day >= now
    ? existing(year, month, day)
    : existing(month === 12 ? year + 1 : year, (month % 12) + 1, day)
}
