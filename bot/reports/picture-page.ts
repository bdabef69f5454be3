import { percent, rateNames, ratesOf } from '../../tickets/reports/rates.ts'
import type { Report } from './report.ts'
import {
  changeWords,
  percentWords,
  periodWords,
  pointsWords,
  rateFormula,
  rateWords,
  scoreWords,
  titleOf,
  untilWords,
} from './words.ts'

/** What stands on the picture of a report, from top to bottom; adapters/reports/picture.ts draws it. */
export interface PicturePage {
  readonly title: string
  readonly period: string
  readonly tiles: readonly { readonly label: string; readonly value: string; readonly note: string }[]
  readonly lights: {
    readonly label: string
    readonly parts: readonly {
      readonly colour: 'blue' | 'yellow' | 'red'
      readonly label: string
      readonly count: number
    }[]
  }
  readonly rates: readonly Bar[]
  readonly sections: readonly {
    readonly title: string
    readonly bars: readonly Bar[]
    /** Small, under the bars. */
    readonly note?: string
  }[]
  readonly foot: readonly string[]
}

interface Bar {
  readonly label: string
  readonly value: string
  /** 0 to 1; absent: nothing to show. */
  readonly share?: number
  /** Small, under the bar. */
  readonly note?: string
  /** Place on the podium, from 1. */
  readonly rank?: number
}

const mostGrids = 10

export function picturePageOf(report: Report): PicturePage {
  const { figures, before } = report
  const until = untilWords(report)
  return {
    title: titleOf(report),
    period: `${periodWords(report)}${until && `　${until}`}`,
    tiles: [
      { label: '新收', value: String(figures.opened), note: changeWords(figures.opened, before.opened) },
      { label: '办结', value: String(figures.done), note: changeWords(figures.done, before.done) },
      { label: '销号', value: String(figures.closed), note: changeWords(figures.closed, before.closed) },
      {
        label: '未销号',
        value: String(figures.open),
        note: `在办${figures.running} 待回访${figures.waiting} 挂起${figures.onHold}`,
      },
    ],
    lights: {
      label: '在办和挂起的灯色',
      parts: [
        { colour: 'blue', label: '蓝灯', count: figures.blue },
        { colour: 'yellow', label: '黄灯', count: figures.yellow },
        { colour: 'red', label: '红灯（逾期）', count: figures.red },
      ],
    },
    rates: rates(report),
    sections: [...ranking(report), ...hot(report)],
    foot: [
      `重复反映${figures.recurred}件　回访未解决${figures.unsolved}件　上报${figures.escalated}件　没人答的问题${report.questions.open}个`,
    ],
  }
}

function rates({ figures }: Report): readonly Bar[] {
  const all = ratesOf(figures)
  return rateNames.map((name) => {
    const value = percent(all[name])
    const share = value === undefined ? {} : { share: value / 100 }
    return { label: rateWords[name], value: percentWords(value), ...share, note: rateFormula(name, figures) }
  })
}

function ranking({ grids, rest, score }: Report): PicturePage['sections'] {
  if (grids.length === 0) return []
  const bars = grids.slice(0, mostGrids).map(({ of, rank, score: { points }, figures }) => ({
    label: of.name,
    value: rank === undefined ? '件数少，不排名' : pointsWords({ points, parts: [], off: 0 }),
    ...(rank !== undefined && { rank, share: (points ?? 0) / 100 }),
    note: `新收${figures.opened}　办结${figures.done}　逾期${figures.red}`,
  }))
  const more = grids.length > mostGrids ? `共${grids.length}个网格，这里列前${mostGrids}个。` : ''
  const others = rest.opened > 0 ? `未分到网格的新收${rest.opened}件。` : ''
  return [{ title: '网格得分', bars, note: `${more}${others}${scoreWords(score)}` }]
}

function hot({ hotPlaces, hotThings }: Report): PicturePage['sections'] {
  return [
    { title: '热点地点', list: hotPlaces },
    { title: '热点问题', list: hotThings },
  ].flatMap(({ title, list }) => {
    const most = Math.max(...list.map(({ count }) => count))
    const bars = list.map(({ name, count }) => ({ label: name, value: `${count}件`, share: count / most }))
    return bars.length === 0 ? [] : [{ title, bars }]
  })
}
