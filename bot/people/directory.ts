import { createHash } from 'node:crypto'
import type { Group, Person, Role, Room } from '../documents.ts'
import { roles } from '../documents.ts'
import type { ChatContact, ChatRoomName } from '../ports/chat.ts'
import type { Put, Reading } from '../reading.ts'

/** From the messenger's ids, which change, to ours, which stay. Names are shown, never believed. */

const staffFrom: Role = 'grid_worker'

export function isStaff(person: Pick<Person, 'role'>): boolean {
  return atLeast(person, staffFrom)
}

export function atLeast(person: Pick<Person, 'role'>, role: Role): boolean {
  return roles.indexOf(person.role) >= roles.indexOf(role)
}

/** Who this contact is; somebody new becomes a resident, with the documents to write. */
export async function personOf(
  reading: Reading,
  account: string,
  contact: ChatContact,
  isPrivate: boolean,
): Promise<{ readonly person: Person; readonly puts: readonly Put[] }> {
  const key = `${account}/${contact.id}`
  const known = await reading.get('contacts', key)
  const before = known && (await reading.get('people', known.person))
  // whoever can write to the bot in private is a friend
  const friend = isPrivate || (before?.friend ?? false)
  if (before && before.name === contact.name && before.friend === friend) return { person: before, puts: [] }
  const fresh: Person = {
    id: `p-${shortHash(key)}`,
    name: contact.name,
    role: 'resident',
    places: [],
    friend,
  }
  const person: Person = before ? { ...before, friend, name: rosterName(before, contact) } : fresh
  const link = { id: key, account, contact: contact.id, person: person.id }
  const puts: Put[] = [{ collection: 'people', document: person }]
  return { person, puts: known ? puts : [...puts, { collection: 'contacts', document: link }] }
}

/** People on the roster keep the name they were entered with; residents are called as they call themselves. */
function rosterName(person: Person, contact: ChatContact): string {
  return person.role === 'resident' ? contact.name : person.name
}

/**
 * Which of our groups this room is; `group` is undefined until it is bound.
 * @param accounts all of ours: where rooms bind themselves, they see the same room under the same id
 */
export async function groupOf(
  reading: Reading,
  account: string,
  room: ChatRoomName,
  bindThemselves: boolean,
  accounts: readonly string[] = [account],
): Promise<{ readonly group?: Group; readonly puts: readonly Put[] }> {
  const key = `${account}/${room.id}`
  const known = await reading.get('rooms', key)
  if (known?.group) {
    const group = await reading.get('groups', known.group)
    return { ...(group && { group }), puts: renamed(known, room) }
  }
  if (!bindThemselves) {
    const link: Room = { id: key, account, room: room.id, topic: room.topic, group: null }
    return { puts: known && known.topic === room.topic ? [] : [{ collection: 'rooms', document: link }] }
  }
  const there = await groupAtOther(reading, room, accounts)
  if (there)
    return {
      group: there,
      puts: [
        {
          collection: 'rooms',
          document: { id: key, account, room: room.id, topic: room.topic, group: there.id },
        },
      ],
    }
  const group: Group = {
    ...{ id: groupIdOf(accounts[0] ?? account, room), name: room.topic, places: [], tags: [] },
    ...{ setting: 'answer' as const, owner: account },
  }
  const link: Room = { id: key, account, room: room.id, topic: room.topic, group: group.id }
  return {
    group,
    puts: [
      { collection: 'groups', document: group },
      { collection: 'rooms', document: link },
    ],
  }
}

/** The same for all accounts, so that two that see a room at once make one group of it. */
function groupIdOf(account: string, room: ChatRoomName): string {
  return `g-${shortHash(`${account}/${room.id}`)}`
}

async function groupAtOther(
  reading: Reading,
  room: ChatRoomName,
  accounts: readonly string[],
): Promise<Group | undefined> {
  if (accounts.length < 2) return undefined
  for (const account of accounts) {
    const bound = await reading.get('rooms', `${account}/${room.id}`)
    const group = bound?.group ? await reading.get('groups', bound.group) : undefined
    if (group) return group
  }
  return reading.get('groups', groupIdOf(accounts[0] ?? '', room))
}

/** Whoever hears a room is in it. */
function renamed(known: Room, room: ChatRoomName): Put[] {
  const { left, ...rest } = known
  if (known.topic === room.topic && left !== true) return []
  return [{ collection: 'rooms', document: { ...rest, topic: room.topic } }]
}

/** People with exactly this role who answer for the group's places; all of that role when none does. */
export async function staffFor(
  reading: Reading,
  role: Role,
  group: Group | undefined,
): Promise<readonly Person[]> {
  const { documents } = await reading.find('people', { where: { role }, limit: 10_000 })
  const near = await ancestorsOf(reading, group?.places ?? [])
  const local = documents.filter((person) => person.places.some((place) => near.has(place)))
  return local.length > 0 ? local : documents
}

/** The places themselves and everything above them. */
export async function ancestorsOf(reading: Reading, places: readonly string[]): Promise<ReadonlySet<string>> {
  const found = new Set<string>()
  for (const start of places) {
    let current: string | null = start
    while (current !== null && !found.has(current)) {
      found.add(current)
      current = (await reading.get('places', current))?.parent ?? null
    }
  }
  return found
}

export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12)
}
