import { extractFeatures } from './features.ts'
import { type Model, type Vector, vectorOf } from './linear-model.ts'
import type { Signs } from './signs.ts'

/** Messages as the model sees them. */
export interface MessageReader {
  readonly model: Model
  readonly signs: Signs
  vectorOf(normalized: string): Vector
}

/** Keeps the last vector: the emergency judge, the intent and the category look at one message in a row. */
export function createMessageReader(model: Model, signs: Signs): MessageReader {
  const read = (normalized: string) => vectorOf(extractFeatures(normalized, signs), model.rarity)
  let last = { normalized: '', vector: read('') }
  return {
    model,
    signs,
    vectorOf(normalized) {
      if (last.normalized !== normalized) last = { normalized, vector: read(normalized) }
      return last.vector
    },
  }
}
