import { toDigits } from '../numerals.ts'

/** A week of work. */
const workingWeek = 5
const said =
  /(?<![到至]\s*)(?<minus>-\s?|负)?(?<count>\d{1,4}|[二三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])\s?个?(?<unit>工作日|天|日|周|星期|礼拜)(?!后)/u

/**
 * 延期 3天 等配件 → 3 working days, 等配件. Whatever number is said comes back, also 0, -2 and 100: whether it can be
 * is for the desk to say. A day of the calendar (到11月30号) stays in the reason: see bot/staff/read-order.ts.
 */
export function extensionIn(rest: string): { readonly days?: number; readonly reason?: string } {
  const found = said.exec(
    rest.replace(/(?:\d{1,2}[月/.-])\d{1,2}[日号]?/gu, (date) => '＿'.repeat(date.length)),
  )
  const why = (found ? rest.slice(0, found.index) + rest.slice(found.index + found[0].length) : rest)
    .replace(/^[\s,，:：]+/u, '')
    .trim()
  const reason = why ? { reason: why } : {}
  if (!found?.groups) return reason
  const { minus, count = '', unit = '' } = found.groups
  const many = Number(toDigits(count)) * (/[周期拜]$/u.test(unit) ? workingWeek : 1)
  return { days: minus === undefined ? many : -many, ...reason }
}
