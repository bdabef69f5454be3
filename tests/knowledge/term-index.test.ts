import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Field, saturation, TermIndex, type WeightedTerm } from '../../knowledge/term-index.ts'

const fields: readonly Field[] = [
  { weight: 3, damping: 0.3 },
  { weight: 1, damping: 0.6 },
]

type Documents = readonly (readonly (readonly number[])[])[]

function indexOf(documents: Documents): TermIndex {
  return new TermIndex({
    documents: documents.length,
    fields,
    read(document, field, into) {
      const terms = documents[document]?.[field] ?? []
      into.reserve(terms.length)
      for (const term of terms) {
        into.terms[into.length++] = term
      }
    },
  })
}

/** BM25F as the book writes it: no postings, no bytes, no tricks. */
function naiveScores(documents: Documents, query: readonly WeightedTerm[]): number[] {
  const averages = fields.map(
    (_, field) =>
      documents.reduce((sum, document) => sum + (document[field]?.length ?? 0), 0) / documents.length,
  )
  return documents.map((document) =>
    query.reduce((score, { term, weight }) => {
      const frequency = fields.reduce((sum, { weight: share, damping }, field) => {
        const terms = document[field] ?? []
        const count = terms.filter((each) => each === term).length
        return sum + (share * count) / (1 - damping + (damping * terms.length) / (averages[field] || 1))
      }, 0)
      return score + (weight * frequency) / (frequency + saturation)
    }, 0),
  )
}

const term = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 0xffffffff }))
const documents = fc.array(fc.tuple(fc.array(term, { maxLength: 8 }), fc.array(term, { maxLength: 30 })), {
  minLength: 1,
  maxLength: 30,
})
const query = fc.uniqueArray(fc.record({ term, weight: fc.double({ min: 0.1, max: 5, noNaN: true }) }), {
  selector: (each) => each.term,
  maxLength: 8,
})

describe('the index of terms', () => {
  it('scores as its naive twin does, but for the rounding of impacts to a byte', () => {
    fc.assert(
      fc.property(documents, query, (texts, wanted) => {
        const expected = naiveScores(texts, wanted)
        const hits = indexOf(texts).search(wanted, texts.length)
        // Half a step of 1/255 a term, and a whole one where an impact was raised to the least.
        const tolerance = wanted.reduce((sum, { weight }) => sum + weight / 255, 1e-4)
        expect(hits).toHaveLength(expected.filter((score) => score > 0).length)
        for (const { document, score } of hits) {
          expect(Math.abs(score - (expected[document] as number))).toBeLessThanOrEqual(tolerance)
        }
      }),
    )
  })

  it('lists the best first and the earlier document first among equals', () => {
    fc.assert(
      fc.property(documents, query, fc.integer({ min: 1, max: 5 }), (texts, wanted, limit) => {
        const index = indexOf(texts)
        const all = index.search(wanted, texts.length)
        const sorted = [...all].sort((one, other) => other.score - one.score || one.document - other.document)
        expect(all).toEqual(sorted)
        expect(index.search(wanted, limit)).toEqual(all.slice(0, limit))
      }),
    )
  })

  it('forgets one search before the next', () => {
    fc.assert(
      fc.property(documents, query, query, (texts, first, second) => {
        const index = indexOf(texts)
        const fresh = index.search(second, 10)
        index.search(first, 10)
        expect(index.search(second, 10)).toEqual(fresh)
      }),
    )
  })

  it('counts in how many documents a term occurs, once for each', () => {
    fc.assert(
      fc.property(documents, term, (texts, wanted) => {
        const expected = texts.filter((text) => text.some((terms) => terms.includes(wanted))).length
        expect(indexOf(texts).spread(wanted)).toBe(expected)
      }),
    )
  })

  it('calls a term rarer the fewer documents have it', () => {
    const index = indexOf([
      [[], [1, 2]],
      [[], [1]],
      [[], [1, 3]],
    ])
    expect(index.rarity(2)).toBeGreaterThan(index.rarity(1))
    expect(index.rarity(99)).toBeGreaterThan(index.rarity(2))
  })

  it('finds nothing where there are no documents', () => {
    expect(indexOf([]).search([{ term: 1, weight: 1 }], 10)).toEqual([])
  })
})
