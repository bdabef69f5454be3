import type { InboundMessage } from '../ports/chat.ts'
import type { Reading } from '../reading.ts'
import type { OutboxEntry } from '../sending/outbox-documents.ts'
import { rankOf } from '../sending/outbox-order.ts'
import type { AccountLink } from './account-documents.ts'

/**
 * What one of our accounts says in a group is heard by our other accounts that are in it: it is not a resident's
 * line. Known by the contact id of the account. wechat4u shows everybody under another id to each account: there
 * whoever is called as one of us, and says what that one has been given to say, is that one.
 */

/** A notice to hundreds of groups is queued long before the last group hears it. */
const queuedBefore = 6 * 60 * 60_000
const clockTolerance = 2 * 60_000
const lookBack = 2_000

export async function isSaidByUs(
  reading: Reading,
  links: readonly AccountLink[],
  { account, sender, room, text, at }: InboundMessage,
): Promise<boolean> {
  const others = links.filter(({ id }) => id !== account)
  if (others.some(({ selves }) => selves.includes(sender.id))) return true
  if (room === undefined) return false
  const namesakes = others.filter(({ name }) => name !== '' && name === sender.name)
  for (const { id } of namesakes) if (await hasThatToSay(reading, id, text, at)) return true
  return false
}

async function hasThatToSay(reading: Reading, account: string, text: string, at: number): Promise<boolean> {
  const where = { account, state: { in: ['queued', 'sending', 'sent', 'confirmed', 'unconfirmed'] } }
  for (const [kind, urgent] of [
    ['reply', true],
    ['reply', false],
    ['afterAnswers', false],
    ['emergencyNotice', false],
    ['notice', false],
  ] as const) {
    const gte = rankOf(kind, urgent, at - queuedBefore)
    const lte = rankOf(kind, urgent, at + clockTolerance)
    const query = { where, order: 'rank', range: { field: 'rank', gte, lte }, limit: lookBack }
    const { documents } = await reading.find('outbox', query)
    if (documents.some((entry) => isIn(entry, text))) return true
  }
  return false
}

function isIn({ to, picture, text }: OutboxEntry, said: string): boolean {
  return 'group' in to && picture === undefined && text === said
}
