import type { Carriers } from './carriers.ts'
import type { NameIndex, Query } from './name-index.ts'
import type { Clause, Part, Reading } from './read-question.ts'
import type { GarbageItem } from './sorting.ts'

export interface Found {
  readonly item: GarbageItem
  readonly confidence: number
  readonly why: string
}

const partWeight = { thing: 1, modifier: 0.4, state: 0.25 }

export function lookUp(reading: Reading, index: NameIndex, carriers: Carriers): Found | undefined {
  let best: Found | undefined
  for (const clause of reading.clauses) {
    const found = inClause(clause, index, carriers)
    if (found && found.confidence > (best?.confidence ?? 0)) best = found
  }
  if (best === undefined) return undefined
  return reading.asks ? best : { ...best, confidence: best.confidence * 0.4 }
}

function inClause({ parts }: Clause, index: NameIndex, carriers: Carriers): Found | undefined {
  const stated = textOf(parts)
  const core = textOf(parts.filter(({ kind }) => kind !== 'state'))
  if (stated === '') return undefined
  const exact = index.exact(stated) ?? index.exact(core)
  if (exact) return { item: exact, confidence: 0.97, why: 'exact' }
  const [best] = index.similar(toQuery(parts))
  if (best) return { item: best.item, confidence: Math.min(0.95, best.score), why: `similar ${best.name}` }
  return undefined
}

function textOf(parts: readonly Part[]): string {
  return parts.map(({ text }) => text).join('')
}

function toQuery(parts: readonly Part[]): Query {
  const characters: string[] = []
  const weights: number[] = []
  for (const { text, kind } of parts) {
    for (const character of text.replace(/的/gu, '').replace(/(.)\1/gu, '$1')) {
      characters.push(character)
      weights.push(partWeight[kind])
    }
  }
  return { characters, weights }
}
