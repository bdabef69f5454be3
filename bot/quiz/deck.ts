/**
 * A shuffled cycle that is remembered in one number and one name. Every key has a place on a circle, given by a
 * hash of the seed and the key; the next question is the one that stands behind the last on the circle:
 *
 *      a ── f ── c          last = c, next = e: each comes again only when
 *      │         │          all the others have come, also across restarts
 *      d ── b ── e          and when keys were added or taken away.
 *
 * A draw looks at every key once; what was asked before costs nothing.
 */
export function nextKey(
  keys: Iterable<string>,
  seed: number,
  last: string | undefined,
  fits: (key: string) => boolean,
): string | undefined {
  const behind = [...keys].map((key): Placed => ({ key, place: placeOf(seed, key) })).sort(compare)
  const from = last === undefined ? undefined : { key: last, place: placeOf(seed, last) }
  const start = from ? behind.findIndex((each) => compare(each, from) > 0) : 0
  const turned = start <= 0 ? behind : [...behind.slice(start), ...behind.slice(0, start)]
  return turned.find(({ key }) => fits(key))?.key
}

interface Placed {
  readonly key: string
  readonly place: number
}

function compare(one: Placed, other: Placed): number {
  return one.place - other.place || (one.key < other.key ? -1 : one.key > other.key ? 1 : 0)
}

/** FNV-1a with a last mixing, so that 苹果 and 苹果皮 stand far apart. */
function placeOf(seed: number, key: string): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0
  for (const character of key) {
    hash ^= character.codePointAt(0) ?? 0
    hash = Math.imul(hash, 0x01000193) >>> 0
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b) >>> 0
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35) >>> 0
  return (hash ^ (hash >>> 16)) >>> 0
}
