/**
 * What a sentence is about, cheaply: its two-character pieces without those that stand in any sentence here
 * (是不是, 小区, 号楼, 今天 …). Two texts that share pieces speak of the same.
 */
const everywhere =
  /[的了吗呢吧啊呀哦是不没有在我你他她它们这那就都也还要会能可以怎么什么请问谢大家好个上下来去说今年天日月点号楼单元区群主人]/u

export function piecesOf(text: string): readonly string[] {
  const pieces = new Set<string>()
  for (const run of text.match(/\p{Script=Han}+/gu) ?? [])
    for (let start = 0; start + 1 < run.length; start++) {
      const piece = run.slice(start, start + 2)
      if (!everywhere.test(piece)) pieces.add(piece)
    }
  return [...pieces]
}

export function sharedPieces(one: string, other: string): number {
  const pieces = piecesOf(other)
  return piecesOf(one).filter((piece) => pieces.includes(piece)).length
}
