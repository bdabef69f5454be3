import type { Instant } from '../../ports/chat.ts'
import type { Put, Reading } from '../../reading.ts'
import type { OutboxEntry } from '../../sending/outbox-documents.ts'
import { mayHaveIt } from '../copies/copies.ts'
import type { Notice } from '../notice.ts'

/**
 * The newest notices of one group, so that a line said there finds by key what it may be about, however many notices
 * there were: written when sending begins, in the same commit as the copies.
 */
export interface GroupNotices {
  /** The group's id. */
  readonly id: string
  /** The newest last. */
  readonly notices: readonly GroupNotice[]
}

interface GroupNotice {
  readonly notice: string
  /** What it corrects or takes back is of the same matter, and so are all notices of a series. */
  readonly matter: string
  readonly as?: 'correction' | 'retraction'
  /** When its sending began. */
  readonly at: Instant
  /** When its time is over: what is of no use any more is not even read. */
  readonly until: Instant
}

const remembered = 30

/** What every group that gets this notice remembers of it. */
export async function notedInGroups(
  reading: Reading,
  notice: Notice,
  groups: readonly string[],
  now: Instant,
): Promise<readonly Put[]> {
  const { id, follows } = notice
  const entry: GroupNotice = {
    ...{ notice: id, matter: await matterOf(reading, notice), at: now, until: notice.expiresAt },
    ...(follows && { as: follows.as }),
  }
  return Promise.all(
    groups.map(async (group): Promise<Put> => {
      const before = (await reading.get('groupNotices', group))?.notices ?? []
      const notices = [...before.filter((each) => each.notice !== id), entry].slice(-remembered)
      return { collection: 'groupNotices', document: { id: group, notices } }
    }),
  )
}

/** The first notice of a chain of corrections; a series, for those it made. */
async function matterOf(reading: Reading, notice: Notice): Promise<string> {
  const seen = new Set<string>()
  let first: Notice = notice
  while (first.follows && !seen.has(first.id)) {
    seen.add(first.id)
    const before: Notice | undefined = await reading.get('notices', first.follows.notice)
    if (!before) return first.follows.notice
    first = before
  }
  return first.series ?? first.id
}

/** A notice whose words have arrived in a group, and what has become of it since. */
export interface ArrivedNotice {
  readonly notice: Notice
  readonly group: string
  /** When the words arrived there. */
  readonly at: Instant
  /**
   * `runs`: it answers questions; `over`: its time is over; `corrected`: newer words have begun; `retracted`: it was
   * taken back, or is the retraction itself.
   */
  readonly state: 'runs' | 'over' | 'corrected' | 'retracted'
}

/** Those that were not over before `since`; the newest first. */
export async function noticesIn(
  reading: Reading,
  group: string,
  now: Instant,
  since: Instant,
): Promise<readonly ArrivedNotice[]> {
  const entries = (await reading.get('groupNotices', group))?.notices ?? []
  const newest = new Map(entries.map((entry) => [entry.matter, entry]))
  const arrived: ArrivedNotice[] = []
  for (const entry of entries.toReversed()) {
    if (entry.until < since) continue
    const notice = await reading.get('notices', entry.notice)
    const at = notice && (await arrivedAt(reading, notice, group))
    if (!notice || at === undefined) continue
    const last = newest.get(entry.matter) ?? entry
    arrived.push({ notice, group, at, state: stateOf(notice, last, now) })
  }
  return arrived
}

/** What is known in this group of the matter of that notice: its newest correction, or the notice itself. */
export async function newestOfMatter(reading: Reading, group: string, notice: Notice): Promise<Notice> {
  const entries = (await reading.get('groupNotices', group))?.notices ?? []
  const matter = entries.find((entry) => entry.notice === notice.id)?.matter
  const newest = entries.findLast((entry) => entry.matter === matter && entry.as !== 'retraction')
  return (newest && (await reading.get('notices', newest.notice))) ?? notice
}

/** Of one matter only the newest words count, from the moment their sending begins: what is known to be wrong is not repeated. */
function stateOf(notice: Notice, newest: GroupNotice, now: Instant): ArrivedNotice['state'] {
  if (newest.as === 'retraction') return 'retracted'
  if (newest.notice !== notice.id) return 'corrected'
  return notice.expiresAt > now ? 'runs' : 'over'
}

async function arrivedAt(reading: Reading, notice: Notice, group: string): Promise<Instant | undefined> {
  const entry = await reading.get('outbox', `notice/${notice.id}/${group}`)
  const begun = notice.startedAt ?? notice.writtenAt
  if (entry) return mayHaveIt({ state: copyStateOf(entry) }) ? (entry.endedAt ?? begun) : undefined
  // the outbox has forgotten it
  const record = await reading.get('noticeRecords', notice.id)
  const row = record?.copies.find((copy) => copy.group === group)
  return row && mayHaveIt(row) ? (row.at ?? begun) : undefined
}

function copyStateOf({ state }: OutboxEntry) {
  return state === 'held' || state === 'outdated' ? ('queued' as const) : state
}
