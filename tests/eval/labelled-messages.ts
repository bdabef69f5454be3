import { type Category, categories, type Intent, intents } from '../../intents/understanding.ts'

/** One line of messages.tsv: `intent<TAB>category or -<TAB>text`; the intent `emergency` is a complaint. */
export interface LabelledMessage {
  readonly text: string
  readonly intent: Intent
  readonly category?: Category
  readonly emergency: boolean
  readonly line: number
}

/** Throws with the line number when a line is not in the form above. */
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
  // Mentions of the bot are taken out before understanding, as the bot does it.
  const text = rest
    .join('\t')
    .replaceAll('\\n', '\n')
    .replace(/@小邻\s*/g, '')
  return { text, intent, ...(category && { category }), emergency, line: number }
}
