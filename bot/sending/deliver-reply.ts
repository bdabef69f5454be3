import type { House } from '../house.ts'
import { SendError } from '../ports/chat.ts'
import type { Stored } from '../ports/store.ts'
import { confirmed } from './confirmed.ts'
import { contentOf, destinationOf } from './contents.ts'
import { type Delivery, rest } from './deliver-copy.ts'
import type { OutboxEntry } from './outbox-documents.ts'
import { isStillTrue } from './still-true.ts'

/** 2 s, 4 s, … 64 s: not later than that after an account has come back. */
const mostDoublings = 5

/** An answer or an alert, at least once: better said twice than never. */
export async function deliverReply(
  { house, chat, gaps, echoes }: Delivery,
  entry: Stored<OutboxEntry>,
): Promise<void> {
  if (!(await isStillTrue(house.store, entry))) {
    await mark(house, entry, { state: 'outdated', forgetAt: house.now() + house.settings.keep.chatter })
    return
  }
  try {
    const to = await destinationOf(house, chat.account, entry)
    const content = await contentOf(house, entry)
    echoes.expect(entry)
    const { messageId } = await chat.send(to, content)
    gaps.sent(entry)
    const forgetAt = house.now() + house.settings.keep.chatter
    const state = messageId === undefined ? 'sent' : 'confirmed'
    await mark(house, entry, { state, forgetAt, ...(messageId !== undefined && { messageId }) })
    await confirmed(house, echoes, entry, messageId !== undefined)
    house.observe({ type: 'sent', at: house.now(), entry })
  } catch (error) {
    if (!(error instanceof SendError)) throw error
    echoes.take(entry)
    await retryLater(house, entry, error)
  }
}

async function retryLater(house: House, entry: Stored<OutboxEntry>, error: SendError): Promise<void> {
  const { pace } = house.settings
  const attempts = entry.attempts + 1
  // an account that is offline, or rests, comes back: what waits for it is never given up
  const hopeless = error.code === 'gone' || (error.code === 'failed' && attempts >= pace.attempts)
  // an emergency cannot rest for half an hour; everything else rests with its account
  const rests = error.code === 'rate' && !entry.urgent
  const dueAt = house.now() + (rests ? 0 : pace.backoff * 2 ** Math.min(attempts - 1, mostDoublings))
  const forgetAt = hopeless ? house.now() + house.settings.keep.chatter : null
  const state = hopeless ? 'failed' : 'queued'
  await mark(house, entry, { state, attempts, dueAt, forgetAt, error: error.code })
  if (error.code === 'rate') await rest(house, entry.account)
  if (hopeless) house.observe({ type: 'trouble', at: house.now(), text: troubleText(entry, error) })
}

function troubleText(entry: OutboxEntry, error: SendError): string {
  return `${entry.kind} ${entry.id} was not delivered (${error.code}) after ${entry.attempts + 1} attempts: check the link with linli doctor`
}

async function mark(house: House, entry: OutboxEntry, change: Partial<OutboxEntry>): Promise<void> {
  const put = { ...entry, ...change }
  await house.store.commit([{ collection: 'outbox', id: entry.id, put }])
}
