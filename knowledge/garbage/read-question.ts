import { Converter } from 'opencc-js/t2cn'
import type { Carriers } from './carriers.ts'
import type { NameIndex } from './name-index.ts'
import type { States } from './states.ts'

/**
 * Takes a sentence apart: 昨天喝剩的豆浆往哪倒啊 is 豆浆, in the state 喝剩的, and asks for a bin.
 */
export interface Reading {
  readonly clauses: readonly Clause[]
  /** Some clause asks which bin. */
  readonly asks: boolean
  /** Somebody looks for what was lost. */
  readonly seeks: boolean
  /** Perhaps rubbish is only a word of scorn here. */
  readonly scolds: boolean
}

export interface Clause {
  /** What may name the thing, in the order said. */
  readonly parts: readonly Part[]
  /** 装过, of 装过农药的玻璃瓶. */
  readonly holding: string
  readonly asks: boolean
}

export interface Part {
  readonly text: string
  /** thing: may be its name; state: what became of it; modifier: a thing before the last 的. */
  readonly kind: 'thing' | 'state' | 'modifier'
}

type Names = Pick<NameIndex, 'isName' | 'longestFrom'>

export type Reader = (text: string) => Reading

/** Weightless words, by where they may stand. */
type Role = 'before' | 'holding' | 'inside' | 'after' | 'state' | 'measure'

interface Token {
  readonly text: string
  readonly role: Role | 'thing' | 'asking'
}

/** What comes later is not read: nobody asks about rubbish in more. */
const longestText = 300
const clauseBreak = /[\s,。!?;:~、…．.·"'“”‘’【】《》「」—-]+/u

/** What stands inside a name is never cut. */
export function createReader(carriers: Carriers, states: States, names: Names): Reader {
  const words = rolesOf(carriers, states)
  const longestWord = new Map<string, number>()
  for (const word of words.keys()) {
    const first = word[0] as string
    longestWord.set(first, Math.max(longestWord.get(first) ?? 0, word.length))
  }
  const scanner = { carriers, words, longestWord, names }
  return (text) => {
    const said = plain(text)
    const clauses = said
      .split(clauseBreak)
      .filter((clause) => clause !== '')
      .map((clause) => toClause(cut(clause, scanner)))
    return {
      ...{ clauses, asks: clauses.some((clause) => clause.asks) },
      ...{ seeks: carriers.lost.test(said), scolds: carriers.scolded.test(said) },
    }
  }
}

// Replaces itself at the first text, because the table takes 20 ms to build.
let toSimplified: (text: string) => string = (text) => {
  toSimplified = Converter({ from: 't', to: 'cn' })
  return toSimplified(text)
}

const madeOf =
  /[用拿]?(?:(塑料|塑胶|玻璃|陶瓷|不锈钢|金属|硅胶|橡胶|泡沫|铁|纸|布)|(?:(竹|木)[子头]?))(?:材质|制作|制成|制|做成|做)的(?=\S)/gu

/** Simplified characters, full-width to half-width, small letters, no mentions, not where it comes from; 杯子是玻璃的 and 玻璃做的杯子 are said as 玻璃杯子. */
export function plain(text: string): string {
  return toSimplified(text.slice(0, longestText))
    .normalize('NFKC')
    .toLowerCase()
    .replace(/@\S+\s?/gu, '')
    .replace(/[()]/gu, ' ')
    .replace(/从[^\s,。]{1,5}?[里上下中]面?/gu, '')
    .replace(/(?<=^|\s)(\S{1,4})是(玻璃|塑料|陶瓷|陶|瓷|木头|木|铁|不锈钢|纸|布|金属)的/gu, '$2$1')
    .replace(madeOf, '$1$2')
}

function rolesOf(carriers: Carriers, states: States): ReadonlyMap<string, Role> {
  const words = new Map<string, Role>()
  const put = (list: readonly string[], role: Role) => {
    for (const word of list) if (!words.has(word)) words.set(word.toLowerCase(), role)
  }
  put([...states.before, ...states.after], 'state')
  // 过期药: the state is said without 的 as well.
  put(
    states.before.filter((state) => /^..+的$/u.test(state)).map((state) => state.slice(0, -1)),
    'state',
  )
  put(carriers.inside, 'inside')
  put(carriers.measure, 'measure')
  put(carriers.after, 'after')
  put(carriers.holding, 'holding')
  put(carriers.before, 'before')
  return words
}

interface Scanner {
  readonly carriers: Carriers
  readonly words: ReadonlyMap<string, Role>
  /** By first character. */
  readonly longestWord: ReadonlyMap<string, number>
  readonly names: Names
}

function cut(clause: string, scanner: Scanner): Token[] {
  const tokens: Token[] = []
  let loose = ''
  const flush = () => {
    if (loose !== '') tokens.push({ text: loose, role: 'thing' })
    loose = ''
  }
  const questions = questionsIn(clause, scanner.carriers.asking)
  for (let at = 0; at < clause.length; ) {
    const asked = questions[at] ?? 0
    const atStart = loose === '' && tokens.every(({ role }) => role === 'before' || role === 'holding')
    const token = nextToken(clause, at, { asked, atStart }, scanner)
    if (token === undefined) {
      loose += clause[at]
      at += 1
      continue
    }
    flush()
    tokens.push(token)
    at += token.text.length
  }
  flush()
  return tokens
}

interface Spot {
  /** Length of the question that begins here. */
  readonly asked: number
  /** Nothing but greetings stands before. */
  readonly atStart: boolean
}

/** The longest of: a name of at least two characters, a question, a carrier word. A name wins a tie. */
function nextToken(
  clause: string,
  at: number,
  spot: Spot,
  { names, words, longestWord }: Scanner,
): Token | undefined {
  const { asked } = spot
  const first = clause[at] as string
  const limit = Math.max(names.longestFrom(first), longestWord.get(first) ?? 0, asked)
  for (let length = Math.min(limit, clause.length - at); length > 0 && length >= asked; length--) {
    const text = clause.slice(at, at + length)
    if (length >= 2 && names.isName(text)) return { text, role: 'thing' }
    if (length === asked) break
    const role = words.get(text)
    if (role !== undefined && fits(role, clause, at, length, spot.atStart)) {
      return { text, role: asked > 0 ? 'asking' : role }
    }
  }
  return asked > 0 ? { text: clause.slice(at, at + asked), role: 'asking' } : undefined
}

function fits(role: Role, clause: string, at: number, length: number, atStart: boolean): boolean {
  if (role === 'before' || role === 'holding') return atStart
  // 急 is a carrier at the end, but part of the thing in 急救包
  if (role === 'after' && length === 1) return at + length === clause.length
  return true
}

/** For each position the length of the longest question that begins there. */
function questionsIn(clause: string, asking: readonly RegExp[]): Uint16Array {
  const lengths = new Uint16Array(clause.length)
  for (const pattern of asking) {
    pattern.lastIndex = 0
    for (let match = pattern.exec(clause); match; match = pattern.exec(clause)) {
      lengths[match.index] = Math.max(lengths[match.index] ?? 0, match[0].length)
      // Questions may overlap: what begins inside this one counts when this one falls to a name.
      pattern.lastIndex = match.index + 1
    }
  }
  return lengths
}

function toClause(tokens: readonly Token[]): Clause {
  const lastLink = tokens.findLastIndex(({ text, role }) => role === 'inside' && text.endsWith('的'))
  const thingAfterLink = tokens.slice(lastLink + 1).some(({ role }) => role === 'thing')
  const parts: Part[] = []
  tokens.forEach(({ text, role }, at) => {
    if (role === 'state') parts.push({ text, kind: 'state' })
    if (role === 'thing') parts.push({ text, kind: at < lastLink && thingAfterLink ? 'modifier' : 'thing' })
  })
  const holding = tokens.find(({ role }) => role === 'holding')?.text ?? ''
  return { parts, holding, asks: tokens.some(({ role }) => role === 'asking') }
}
