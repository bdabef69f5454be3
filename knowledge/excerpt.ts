import { foldText } from './terms.ts'

/**
 * At most `limit` characters of `text`: whole sentences that follow each other, those that have most in common
 * with the question. Long replies begin with greetings, and what was asked stands further down.
 */
export function excerpt(text: string, question: string, limit: number): string {
  const flat = text.replace(/[ \t\r]*\n\s*/g, '\n').trim()
  if (flat.length <= limit) {
    return flat
  }
  // Room for the two marks of omission.
  const room = limit - 2
  const sentences = flat.match(/[^。！？；\n]+[。！？；\n]*/g) ?? [flat]
  const pairs = pairsOf(question)
  const values = sentences.map((sentence) => sharedPairs(sentence, pairs))
  let best = { start: 0, end: 0, value: -1 }
  for (let start = 0; start < sentences.length; start++) {
    const end = endWithin(sentences, start, room)
    const value = values.slice(start, end).reduce((sum, each) => sum + each, 0)
    if (end > start && value > best.value) {
      best = { start, end, value }
    }
  }
  if (best.end === 0) {
    // No sentence fits: there is nothing better than to cut one.
    return `${flat.slice(0, room)}…`
  }
  const chosen = sentences.slice(best.start, best.end).join('').trim()
  return `${best.start > 0 ? '…' : ''}${chosen}${best.end < sentences.length ? '…' : ''}`
}

function endWithin(sentences: readonly string[], start: number, room: number): number {
  let length = 0
  let end = start
  while (end < sentences.length && length + (sentences[end] as string).length <= room) {
    length += (sentences[end] as string).length
    end++
  }
  return end
}

function pairsOf(text: string): Set<string> {
  const folded = foldText(text)
  const pairs = new Set<string>()
  for (let at = 1; at < folded.length; at++) {
    const pair = folded.slice(at - 1, at + 1)
    if (!pair.includes(' ')) {
      pairs.add(pair)
    }
  }
  return pairs
}

function sharedPairs(sentence: string, pairs: ReadonlySet<string>): number {
  let shared = 0
  for (const pair of pairsOf(sentence)) {
    shared += pairs.has(pair) ? 1 : 0
  }
  return shared
}
