import type { Group } from '../../documents.ts'
import { askApproval } from '../../doors/notices/ask-approval.ts'
import type { House } from '../../house.ts'
import { both, type Outcome } from '../../outcome.ts'
import type { Instant } from '../../ports/chat.ts'
import type { Reading } from '../../reading.ts'
import type { OutboxEntry } from '../../sending/outbox-documents.ts'
import type { Timer } from '../../timer.ts'
import { carriersOf } from '../accounts/accounts.ts'
import type { Notice } from '../notice.ts'
import { notedInGroups } from '../residents/group-notices.ts'
import { stepped } from '../step.ts'
import { beginRepeated } from '../times/repeated.ts'
import { reasonsAtBegin } from '../writing/reasons-now.ts'
import { groupsOf } from '../writing/targets.ts'
import { copiesOf, copyRows, mayHaveIt } from './copies.ts'
import { copyEntries } from './copy-entries.ts'
import { endNotice } from './expire.ts'
import { finished } from './finish.ts'
import { recordOf } from './record.ts'
import { outboxPut, waitingCopies } from './respread.ts'
import { stopNotice } from './run.ts'
import { spread } from './spread.ts'

/** Its time has come: each group's copy goes into the outbox of one account, and the notice is being sent. */
export async function beginNotice(
  house: House,
  reading: Reading,
  timer: Timer & { readonly kind: 'notice' | 'noticeExpiry' },
): Promise<Outcome> {
  const notice = await reading.get('notices', timer.notice)
  if (notice?.state !== 'scheduled') return { cancelled: [timer.id] }
  if (notice.repeat) {
    const { notice: next, outcome } = await beginRepeated(house, reading, notice, timer)
    return next ? both(outcome, await fanOut(house, reading, next, timer.dueAt)) : outcome
  }
  // the bot was not there when its time came, and now it is over
  if (notice.expiresAt <= house.now()) return endNotice(house, reading, timer)
  return both({ cancelled: [timer.id] }, await fanOut(house, reading, notice, timer.dueAt))
}

/** @param begins when it was to begin: a bot that was away does not make it a notice of another hour */
async function fanOut(house: House, reading: Reading, notice: Notice, begins: Instant): Promise<Outcome> {
  const targets = notice.follows ? [] : await groupsOf(reading, notice.targets)
  const approval = await reasonsAtBegin(house, reading, notice, { groups: targets, begins })
  if (approval.length > 0)
    return waitForApproval(house, reading, {
      ...{ ...notice, approval },
      groups: notice.follows ? notice.groups : targets.length,
    })
  const groups = await recipients(reading, notice, targets)
  const entries = await copiesFor(house, reading, notice, groups)
  const change = { state: 'sending', startedAt: house.now(), groups: groups.length } as const
  const begun = stepped(notice, 'started', { at: house.now(), by: 'bot' }, change)
  const expiry = { id: `noticeExpiry/${notice.id}`, kind: 'noticeExpiry', notice: notice.id } as const
  const noted = await notedInGroups(reading, notice, groups, house.now())
  const outcome: Outcome = { puts: [...entries.map(outboxPut), ...noted], notices: [begun] }
  const running = both(await stopFirst(house, reading, notice), outcome)
  if (entries.some(({ state }) => state === 'queued'))
    return both(running, { timers: [{ ...expiry, dueAt: notice.expiresAt }] })
  // none of our accounts is in any of these groups
  const record = recordOf(notice.id, copyRows(entries))
  return both(running, await finished(house, reading, begun.notice, record))
}

/** What nobody had to approve when it was written: see writing/reasons-now.ts. */
async function waitForApproval(house: House, reading: Reading, notice: Notice): Promise<Outcome> {
  const { sends } = await askApproval(house, reading, notice, {
    begins: house.texts.noticeBeginsApproved(),
    by: 'bot',
  })
  const waiting = stepped(notice, 'submitted', { at: house.now(), by: 'bot' }, { state: 'awaiting' })
  const expiry = { id: `noticeExpiry/${notice.id}`, kind: 'noticeExpiry', notice: notice.id } as const
  return { notices: [waiting], sends, timers: [{ ...expiry, dueAt: notice.expiresAt }] }
}

/** A correction goes exactly where the words may have arrived; everything else to its targets as they are now. */
async function recipients(
  reading: Reading,
  { follows }: Notice,
  targets: readonly Group[],
): Promise<readonly string[]> {
  if (!follows) return targets.map(({ id }) => id)
  return (await copiesOf(reading, { id: follows.notice })).filter(mayHaveIt).map(({ group }) => group)
}

/** What was wrong goes to nobody else. */
async function stopFirst(house: House, reading: Reading, { follows, author }: Notice): Promise<Outcome> {
  const first = follows && (await reading.get('notices', follows.notice))
  const runs = first?.state === 'sending' || first?.state === 'paused'
  return runs ? stopNotice(house, reading, first, author) : {}
}

async function copiesFor(
  house: House,
  reading: Reading,
  notice: Notice,
  groups: readonly string[],
): Promise<readonly OutboxEntry[]> {
  const carriers = await carriersOf(house, reading)
  const load = new Map<string, number>()
  for (const { account, notice: id } of await waitingCopies(house, reading))
    if (id !== notice.follows?.notice) load.set(account, (load.get(account) ?? 0) + 1)
  const accounts = spread(
    groups.map((id) => ({ id, options: carriers(id) })),
    load,
  )
  return groups.flatMap((group, place) => copyEntries(house, notice, group, accounts.get(group), place))
}
