import type { OutboxEntry } from '../documents.ts'
import type { House } from '../house.ts'
import { endCopy } from '../sending/end-copy.ts'
import { ended } from './copy-entries.ts'
import { copyEnded } from './finish.ts'
import { hearLink } from './hear-link.ts'
import type { Notice } from './notice.ts'

/**
 * This process takes up an account: at its start, or because another process is gone. What was being sent then may or
 * may not have gone out; a notice that lacked only its end is finished.
 */
export async function takeUpNotices(house: House, account: string): Promise<void> {
  const { documents: begun } = await house.store.find<OutboxEntry>('outbox', {
    where: { account, state: 'sending' },
    order: 'rank',
    limit: 10_000,
  })
  for (const { version: _, ...entry } of begun)
    await endCopy(house, entry, { ...entry, ...ended(house, entry), state: 'unconfirmed' })
  if (begun.length > 0)
    house.observe({
      type: 'trouble',
      at: house.now(),
      text: `${begun.length} notices of account ${account} may or may not have gone out before the stop: look into the groups`,
    })
  const { documents: running } = await house.store.find<Notice>('notices', {
    where: { state: { in: ['sending', 'paused'] } },
    order: 'writtenAt',
    limit: 1_000,
  })
  for (const { id } of running) await copyEnded(house, id)
  const chat = house.chats.find((each) => each.account === account)
  // the minute after which others take its groups counts from here, or from when it went down
  await hearLink(house, { account, type: chat?.state().state === 'up' ? 'up' : 'down' })
}
