/**
 * Which room of a new login is which of before, when all ids are others: by who is in it, and by its topic. Names alone
 * are compared, as people write them today; whoever is in many rooms (staff, the bot) says little about any of them.
 */
export interface RoomLook {
  readonly key: string
  readonly topic: string
  readonly members: readonly string[]
}

export interface LikelyPair {
  readonly before: string
  readonly now: string
  /** 0 to 1. */
  readonly score: number
  /** Nothing else comes near it. */
  readonly sure: boolean
  /** How many of before are there again. */
  readonly shared: number
  readonly of: number
}

/** Below this nobody should be asked. */
const worthAsking = 0.35
const nearlySure = 0.6
const clearMargin = 0.2
/** Fewer say nothing about a room. */
const fewMembers = 3

/** Each room once, the likeliest first. */
export function likelyPairs(before: readonly RoomLook[], now: readonly RoomLook[]): readonly LikelyPair[] {
  const [old, fresh] = [before.map(prepare), now.map(prepare)]
  // what is new says what it does among the new
  const weights = new Map([...weightsIn(fresh), ...weightsIn(old)])
  const pairs = candidates(old, fresh)
    .map(([one, other]) => compare(one, other, weights))
    .filter(({ score }) => score >= worthAsking)
    .sort(
      (one, other) =>
        other.score - one.score || compareText(one.before, other.before) || compareText(one.now, other.now),
    )
  const chosen: LikelyPair[] = []
  const taken = new Set<string>()
  for (const pair of pairs) {
    const keys = [`before ${pair.before}`, `now ${pair.now}`]
    if (keys.some((key) => taken.has(key))) continue
    for (const key of keys) taken.add(key)
    const rival = pairs.find(
      (each) => each !== pair && (each.before === pair.before || each.now === pair.now),
    )
    const sure = pair.score >= nearlySure && pair.score - (rival?.score ?? 0) >= clearMargin
    chosen.push({ ...pair, sure })
  }
  return chosen
}

interface Prepared {
  readonly key: string
  readonly topic: string
  /** Cleaned name → how many have it. */
  readonly names: ReadonlyMap<string, number>
  readonly size: number
}

function prepare({ key, topic, members }: RoomLook): Prepared {
  const names = new Map<string, number>()
  for (const name of members.map(plainName).filter((each) => each !== ''))
    names.set(name, (names.get(name) ?? 0) + 1)
  return { key, topic: plainName(topic), names, size: members.length }
}

const emojiTag = /<(?:span|img)\b[^>]*>(?:<\/span>)?|\[[^\]\s]{1,8}\]/gu
const decoration =
  /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\p{P}\p{S}\p{Z}\p{C}\p{M}]/gu

/** Without emojis, which each messenger writes in its own way; what is nothing else stays as it is. */
export function plainName(name: string): string {
  const text = name.normalize('NFKC').trim().toLowerCase()
  return text.replaceAll(emojiTag, '').replaceAll(decoration, '') || text
}

/** Whoever is in ten rooms says a tenth about each. */
function weightsIn(rooms: readonly Prepared[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { names } of rooms)
    for (const name of names.keys()) counts.set(name, (counts.get(name) ?? 0) + 1)
  return new Map([...counts].map(([name, count]) => [name, 1 / count]))
}

/** Those that share a member, or a topic; rooms whose members were never seen, with all others. */
function candidates(
  old: readonly Prepared[],
  fresh: readonly Prepared[],
): readonly (readonly [Prepared, Prepared])[] {
  const byName = new Map<string, Prepared[]>()
  for (const room of old)
    for (const name of [...room.names.keys(), `topic ${room.topic}`])
      byName.set(name, [...(byName.get(name) ?? []), room])
  const unseen = old.filter(({ size }) => size < fewMembers)
  return fresh.flatMap((room) => {
    const like = new Set(unseen)
    for (const name of [...room.names.keys(), `topic ${room.topic}`]) {
      const bearers = byName.get(name) ?? []
      if (bearers.length <= mostBearers) for (const each of bearers) like.add(each)
    }
    return [...like].map((each) => [each, room] as const)
  })
}

/** A name that more rooms have leads nowhere. */
const mostBearers = 40

function compare(one: Prepared, other: Prepared, weights: ReadonlyMap<string, number>): LikelyPair {
  let [common, shared] = [0, 0]
  for (const [name, count] of one.names) {
    const both = Math.min(count, other.names.get(name) ?? 0)
    shared += both
    common += both * (weights.get(name) ?? 0)
  }
  const all = sumOf(one, weights) + sumOf(other, weights)
  const overlap = Math.min(1, (2 * common) / Math.max(all, 1e-9))
  const topic = topicLikeness(one.topic, other.topic)
  const known = one.size >= fewMembers && other.size > 0
  const score = known ? Math.max(overlap, 0.7 * overlap + 0.3 * topic) : 0.55 * topic
  return { before: one.key, now: other.key, score, sure: false, shared, of: one.size }
}

function sumOf({ names }: Prepared, weights: ReadonlyMap<string, number>): number {
  let sum = 0
  for (const [name, count] of names) sum += count * (weights.get(name) ?? 1)
  return sum
}

/** 0 to 1: pairs of characters in common. 3号楼群 and 5号楼群 are like each other, and are not the same. */
export function topicLikeness(one: string, other: string): number {
  if (one === other) return one === '' ? 0 : 1
  const [left, right] = [pairsOf(one), pairsOf(other)]
  const shared = [...left].filter((pair) => right.has(pair)).length
  const likeness = (2 * shared) / Math.max(1, left.size + right.size)
  return numbersIn(one) === numbersIn(other) ? likeness : 0.3 * likeness
}

function pairsOf(text: string): ReadonlySet<string> {
  const characters = [...`^${text}$`]
  return new Set(characters.slice(1).map((character, at) => `${characters[at]}${character}`))
}

function numbersIn(text: string): string {
  return (text.match(/\d+|[一二三四五六七八九十]+/gu) ?? []).join(' ')
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
