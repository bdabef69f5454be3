import { decideAndCommit } from '../commit.ts'
import type { House } from '../house.ts'
import { membersOfGroup } from '../notices/accounts/accounts.ts'
import { countAttempt, restAccount } from '../notices/accounts/health.ts'
import { ended, skipped } from '../notices/copies/copy-entries.ts'
import { copyEnded } from '../notices/copies/finish.ts'
import type { Chat, ChatFile } from '../ports/chat.ts'
import { SendError } from '../ports/chat.ts'
import { ConflictError, type Stored } from '../ports/store.ts'
import { confirmed } from './confirmed.ts'
import { contentOf, destinationOf } from './contents.ts'
import type { Echoes } from './echoes.ts'
import { changedCopy, copyCause, endCopy } from './end-copy.ts'
import type { Gaps } from './gaps.ts'
import type { OutboxEntry } from './outbox-documents.ts'

/**
 * One copy of a notice, at most once: that sending begins is on disk before it begins. What began and was never heard of
 * again, because of a crash or a broken link, is `unconfirmed` and shown to staff, who decide.
 */
export interface Delivery {
  readonly house: House
  readonly chat: Chat
  readonly gaps: Gaps
  readonly echoes: Echoes
}

export async function deliverCopy(delivery: Delivery, entry: Stored<OutboxEntry>): Promise<void> {
  const { house, chat } = delivery
  if (entry.expiresAt !== undefined && entry.expiresAt <= house.now())
    return endCopy(house, entry, skipped(house, entry, 'expired'))
  try {
    const content = await fileOrWords(house, entry)
    if (content === undefined) return endCopy(house, entry, skipped(house, entry, 'failed'))
    const to = await destinationOf(house, chat.account, entry)
    if (await begun(house, entry)) await send(delivery, entry, () => chat.send(to, content))
  } catch (error) {
    if (!(error instanceof SendError)) throw error
    await notSent(delivery, entry, error)
  }
}

/** Undefined when somebody has deleted the file: another account would not find it either. */
async function fileOrWords(house: House, entry: OutboxEntry): Promise<string | ChatFile | undefined> {
  try {
    return await contentOf(house, entry)
  } catch (error) {
    if (!(error instanceof SendError)) throw error
    tell(house, error.message)
    return undefined
  }
}

/** It is on disk that this begins. False when it was stopped, paused or given to another account a moment ago. */
async function begun(house: House, { version, ...entry }: Stored<OutboxEntry>): Promise<boolean> {
  const put: OutboxEntry = { ...entry, state: 'sending' }
  try {
    await house.store.commit([{ collection: 'outbox', id: entry.id, put, expect: version }])
    return true
  } catch (error) {
    if (error instanceof ConflictError) return false
    throw error
  }
}

async function send(
  { house, gaps, echoes }: Delivery,
  entry: OutboxEntry,
  sending: () => ReturnType<Chat['send']>,
): Promise<void> {
  echoes.expect(entry)
  try {
    const { messageId } = await sending()
    gaps.sent(entry)
    const sent = { ...entry, ...ended(house, entry), state: 'sent' } as const
    if (messageId === undefined) await endCopy(house, entry, sent)
    else await endCopy(house, entry, { ...sent, state: 'confirmed', messageId })
    await confirmed(house, echoes, entry, messageId !== undefined)
    house.observe({ type: 'sent', at: house.now(), entry })
    await attempted(house, entry.account, true)
  } catch (error) {
    if (error instanceof SendError && isInDoubt(error)) gaps.sent(entry)
    throw error
  }
}

/** It may have gone out all the same. */
function isInDoubt({ code, inDoubt }: SendError): boolean {
  return code === 'failed' || inDoubt
}

async function notSent({ house, echoes }: Delivery, entry: OutboxEntry, error: SendError): Promise<void> {
  const echo = echoes.take(entry)
  const attempts = entry.attempts + 1
  if (echo !== undefined) {
    const state = 'confirmed' as const
    return endCopy(house, entry, { ...entry, ...ended(house, entry), state, messageId: echo })
  }
  if (isInDoubt(error)) {
    await endCopy(house, entry, {
      ...entry,
      ...ended(house, entry),
      state: 'unconfirmed',
      error: error.code,
      attempts,
    })
    tell(
      house,
      `copy ${entry.id} may or may not have gone out (${error.code}): look into the group, then settle it`,
    )
    if (error.code === 'failed') await attempted(house, entry.account, false)
    return
  }
  if (error.code === 'gone') return gone(house, { ...entry, attempts })
  const { backoff } = house.settings.pace
  // an account that is warned rests as a whole, and what it had may go to another one at once
  const dueAt = house.now() + (error.code === 'rate' ? 0 : backoff)
  await endCopy(house, entry, { ...entry, state: 'queued', attempts, dueAt, error: error.code })
  if (error.code === 'rate') await rest(house, entry.account)
}

/** This account is not in the group any more; another one of ours may be. */
async function gone(house: House, entry: OutboxEntry): Promise<void> {
  await decideAndCommit(house, async (reading) => {
    const group = 'group' in entry.to ? entry.to.group : ''
    const members = await membersOfGroup(house, reading, group)
    const next = members[(members.indexOf(entry.account) + 1) % members.length]
    const isLast = next === undefined || next === entry.account || entry.attempts >= members.length
    const change = isLast
      ? skipped(house, entry, 'gone')
      : ({ ...entry, state: 'queued', account: next, dueAt: house.now() } as const)
    return { cause: copyCause(entry), outcome: await changedCopy(house, reading, entry, change) }
  })
  tell(
    house,
    `account ${entry.account} cannot reach the group of ${entry.id}: is it still in it? See linli group list`,
  )
  if (entry.notice !== undefined) await copyEnded(house, entry.notice)
}

/** WeChat said 操作过于频繁: no notices for a while, and no answers that are not urgent. */
export async function rest(house: House, account: string): Promise<void> {
  await decideAndCommit(house, async (reading) => ({
    cause: { id: `account/${account}@${house.now()}`, group: null, lines: [] },
    outcome: await restAccount(house, reading, account, 'rate'),
  }))
  const state = await house.store.get<{ id: string; lastRest?: { length: number } }>('accountStates', account)
  const minutes = Math.round((state?.lastRest?.length ?? 0) / 60_000)
  tell(
    house,
    `account ${account}: WeChat says 操作过于频繁; it rests for ${minutes} minutes, then goes on by itself. Send less, or spread groups over more accounts`,
  )
}

async function attempted(house: House, account: string, succeeded: boolean): Promise<void> {
  await decideAndCommit(house, async (reading) => {
    const outcome = await countAttempt(house, reading, account, succeeded)
    if (Object.keys(outcome).length === 0) return undefined
    return { cause: { id: `account/${account}@${house.now()}`, group: null, lines: [] }, outcome }
  })
}

function tell(house: House, text: string): void {
  house.observe({ type: 'trouble', at: house.now(), text })
}
