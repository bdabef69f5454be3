import {
  type Category,
  categories,
  type Intent,
  intents,
  type Understander,
  type Understanding,
} from './understanding.ts'

/** Messages that training never sees: whether a new model may be taken is decided on them. */

/** One line: `intent<TAB>category or -<TAB>text`; the intent `emergency` is a complaint. */
export interface LabelledMessage {
  readonly text: string
  readonly intent: Intent
  readonly category?: Category
  readonly emergency: boolean
  readonly line: number
}

/** @throws Error with the line number when a line is not in the form above */
export function parseLabelledMessages(content: string): LabelledMessage[] {
  return content
    .split('\n')
    .flatMap((line, index) => (line.trim() === '' ? [] : [parseLine(line, index + 1)]))
}

function parseLine(line: string, number: number): LabelledMessage {
  const [said, categoryName, ...rest] = line.split('\t')
  const emergency = said === 'emergency'
  const intent = emergency ? 'complaint' : intents.find((known) => known === said)
  if (!intent || rest.length === 0)
    throw new Error(`line ${number}: expected intent<TAB>category or -<TAB>text, got "${line.slice(0, 60)}"`)
  const category = categories.find((known) => known === categoryName)
  if (!category && categoryName !== '-')
    throw new Error(`line ${number}: category is one of ${categories.join(', ')} or -, got "${categoryName}"`)
  // mentions of the bot are taken out before understanding, as the bot does it
  const text = rest
    .join('\t')
    .replaceAll('\\n', '\n')
    .replace(/@小邻\s*/g, '')
  return { text, intent, ...(category && { category }), emergency, line: number }
}

/** Shares are 0 to 1; the others count messages. */
export interface GuardScore {
  readonly macroF1: number
  readonly complaintRecall: number
  /** Right categories among complaints understood as complaints. */
  readonly category: number
  /** Chatter that the bot would speak to. */
  readonly spokenChatter: number
  readonly emergenciesMissed: number
  readonly emergenciesFalse: number
}

export function scoreGuard(understander: Understander, messages: readonly LabelledMessage[]): GuardScore {
  const results = messages.map((message) => ({ message, got: understander.understand(message.text) }))
  const count = (test: (result: (typeof results)[number]) => boolean) => results.filter(test).length
  const meant = (intent: Intent) => count(({ message }) => message.intent === intent)
  const both = (intent: Intent) =>
    count(({ message, got }) => message.intent === intent && got.intent === intent)
  const f1 = intents.map((intent) => {
    const said = count(({ got }) => got.intent === intent)
    return said + meant(intent) === 0 ? 1 : (2 * both(intent)) / (said + meant(intent))
  })
  const sorted = count(({ message, got }) => Boolean(message.category && got.category))
  const urgent = (urgency: string) => urgency === 'emergency'
  return {
    macroF1: f1.reduce((sum, each) => sum + each, 0) / f1.length,
    complaintRecall: share(both('complaint'), meant('complaint')),
    category: share(
      count(({ message, got }) => Boolean(message.category && message.category === got.category)),
      sorted,
    ),
    spokenChatter: count(({ message, got }) => message.intent === 'chatter' && got.evidence),
    emergenciesMissed: count(({ message, got }) => message.emergency && !urgent(got.urgency)),
    emergenciesFalse: count(({ message, got }) => !message.emergency && urgent(got.urgency)),
  }
}

function share(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole
}

/** What is worse in `after`, by name; nothing: it may be taken. */
export function whatIsWorse(before: GuardScore, after: GuardScore): (keyof GuardScore)[] {
  const moreIsBetter = ['macroF1', 'complaintRecall', 'category'] as const
  const lessIsBetter = ['spokenChatter', 'emergenciesMissed', 'emergenciesFalse'] as const
  return [
    ...moreIsBetter.filter((name) => after[name] < before[name]),
    ...lessIsBetter.filter((name) => after[name] > before[name]),
  ]
}

/** Messages that `after` understands otherwise than `before`, and wrongly; `heardAs`: a category, or an intent. */
export function newlyWrong(
  { before, after }: { readonly before: Understander; readonly after: Understander },
  messages: readonly LabelledMessage[],
): { readonly message: LabelledMessage; readonly heardAs: Category | Intent }[] {
  return messages.flatMap((message) => {
    const heardAs = labelIn(after.understand(message.text))
    const isNew = heardAs !== labelIn(before.understand(message.text))
    return isNew && heardAs !== labelIn(message) ? [{ message, heardAs }] : []
  })
}

function labelIn({ intent, category }: Pick<Understanding, 'intent' | 'category'>): Category | Intent {
  return category ?? intent
}
