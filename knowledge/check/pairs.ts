import type { QuestionGrouping } from '../question-groups.ts'
import { type AlikeQuestions, findAlikeQuestions } from './alike-questions.ts'
import { findAlikeTexts } from './alike-texts.ts'
import { figuresAskedFor } from './asked-figures.ts'
import { conflictOf, type Figure, readFigures } from './figures.ts'
import { type Finding, type Placed, placeOf } from './finding.ts'

/** From here on two questions are taken for one; below, a person has to look. */
const surelySame = 0.9

export interface PairOptions {
  readonly grouping: QuestionGrouping
  /** 2026-11-18: what has expired contradicts nobody. */
  readonly today: string
  readonly onPassage?: (done: number, all: number) => void
}

/** What two passages say against each other, or both say: contradictions, near duplicates, questions asked twice. */
export function checkPairs(all: readonly Placed[], { grouping, today, onPassage }: PairOptions): Finding[] {
  const placed = all.filter(({ passage }) => passage.validUntil === undefined || passage.validUntil >= today)
  const steps = 2 * placed.length
  const texts = findAlikeTexts(
    placed.map(({ passage }) => passage.text),
    (done) => onPassage?.(done, steps),
  )
  const questions = findAlikeQuestions(placed, grouping, (done) => onPassage?.(placed.length + done, steps))
  const figures = lazyFigures(placed)
  const told = new Set<string>()
  const findings: Finding[] = []
  const tell = (one: number, other: number, finding: Finding | undefined) => {
    if (finding === undefined || told.has(`${one} ${other}`) || areApart(placed[one], placed[other])) return
    told.add(`${one} ${other}`)
    findings.push(finding)
  }
  for (const { one, other } of texts) tell(one, other, contradiction(placed, figures, one, other))
  // sections of one document were written beside each other, and differ on purpose
  for (const pair of questions)
    if (pair.same || placed[pair.one]?.file !== placed[pair.other]?.file)
      tell(pair.one, pair.other, contradiction(placed, figures, pair.one, pair.other, pair))
  for (const { one, other, likeness } of texts) tell(one, other, duplicate(placed, one, other, likeness))
  for (const pair of questions) tell(pair.one, pair.other, repeated(placed, pair))
  return findings
}

function lazyFigures(placed: readonly Placed[]): (at: number) => readonly Figure[] {
  const known = new Map<number, readonly Figure[]>()
  return (at) => {
    const figures = known.get(at) ?? readFigures(placed[at]?.passage.text ?? '')
    known.set(at, figures)
    return figures
  }
}

function contradiction(
  placed: readonly Placed[],
  figuresOf: (at: number) => readonly Figure[],
  first: number,
  second: number,
  asked?: AlikeQuestions,
): Finding | undefined {
  const [one, other] = [placed[first], placed[second]]
  if (!one || !other || areParts(one, other)) return undefined
  const wanted = asked && figuresAskedFor(asked.question)
  const conflict = conflictOf(figuresOf(first), figuresOf(second), (kind) => wanted?.has(kind) ?? true)
  if (!conflict) return undefined
  const sure = asked === undefined || asked.likeness >= surelySame
  const subject = asked ? `“${asked.question}”` : 'nearly the same text'
  const figures = `${conflict.one.written} in one, ${conflict.other.written} in the other`
  return {
    ...{ kind: 'contradiction', status: sure ? 'fault' : 'note', places: [placeOf(one), placeOf(other)] },
    message: sure
      ? `${subject}: ${figures}: correct one, or give the older one a valid_until`
      : `${subject}: ${figures}: look whether both can hold`,
  }
}

function duplicate(
  placed: readonly Placed[],
  first: number,
  second: number,
  likeness: number,
): Finding | undefined {
  const [one, other] = [placed[first], placed[second]]
  if (!one || !other) return undefined
  return {
    ...{ kind: 'duplicate', status: 'fault', places: [placeOf(one), placeOf(other)] },
    message: `${Math.floor(100 * likeness)}% the same text: keep one`,
  }
}

function repeated(
  placed: readonly Placed[],
  { one: first, other: second, same, question }: AlikeQuestions,
): Finding | undefined {
  const [one, other] = [placed[first], placed[second]]
  // two that only mean the same may both be right, and each may say more
  if (!one || !other || !same || one.file === other.file) return undefined
  return {
    ...{ kind: 'repeated', status: 'fault', places: [placeOf(one), placeOf(other)] },
    message: `“${question}” stands in both: keep one`,
  }
}

/** What holds in one community need not hold in the next: 槐荫社区 and 梧桐社区, but not 槐荫社区 and 全市. */
function areApart(one: Placed | undefined, other: Placed | undefined): boolean {
  const [here, there] = [one?.passage.region, other?.passage.region]
  return here !== undefined && there !== undefined && here !== there && here.slice(-2) === there.slice(-2)
}

/** A long section is cut into parts that keep its heading. */
function areParts(one: Placed, other: Placed): boolean {
  return one.isDocument && one.file === other.file && one.passage.heading === other.passage.heading
}
