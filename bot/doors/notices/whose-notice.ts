import type { Group, Person } from '../../documents.ts'
import { roles } from '../../documents.ts'
import type { House } from '../../house.ts'
import type { Notice, NoticeState } from '../../notices/notice.ts'
import { NoticeRefusedError } from '../../notices/refusal.ts'
import { assertTheirs, groupsOf } from '../../notices/writing/targets.ts'
import { atLeast } from '../../people/directory.ts'
import type { Reading } from '../../reading.ts'
import { type Actor, byOf, RefusedError } from '../command.ts'

/** Whose notice it is, and who may approve it. */

/** @throws NoticeRefusedError unknown, or not in one of these states */
export async function noticeIn(
  reading: Reading,
  id: string,
  states: readonly NoticeState[],
): Promise<Notice> {
  const notice = await reading.get('notices', id)
  if (!notice)
    throw new NoticeRefusedError(
      { kind: 'unknown-notice', notice: id },
      `no notice ${id}: see linli notice list`,
    )
  if (states.includes(notice.state)) return notice
  throw new NoticeRefusedError(
    { kind: 'state', state: notice.state },
    `notice ${id} is ${notice.state}: this needs ${states.join(' or ')}`,
  )
}

/** Everything but approving is its author's, or of somebody who leads where it goes. @throws RefusedError */
export async function assertMayRun(
  house: House,
  reading: Reading,
  actor: Actor,
  notice: Notice,
): Promise<void> {
  if (actor.kind === 'operator' || byOf(actor) === notice.author) return
  const person = actor.kind === 'person' ? await reading.get('people', actor.id) : undefined
  if (person && (await leads(house, reading, person, await groupsOf(reading, notice.targets)))) return
  throw new RefusedError(
    'elsewhere',
    `notice ${notice.id} is its author's, or for somebody with the role ${house.notices.approval.by} of its places`,
  )
}

/** Grid workers write to the groups of their places. @throws NoticeRefusedError */
export async function assertMayWriteTo(
  reading: Reading,
  actor: Actor,
  groups: readonly Group[],
): Promise<void> {
  const person = actor.kind === 'person' ? await reading.get('people', actor.id) : undefined
  if (person) await assertTheirs(reading, person, groups)
}

/** Never whoever wrote the words as they stand now, or said 发送. @throws NoticeRefusedError, RefusedError */
export async function assertMayApprove(
  house: House,
  reading: Reading,
  actor: Actor,
  notice: Notice,
): Promise<void> {
  if (answersFor(notice, byOf(actor)))
    throw new NoticeRefusedError(
      { kind: 'own-approval' },
      `notice ${notice.id} needs a second person: whoever wrote or sent it cannot approve it`,
    )
  // a system in which a person decides: its key was given the scope for it
  if (actor.kind !== 'person') return
  const person = await reading.get('people', actor.id)
  if (person && (await leads(house, reading, person, await groupsOf(reading, notice.targets)))) return
  throw new RefusedError(
    'authority',
    `notice ${notice.id} is approved by somebody with the role ${house.notices.approval.by} or higher who answers for its places`,
  )
}

/** Everybody who may approve, those of the lowest role first asked; [] when nobody can. */
export async function approversOf(
  house: House,
  reading: Reading,
  notice: Notice,
  /** Who submits it now. */
  by: string,
): Promise<readonly Person[]> {
  const from = roles.indexOf(house.notices.approval.by)
  const groups = await groupsOf(reading, notice.targets)
  for (const role of roles.slice(from)) {
    const { documents } = await reading.find('people', { where: { role }, limit: 10_000 })
    const fit: Person[] = []
    for (const person of documents)
      if (person.id !== by && !answersFor(notice, person.id) && (await leads(house, reading, person, groups)))
        fit.push(person)
    if (fit.length > 0) return fit
  }
  return []
}

function answersFor({ author, history }: Notice, who: string): boolean {
  return who === author || who === history.findLast(({ event }) => event === 'submitted')?.by
}

async function leads(
  house: House,
  reading: Reading,
  person: Person,
  groups: readonly Group[],
): Promise<boolean> {
  if (!atLeast(person, house.notices.approval.by) || person.role === 'department') return false
  // nobody's groups, so of those alone who answer for all
  if (groups.length === 0) return person.places.length === 0
  try {
    await assertTheirs(reading, person, groups)
    return true
  } catch (error) {
    if (error instanceof NoticeRefusedError && error.fault.kind === 'not-theirs') return false
    throw error
  }
}
