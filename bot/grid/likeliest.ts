/** 网格圆 → 网格员: what was most likely meant, or undefined when nothing is like it. */
export function likeliest(said: string, known: Iterable<string>): string | undefined {
  let best: { readonly word: string; readonly score: number } | undefined
  for (const word of known) {
    const score = likeness(said, word)
    if (score > (best?.score ?? 0.45)) best = { word, score }
  }
  return best?.word
}

/** 0 to 1: characters in common, counted as often as both have them. Pairs in the same order count as much again. */
function likeness(one: string, other: string): number {
  return (common([...one], [...other]) + common(pairsOf(one), pairsOf(other))) / 2
}

function pairsOf(text: string): readonly string[] {
  const characters = [...`^${text}$`]
  return characters.slice(1).map((character, at) => `${characters[at]}${character}`)
}

function common(one: readonly string[], other: readonly string[]): number {
  const left = [...other]
  let shared = 0
  for (const each of one) {
    const at = left.indexOf(each)
    if (at === -1) continue
    left.splice(at, 1)
    shared++
  }
  return (2 * shared) / Math.max(1, one.length + other.length)
}
