import { sharedPieces } from '../../../tickets/text-pieces.ts'
import { isPleasantry } from '../../handlers/pleasantry.ts'
import type { Situation } from '../../situation.ts'
import type { ArrivedNotice } from './group-notices.ts'
import { readReceipt } from './receipt-words.ts'

const lines = 20

/** Since the notice came nobody has spoken of anything else here: 要带什么 can only mean the notice. */
export async function isWithoutOtherTalk(
  { reading, cause }: Pick<Situation, 'reading' | 'cause'>,
  { notice, at }: ArrivedNotice,
): Promise<boolean> {
  const { documents } = await reading.find('inbox', {
    where: { conversation: cause.conversation ?? '' },
    order: 'at',
    range: { field: 'at', gte: at },
    descending: true,
    limit: lines,
  })
  const own = new Set(cause.lines.map(({ id }) => id))
  return documents.every(
    ({ id, text, kind }) =>
      own.has(id) ||
      (kind === 'text' &&
        (isPleasantry(text) || readReceipt(text)?.rest === '' || sharedPieces(text, notice.text) > 0)),
  )
}
