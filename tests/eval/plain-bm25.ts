/**
 * The yardstick for letters: BM25 over characters and pairs of question and answer joined, with nothing
 * else. What LinLi adds must show against it in the same run.
 */
export interface PlainSearch {
  /** Places of the documents, best first. */
  find(query: string, limit: number): number[]
}

const saturation = 1.2
const damping = 0.6
/** A single character counts this much of a pair. */
const singleShare = 0.35

export function plainBm25(texts: readonly string[]): PlainSearch {
  const postings = new Map<string, [document: number, count: number][]>()
  const lengths = texts.map((text, document) => {
    const counts = new Map<string, number>()
    const terms = termsOf(text)
    for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1)
    for (const [term, count] of counts) {
      const found = postings.get(term)
      if (found) found.push([document, count])
      else postings.set(term, [[document, count]])
    }
    return terms.length
  })
  const average = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, texts.length)
  return {
    find(query, limit) {
      const scores = new Map<number, number>()
      for (const term of new Set(termsOf(query))) {
        const found = postings.get(term) ?? []
        const rarity = Math.log(1 + (texts.length - found.length + 0.5) / (found.length + 0.5))
        const weight = rarity * (saturation + 1) * (term.length === 1 ? singleShare : 1)
        for (const [document, count] of found) {
          const length = (lengths[document] as number) / average
          const norm = saturation * (1 - damping + damping * length)
          scores.set(document, (scores.get(document) ?? 0) + (weight * count) / (count + norm))
        }
      }
      return [...scores]
        .sort((one, other) => other[1] - one[1] || one[0] - other[0])
        .slice(0, limit)
        .map(([document]) => document)
    },
  }
}

function termsOf(text: string): string[] {
  const runs = text.toLowerCase().match(/[\u3400-\u9fff0-9a-z]+/gu) ?? []
  return runs.flatMap((run) =>
    Array.from(run).flatMap((character, at) =>
      at === 0 ? [character] : [character, run.slice(at - 1, at + 1)],
    ),
  )
}
