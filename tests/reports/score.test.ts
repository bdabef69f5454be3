import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scoreFormula } from '../../bot/reports/words.ts'
import { type Figures, noFigures } from '../../tickets/reports/figures.ts'
import { percent, ratesOf } from '../../tickets/reports/rates.ts'
import { rank, scoreOf } from '../../tickets/reports/score.ts'

const settings = {
  weights: { response: 20, onTime: 40, resolution: 20, satisfaction: 20 },
  ...{ overdue: 1, recurred: 0.5, mostOff: 20, fewest: 3 },
}
const figures = (some: Partial<Figures>): Figures => ({ ...noFigures, ...some })
const good = figures({
  ...{ opened: 4, answerable: 4, answered: 4, done: 4, onTime: 4, closed: 4, rated: 2, satisfied: 2 },
})

describe('a grid’s hundred points', () => {
  test('are the weighted mean of its rates less what is late and what came back', () => {
    const some = figures({
      ...{ opened: 20, answerable: 20, answered: 19, done: 20, onTime: 18, closed: 18, unsolved: 2 },
      ...{ rated: 10, satisfied: 9, red: 2, recurred: 1 },
    })
    const score = scoreOf(some, settings)
    expect(score.points).toBe(88.5)
    expect(scoreFormula(score)).toBe('（19÷20×20＋18÷20×40＋18÷20×20＋9÷10×20）÷100×100−2.5 = 88.5分')
  })

  test('leave out the rates that have nothing to divide by', () => {
    const score = scoreOf(figures({ opened: 3, answerable: 3, answered: 3 }), settings)
    expect(score).toMatchObject({ points: 100, parts: [{ rate: 'response' }] })
  })

  test('are none, not zero, where nothing happened', () => {
    const score = scoreOf(noFigures, settings)
    expect(score.points).toBeUndefined()
    expect(scoreFormula(score)).toMatch(/^无/u)
    for (const rate of Object.values(ratesOf(noFigures))) expect(percent(rate)).toBeUndefined()
  })

  test('never leave 0 to 100, and no more is taken off than is said', () => {
    const count = fc.nat({ max: 50 })
    fc.assert(
      fc.property(count, count, count, count, count, (whole, part, red, recurred, unsolved) => {
        const some = figures({
          ...{
            answerable: whole,
            answered: Math.min(part, whole),
            done: whole,
            onTime: Math.min(part, whole),
          },
          ...{ closed: whole, unsolved, red, recurred },
        })
        const { points = 0, off } = scoreOf(some, settings)
        expect(points >= 0 && points <= 100).toBe(true)
        expect(off).toBeLessThanOrEqual(settings.mostOff)
      }),
    )
  })
})

describe('the ranking', () => {
  test('gives equal points one rank, and the next rank counts them', () => {
    const worse = figures({ ...good, onTime: 2 })
    const entries = [
      { of: '一', figures: worse },
      { of: '二', figures: good },
      { of: '三', figures: good },
      { of: '四', figures: figures({ ...good, onTime: 0 }) },
    ]
    expect(rank(entries, settings).map(({ of, rank: place }) => `${place} ${of}`)).toEqual([
      '1 二',
      '1 三',
      '3 一',
      '4 四',
    ])
  })

  test('shows grids with too few tickets without a rank', () => {
    const few = figures({ opened: 2, answerable: 2, answered: 2, done: 2, onTime: 2 })
    const ranked = rank(
      [
        { of: '少', figures: few },
        { of: '多', figures: figures({ ...good, onTime: 1 }) },
      ],
      settings,
    )
    expect(ranked.map(({ of, rank: place }) => [of, place])).toEqual([
      ['多', 1],
      ['少', undefined],
    ])
    expect(ranked[1]?.score.points).toBe(100)
  })

  test('of grids without a ticket ranks none of them', () => {
    const ranked = rank([{ of: '空', figures: noFigures }], settings)
    expect(ranked).toMatchObject([{ of: '空', score: { points: undefined } }])
    expect(ranked[0]).not.toHaveProperty('rank')
  })
})
