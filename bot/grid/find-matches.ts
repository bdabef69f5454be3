import type { Contact, Group, Person } from '../documents.ts'
import type { Match } from './match.ts'
import { likelyPairs, plainName } from './room-likeness.ts'
import type { RoomSnapshot } from './room-snapshot.ts'

/** What is likely the same as before a new login, from what was seen of the rooms. Pure. */

export interface Lost {
  readonly group: Group
  /** Of its room as it was seen before. */
  readonly snapshot: RoomSnapshot
}

type Found<M> = M extends Match ? Omit<M, 'number' | 'state' | 'at' | 'forgetAt'> : never
export type FoundMatch = Found<Match>

/**
 * @param lost groups of one account without a room any more
 * @param unknown rooms of the account that are nobody's yet
 */
export function findMatches(
  account: string,
  lost: readonly Lost[],
  unknown: readonly RoomSnapshot[],
  staff: readonly StaffContact[],
): readonly FoundMatch[] {
  const groups = new Map(lost.map((each) => [each.group.id, each]))
  const rooms = new Map(unknown.map((each) => [each.id, each]))
  const look = ({ id, topic, members }: RoomSnapshot, key = id) => ({
    ...{ key, topic },
    members: members.map(({ name }) => name),
  })
  const pairs = likelyPairs(
    lost.map(({ group, snapshot }) => look(snapshot, group.id)),
    unknown.map((each) => look(each)),
  ).flatMap(({ before, now, ...rest }) => {
    const [was, is] = [groups.get(before), rooms.get(now)]
    return was && is ? [{ ...rest, was, is }] : []
  })
  const ofGroups = pairs.map(({ was, is, score, sure, shared, of }): FoundMatch => {
    const { id: group, name } = was.group
    const room = is.id.slice(account.length + 1)
    return {
      id: `room/${is.id}`,
      kind: 'group',
      account,
      room,
      topic: is.topic,
      group,
      name,
      score,
      sure,
      shared,
      of,
    }
  })
  const sure = pairs.filter((pair) => pair.sure)
  return [...ofGroups, ...staff.flatMap((each) => personMatch(account, each, sure) ?? [])]
}

/** Somebody on the roster, by the contact that the bot knew them by. */
export interface StaffContact {
  readonly person: Person
  readonly contact: Contact
}

/**
 * In every group in which somebody was, exactly one has their name, before and now, and it is the same contact. That is
 * worth asking an admin about, and never enough by itself: anybody can call themselves so.
 */
function personMatch(
  account: string,
  { person, contact }: StaffContact,
  pairs: readonly { readonly was: Lost; readonly is: RoomSnapshot }[],
): FoundMatch | undefined {
  // whoever may give roles is made by a code alone
  if (person.role === 'admin') return undefined
  const found = new Map<string, string>()
  let groups = 0
  for (const { was, is } of pairs) {
    const before = was.snapshot.members.find((member) => member.contact === contact.contact)
    if (!before) continue
    groups++
    const name = plainName(before.name)
    const twins = was.snapshot.members.filter((member) => plainName(member.name) === name)
    const [now, ...others] = is.members.filter((member) => plainName(member.name) === name)
    if (name === '' || twins.length > 1 || !now || others.length > 0) return undefined
    found.set(now.contact, now.name)
  }
  const [only] = found
  if (!only || found.size > 1) return undefined
  const [id, alias] = only
  return {
    ...{ id: `contact/${account}/${id}`, kind: 'person', account, contact: id, alias },
    ...{ person: person.id, name: person.name, score: 1, sure: true, shared: groups, of: groups },
  }
}
