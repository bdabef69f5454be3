import type { Carriers } from './carriers.ts'
import type { Judge } from './materials.ts'
import { canonicalName, type NameIndex, type Query } from './name-index.ts'
import type { Clause, Part, Reading } from './read-question.ts'
import type { GarbageItem } from './sorting.ts'
import type { StateJudge } from './states.ts'

/**
 * From a reading to an item, the surest way first:
 * exact name → its state (脏塑料袋) → name at the end → by sound → name inside → by ending or material.
 */
export interface Found {
  readonly item: GarbageItem
  /** The asker's words, when the item only stands for a kind. */
  readonly said?: string
  /** 0 to 1. */
  readonly confidence: number
  /** Why, where no list says so. */
  readonly because?: string | undefined
  /** What to do before. */
  readonly first?: string | undefined
}

export interface Sources {
  readonly index: NameIndex
  readonly carriers: Carriers
  /** Lists of states that come to the same. */
  readonly sameStates: readonly (readonly string[])[]
  readonly judge: Judge
  readonly states: StateJudge
}

interface Candidate {
  readonly item: GarbageItem
  readonly said?: string
  readonly because?: string | undefined
  readonly first?: string | undefined
  /** How well it fits the clause: 0 to 1. */
  readonly strength: number
  /** Characters of the clause that it leaves unexplained. */
  readonly left: number
  /** What is left stands in front, as in 无纺布口罩. */
  readonly atEnd?: boolean
  readonly sure?: boolean
  /** Found by the alignment, which finds something in nearly everything. */
  readonly aligned?: boolean
}

/** A state, and what stands before the last 的, say less about what the thing is. */
const partWeight = { thing: 1, modifier: 0.4, state: 0.25 }
/** Below it 加油, which asks nothing, would be 指甲油. */
const sureAlignment = 0.75
/** 咖啡杯 纸的: beside a longer name a single character only says what it is made of. */
const oneCharacter = 0.86
/** Of a name inside: two thirds of what was said, at its end. */
const sureInside = 0.85
const leastStrength = 0.3
/** Too little to speak unasked, enough to answer who asked the bot. */
const ifDoubtful = 0.55
/** More than an ending of one character says. */
const surelyKind = 0.65
const longestBareName = 10
const longestTalk = 14

export function lookUp(reading: Reading, sources: Sources): Found | undefined {
  let best: Candidate | undefined
  let bestClause: Clause | undefined
  for (const clause of reading.clauses) {
    const candidate = inClause(clause, reading, sources)
    if (candidate && candidate.strength > (best?.strength ?? leastStrength)) {
      best = candidate
      bestClause = clause
    }
  }
  if (best === undefined) return undefined
  const elsewhere = reading.clauses.filter((clause) => clause !== bestClause).map(coreOf)
  const trusted = best.strength * trust(reading, best, bestClause, elsewhere.join(''), sources)
  const { item, said, because, first } = best
  const isDoubtful = reading.seeks || (reading.scolds && said !== undefined && best.strength < surelyKind)
  const confidence = isDoubtful ? Math.min(trusted, ifDoubtful) : trusted
  return { item, confidence, because, first, ...(said === undefined ? {} : { said }) }
}

/** A bare name is a question, too; a name in a sentence that asks nothing is talk about the thing. */
function trust(
  { asks, clauses }: Reading,
  { left, atEnd, aligned, strength }: Candidate,
  clause: Clause | undefined,
  elsewhere: string,
  { carriers }: Sources,
): number {
  if (asks) return 1
  if (aligned && strength < sureAlignment) return 0.4
  if (left + elsewhere.length <= 1) return 0.95
  // 泡沫箱 装海鲜的: the name first, and a word about it.
  if (left === 0 && clause === clauses[0] && elsewhere.length <= 5 && !carriers.talk.test(elsewhere))
    return 0.65
  const core = clause === undefined ? '' : coreOf(clause)
  const bareName = elsewhere === '' && core.length <= longestBareName && !carriers.talk.test(core)
  if (!bareName) return 0.4
  return atEnd ? 0.92 : 0.75
}

function inClause(clause: Clause, reading: Reading, sources: Sources): Candidate | undefined {
  const { parts } = clause
  const core = coreOf(clause)
  const exact = exactly(parts, reading, sources)
  if (exact) return inItsState(exact, reading, clause, sources)
  if (core === '' || sources.carriers.nothing.test(core)) return undefined
  const stated = statedInside(core, reading, sources)
  if (stated) return stated
  const inside = insideOf(core, sources)
  // Long talk that asks nothing is never answered: spare the alignment.
  if (!reading.asks && core.length > longestTalk) return inside
  const kind = byKind(clause, sources)
  // A name that fills the end is found: no sound will find a better one.
  const heard = inside && inside.strength >= sureInside ? undefined : bySound(parts, sources)
  const named = [inside, heard].map((candidate) => headChecked(candidate, kind))
  const best = [...named, kind, joined(clause, reading, sources)].reduce((first, next) =>
    first && (next === undefined || first.strength >= next.strength) ? first : next,
  )
  return best && inItsState(best, reading, clause, sources)
}

function exactly(parts: readonly Part[], reading: Reading, sources: Sources): Candidate | undefined {
  const { index } = sources
  const whole = textOf(parts)
  if (whole === '') return undefined
  const asSaid = index.exact(whole)
  if (asSaid) {
    return { item: asSaid, strength: whole.length > 1 ? 0.98 : oneCharacter, left: 0, sure: true }
  }
  const core = textOf(parts, notStates)
  const thing = textOf(parts, ({ kind }) => kind === 'thing')
  for (const [text, strength] of [
    [core, 0.97],
    [thing, 0.88],
  ] as const) {
    const left = core.length - text.length
    const item = index.exact(text)
    const stated = withState(text, reading, sources) ?? (item && withState(item.name, reading, sources))
    if (stated) return { item: stated, strength: strength - 0.01, left, sure: true }
    if (item) return { item, strength: text.length > 1 ? strength : oneCharacter, left, atEnd: true }
  }
  return undefined
}

/** 雷达喷完了，那个罐子扔哪: the thing stands in the clause before, its container in this one. */
function joined(clause: Clause, { clauses }: Reading, { index }: Sources): Candidate | undefined {
  const container = coreOf(clause)
  const before = clauses[clauses.indexOf(clause) - 1]
  if (before === undefined || !clause.asks || canonicalName(container).length > 2) return undefined
  const item = index.exact(coreOf(before) + container)
  return item && { item, strength: 0.9, left: 0 }
}

/** 外卖盒 with 都洗干净了 somewhere in the sentence is 洗干净的外卖盒, if there is such an item. */
function withState(core: string, reading: Reading, { index, sameStates }: Sources): GarbageItem | undefined {
  const states = reading.clauses.flatMap(({ parts }) => parts.filter(({ kind }) => kind === 'state'))
  for (const forms of states.length === 0 || core === '' ? [] : sameStates) {
    const said = forms.some((form) =>
      states.some(({ text }) => text.includes(form) && !text.startsWith(`没${form}`)),
    )
    if (!said) continue
    for (const form of forms) {
      const item = index.exact(form + core)
      if (item) return item
    }
  }
  return undefined
}

function insideOf(core: string, { index }: Sources): Candidate | undefined {
  const inside = index.longestIn(core)
  if (inside === undefined) return undefined
  const share = inside.length / core.length
  const strength = inside.atEnd ? insideAtEnd(inside.length, core) : 0.38 + 0.4 * share
  return { item: inside.item, strength, left: core.length - inside.length, atEnd: inside.atEnd }
}

/** 一次性塑料打包盒 with 洗干净 somewhere in the sentence: the state of the name at the end. */
function statedInside(core: string, reading: Reading, sources: Sources): Candidate | undefined {
  if (!reading.clauses.some(({ parts }) => parts.some(({ kind }) => kind === 'state'))) return undefined
  const inside = sources.index.longestIn(core)
  if (!inside?.atEnd) return undefined
  const names = [canonicalName(core).slice(-inside.length), inside.item.name]
  for (const name of names) {
    const item = withState(name, reading, sources)
    if (item) return { item, strength: insideAtEnd(inside.length, core), left: 0, atEnd: true, sure: true }
  }
  return undefined
}

function insideAtEnd(length: number, core: string): number {
  return 0.68 + (0.25 * length) / core.length
}

function bySound(parts: readonly Part[], { index }: Sources): Candidate | undefined {
  const query = toQuery(parts)
  // One sound fits hundreds of names.
  if (query.characters.length < 2) return undefined
  const best = index.similar(query)
  if (best === undefined) return undefined
  const left = (1 - best.covered) * query.characters.length
  return { item: best.item, strength: Math.min(0.96, best.score), left, atEnd: best.sameHead, aligned: true }
}

function byKind(clause: Clause, { judge }: Sources): Candidate | undefined {
  const core = coreOf(clause)
  const kind = judge(core)
  return kind && { ...kind, said: saidIn(clause), left: core.length }
}

/** What the asker calls it: 藤编的篮子; without what stands before 的 where that would be long. */
function saidIn({ parts, holding }: Clause): string {
  const modifier = textOf(parts, ({ kind }) => kind === 'modifier')
  const thing = textOf(parts, ({ kind }) => kind === 'thing')
  const whole = modifier === '' || thing === '' ? modifier + thing : `${holding}${modifier}的${thing}`
  return whole.length <= longestBareName ? whole : (thing || whole).slice(-longestBareName)
}

/** 纸杯盖 is a lid, not a paper cup: what misses the end must not overrule what the end says. */
function headChecked(named: Candidate | undefined, kind: Candidate | undefined): Candidate | undefined {
  if (named === undefined || !kind?.atEnd || named.atEnd) return named
  return named.item.category === kind.item.category ? named : { ...named, strength: named.strength * 0.7 }
}

/** What became of the thing may change its bin, or what to do before; a name that says its state has said all. */
function inItsState(best: Candidate, { clauses }: Reading, clause: Clause, { states }: Sources): Candidate {
  if (best.sure) return best
  const description = clauses.map(({ parts }) => textOf(parts)).join('，')
  const change = states.changed(description, best.item.category)
  if (change) {
    return { ...best, item: change.item, said: saidIn(clause), because: change.because, first: undefined }
  }
  const first = states.first(description, best.item.category) ?? best.first
  return first === undefined ? best : { ...best, first }
}

const notStates = ({ kind }: Part) => kind !== 'state'

function coreOf({ parts }: Clause): string {
  return textOf(parts, notStates)
}

function textOf(parts: readonly Part[], keep: (part: Part) => boolean = () => true): string {
  let text = ''
  for (const part of parts) if (keep(part)) text += part.text
  return text
}

function toQuery(parts: readonly Part[]): Query {
  const characters: string[] = []
  const weights: number[] = []
  // 猫砂铲出来: a state behind the thing is no part of a name.
  const lastThing = parts.findLastIndex(notStates)
  for (const { text, kind } of parts.slice(0, lastThing + 1)) {
    for (const character of text.replace(/的/gu, '')) {
      // 罐罐, 网网: said twice, meant once
      weights.push(characters.at(-1) === character ? 0.1 : partWeight[kind])
      characters.push(character)
    }
  }
  return { characters, weights }
}
