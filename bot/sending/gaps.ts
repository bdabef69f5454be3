import type { House, Pace } from '../house.ts'
import type { Instant } from '../ports/chat.ts'
import type { OutboxEntry } from './outbox-documents.ts'
import { mayNotDisturb } from './outbox-order.ts'
import { afterQuietHours } from './quiet-hours.ts'

/** When the next message may go out: gaps between two sends of one account, and between two to one group. */
export interface Gaps {
  /** How many may be under way at once. */
  readonly atOnce: number
  /** Before this instant nothing of this kind goes out, whoever it is for. */
  waitForAccount(entry: OutboxEntry, resting: Instant): Instant
  /** The instant from which this entry may be sent. @param resting until then the account rests */
  waitFor(entry: OutboxEntry, resting: Instant): Instant
  /** It went out, or may have. */
  sent(entry: OutboxEntry): void
}

/** Group or person → the instant from which something may be said there again; of all accounts of a process. */
export type GroupGaps = Map<string, Instant>

const mostAtOnce = 16
/** Of the gap: the timing of notices varies, but what 642 groups need grows by less than a twentieth. */
const noticeJitter = 1 / 12

/** @param groups shared by all accounts: two of them may be in one group */
export function createGaps(house: House, groups: GroupGaps): Gaps {
  const { pace } = house.settings
  let replyAt = 0
  // what was sent before a restart is not known here: nobody can tell that it was not a moment ago
  let noticeAt = house.now() + pace.notice
  const noGaps = pace.reply + pace.notice + pace.jitter + pace.group === 0

  function waitForAccount(entry: OutboxEntry, resting: Instant): Instant {
    if (entry.urgent) return entry.dueAt
    if (entry.kind !== 'notice') return Math.max(resting, replyAt)
    const at = Math.max(resting, noticeAt)
    return mayNotDisturb(entry) ? afterQuietHours(Math.max(at, house.now())) : at
  }
  return {
    atOnce: noGaps ? mostAtOnce : 1,
    waitForAccount,
    waitFor(entry, resting) {
      if (entry.urgent) return entry.dueAt
      const at = Math.max(waitForAccount(entry, resting), entry.dueAt, groups.get(keyOf(entry)) ?? 0)
      return entry.kind === 'notice' && mayNotDisturb(entry) ? afterQuietHours(at) : at
    },
    sent(entry) {
      const now = house.now()
      const chance = house.random()
      replyAt = now + pace.reply + Math.floor(chance * pace.jitter)
      noticeAt = now + pace.notice + Math.floor(chance * jitterOfNotices(pace))
      for (const [key, until] of groups) if (until <= now) groups.delete(key)
      groups.set(keyOf(entry), now + pace.group)
    },
  }
}

function jitterOfNotices({ notice, jitter }: Pace): number {
  return Math.min(jitter, notice * noticeJitter)
}

/** One conversation: a group, or a person. */
export function keyOf({ to }: Pick<OutboxEntry, 'to'>): string {
  return 'group' in to ? to.group : to.person
}
