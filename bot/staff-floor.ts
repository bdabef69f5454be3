import type { InboxEntry } from './documents.ts'
import type { Reading } from './reading.ts'

/**
 * When staff speak in a group, the bot leaves them the floor: for everything said before, and for whatever goes
 * on about the same subject. The subject is what staff said and what was said just before it, as two-character
 * pieces without the words that every sentence has.
 */

const lookBack = 5 * 60_000
const mostLines = 6
const mostPieces = 120
/** Characters of words that stand in any sentence here: what shares only these shares no subject. */
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

/** The subject that a staff line of this conversation takes over. */
export async function subjectTakenBy(reading: Reading, entry: InboxEntry): Promise<readonly string[]> {
  const { documents } = await reading.find('inbox', {
    where: { conversation: entry.conversation },
    order: 'at',
    range: { field: 'at', gte: entry.at - lookBack },
    descending: true,
    limit: mostLines,
  })
  return [...new Set(documents.flatMap((line) => piecesOf(line.text)))].slice(0, mostPieces)
}

export function isOnSubject(text: string, subject: readonly string[]): boolean {
  return piecesOf(text).some((piece) => subject.includes(piece))
}
