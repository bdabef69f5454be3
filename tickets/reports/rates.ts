import type { Figures } from './figures.ts'

/** The four rates by which districts are compared. Each is a part divided by a whole; a whole of nothing gives none. */
export const rateNames = ['response', 'onTime', 'resolution', 'satisfaction'] as const
export type RateName = (typeof rateNames)[number]

export interface Rate {
  readonly part: number
  readonly whole: number
}

export type Rates = Readonly<Record<RateName, Rate>>

export function ratesOf(figures: Figures): Rates {
  const { answered, answerable, onTime, done, closed, unsolved, satisfied, rated } = figures
  return {
    /** 响应率 = 已响应 ÷ 应响应 */
    response: { part: answered, whole: answerable },
    /** 按时办结率 = 按时办结 ÷ 办结 */
    onTime: { part: onTime, whole: done },
    /** 解决率 = 销号 ÷（销号 + 回访未解决） */
    resolution: { part: closed, whole: closed + unsolved },
    /** 满意率 = 满意 ÷ 评价 */
    satisfaction: { part: satisfied, whole: rated },
  }
}

/** 0 to 100 with one decimal; undefined where there was nothing to divide by. */
export function percent({ part, whole }: Rate): number | undefined {
  return whole === 0 ? undefined : toOneDecimal((part / whole) * 100)
}

export function toOneDecimal(value: number): number {
  return Math.round(value * 10) / 10
}
