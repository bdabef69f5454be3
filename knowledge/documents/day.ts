/** Days as Chinese documents write them: 2026年3月1日, 二〇二六年三月一日, 2026-03-01, 2026/3/1. */

const written =
  /(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]|(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)|([〇零○Ｏ一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})[日号]/u

/** The first day in `text` as 2026-03-01; undefined when there is none, or none that exists. */
export function readDay(text: string): string | undefined {
  const found = written.exec(text.normalize('NFKC'))
  if (!found) return undefined
  const [, y1, m1, d1, y2, m2, d2, y3, m3, d3] = found
  const year = y1 ?? y2 ?? digitsOf(y3 ?? '')
  const month = m1 ?? m2 ?? String(chineseNumber(m3 ?? ''))
  const day = d1 ?? d2 ?? String(chineseNumber(d3 ?? ''))
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const date = new Date(`${iso}T00:00:00Z`)
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== iso ? undefined : iso
}

/** Nothing but a day, perhaps in brackets: the line under a signature. */
export function isOnlyDay(text: string): boolean {
  const plain = text.normalize('NFKC').replaceAll(/[\s()]/gu, '')
  const found = written.exec(plain)
  return found !== null && found[0] === plain && readDay(plain) !== undefined
}

/** The day `years` later and one before: what holds from 2026-04-01 for five years holds until 2031-03-31. */
export function lastDayAfter(from: string, years: number): string {
  const date = new Date(`${from}T00:00:00Z`)
  date.setUTCFullYear(date.getUTCFullYear() + years)
  date.setUTCDate(date.getUTCDate() - 1)
  return date.toISOString().slice(0, 10)
}

const figures = '零一二三四五六七八九'

function digitsOf(characters: string): string {
  return [...characters].map((each) => Math.max(0, figures.indexOf(each))).join('')
}

/** 1 to 9,999; NaN for what is no number. Figures of our own pass through. */
export function chineseNumber(text: string): number {
  if (/^\d+$/u.test(text)) return Number(text)
  let total = 0
  let figure = 0
  for (const each of text) {
    const unit = { 十: 10, 百: 100, 千: 1000 }[each]
    if (unit !== undefined) {
      total += (figure || 1) * unit
      figure = 0
    } else if (/[零〇]/u.test(each)) figure = 0
    else if (figures.includes(each)) figure = figures.indexOf(each)
    else return Number.NaN
  }
  return text === '' ? Number.NaN : total + figure
}
