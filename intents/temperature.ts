import { at, softmax } from './linear-model.ts'

/** Raw scores of a message that was not learnt from, and the number of its true label. */
export interface HeldOut {
  readonly raw: Float64Array
  readonly truth: number
}

/** The temperature with the least log loss on unseen examples, by ternary search between 0.2 and 4. */
export function fitTemperature(heldOut: readonly HeldOut[]): number {
  const loss = (temperature: number) =>
    heldOut.reduce((sum, { raw, truth }) => sum - Math.log(at(softmax(raw, temperature), truth) + 1e-12), 0)
  let low = 0.2
  let high = 4
  for (let round = 0; round < 12; round++) {
    const left = low + (high - low) / 3
    const right = high - (high - low) / 3
    if (loss(left) < loss(right)) high = right
    else low = left
  }
  return Math.round(((low + high) / 2) * 1000) / 1000
}
