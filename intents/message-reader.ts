import { extractFeatures } from './features.ts'
import { type Model, type Vector, vectorOf } from './linear-model.ts'
import { type RegisterReading, readRegister } from './register.ts'
import type { Signs } from './signs.ts'

/** Messages as the model sees them. */
export interface MessageReader {
  readonly model: Model
  readonly signs: Signs
  vectorOf(normalized: string): Vector
  registerOf(normalized: string): RegisterReading
}

interface Reading {
  readonly normalized: string
  readonly vector: Vector
  /** Read when it is asked for. */
  register?: RegisterReading
}

/** Keeps the last reading: the emergency judge, the intent and the category look at one message in a row. */
export function createMessageReader(model: Model, signs: Signs): MessageReader {
  const read = (normalized: string): Reading => ({
    normalized,
    vector: vectorOf(extractFeatures(normalized, signs), model.rarity),
  })
  let last = read('')
  const lookAt = (normalized: string) => {
    if (last.normalized !== normalized) last = read(normalized)
    return last
  }
  return {
    model,
    signs,
    vectorOf: (normalized) => lookAt(normalized).vector,
    registerOf(normalized) {
      const reading = lookAt(normalized)
      reading.register ??= readRegister(model, reading.vector)
      return reading.register
    },
  }
}
