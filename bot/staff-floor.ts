import { piecesOf } from '../tickets/text-pieces.ts'
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
