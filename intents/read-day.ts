/** A day as staff write it: 11月25日, 11-25, 周五, 下周一, 3天后, 明天. Pure: today comes in. */

export interface SaidDay {
  /** 2026-11-25 */
  readonly date: string
  /** The text without it, and without the word that led to it (到, 至). */
  readonly rest: string
}

const dayLength = 86_400_000
const before = '(?:等?(?:到|至|待)|截[止至]到?)?\\s*'
const after = '\\s*(?:以?后|再说|再办|恢复|接着办|继续|为止|止)?'

interface Form {
  readonly pattern: RegExp
  /** Days from today, or a date; undefined: no such day. */
  read(match: RegExpExecArray, today: string): string | undefined
}

const numbers: Readonly<Record<string, number>> = {
  ...{ 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9, 十: 10, 日: 7, 天: 7 },
}

const forms: readonly Form[] = [
  {
    pattern: form('(20\\d{2})[-年/.](\\d{1,2})[-月/.](\\d{1,2})[日号]?'),
    read: ([, year, month, day]) => existing(Number(year), Number(month), Number(day)),
  },
  {
    pattern: form('(\\d{1,2})[-月/.](\\d{1,2})[日号]?'),
    read: ([, month, day], today) => coming(today, Number(month), Number(day)),
  },
  {
    pattern: form('(下个?|这个?|本)?(?:周|星期|礼拜)([一二三四五六日天])'),
    read: ([, which, day = ''], today) => weekday(today, numbers[day] ?? 1, which?.startsWith('下') ?? false),
  },
  {
    pattern: form('(\\d{1,2}|[一二两三四五六七八九十])(天|日|个?周|个?星期|个?礼拜|个月)'),
    read: ([, count = '', unit = ''], today) => {
      const many = numbers[count] ?? Number(count)
      return plusDays(today, many * (unit === '个月' ? 30 : /[天日]/u.test(unit) ? 1 : 7))
    },
  },
  {
    pattern: form('(明[天日]|后[天日]|大后天)'),
    read: ([, word = ''], today) => plusDays(today, soon(word)),
  },
  {
    pattern: form('月底'),
    read: (_, today) => {
      const [year, month] = today.split('-').map(Number)
      return new Date(Date.UTC(year ?? 0, month ?? 1, 0)).toISOString().slice(0, 10)
    },
  },
]

function form(core: string): RegExp {
  return new RegExp(`${before}(?<![\\d月])${core}${after}`, 'u')
}

/** @param today 2026-11-20. The first day that is named; undefined when none is. */
export function readDay(text: string, today: string): SaidDay | undefined {
  for (const { pattern, read } of forms) {
    const match = pattern.exec(text)
    const date = match ? read(match, today) : undefined
    if (!match || date === undefined) continue
    const rest = `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`
    return { date, rest: rest.replace(/^[\s,，。;；:：]+|[\s,，。;；:：]+$/gu, '').replace(/\s+/gu, ' ') }
  }
  return undefined
}

function soon(word: string): number {
  if (word === '大后天') return 3
  return word.startsWith('后') ? 2 : 1
}

function existing(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
    ? date.toISOString().slice(0, 10)
    : undefined
}

/** 1月5日, said in November, is next year's. */
function coming(today: string, month: number, day: number): string | undefined {
  const year = Number(today.slice(0, 4))
  const date = existing(year, month, day)
  return date !== undefined && date < today && Number(today.slice(5, 7)) - month > 6
    ? existing(year + 1, month, day)
    : date
}

/** The next such day; 下周 is of next week. */
function weekday(today: string, wanted: number, nextWeek: boolean): string {
  const now = new Date(`${today}T00:00:00Z`).getUTCDay() || 7
  if (nextWeek) return plusDays(today, 7 - now + wanted)
  return plusDays(today, wanted > now ? wanted - now : 7 - now + wanted)
}

function plusDays(today: string, days: number): string {
  return new Date(Date.parse(`${today}T00:00:00Z`) + days * dayLength).toISOString().slice(0, 10)
}
