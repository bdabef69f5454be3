import { findAspects } from './aspects.ts'
import { PhraseTable } from './phrases.ts'
import { isContent, withoutCarriers } from './question.ts'
import { foldText } from './terms.ts'
import { turnsIn } from './turns.ts'

/**
 * Which questions mean the same, said by different people. A question is read into the things it names (pairs of
 * characters, words, and phrases with their synonyms as one), what it asks about them, which way it turns, and its
 * numbers:
 *
 *   社区食堂几点开门        things 社区 区食 食堂 开门 …   aspect "when"
 *   咱社区食堂啥时候开门呀   things 社区 区食 食堂 开门 …   aspect "when"   → the same
 *   社区食堂多少钱一份       things 社区 区食 食堂 一份 …   aspect "price"  → another question
 *   社区食堂饭卡怎么退       things 社区 区食 食堂 饭卡 …   turn "giving back" → another than 饭卡怎么办
 *
 * Rare things tell more than common ones; how common a thing is, the questions of the knowledge base say.
 */
export interface QuestionSense {
  /** What it names, with its weight. */
  readonly things: ReadonlyMap<string, number>
  /** Sum of the weights. */
  readonly weight: number
  /** What it asks: where, how much, … */
  readonly aspects: ReadonlySet<number>
  /** To give back, to change, lost, refused: see turns.ts. */
  readonly turns: ReadonlySet<number>
  /** 3号楼 and 5号楼 are never the same, nor are 一楼 and 三楼. */
  readonly numbers: ReadonlySet<string>
  /** Its weightiest things: two questions that mean the same share at least one. At most `mostKeys`. */
  readonly keys: readonly string[]
}

export interface QuestionGrouping {
  read(text: string): QuestionSense
  /** 0 to 1; from `sameMeaning` on they are taken for the same question. Symmetrical. */
  likeness(one: QuestionSense, other: QuestionSense): number
}

export const sameMeaning = 0.56
export const mostKeys = 8

/** Two aspects more than those of the aspects' own file: which bin, and how. */
const asking = new PhraseTable([
  '什么垃圾 啥垃圾 哪种垃圾 哪类垃圾 哪个桶 哪个垃圾桶 什么桶 啥桶 怎么分类 咋分类 怎么扔 咋扔 往哪扔 扔哪里 扔哪儿 扔哪 丢哪里 丢哪 属于 算是 垃圾'.split(
    ' ',
  ),
  '怎么办理 如何办理 怎么申请 怎么办 咋办理 咋办 咋申请 咋弄 怎么弄 怎么报名 咋报名 怎么报 咋报 怎么领 咋领 怎么交 咋交 如何 流程 步骤'.split(
    ' ',
  ),
])
const rubbish = -1
const how = -2
/** Who is told how is often told where and with what papers, too. */
const nearHow = new Set(
  ['哪里', '材料', '条件'].flatMap((word) => findAspects(word).map(({ group }) => group)),
)
/** 报名, 领 and the like name something, besides being asked about. */
const askedVerb = /报名|申请|[领交报]/
/** One character alone says little: it helps where the order of words differs. */
const singleShare = 0.35
/** A synonym of four characters weighs what its pairs would. */
const mostPairs = 3
/** The pairs inside a synonym: 暑期托管班 is in the list, 暑假托管班 is not. */
const insideShare = 0.3
/** Of a question that names nothing, so much is its own name. */
const longestWhole = 40
/** How much worse it is to name something else than to name something more. */
const substitution = 0.6
const nearAspect = 0.85
/** One of the two does not say what it asks. */
const unsaidAspect = 0.75
const otherAspect = 0.5
const otherNumber = 0.5
/** Only one of them is about giving back, or about the lost one. */
const otherTurn = 0.5

/**
 * `synonyms`: groups of words that mean the same, from parseSynonyms. `background`: questions of the same kind,
 * for how common a word is; without them all words weigh the same.
 */
export function createQuestionGrouping(
  synonyms: readonly (readonly string[])[],
  background: Iterable<string> = [],
): QuestionGrouping {
  const phrases = new PhraseTable(synonyms)
  const { spread, size } = countThings(background, phrases)
  const rarity = (thing: string) => Math.log(1 + (size + 2) / (1 + (spread.get(thing) ?? 0)))
  return {
    read(text) {
      const { things: found, aspects, turns, numbers } = readThings(text, phrases)
      const things = new Map([...found].map(([thing, share]) => [thing, share * rarity(thing)]))
      const weight = sum(things.values())
      return { things, weight, aspects, turns, numbers, keys: keysOf(things) }
    },
    likeness: likenessOf,
  }
}

function likenessOf(one: QuestionSense, other: QuestionSense): number {
  if (one.weight === 0 || other.weight === 0) return 0
  let common = 0
  for (const [thing, weight] of one.things) common += Math.min(weight, other.things.get(thing) ?? 0)
  const alike = (2 * common) / (one.weight + other.weight)
  // 社区陶艺班 and 社区茶艺班 share most of their words: each names what the other does not
  const instead = 1 - common / Math.min(one.weight, other.weight)
  return (
    alike *
    (1 - substitution * instead) *
    aspectFactor(one.aspects, other.aspects) *
    turnFactor(one.turns, other.turns) *
    numberFactor(one.numbers, other.numbers)
  )
}

function aspectFactor(one: ReadonlySet<number>, other: ReadonlySet<number>): number {
  if (one.size === 0 && other.size === 0) return 1
  if (shareOne(one, other)) return 1
  if (isNearHow(one, other) || isNearHow(other, one)) return nearAspect
  return one.size === 0 || other.size === 0 ? unsaidAspect : otherAspect
}

function isNearHow(one: ReadonlySet<number>, other: ReadonlySet<number>): boolean {
  return one.has(how) && shareOne(other, nearHow)
}

function numberFactor(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  return one.size === 0 || other.size === 0 || shareOne(one, other) ? 1 : otherNumber
}

function turnFactor(one: ReadonlySet<number>, other: ReadonlySet<number>): number {
  const same = one.size === other.size && [...one].every((turn) => other.has(turn))
  return same || shareOne(one, other) ? 1 : otherTurn
}

function shareOne<T>(one: ReadonlySet<T>, other: ReadonlySet<T>): boolean {
  return [...one].some((each) => other.has(each))
}

interface Things {
  /** Thing → how much of a full word it is. */
  readonly things: Map<string, number>
  readonly aspects: Set<number>
  readonly turns: ReadonlySet<number>
  readonly numbers: Set<string>
}

/** 一楼, 三层, 二孩: digits in words count only before what is told apart by them. */
const spelledNumber =
  /(?<![零一二三四五六七八九十])([一二三四五六七八九十])(?=楼|层|栋|号楼|单元|孩|胎|年级)/g
const numerals = ' 一二三四五六七八九十'

function readThings(text: string, phrases: PhraseTable): Things {
  let folded = withoutCarriers(foldText(text))
  const read: Things = { things: new Map(), aspects: new Set(), turns: turnsOf(folded), numbers: new Set() }
  for (const [, numeral = ''] of folded.matchAll(spelledNumber))
    read.numbers.add(String(numerals.indexOf(numeral)))
  for (const { start, end, group, phrase } of asking.find(folded)) {
    read.aspects.add(group === 0 ? rubbish : how)
    const verb = askedVerb.exec(phrase)
    folded = blankedAt(folded, start, end, verb?.[0])
  }
  for (const { start, end, group, phrase } of phrases.find(folded)) {
    const canonical = phrases.groups[group]?.[0] ?? phrase
    raise(read.things, canonical, Math.min(mostPairs, Math.max(1, canonical.length - 1)))
    for (let at = 1; at < phrase.length; at++) raise(read.things, phrase.slice(at - 1, at + 1), insideShare)
    folded = blankedAt(folded, start, end)
  }
  for (const { start, end, group } of findAspects(folded)) {
    read.aspects.add(group)
    folded = blankedAt(folded, start, end)
  }
  for (const [run] of folded.matchAll(/[0-9]+|[a-z]+|[^ 0-9a-z]+/g)) readRun(run, read)
  // 怎么办 names nothing: it is only like itself
  if (read.things.size === 0) read.things.set(`=${foldText(text).trim().slice(0, longestWhole)}`, 1)
  return read
}

/** Whatever happened to it, it goes into the same bin. */
function turnsOf(folded: string): ReadonlySet<number> {
  const isRubbish = asking.find(folded).some(({ group }) => group === 0)
  return isRubbish ? new Set() : turnsIn(folded)
}

function readRun(run: string, { things, numbers }: Things): void {
  if (run.charCodeAt(0) < 0x80) {
    raise(things, run, 1)
    if (/^\d/.test(run)) numbers.add(run)
    return
  }
  for (const [at, character] of [...run].entries()) {
    if (!isContent(character)) continue
    raise(things, character, singleShare)
    const before = run[at - 1]
    if (before !== undefined && isContent(before)) raise(things, before + character, 1)
  }
}

function raise(things: Map<string, number>, thing: string, share: number): void {
  things.set(thing, Math.max(share, things.get(thing) ?? 0))
}

/** `kept` stays at the end of the gap. */
function blankedAt(text: string, start: number, end: number, kept = ''): string {
  return text.slice(0, start) + kept.padStart(end - start) + text.slice(end)
}

/** More would tell no more about what is common. */
const mostBackground = 20_000

function countThings(background: Iterable<string>, phrases: PhraseTable) {
  const spread = new Map<string, number>()
  let size = 0
  for (const text of background) {
    if (++size > mostBackground) break
    for (const thing of readThings(text, phrases).things.keys())
      spread.set(thing, (spread.get(thing) ?? 0) + 1)
  }
  return { spread, size }
}

/** The weightiest first; equal ones by their characters, so that the same text always gives the same keys. */
function keysOf(things: ReadonlyMap<string, number>): string[] {
  const ordered = [...things].sort(([one, weight], [other, otherWeight]) =>
    otherWeight === weight ? (one < other ? -1 : 1) : otherWeight - weight,
  )
  return ordered.slice(0, mostKeys).map(([thing]) => thing)
}

function sum(numbers: Iterable<number>): number {
  let total = 0
  for (const number of numbers) total += number
  return total
}
