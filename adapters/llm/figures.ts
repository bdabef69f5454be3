/** Do the figures of an answer stand in the passages, and together where the answer has them together? */
import type { ModelPassage } from '../../bot/ports/model.ts'
import { type Fact, factsIn } from './facts.ts'

/** What one sentence of a passage bears out, its headings included. */
interface Sentence {
  readonly exact: ReadonlySet<string>
  /** The numbers alone, for an answer that says no unit. */
  readonly values: ReadonlySet<string>
  readonly pairs: ReadonlySet<string>
}

/**
 * Clause by clause: all its figures must stand in one sentence that shares at least one word with the clause.
 * So 800元 of another rule is not taken for this one's, even though it stands in the same passage.
 */
export function figuresStand(answer: string, passages: readonly ModelPassage[]): boolean {
  const sentences = passages.flatMap(sentencesOf)
  return clausesOf(withoutListNumbers(answer)).every((clause) => {
    const facts = factsIn(clause)
    if (facts.length === 0) return true
    const pairs = [...pairsIn(clause)]
    return sentences.some(
      (sentence) =>
        facts.every((fact) => bearsOut(sentence, fact)) &&
        (pairs.length === 0 || pairs.some((pair) => sentence.pairs.has(pair))),
    )
  })
}

function sentencesOf({ title, heading, text }: ModelPassage): Sentence[] {
  return text.split(/[。！!？?；;\n]/).map((part) => {
    const whole = `${title}\n${heading}\n${part}`
    const facts = factsIn(whole)
    return {
      exact: new Set(facts.map(keyOf)),
      values: new Set(facts.filter(({ kind }) => kind === 'number').map(({ value }) => value)),
      pairs: pairsIn(whole),
    }
  })
}

function bearsOut({ exact, values }: Sentence, fact: Fact): boolean {
  if (exact.has(keyOf(fact))) return true
  return fact.kind === 'number' && fact.unit === undefined && values.has(fact.value)
}

function keyOf({ kind, value, unit }: Fact): string {
  return `${kind} ${value} ${unit ?? ''}`
}

/** A comma inside 1,500 parts nothing. */
function clausesOf(answer: string): string[] {
  return answer.split(/(?<!\d)[，,]|[，,](?!\d{3}(?!\d))|[。！!？?；;\n]/)
}

/** Every two Chinese characters that stand together: the nearest thing to words without a dictionary. */
function pairsIn(text: string): Set<string> {
  const runs = text.match(/[\u3400-\u9fff]{2,}/g) ?? []
  return new Set(
    runs.flatMap((run) => Array.from({ length: run.length - 1 }, (_, at) => run.slice(at, at + 2))),
  )
}

/** 1. … 2. … in their order are the answer's own numbering. */
export function withoutListNumbers(answer: string): string {
  let next = 1
  return answer.replace(/(^|[\n。；;：:]\s*)(\d)[.、)）](?!\d)/g, (whole, before: string, digit: string) => {
    if (Number(digit) !== next) return whole
    next++
    return before
  })
}
