import type { House } from '../../house.ts'
import type { Send } from '../../outcome.ts'
import type { Reading } from '../../reading.ts'
import type { Notice } from '../notice.ts'
import { numberOf } from '../notice-number.ts'
import { hasAddress, tellAuthor } from '../tell-author.ts'
import type { CopyRow } from './copies.ts'
import { lookWords, type NamedCopy } from './look-words.ts'

/** Its author hears once what became of it; whoever is no person looks it up. */
export async function finishWords(
  house: House,
  reading: Reading,
  notice: Pick<Notice, 'id' | 'author'>,
  copies: readonly CopyRow[],
): Promise<readonly Send[]> {
  if (!hasAddress(notice.author)) return []
  const { texts } = house
  const count = (fits: (row: CopyRow) => boolean) => copies.filter(fits).length
  const arrived = count(({ state, attachment }) => isThere(state) && (!attachment || isThere(attachment)))
  const unconfirmed = count(
    ({ state, attachment }) => isOpen(state) || (isThere(state) && isOpen(attachment)),
  )
  const noAccount = count(({ reason }) => reason === 'no-account')
  const expired = count(({ reason }) => reason === 'expired')
  const failed = copies.length - arrived - unconfirmed - noAccount - expired
  const words = { number: numberOf(notice), groups: copies.length, arrived }
  const rest = [
    ...(unconfirmed > 0 ? [texts.noticeRestUnconfirmed({ count: unconfirmed })] : []),
    ...(failed > 0 ? [texts.noticeRestFailed({ count: failed })] : []),
    ...(noAccount > 0 ? [texts.noticeRestNoAccount({ count: noAccount })] : []),
    ...(expired > 0 ? [texts.noticeRestExpired({ count: expired })] : []),
  ].join('，')
  // 发完了 is no word for what most groups never got
  const some = expired * 2 > copies.length ? texts.noticeFinishedFew : texts.noticeFinishedSome
  const text = rest === '' ? texts.noticeFinished(words) : some({ ...words, rest })
  return tellAuthor(
    notice,
    [text, ...lookWords(texts, words.number, await named(reading, copies))].join('\n'),
  )
}

/** Those that somebody has to look into, with the names of their groups. */
async function named(reading: Reading, copies: readonly CopyRow[]): Promise<readonly NamedCopy[]> {
  const found: NamedCopy[] = []
  for (const { group, state, reason } of copies) {
    if (state !== 'unconfirmed' && state !== 'failed') continue
    const name = (await reading.get('groups', group))?.name ?? group
    found.push({ name, state, ...(reason !== undefined && { reason }) })
  }
  return found
}

/** It was on its way when the time of the notice was over, or broke off: nobody knows. */
function isOpen(state: CopyRow['attachment']): boolean {
  return state === 'unconfirmed' || state === 'sending'
}

function isThere(state: CopyRow['state']): boolean {
  return state === 'sent' || state === 'confirmed'
}
