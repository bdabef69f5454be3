import { categories, intents, type Understander } from '../../intents/understanding.ts'
import type { LabelledMessage } from './labelled-messages.ts'

/** Precision, recall and their harmonic mean, each 0 to 1. */
export interface Quality {
  readonly precision: number
  readonly recall: number
  readonly f1: number
  readonly messages: number
}

export interface UnderstandingFigures {
  readonly macroF1: number
  readonly intents: Readonly<Record<string, Quality>>
  readonly complaintRecall: number
  /** Right categories among complaints understood as complaints. */
  readonly categoryAccuracy: number
  readonly categories: Readonly<Record<string, Quality>>
  /** Chatter with evidence and confidence: the bot would speak. */
  readonly spokenChatter: number
  readonly chatter: number
  /** Messages with an intent of their own that have evidence: the bot would answer or act. */
  readonly heard: number
  readonly wanted: number
  readonly emergencies: { readonly found: number; readonly missed: number; readonly false: number }
  /** `policy>chatter` and how often. */
  readonly confusions: Readonly<Record<string, number>>
  readonly mistakes: readonly Mistake[]
}

export interface Mistake {
  readonly kind: 'intent' | 'category' | 'spoken' | 'unheard' | 'emergency'
  readonly expected: string
  readonly got: string
  readonly confidence: number
  readonly message: LabelledMessage
  readonly why: string
}

/** Runs the understander over labelled messages and counts. */
export function measureUnderstanding(
  understander: Understander,
  messages: readonly LabelledMessage[],
): UnderstandingFigures {
  const intentPairs: Pair[] = []
  const categoryPairs: Pair[] = []
  const mistakes: Mistake[] = []
  const counts = { spokenChatter: 0, chatter: 0, heard: 0, wanted: 0, found: 0, missed: 0, false: 0 }

  for (const message of messages) {
    const got = understander.understand(message.text)
    const note = (kind: Mistake['kind'], expected: string, actual: string) =>
      mistakes.push({ kind, expected, got: actual, confidence: got.confidence, message, why: got.why })

    intentPairs.push([message.intent, got.intent])
    if (got.intent !== message.intent) note('intent', message.intent, got.intent)

    if (message.intent === 'chatter') {
      counts.chatter++
      if (got.evidence) {
        counts.spokenChatter++
        note('spoken', 'silence', got.intent)
      }
    } else {
      counts.wanted++
      if (got.evidence) counts.heard++
      else note('unheard', message.intent, got.intent)
    }

    const emergency = got.urgency === 'emergency'
    if (emergency && message.emergency) counts.found++
    if (emergency !== message.emergency) {
      counts[message.emergency ? 'missed' : 'false']++
      note('emergency', message.emergency ? 'emergency' : 'none', got.emergency ?? 'none')
    }

    if (message.category && got.category) {
      categoryPairs.push([message.category, got.category])
      if (got.category !== message.category) note('category', message.category, got.category)
    }
  }

  const perIntent = qualities(intents, intentPairs)
  return {
    macroF1: mean(Object.values(perIntent).map(({ f1 }) => f1)),
    intents: perIntent,
    complaintRecall: perIntent['complaint']?.recall ?? 0,
    categoryAccuracy: mean(categoryPairs.map(([expected, got]) => (expected === got ? 1 : 0))),
    categories: qualities(categories, categoryPairs),
    spokenChatter: counts.spokenChatter,
    chatter: counts.chatter,
    heard: counts.heard,
    wanted: counts.wanted,
    emergencies: { found: counts.found, missed: counts.missed, false: counts.false },
    confusions: confusionsIn([...intentPairs, ...categoryPairs]),
    mistakes,
  }
}

/** For people: the figures in a few lines. */
export function describeFigures(figures: UnderstandingFigures): string {
  const percent = (value: number) => value.toFixed(3)
  const rows = [...Object.entries(figures.intents), ...Object.entries(figures.categories)].map(
    ([name, { precision, recall, f1, messages }]) =>
      `  ${name.padEnd(13)} P ${percent(precision)}  R ${percent(recall)}  F ${percent(f1)}  n ${messages}`,
  )
  const confusions = Object.entries(figures.confusions)
    .sort((left, right) => right[1] - left[1])
    .slice(0, 12)
    .map(([pair, times]) => `${pair} ${times}`)
  const { found, missed, false: wrong } = figures.emergencies
  return [
    `macro-F1 ${percent(figures.macroF1)}  complaint recall ${percent(figures.complaintRecall)}  category ${percent(figures.categoryAccuracy)}`,
    `spoke on chatter ${figures.spokenChatter}/${figures.chatter}  heard ${figures.heard}/${figures.wanted}  emergencies found ${found}, missed ${missed}, false ${wrong}`,
    ...rows,
    `confusions: ${confusions.join(', ') || 'none'}`,
  ].join('\n')
}

type Pair = readonly [expected: string, got: string]

function qualities(labels: readonly string[], pairs: readonly Pair[]): Record<string, Quality> {
  return Object.fromEntries(
    labels.map((label) => {
      const right = pairs.filter(([expected, got]) => expected === label && got === label).length
      const messages = pairs.filter(([expected]) => expected === label).length
      const said = pairs.filter(([, got]) => got === label).length
      const precision = said === 0 ? 0 : right / said
      const recall = messages === 0 ? 0 : right / messages
      const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall)
      return [label, { precision, recall, f1, messages }]
    }),
  )
}

function confusionsIn(pairs: readonly Pair[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const [expected, got] of pairs) {
    if (expected === got) continue
    const name = `${expected}>${got}`
    counts[name] = (counts[name] ?? 0) + 1
  }
  return counts
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}

