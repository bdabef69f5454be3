import type { Figures } from '../../tickets/reports/figures.ts'
import { percent, rateNames, ratesOf } from '../../tickets/reports/rates.ts'
import type { Report } from './report.ts'
import {
  answerTimeWords,
  definitions,
  percentWords,
  periodWords,
  pointsWords,
  rateFormula,
  rateWords,
  scoreFormula,
  scoreWords,
  titleOf,
  untilWords,
} from './words.ts'

/** A report as tables: the sheets of a workbook, the tables of a Markdown page. */
export interface Sheet {
  readonly name: string
  /** The first row is the header. */
  readonly rows: readonly (readonly Cell[])[]
  /** Stands under the table. */
  readonly notes?: readonly string[]
}
export type Cell = string | number

/** 槐荫社区周报 11月16日至22日（截至11月20日17:45） */
export function headingOf(report: Report): string {
  const until = untilWords(report)
  return `${titleOf(report)} ${periodWords(report)}${until && `（${until}）`}`
}

export function sheetsOf(report: Report): readonly Sheet[] {
  return [
    overview(report),
    rates(report),
    ...ranking(report),
    ...hot(report),
    ...questions(report),
    ...staff(report),
    words(),
  ]
}

const figureWords: readonly (readonly [keyof Figures, string])[] = [
  ['opened', '新收'],
  ['emergencies', '其中紧急'],
  ['done', '办结'],
  ['onTime', '按时办结'],
  ['closed', '销号'],
  ['declined', '不予受理'],
  ['withdrawn', '撤销'],
  ['open', '未销号'],
  ['running', '在办'],
  ['waiting', '待回访'],
  ['onHold', '挂起'],
  ['blue', '蓝灯'],
  ['yellow', '黄灯'],
  ['red', '红灯（逾期）'],
  ['recurred', '重复反映'],
  ['unsolved', '回访未解决'],
  ['escalated', '上报'],
]

function overview({ figures, before }: Report): Sheet {
  const rows = figureWords.map(([key, word]) => [word, figures[key], before[key], figures[key] - before[key]])
  const time = answerTimeWords(figures)
  return {
    name: '汇总',
    rows: [['指标', '本期', '上期', '增减'], ...rows],
    ...(time !== '' && { notes: [`平均响应用时：${time}（从立案到接单）`] }),
  }
}

function rates({ figures, before }: Report): Sheet {
  const now = ratesOf(figures)
  const then = ratesOf(before)
  return {
    name: '比率',
    rows: [
      ['比率', '本期', '上期', '算法'],
      ...rateNames.map((name) => [
        rateWords[name],
        percentWords(percent(now[name])),
        percentWords(percent(then[name])),
        rateFormula(name, figures),
      ]),
    ],
  }
}

function ranking({ grids, rest, score }: Report): readonly Sheet[] {
  if (grids.length === 0) return []
  const shown = (figures: Figures) => {
    const each = ratesOf(figures)
    return [
      ...[figures.opened, figures.done, figures.closed, figures.open, figures.red, figures.recurred],
      ...rateNames.map((name) => percentWords(percent(each[name]))),
    ]
  }
  const counted = ['新收', '办结', '销号', '未销号', '逾期', '重复反映']
  return [
    {
      name: '网格排名',
      rows: [
        ['名次', '网格', '得分', ...counted, ...rateNames.map((name) => rateWords[name]), '得分算法'],
        ...grids.map(({ rank, of, figures, score: points }) => [
          rank ?? '件数少，不排名',
          of.name,
          pointsWords(points),
          ...shown(figures),
          scoreFormula(points),
        ]),
        ['', '未分到网格', '', ...shown(rest), ''],
      ],
      notes: [scoreWords(score)],
    },
  ]
}

function hot({ hotPlaces, hotThings, categories }: Report): readonly Sheet[] {
  const lists = [
    ['地点', hotPlaces],
    ['问题', hotThings],
    ['类别', categories],
  ] as const
  const rows = lists.flatMap(([kind, list]) => list.map(({ name, count }) => [kind, name, count]))
  return rows.length === 0 ? [] : [{ name: '热点', rows: [['分类', '名称', '件数'], ...rows] }]
}

function questions({ questions: { open, most } }: Report): readonly Sheet[] {
  if (open === 0) return []
  const rows = most.map(({ text, askers }) => [text.replaceAll(/\s+/gu, ' '), askers])
  return [{ name: '没人答的问题', rows: [['问题', '问的人数'], ...rows], notes: [`共${open}个还没有人答`] }]
}

/** Names of staff: only in a report that was asked for with them. */
function staff(report: Report): readonly Sheet[] {
  if (!report.staff) return []
  return [
    {
      name: '责任人',
      rows: [
        ['责任人', '单位', '办结', '按时办结', '销号', '未销号', '逾期'],
        ...report.staff.map(({ name, department, figures }) => [
          ...[name || '还没有人接单', department, figures.done, figures.onTime, figures.closed],
          ...[figures.open, figures.red],
        ]),
      ],
    },
  ]
}

function words(): Sheet {
  return { name: '口径', rows: [['词', '怎么算'], ...definitions.map(([word, meaning]) => [word, meaning])] }
}
