import type { Figures } from '../../tickets/reports/figures.ts'
import type { ReportKind } from '../../tickets/reports/period.ts'
import { percent, type RateName, type Rates, rateNames, ratesOf } from '../../tickets/reports/rates.ts'
import type { Score } from '../../tickets/reports/score.ts'
import type { ScoreSettings } from '../../tickets/reports/settings.ts'
import { hour, type LocalDate, localDate, minute, plainDateTime } from '../../tickets/shanghai-time.ts'
import type { Report } from './report.ts'

/** The words of all reports, whatever they are made into. */

export const kindWords: Readonly<Record<ReportKind, string>> = {
  daily: '日报',
  weekly: '周报',
  half_monthly: '半月报',
  monthly: '月报',
}

export const rateWords: Readonly<Record<RateName, string>> = {
  response: '响应率',
  onTime: '按时办结率',
  resolution: '解决率',
  satisfaction: '满意率',
}

/** What is divided by what, and what is missing when there is none. */
const termsOf: Readonly<Record<RateName, { readonly formula: string; readonly none: string }>> = {
  response: { formula: '已响应 ÷ 应响应', none: '没有应响应的' },
  onTime: { formula: '按时办结 ÷ 办结', none: '没有办结的' },
  resolution: { formula: '销号 ÷（销号＋回访未解决）', none: '没有回访结果' },
  satisfaction: { formula: '满意 ÷ 评价', none: '没有评价' },
}

export const everywhere = '全部地点'

/** 槐荫社区周报 */
export function titleOf(report: Pick<Report, 'kind' | 'place'>): string {
  return `${report.place?.name ?? everywhere}${kindWords[report.kind]}`
}

/** 11月19日, 11月16日至22日, 2026年11月; with the year where it is not the one in which it is read. */
export function periodWords({ kind, first, last, madeAt }: Report): string {
  const thisYear = localDate(madeAt).slice(0, 4) === first.slice(0, 4)
  const from = `${thisYear ? '' : `${first.slice(0, 4)}年`}${dayWords(first)}`
  if (kind === 'daily') return from
  if (kind === 'monthly') return `${first.slice(0, 4)}年${Number(first.slice(5, 7))}月`
  const to = first.slice(0, 7) === last.slice(0, 7) ? `${Number(last.slice(8))}日` : dayWords(last)
  return `${from}至${to}`
}

/** 截至11月20日17:45; '' for a period that is over. */
export function untilWords({ complete, madeAt }: Report): string {
  return complete ? '' : `截至${plainDateTime(madeAt)}`
}

export function percentWords(value: number | undefined): string {
  return value === undefined ? '无' : `${value}%`
}

/** 按时办结率 = 按时办结 ÷ 办结 = 18 ÷ 20 = 90% */
export function rateFormula(name: RateName, figures: Figures): string {
  const rate = ratesOf(figures)[name]
  const { formula, none } = termsOf[name]
  const value = percent(rate)
  const words = `${rateWords[name]} = ${formula}`
  if (value === undefined) return `${words}：无（${none}）`
  return `${words} = ${inFigures(name, figures, rate)} = ${value}%`
}

function inFigures(name: RateName, figures: Figures, { part, whole }: Rates[RateName]): string {
  const divisor = name === 'resolution' ? `（${figures.closed}＋${figures.unsolved}）` : ` ${whole}`
  return `${part} ÷${divisor}`
}

/** What the points of every grid are made of, in words. */
export function scoreWords({ weights, overdue, recurred, mostOff, fewest }: ScoreSettings): string {
  const parts = rateNames
    .filter((name) => weights[name] > 0)
    .map((name) => `${rateWords[name]}×${weights[name]}`)
  const off = `逾期每件扣${overdue}分、重复反映每件扣${recurred}分，最多扣${mostOff}分`
  const few = fewest > 0 ? `；新收和办结都不到${fewest}件的不排名` : ''
  return `得分 =（${parts.join('＋')}）÷ 有数据各项的权重之和 × 100 − 扣分（${off}）；同分同名次${few}`
}

/** （22÷23×20＋18÷20×40）÷60×100−1 = 91.3分 */
export function scoreFormula({ points, parts, off }: Score): string {
  if (points === undefined) return '无（没有可计分的数据）'
  const weights = parts.reduce((sum, { weight }) => sum + weight, 0)
  const terms = parts.map(({ part, whole, weight }) => `${part}÷${whole}×${weight}`).join('＋')
  return `（${terms}）÷${weights}×100${off > 0 ? `−${off}` : ''} = ${points}分`
}

export function pointsWords({ points }: Score): string {
  return points === undefined ? '无' : `${points}分`
}

/** 比上期多4, 比上期少3, 与上期持平 */
export function changeWords(now: number, before: number): string {
  if (now === before) return '与上期持平'
  return now > before ? `比上期多${now - before}` : `比上期少${before - now}`
}

/** 2小时5分; '' when nobody has acknowledged anything. */
export function answerTimeWords({ answerTime, acknowledged }: Figures): string {
  if (acknowledged === 0) return ''
  const minutes = Math.round(answerTime / acknowledged / minute)
  const hours = Math.floor(minutes / (hour / minute))
  return hours > 0 ? `${hours}小时${minutes % 60}分` : `${minutes}分钟`
}

/** Each word of a report and what it counts; docs/admin.md says the same. */
export const definitions: readonly (readonly [string, string])[] = [
  ['新收', '本期内立案的工单'],
  ['应响应', '新收的工单，不算还没人答复就撤销的'],
  ['已响应', '应响应的工单里，期末前已接单、办结或不予受理的'],
  ['办结', '本期内办完、期末没有被退回重办的工单'],
  ['按时办结', '办结的工单里，办完时没有超过时限的'],
  ['销号', '本期内经回访结案的工单'],
  ['回访未解决', '本期内回访说没解决、退回重办，期末还没销号的工单'],
  ['评价', '本期内居民评价过的工单，以最后一次评价为准'],
  ['未销号', '期末还没有销号、不予受理或撤销的工单'],
  ['在办', '未销号的工单里，活还没干完的'],
  ['逾期', '在办或挂起的工单里，期末已是红灯的'],
  ['重复反映', '新收的工单里，同一处同一问题不久前刚结过案的'],
  ['上报', '本期内至少向上一级报告过一次的工单'],
]

function dayWords(date: LocalDate): string {
  return `${Number(date.slice(5, 7))}月${Number(date.slice(8))}日`
}
