import { percent, rateNames, ratesOf } from '../../tickets/reports/rates.ts'
import type { Ranked } from '../../tickets/reports/score.ts'
import type { Report, ReportPlace } from './report.ts'
import {
  changeWords,
  percentWords,
  periodWords,
  pointsWords,
  rateFormula,
  rateWords,
  titleOf,
  untilWords,
} from './words.ts'

/** A report as it is said: it fits the screen of a phone, and one message. */
export interface ChatTextOptions {
  /** Residents read along: what was asked elsewhere is not repeated here. */
  readonly inGroup?: boolean
}

const mostGrids = 5
const mostHot = 3

export function chatText(report: Report, { inGroup = false }: ChatTextOptions = {}): string {
  const { figures, before } = report
  const until = untilWords(report)
  return [
    `【${titleOf(report)}】${periodWords(report)}${until && `（${until}）`}`,
    `新收${figures.opened}件（${changeWords(figures.opened, before.opened)}），办结${figures.done}件，销号${figures.closed}件`,
    `未销号${figures.open}件：在办${figures.running}、待回访${figures.waiting}、挂起${figures.onHold}`,
    `灯色：蓝${figures.blue}、黄${figures.yellow}、红${figures.red}（红灯即逾期）`,
    ...rateNames.map((name) => rateFormula(name, figures)),
    ...rankingLines(report),
    ...hotLine(report),
    `重复反映${figures.recurred}件，上报${figures.escalated}件`,
    ...questionLines(report, inGroup),
  ].join('\n')
}

/** 排名: the grids alone, with their points. */
export function rankingText(report: Report): string {
  const until = untilWords(report)
  const title = `【${titleOf(report)}·网格排名】${periodWords(report)}${until && `（${until}）`}`
  if (report.grids.length === 0) return `${title}\n这里没有网格，排不了名。`
  const lines = report.grids.map((grid) => {
    const rates = ratesOf(grid.figures)
    const shown = rateNames
      .filter((name) => rates[name].whole > 0)
      .map((name) => `${rateWords[name]}${percentWords(percent(rates[name]))}`)
    return [rankLine(grid), ...shown].join('，')
  })
  return [title, ...lines].join('\n')
}

function rankingLines({ grids }: Report): readonly string[] {
  const ranked = grids.filter(({ rank }) => rank !== undefined)
  if (ranked.length === 0) return []
  const more = ranked.length > mostGrids ? `…共${ranked.length}个网格` : ''
  return [`网格得分：${ranked.slice(0, mostGrids).map(rankLine).join('；')}${more}`]
}

function rankLine({ of, rank, score, figures }: Ranked<ReportPlace>): string {
  if (rank === undefined) return `不排名 ${of.name}（新收${figures.opened}件，件数少）`
  return `第${rank} ${of.name} ${pointsWords(score)}`
}

function hotLine({ hotPlaces, hotThings }: Report): readonly string[] {
  const hot = [...hotPlaces.slice(0, mostHot), ...hotThings.slice(0, mostHot)]
  return hot.length === 0 ? [] : [`热点：${hot.map(({ name, count }) => `${name}${count}件`).join('、')}`]
}

function questionLines({ questions }: Report, inGroup: boolean): readonly string[] {
  if (questions.open === 0) return []
  const [first] = questions.most
  const most = first && !inGroup ? `，问得最多：${short(first.text)}（${first.askers}人）` : ''
  return [`没人答的问题${questions.open}个${most}`]
}

function short(text: string): string {
  const plain = text.replaceAll(/\s+/gu, ' ').trim()
  return plain.length > 24 ? `${plain.slice(0, 24)}…` : plain
}
