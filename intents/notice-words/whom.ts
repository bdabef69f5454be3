import { narrow } from './number.ts'

/** To whom a notice goes, read from the beginning of what was said: places, groups and tags that the house knows. Pure. */

export interface KnownName {
  readonly kind: 'place' | 'group' | 'tag'
  readonly name: string
  /** What is meant, for whoever asked; a short name means the same as the long one. */
  readonly means: string
  /** 幸福里 for 幸福里社区: it must be set off, or stand before another name. */
  readonly short?: boolean
}

export interface Whom {
  /** `district`: 全区. `all`: 所有群, of whoever says it. */
  readonly everywhere?: 'district' | 'all'
  /** 本群 */
  readonly here: boolean
  readonly named: readonly KnownName[]
  readonly except: readonly KnownName[]
}

export interface WhomRead {
  readonly whom: Whom
  /** What is left, as it was written. */
  readonly rest: string
  /** 业住群: said as a name, and known to nobody. */
  readonly unknown?: string
}

/** What is known, found by its first character, the longest first. */
export type NameIndex = ReadonlyMap<string, readonly KnownName[]>

export function indexNames(names: readonly KnownName[]): NameIndex {
  const index = new Map<string, KnownName[]>()
  for (const each of names) {
    const name = folded(each.name)
    const first = name[0]
    if (first === undefined) continue
    index.set(first, [...(index.get(first) ?? []), { ...each, name }])
  }
  for (const list of index.values())
    list.sort((one, other) => other.name.length - one.name.length || Number(one.short) - Number(other.short))
  return index
}

/** One character for one. */
function folded(text: string): string {
  return narrow(text).replace(/[A-Z]/gu, (letter) => letter.toLowerCase())
}

interface Cursor {
  at: number
  everywhere?: 'district' | 'all'
  here: boolean
  named: KnownName[]
  except: KnownName[]
  /** Somebody was named already. */
  readonly again: boolean
  /** Where the names joined by 和 begin that 除外 would take out. */
  run: number
}

const boundary = /^(?:$|[\s、，,。:：;；!！?？()（）[\]【】/+&的])/u
const joined = /^\s*(?:[、/+&]|和|与|及|跟|以及|还有|加上?)\s*/u
const separated = /^(?:[\s，,；;]|的|里|内|中)+/u
const prefixes =
  /^(?:(?:发给|发到|发送到|给|到|向|对象|范围|接收群)[:：]?\s*|(?:所有|全部|全体|各个?|每个)的?)/u
const wide =
  /^(?:全区|全街道|全街|全辖区|整个街道|全县|全市)(?:(?:的)?(?:所有|全部|各个?)?(?:的)?(?:微信)?群)?/u
const all =
  /^(?:(?:我(?:们)?(?:负责|管)?的?)?(?:所有|全部|各个?|每个|全体)的?(?:微信|居民|小区)?群(?:聊|组|里)?|全群|全社区|各社区|各小区|各网格|我(?:们)?(?:负责|管)的?群|都发)/u
const here = /^(?:本群|这个群|这群|咱们?群|我们群|此群|当前群|(?:群里|这里|就这)(?=[\s:：,，]))(?:里|内)?/u
const exceptFirst =
  /^[（(]?\s*(?:但|不过)?(?:除了?|除去|除开|不发(?:给|到)?|别发(?:给|到)?|不要发(?:给|到)?|不用发(?:给|到)?|不含|不包括|不包含|排除|去掉|扣除|减去)\s*[:：]?\s*/u
const exceptLast =
  /^(?:\s*(?:除外|以外|之外)|外|\s*(?:不发|不用发|不要发|别发|不含在内|不包括)(?=$|[\s，,。:：；;)）]))(?:的)?(?:都发|全发|其他的?都发)?\s*[)）]?/u

/** （商户群除外） */
const bracketed = /^[（(]\s*(?=[^（()）]{1,40}(?:除外|以外|之外|不发|不用发|不要发|别发|不包括)\s*[)）])/u

/** 幸福里社区的所有群 */
const itsGroups = /^的?(?:所有|全部|各个?)?的?(?:居民|微信)?群(?:里|内)?(?=$|[\s、，,:：；;])/u

/** Reads names from the beginning until something else stands there. @param again somebody was named before these words */
export function readWhom(words: string, names: NameIndex, again = false): WhomRead {
  const text = folded(words)
  const cursor: Cursor = { at: 0, here: false, named: [], except: [], run: 0, again }
  let textFrom = 0
  for (;;) {
    const end = step(text, cursor, names)
    if (end === undefined) break
    textFrom = end.textFrom
    cursor.at = end.at
    if (end.stop) break
  }
  const rest = words.slice(textFrom).replace(/^[\s，,、:：；;]+/u, '')
  const unknown = unknownIn(words.slice(textFrom), isEmpty(cursor))
  const { everywhere, here: inHere, named, except } = cursor
  const whom: Whom = { ...(everywhere && { everywhere }), here: inHere, named, except }
  return { whom, rest, ...(unknown !== undefined && { unknown }) }
}

export function isNobody({ everywhere, here: inHere, named }: Whom): boolean {
  return everywhere === undefined && !inHere && named.length === 0
}

function isEmpty(cursor: Cursor): boolean {
  return isNobody(cursor) && cursor.except.length === 0
}

interface Step {
  readonly at: number
  /** Where the words of the notice begin, if nothing more follows. */
  readonly textFrom: number
  readonly stop?: boolean
}

function step(text: string, cursor: Cursor, names: NameIndex): Step | undefined {
  const first = isEmpty(cursor)
  // a colon ends the list: 幸福里社区：幸福里社区明早停水
  if (!first && /^\s*[:：]/u.test(text.slice(cursor.at))) {
    const { length } = /^\s*[:：]\s*/u.exec(text.slice(cursor.at))?.[0] ?? ''
    return { at: cursor.at + length, textFrom: cursor.at + length, stop: true }
  }
  const gap = first ? /^\s*/u.exec(text.slice(cursor.at)) : gapAt(text, cursor.at)
  const start = cursor.at + (gap?.[0].length ?? 0)
  const isJoined = joined.test(text.slice(cursor.at))
  if (!isJoined) cursor.run = cursor.named.length
  return target(text, start, cursor, names) ?? behindPrefix(text, start, cursor, names)
}

function gapAt(text: string, at: number): RegExpExecArray | null {
  return joined.exec(text.slice(at)) ?? separated.exec(text.slice(at))
}

/** 所有业主群, 发给幸福里社区 */
function behindPrefix(text: string, at: number, cursor: Cursor, names: NameIndex): Step | undefined {
  const { length } = prefixes.exec(text.slice(at))?.[0] ?? ''
  return length === 0 ? undefined : target(text, at + length, cursor, names)
}

function target(text: string, at: number, cursor: Cursor, names: NameIndex): Step | undefined {
  const rest = text.slice(at)
  const excluded = exclusion(text, at, cursor, names)
  if (excluded) return excluded
  for (const [pattern, mark] of marks) {
    const { length } = pattern.exec(rest)?.[0] ?? ''
    if (length === 0) continue
    mark(cursor)
    return { at: at + length, textFrom: at + length }
  }
  const found = nameAt(text, at, names)
  if (!found) return undefined
  const name = at + found.name.length
  const end = name + (found.kind === 'place' ? (itsGroups.exec(text.slice(name))?.[0].length ?? 0) : 0)
  const isFirst = isEmpty(cursor) && !cursor.again
  cursor.named.push(found)
  const after = exceptLast.exec(text.slice(end))
  if (after) {
    cursor.except.push(...cursor.named.splice(cursor.run))
    return { at: end + after[0].length, textFrom: end + after[0].length }
  }
  // 幸福里社区居民请注意: the name belongs to the words, too
  const next = end + (joined.exec(text.slice(end))?.[0].length ?? 0)
  const isGlued = !boundary.test(text.slice(end)) && !target(text, next, copyOf(cursor), names)
  if (!isGlued || found.name.endsWith('群')) return { at: end, textFrom: end }
  // 业主群 3号楼明早停水: by then it is said whom it is for
  if (!isFirst) cursor.named.pop()
  return { at: end, textFrom: at, stop: true }
}

const marks: readonly (readonly [RegExp, (cursor: Cursor) => void])[] = [
  [wide, (cursor) => Object.assign(cursor, { everywhere: 'district' })],
  [all, (cursor) => Object.assign(cursor, { everywhere: 'all' })],
  [here, (cursor) => Object.assign(cursor, { here: true })],
]

/** To look ahead without marking anything. */
function copyOf({ named, except, ...rest }: Cursor): Cursor {
  return { ...rest, named: [...named], except: [...except] }
}

/** 除3号楼和5号楼外, 不发商户群 */
function exclusion(text: string, at: number, cursor: Cursor, names: NameIndex): Step | undefined {
  const begin = exceptFirst.exec(text.slice(at)) ?? bracketed.exec(text.slice(at))
  if (!begin) return undefined
  const found: KnownName[] = []
  let end = at + begin[0].length
  for (let next = nameAt(text, end, names); next; ) {
    found.push(next)
    end += next.name.length
    const gap = /^(?:[\s、，,/]|和|与|及|跟)+/u.exec(text.slice(end))?.[0].length ?? 0
    next = nameAt(text, end + gap, names)
    if (next) end += gap
  }
  if (found.length === 0) return undefined
  cursor.except.push(...found)
  const after =
    /^\s*(?:除外|以外|之外|外|不发|不用发|不要发|别发|不包括)?(?:的)?(?:都发|全发|其他的?都发)?\s*[)）]?/u.exec(
      text.slice(end),
    )
  const next = end + (after?.[0].length ?? 0)
  return { at: next, textFrom: next }
}

/** The longest name that stands here. A short one must be set off, or stand before another name. */
function nameAt(text: string, at: number, names: NameIndex): KnownName | undefined {
  for (const each of names.get(text[at] ?? '') ?? []) {
    if (!text.startsWith(each.name, at)) continue
    const end = at + each.name.length
    if (!each.short || boundary.test(text.slice(end)) || exceptLast.test(text.slice(end))) return each
    const next = /^(?:社区|小区|的)/u.exec(text.slice(end))?.[0].length ?? 0
    if (nameAt(text, end + next, names)?.kind !== undefined && next === 0) return each
  }
  return undefined
}

/** What is taken out at the end: …请储水（商户群除外）. The words without it. */
export function readExceptAtEnd(
  words: string,
  names: NameIndex,
): { readonly rest: string; readonly except: readonly KnownName[] } | undefined {
  const bare = words.replace(/[\s。.!！)）]+$/u, '')
  const from = Math.max(
    ...['\n', ' ', '，', ',', '。', '；', ';', '（', '('].map((sign) => bare.lastIndexOf(sign)),
  )
  if (from < 0) return undefined
  const text = folded(bare.slice(from + 1))
  const cursor: Cursor = { at: 0, here: false, named: [], except: [], run: 0, again: true }
  for (let end = step(text, cursor, names); end; end = step(text, cursor, names)) cursor.at = end.at
  const whole = text.slice(cursor.at).trim() === '' && cursor.named.length === 0 && cursor.except.length > 0
  return whole ? { rest: bare.slice(0, from).trim(), except: cursor.except } : undefined
}

/** A first word that looks like a group or a place; only what ends like one when names were read before. */
function unknownIn(rest: string, isFirst: boolean): string | undefined {
  const token = /^[\s，,、]*(?<token>[^\s，,、:：。；;!！?？]{2,20})(?=[\s，,、:：])/u.exec(rest)?.groups?.[
    'token'
  ]
  if (token === undefined || !/\p{Script=Han}/u.test(token)) return undefined
  if (/(?:社区|街道|网格|群)$/u.test(token)) return token
  return isFirst && /(?:小区|花园|家园|新村|公寓|嘉园|苑|里|坊|村|号楼)$/u.test(token) ? token : undefined
}
