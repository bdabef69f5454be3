import type { Carriers } from './carriers.ts'
import { type Found, lookUp, type Sources } from './look-up.ts'
import type { NameIndex } from './name-index.ts'
import { type Clause, plain, type Reader } from './read-question.ts'

/** Several things in one question: 旧报纸和剩菜扔哪, 电池 灯管 扔哪. */
export interface Thing {
  /** In the asker's words: 旧报纸. */
  readonly said: string
  readonly found: Found
  /** Between pauses, joined to no other. */
  readonly stands?: 'alone'
}

interface Cut extends Omit<Thing, 'found'> {
  readonly clause: Clause
  /** Without its state: 报纸. */
  readonly core: string
}

const most = 5
/** Who asks about more than this tells a story. */
const longestText = 120
const longestSaid = 12
/** As sure as the bot must be to speak unasked. */
const sure = 0.6
/** Between commas and spaces stands what is told of a thing as well: there only a name is a thing. */
const surelyNamed = 0.95
/** A name was found, whatever its state. */
const named = 0.85
/** A list without a question: an answer only for who asked the bot. */
const ifBare = 0.55

const numbering = /(?<=^|\s|[,;、])\d{1,2}[.、)](?=\D)/gu
const pause = /[\s,;:。~…]+/u
const joint = /、|\/|\+|&|\?|以及|还有|或者|同埋|和|跟|与|及|或/gu
/** Cheap, because nearly every question is about one. */
const mayHoldSeveral = /[\s,，、;；。?？:：~～…/／+＋&＆和跟与與及或]|还有|還有|同埋/u
/** One thing is told with all its words: 装过奶茶和咖啡的杯子, 铁皮和塑料做的玩具. */
const oneThing = /[装盛](?:过|着|了|有)|做的|制的|做成|材质|混合|组成/u
/** 雷达喷完了，那个罐子: what stands before the pause belongs to it. */
const pointing = /[这那它]/u

/** @returns two to five things, or none when the question is about one, or about nothing that is surely known. */
export function findEach(text: string, read: Reader, sources: Sources): readonly Thing[] {
  if (text.length > longestText || !mayHoldSeveral.test(text) || oneThing.test(text)) return []
  const said = plain(text.replace(/[（(]/gu, ' ').replace(numbering, '、'))
  const stretches = said.split(pause).map((stretch) => cutAtJoints(stretch, sources.index))
  if (stretches.flat().length < 2) return []
  const { asks, seeks, scolds } = read(said)
  if (seeks || scolds) return []
  const found = stretches.map((pieces) => thingsOf(pieces, said, read, sources))
  if (found.includes(undefined)) return []
  const things = found.flatMap((each) => each ?? [])
  if (isOneName(things, sources.index)) return []
  const each = [...new Map(things.map((thing) => [thing.said, thing])).values()].slice(0, most)
  if (each.length < 2) return []
  return asks ? each : each.map(lessSure)
}

function lessSure({ said, found }: Thing): Thing {
  return { said, found: { ...found, confidence: Math.min(found.confidence, ifBare) } }
}

/** 和 within a name joins nothing. */
function cutAtJoints(stretch: string, { isName }: Pick<NameIndex, 'isName'>): string[] {
  const pieces: string[] = []
  let from = 0
  for (const match of stretch.matchAll(joint)) {
    if (isWithinName(stretch, match.index, isName)) continue
    pieces.push(stretch.slice(from, match.index))
    from = match.index + match[0].length
  }
  return [...pieces, stretch.slice(from)].filter((piece) => piece !== '')
}

function isWithinName(text: string, at: number, isName: (name: string) => boolean): boolean {
  const longest = 8
  for (let start = Math.max(0, at - longest); start <= at; start++)
    for (let end = at + 1; end <= Math.min(text.length, start + longest + 1); end++)
      if (end - start > 1 && isName(text.slice(start, end))) return true
  return false
}

/** Undefined when joined pieces are not all things: then nothing is cut. What only stands between pauses is left out. */
function thingsOf(
  pieces: readonly string[],
  whole: string,
  read: Reader,
  sources: Sources,
): readonly Thing[] | undefined {
  const cuts = pieces.flatMap((piece) => cutOf(piece, read))
  const [only, second] = cuts
  if (!only) return []
  if (!second) {
    const tells = pointing.test(whole) || only.core.length < 2 || isTold(only.clause)
    const thing = tells || pieces.at(-1)?.endsWith('的') ? undefined : thingOf(only, sources, surelyNamed)
    return thing ? [{ ...thing, stands: 'alone' }] : []
  }
  const head = headOf(cuts.at(-1))
  const things = cuts.map((cut) => withHead(cut, head, sources.index) ?? thingOf(cut, sources, sure))
  return things.some((thing) => thing === undefined) ? undefined : things.flatMap((thing) => thing ?? [])
}

/** 西瓜吃完了, 装海鲜的: a word about another thing. */
function isTold({ parts, holding }: Clause): boolean {
  return holding !== '' || parts.at(-1)?.kind === 'state'
}

/** Nothing for a piece that only asks: 急, 扔哪. */
function cutOf(piece: string, read: Reader): readonly Cut[] {
  return read(piece).clauses.flatMap((clause) => {
    const last = clause.parts.findLastIndex(({ kind }) => kind !== 'state')
    if (last < 0) return []
    const parts = clause.parts.slice(0, last + 1)
    const said = parts.map(({ text, kind }) => (kind === 'modifier' ? `${text}的` : text)).join('')
    const core = parts.flatMap(({ text, kind }) => (kind === 'state' ? [] : [text])).join('')
    return [{ said, core, clause }]
  })
}

/** 壳, of 花生的壳. */
function headOf(cut: Cut | undefined): string {
  const parts = cut?.clause.parts ?? []
  if (!parts.some(({ kind }) => kind === 'modifier')) return ''
  return parts.flatMap(({ text, kind }) => (kind === 'thing' ? [text] : [])).join('')
}

/** 瓜子和花生的壳: the head stands for both. */
function withHead({ said, core }: Cut, head: string, { exact }: NameIndex): Thing | undefined {
  if (head === '' || core.endsWith(head)) return undefined
  const item = exact(core + head)
  return item && { said: said + head, found: { item, confidence: 0.9 } }
}

function thingOf({ said, core, clause }: Cut, sources: Sources, least: number): Thing | undefined {
  const found = lookUp({ clauses: [clause], asks: true, seeks: false, scolds: false }, sources)
  if (!found || found.confidence < least) return undefined
  if (found.confidence < named && !isShortName(core, sources.carriers)) return undefined
  return { said: said.length <= longestSaid ? said : found.item.name, found }
}

function isShortName(core: string, { talk }: Carriers): boolean {
  return core.length <= longestSaid && !talk.test(core)
}

/** 玉米 棒子 is 玉米棒子, typed with a space; 西瓜 西瓜皮 tells of the skin. */
function isOneName(things: readonly Thing[], { exact }: NameIndex): boolean {
  return things.some((thing, at) => {
    const next = things[at + 1]
    if (!(next && thing.stands === 'alone')) return false
    return next.said.startsWith(thing.said) || exact(thing.said + next.said) !== undefined
  })
}
