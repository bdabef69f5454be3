import type { LabelledMessage } from '../../intents/guard-set.ts'
import { categories, intents, type Understander, type Understanding } from '../../intents/understanding.ts'

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
  const results = messages.map((message): Result => ({ message, got: understander.understand(message.text) }))
  const chatter = results.filter(({ message }) => message.intent === 'chatter')
  const wanted = results.filter(({ message }) => message.intent !== 'chatter')
  const intentPairs = results.map(({ message, got }): Pair => [message.intent, got.intent])
  const categoryPairs = results.flatMap(({ message, got }): Pair[] =>
    message.category && got.category ? [[message.category, got.category]] : [],
  )
  const perIntent = qualities(intents, intentPairs)
  const count = (test: (result: Result) => boolean) => results.filter(test).length
  return {
    macroF1: mean(Object.values(perIntent).map(({ f1 }) => f1)),
    intents: perIntent,
    complaintRecall: perIntent['complaint']?.recall ?? 0,
    categoryAccuracy: mean(categoryPairs.map(([expected, got]) => (expected === got ? 1 : 0))),
    categories: qualities(categories, categoryPairs),
    spokenChatter: chatter.filter(({ got }) => got.evidence).length,
    chatter: chatter.length,
    heard: wanted.filter(({ got }) => got.evidence).length,
    wanted: wanted.length,
    emergencies: {
      found: count(({ message, got }) => message.emergency && isEmergency(got)),
      missed: count(({ message, got }) => message.emergency && !isEmergency(got)),
      false: count(({ message, got }) => !message.emergency && isEmergency(got)),
    },
    confusions: confusionsIn([...intentPairs, ...categoryPairs]),
    mistakes: results.flatMap(mistakesIn),
  }
}

interface Result {
  readonly message: LabelledMessage
  readonly got: Understanding
}

function isEmergency({ urgency }: Understanding): boolean {
  return urgency === 'emergency'
}

function mistakesIn({ message, got }: Result): Mistake[] {
  const note = (kind: Mistake['kind'], expected: string, actual: string): Mistake[] =>
    expected === actual
      ? []
      : [{ kind, expected, got: actual, confidence: got.confidence, message, why: got.why }]
  const spoke = got.evidence ? 'spoken' : 'unheard'
  const wanted = message.intent === 'chatter' ? 'unheard' : 'spoken'
  return [
    ...note('intent', message.intent, got.intent),
    ...note(spoke, wanted, spoke),
    ...note('emergency', String(message.emergency), String(isEmergency(got))),
    ...(message.category && got.category ? note('category', message.category, got.category) : []),
  ]
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
