import type { Figures } from './figures.ts'
import { type RateName, rateNames, ratesOf, toOneDecimal } from './rates.ts'
import type { ScoreSettings } from './settings.ts'

/** A grid's hundred points: the weighted mean of its rates, less what is taken off for what is late or came back. */
export interface Score {
  /** 0 to 100 with one decimal; undefined when no rate has anything to divide by. */
  readonly points: number | undefined
  /** The rates that took part, with their weight. */
  readonly parts: readonly ScorePart[]
  readonly off: number
}

export interface ScorePart {
  readonly rate: RateName
  readonly weight: number
  readonly part: number
  readonly whole: number
}

export function scoreOf(figures: Figures, settings: ScoreSettings): Score {
  const rates = ratesOf(figures)
  const parts = rateNames
    .map((rate) => ({ rate, weight: settings.weights[rate], ...rates[rate] }))
    .filter(({ weight, whole }) => weight > 0 && whole > 0)
  const lost = figures.red * settings.overdue + figures.recurred * settings.recurred
  const off = toOneDecimal(Math.min(settings.mostOff, lost))
  const weights = parts.reduce((sum, { weight }) => sum + weight, 0)
  if (weights === 0) return { points: undefined, parts, off }
  const mean = parts.reduce((sum, { weight, part, whole }) => sum + (weight * part) / whole, 0) / weights
  return { points: toOneDecimal(Math.max(0, mean * 100 - off)), parts, off }
}

export interface Ranked<T> {
  readonly of: T
  readonly figures: Figures
  readonly score: Score
  /** From 1; equal points share a rank and the next one is skipped. Absent: too few tickets, or nothing to score. */
  readonly rank?: number
}

/** The best first; those that are not ranked follow in the order in which they came. */
export function rank<T>(
  entries: readonly { readonly of: T; readonly figures: Figures }[],
  settings: ScoreSettings,
): readonly Ranked<T>[] {
  const scored = entries.map((entry) => ({ ...entry, score: scoreOf(entry.figures, settings) }))
  const isRanked = ({ figures, score }: (typeof scored)[number]) =>
    score.points !== undefined && Math.max(figures.opened, figures.done) >= settings.fewest
  const points = ({ score }: (typeof scored)[number]) => score.points ?? 0
  const ranked = scored.filter(isRanked).sort((one, other) => points(other) - points(one))
  return [
    ...ranked.map((entry) => ({
      ...entry,
      rank: 1 + ranked.findIndex((each) => points(each) === points(entry)),
    })),
    ...scored.filter((entry) => !isRanked(entry)),
  ]
}
