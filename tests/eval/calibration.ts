import type { LabelledMessage } from '../../intents/guard-set.ts'
import type { Understander } from '../../intents/understanding.ts'

/** Does a confidence of 0.8 mean right in eight of ten? */
export interface Bin {
  readonly from: number
  readonly to: number
  readonly messages: number
  /** Mean confidence in the bin. */
  readonly confidence: number
  /** Share of right intents. */
  readonly right: number
}

const edges = [0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.001]
/** In a bin with fewer messages chance says more than the model. */
const populated = 80

export function reliabilityOf(understander: Understander, messages: readonly LabelledMessage[]): Bin[] {
  const answers = messages.map(({ text, intent }) => {
    const got = understander.understand(text)
    return { confidence: got.confidence, right: got.intent === intent }
  })
  return edges.slice(1).map((to, index) => {
    const from = edges[index] ?? 0
    const inside = answers.filter(({ confidence }) => confidence >= from && confidence < to)
    return {
      ...{ from, to, messages: inside.length },
      confidence: mean(inside.map(({ confidence }) => confidence)),
      right: mean(inside.map(({ right }) => Number(right))),
    }
  })
}

/** The widest difference between confidence and truth among the populated bins. */
export function widestGap(bins: readonly Bin[]): number {
  return Math.max(
    0,
    ...bins
      .filter(({ messages }) => messages >= populated)
      .map(({ confidence, right }) => Math.abs(confidence - right)),
  )
}

export function describeReliability(bins: readonly Bin[]): string {
  return bins
    .map(
      ({ from, to, messages, confidence, right }) =>
        `  ${from.toFixed(2)}-${Math.min(1, to).toFixed(2)}  n ${String(messages).padStart(4)}  said ${confidence.toFixed(3)}  right ${right.toFixed(3)}`,
    )
    .join('\n')
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}
