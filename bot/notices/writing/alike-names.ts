/** What somebody may have meant by a name that nobody has: the likeliest first, three at most. */
export function alikeNames(name: string, known: readonly string[]): readonly string[] {
  return (
    [...new Set(known)]
      .map((each) => ({ each, score: likeness(plainName(name), plainName(each)) }))
      // 火星社区 and 柳林社区 are both called 社区, and that is all
      .filter(({ each }) => overlap([...ownName(name)], [...ownName(each)]) > 0)
      .filter(({ score }) => score >= least)
      .sort((one, other) => other.score - one.score || (one.each < other.each ? -1 : 1))
      .slice(0, most)
      .map(({ each }) => each)
  )
}

/** Full width and half width, capital and small letters, spaces and dots make no other name. */
export function plainName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s/·・\-_]+/gu, '')
}

/** 幸福里 of 幸福里社区; 业主群, which is nothing but its kind, stays. */
function ownName(name: string): string {
  const plain = plainName(name)
  return plain.replace(/(?:社区|街道|小区|网格|号楼|群)$/u, '') || plain
}

const least = 0.34
const most = 3

/** 0 to 1: how many characters they share, each counted as often as it stands in both; order breaks ties. */
function likeness(one: string, other: string): number {
  if (one === '' || other === '') return 0
  const shared = overlap([...one], [...other])
  const inOrder = overlap(pairsOf(one), pairsOf(other))
  return (shared + inOrder) / (Math.max([...one].length, [...other].length) * 2 - 1)
}

function pairsOf(text: string): readonly string[] {
  const characters = [...text]
  return characters.slice(1).map((character, at) => `${characters[at]}${character}`)
}

function overlap(one: readonly string[], other: readonly string[]): number {
  const left = new Map<string, number>()
  for (const each of one) left.set(each, (left.get(each) ?? 0) + 1)
  let shared = 0
  for (const each of other) {
    const count = left.get(each) ?? 0
    if (count > 0) shared++
    left.set(each, count - 1)
  }
  return shared
}
