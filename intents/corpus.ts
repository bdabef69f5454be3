import {
  type Category,
  categories,
  emergencyKinds,
  type Intent,
  intents,
  type KnownEmergency,
  type Register,
  type Urgency,
  urgencies,
} from './understanding.ts'

/** One labelled message. */
export interface Example {
  readonly text: string
  readonly intent: Intent
  /** Present with complaint, when its file names one. */
  readonly category?: Category
  readonly urgency: Urgency
  /** Present with emergencies: the end of the file's name, safety-emergency-fire.txt. */
  readonly emergency?: KnownEmergency
  /** Sounds like one and is none: from a file of chatter named near-emergency-…. */
  readonly nearEmergency?: true
  /** Absent for neighbours' talk. */
  readonly register?: Register
  /** Where it stands, `complaint/noise.txt:12`. */
  readonly source: string
}

export interface CorpusFile {
  /** `<intent>/<name>.txt` */
  readonly path: string
  readonly content: string
}

export class CorpusError extends Error {
  override readonly name = 'CorpusError'
  readonly code = 'corpus.unreadable'
}

interface Header {
  category?: Category
  urgency: Urgency
}

/**
 * Reads corpus files into examples, in the order given. The folder is the intent; lines beginning with `#` are
 * the header as long as they stand at the top, later they are messages (#接龙); `\n` in a line is a line break.
 * Names say the rest: letter-…, far-headlines-…, far-reviews-…, far-apps-…, near-emergency-…, …-emergency-…-fire.
 */
export function parseCorpus(files: readonly CorpusFile[]): Example[] {
  return files.flatMap(parseFile)
}

function parseFile(file: CorpusFile): Example[] {
  const folder = file.path.split('/')[0]
  const intent = intents.find((known) => known === folder)
  if (!intent)
    throw new CorpusError(`${file.path}: expected a folder named ${intents.join(', ')}, got ${folder}`)

  const header: Header = { urgency: 'normal' }
  const kind = emergencyKinds.find((known) => file.path.endsWith(`-${known}.txt`))
  const near = file.path.includes('/near-emergency-') ? { nearEmergency: true as const } : {}
  const register = registerOf(file.path)
  const examples: Example[] = []
  let inHeader = true
  for (const [index, line] of file.content.split(/\r?\n/).entries()) {
    const source = `${file.path}:${index + 1}`
    const field = inHeader ? /^#\s*(topic|category|urgency):\s*(.*)$/.exec(line) : null
    if (field) {
      readHeader(header, field[1] ?? '', (field[2] ?? '').trim(), source)
      continue
    }
    if (line.trim() === '') continue
    inHeader = false
    const emergency = header.urgency === 'emergency' && kind ? { emergency: kind } : {}
    examples.push({ text: messageOf(line), intent, ...header, ...emergency, ...near, ...register, source })
  }
  if (intent === 'complaint' && !header.category)
    throw new CorpusError(`${file.path}:1: expected "# category: ${categories.join(' | ')}"`)
  if (header.urgency === 'emergency' && !kind)
    throw new CorpusError(
      `${file.path}:1: the name of a file of emergencies ends in -${emergencyKinds.join(', -')}`,
    )
  return examples
}

const registerNames: readonly (readonly [name: string, register: Register])[] = [
  ['/letter-', 'letter'],
  ['far-headlines-', 'headline'],
  ['far-reviews-', 'review'],
  ['far-apps-', 'description'],
]

function registerOf(path: string): { readonly register?: Register } {
  const found = registerNames.find(([name]) => path.includes(name))
  return found ? { register: found[1] } : {}
}

function readHeader(header: Header, field: string, value: string, source: string): void {
  if (field === 'category') {
    const category = categories.find((known) => known === value)
    if (!category)
      throw new CorpusError(`${source}: category is one of ${categories.join(', ')}, got "${value}"`)
    header.category = category
  } else if (field === 'urgency') {
    const urgency = urgencies.find((known) => known === value)
    if (!urgency)
      throw new CorpusError(`${source}: urgency is one of ${urgencies.join(', ')}, got "${value}"`)
    header.urgency = urgency
  }
}

/** Mentions of the bot are taken out, as the bot takes them out before it asks for understanding. */
function messageOf(line: string): string {
  return line
    .replaceAll('\\n', '\n')
    .replace(/@小邻[\s\u2005]*/g, '')
    .trim()
}
