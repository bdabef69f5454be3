import type { Report } from '../../bot/reports/report.ts'
import { type Figures, noFigures } from '../../tickets/reports/figures.ts'
import { rank } from '../../tickets/reports/score.ts'

/** A week as it could have been, for what is made of reports. */
export function invented(): Report {
  const score = {
    weights: { response: 20, onTime: 40, resolution: 20, satisfaction: 20 },
    ...{ overdue: 1, recurred: 0.5, mostOff: 20, fewest: 3 },
  }
  const grid = (name: string, some: Partial<Figures>) => ({
    of: { id: `place-${name}`, name, kind: 'grid' as const },
    figures: { ...noFigures, ...some },
  })
  return {
    ...{ kind: 'weekly', first: '2026-11-09', last: '2026-11-15' },
    ...{ madeAt: Date.parse('2026-11-16T08:40:00+08:00'), complete: true },
    place: { id: 'place-huaiyin', name: '槐荫社区', kind: 'community' },
    figures: {
      ...noFigures,
      ...{ opened: 23, emergencies: 1, recurred: 1, answerable: 23, answered: 22, acknowledged: 22 },
      ...{ answerTime: 22 * 96 * 60_000, done: 20, onTime: 18, closed: 18, unsolved: 1, rated: 15 },
      ...{
        satisfied: 14,
        escalated: 2,
        open: 14,
        running: 9,
        waiting: 3,
        onHold: 2,
        blue: 7,
        yellow: 3,
        red: 1,
      },
    },
    before: { ...noFigures, opened: 19, done: 20, closed: 18 },
    grids: rank(
      [
        grid('第一网格', { opened: 9, answerable: 9, answered: 9, done: 8, onTime: 8, closed: 8 }),
        grid('第二网格', { opened: 8, answerable: 8, answered: 7, done: 7, onTime: 6, closed: 6, red: 1 }),
        grid('第三网格', { opened: 1, answerable: 1, answered: 1 }),
      ],
      score,
    ),
    rest: { ...noFigures, opened: 5 },
    hotPlaces: [{ name: '第一网格 11号楼', count: 4 }],
    hotThings: [{ name: '电梯', count: 5 }],
    categories: [{ name: '公共设施', count: 9 }],
    questions: { open: 5, most: [{ text: '老年证|在哪[里](http://x)办？', askers: 4 }] },
    score,
  }
}
