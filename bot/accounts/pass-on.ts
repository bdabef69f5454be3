import type { House } from '../house.ts'
import { ConflictError } from '../ports/store.ts'
import { startReading } from '../reading.ts'
import type { OutboxEntry } from '../sending/outbox-documents.ts'
import { linksOf } from './links.ts'
import { speakerOf } from './speaker.ts'

/**
 * Answers to groups that wait for an account which stays away are said by whoever stands in. Notices are not looked
 * at here: bot/sending/ spreads them, and must know which of them may have gone out.
 */
const batch = 500

export async function passOnWaiting(house: House): Promise<void> {
  const away = house.now() - house.settings.standInAfter
  for (const link of await linksOf(startReading(house.store)))
    if (link.state === 'down' && link.since <= away) await passOn(house, link.id)
}

async function passOn(house: House, account: string): Promise<void> {
  const reading = startReading(house.store)
  const where = { account, state: 'queued' }
  const { documents } = await reading.find('outbox', { where, order: 'rank', limit: batch })
  for (const entry of documents) {
    if (entry.kind === 'notice' || !('group' in entry.to)) continue
    const group = await reading.get('groups', entry.to.group)
    if (!group || group.owner !== account) continue
    const speaker = await speakerOf(house, reading, group)
    if (speaker !== account) await give(house, entry, entry.version, speaker)
  }
}

async function give(house: House, entry: OutboxEntry, expect: number, account: string): Promise<void> {
  const put: OutboxEntry = { ...entry, account }
  try {
    await house.store.commit([{ collection: 'outbox', id: entry.id, put, expect }])
  } catch (error) {
    // it was sent, or is outdated, at this very moment
    if (!(error instanceof ConflictError)) throw error
  }
}
