import { nameFeatures } from './features.ts'
import type { MessageReader } from './message-reader.ts'
import { marks } from './normalize.ts'
import type { Intent } from './understanding.ts'

/** How many reasons are told, and how many features are looked at for them: neighbours become one word. */
const told = 4
const looked = 9
/** Of the lists of rules/ at most so many: their words must be looked for. */
const toldLists = 1
const worthNaming = 0.08

interface Reason {
  /** Asked of the few that are told: looking for the words takes time. */
  text(): string
  readonly weight: number
}

/** What spoke most for an intent, in the words of the message: `路灯 +0.41, 不亮 (broken) +0.33`. */
export function strongestReasons(normalized: string, intent: Intent, reader: MessageReader): string {
  // The model reads the text without the marks of pictures, and its positions are those.
  const shown = normalized.replaceAll(marks.picture, '')
  const strongest = strongestFeatures(normalized, intent, reader)
  const pairs = strongest.filter(({ start }) => start !== undefined)
  const reasons = [
    ...joined(pairs.map(({ start = 0, weight }) => ({ start, end: start + 2, weight }))).map(
      ({ start, end, weight }): Reason => ({ text: () => wholeCharacters(shown, start, end), weight }),
    ),
    ...strongest
      .filter(({ signs }) => signs.length > 0)
      .slice(0, toldLists)
      .map(({ signs, weight }): Reason => ({ text: () => inWords(signs, normalized, reader), weight })),
  ]
  const best = reasons.sort((left, right) => right.weight - left.weight).slice(0, told)
  return (
    best.map(({ text, weight }) => `${readable(text())} +${weight.toFixed(2)}`).join(', ') || 'nothing known'
  )
}

function strongestFeatures(normalized: string, intent: Intent, { model, signs, vectorOf }: MessageReader) {
  const { labels, weights, scale } = model.intent
  const label = labels.indexOf(intent)
  const { buckets, strengths } = vectorOf(normalized)
  const weightOf = new Map<number, number>()
  for (let index = 0; index < buckets.length; index++) {
    const bucket = buckets[index] ?? 0
    const weight = (weights[bucket * labels.length + label] ?? 0) * (strengths[index] ?? 0) * scale
    if (weight > worthNaming) weightOf.set(bucket, weight)
  }
  return nameFeatures(normalized, signs, weightOf)
    .map((feature) => ({ ...feature, weight: weightOf.get(feature.bucket) ?? 0 }))
    .sort((left, right) => right.weight - left.weight)
    .slice(0, looked)
}

interface Span {
  readonly start: number
  readonly end: number
  readonly weight: number
}

/** 没人 and 人管 are 没人管. */
function joined(spans: readonly Span[]): Span[] {
  const inOrder = [...spans].sort((left, right) => left.start - right.start)
  const words: Span[] = []
  for (const { start, end, weight } of inOrder) {
    const last = words.at(-1)
    if (last === undefined || start >= last.end) words.push({ start, end, weight })
    else words[words.length - 1] = { start: last.start, end, weight: last.weight + weight }
  }
  return words
}

/** 灯…不亮 (facilities-lamps, broken): what stands there, and the lists of rules/ in which it stands. */
function inWords(names: readonly string[], normalized: string, { signs }: MessageReader): string {
  const words = [...new Set(names.map((name) => signs.wordFor(name, normalized)))].filter(Boolean)
  const label = names.join(', ')
  return words.length > 0 ? `${words.join('…')} (${label})` : label
}

/** The features count in halves of a flower; people are shown whole ones. */
function wholeCharacters(text: string, start: number, end: number): string {
  const from = start > 0 && isBroken(text, start) ? start - 1 : start
  return text.slice(from, isBroken(text, end) ? end + 1 : end)
}

/** Whether a cut before `at` parts the two halves of one character. */
function isBroken(text: string, at: number): boolean {
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(at - 1, at + 1))
}

function readable(words: string): string {
  return words.replaceAll('\n', '↵').trim() || '␣'
}
