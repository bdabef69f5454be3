import { accountsOf } from '../../accounts/links.ts'
import { decideAndCommit } from '../../commit.ts'
import type { House } from '../../house.ts'
import { endCopy } from '../../sending/end-copy.ts'
import type { OutboxEntry } from '../../sending/outbox-documents.ts'
import { hearLink } from '../accounts/hear-link.ts'
import type { Notice } from '../notice.ts'
import { entriesOf } from './copies.ts'
import { ended, skipped } from './copy-entries.ts'
import { copyEnded } from './finish.ts'
import { outboxPut, respread } from './respread.ts'

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
  for (const { id } of running) {
    await adoptOrphans(house, id)
    await copyEnded(house, id)
  }
  const chat = house.chats.find((each) => each.account === account)
  // the minute after which others take its groups counts from here, or from when it went down
  await hearLink(house, { account, type: chat?.state().state === 'up' ? 'up' : 'down' })
}

/** Copies of an account that is not ours any more go to the others; what none of them can reach is skipped, and shown. */
async function adoptOrphans(house: House, notice: string): Promise<void> {
  const ours = new Set(accountsOf(house))
  await decideAndCommit(house, async (reading) => {
    const waiting = await entriesOf(reading, notice, ['queued', 'held'])
    const orphans = waiting.filter(({ account }) => !ours.has(account))
    if (orphans.length === 0) return undefined
    const adopted = new Map((await respread(house, reading, orphans)).map((entry) => [entry.id, entry]))
    const puts = orphans.map((entry) =>
      outboxPut(adopted.get(entry.id) ?? skipped(house, entry, 'no-account')),
    )
    return {
      cause: { id: `notice/${notice}/orphans@${house.now()}`, group: null, lines: [] },
      outcome: { puts },
    }
  })
}
