import type { Contact, Group, Person, Room } from '../../documents.ts'
import { boundTo } from '../../grid/bind-room.ts'
import { likeliest } from '../../grid/likeliest.ts'
import type { Match } from '../../grid/match.ts'
import { replacedContacts } from '../../grid/replaced-contacts.ts'
import type { House } from '../../house.ts'
import { ancestorsOf, atLeast } from '../../people/directory.ts'
import type { Reading } from '../../reading.ts'
import { everyDocument } from '../../whole-collection.ts'
import { RefusedError } from '../command.ts'
import type { Decided } from '../decided.ts'
import type { GridCommand } from './grid-commands.ts'
import { groupNamed } from './groups.ts'

/** Said by somebody who looked: this room is that group. */
export async function rebindGroup(
  reading: Reading,
  { group: said, room: where }: GridCommand & { type: 'group.rebind' },
): Promise<Decided> {
  const group = await groupNamed(reading, said)
  const room = await roomNamed(reading, where)
  if (room.group === group.id)
    return { outcome: {}, result: { group: group.id, room: room.id }, unchanged: true }
  if (room.group !== null)
    throw new RefusedError(
      'unlawful',
      `the room ${room.topic} is bound to ${room.group} already: a room is one group`,
    )
  await assertNoLivingRoom(reading, group, room)
  // no word in the group: for the residents nothing has changed
  return { outcome: await boundTo(reading, room, group), result: { group: group.id, room: room.id } }
}

/** Two rooms of one account that are one group would get everything twice. */
async function assertNoLivingRoom(reading: Reading, group: Group, room: Room): Promise<void> {
  for (const bound of await everyDocument(reading, 'rooms', { where: { group: group.id } })) {
    if (bound.account !== room.account || bound.id === room.id || bound.left === true) continue
    const snapshot = await reading.get('roomSnapshots', bound.id)
    if (snapshot?.here === true)
      throw new RefusedError(
        'unlawful',
        `the bot is in ${bound.id} (${bound.topic}), and that is still ${group.name}: take ${bound.account} out of that room first, or bind ${room.id} as a group of its own`,
      )
  }
}

/** By `ACCOUNT/ROOM`, or by a topic that only one unbound room has. @throws RefusedError */
async function roomNamed(reading: Reading, said: string): Promise<Room> {
  const byId = await reading.get('rooms', said)
  if (byId) return byId
  const unbound = (await everyDocument(reading, 'rooms')).filter(({ group }) => group === null)
  const fitting = unbound.filter(({ topic }) => topic === said)
  const [only] = fitting
  if (only && fitting.length === 1) return only
  if (only)
    throw new RefusedError(
      'unknown',
      `${fitting.length} unbound rooms are called ${said}: name it by its id, ${fitting.map(({ id }) => id).join(', ')}`,
    )
  const meant = likeliest(
    said,
    unbound.map(({ topic }) => topic),
  )
  throw new RefusedError(
    'unknown',
    `no unbound room ${said}${meant === undefined ? '' : ` (likely ${meant})`}: see linli group matches`,
  )
}

/** A number of the list of likely matches was confirmed or refused. @throws RefusedError */
export async function settleMatch(
  house: House,
  reading: Reading,
  by: string,
  { type, match: number }: GridCommand & { type: 'match.confirm' | 'match.refuse' },
): Promise<Decided> {
  const match = (await everyDocument(reading, 'matches')).find(
    (each) => each.number === number && each.state === 'offered',
  )
  if (!match) throw new RefusedError('unknown', `no likely match ${number}: see linli group matches`)
  await assertMaySettle(reading, by, match)
  const result = { match: number, kind: match.kind, name: match.name }
  if (type === 'match.refuse') {
    // a room stays what it is; the name of somebody is not kept for that
    const forgetAt = match.kind === 'group' ? house.now() + house.settings.keep.audit : match.forgetAt
    const document = { ...match, state: 'refused', forgetAt } as const
    return { outcome: { puts: [{ collection: 'matches', document }] }, result }
  }
  const outcome =
    match.kind === 'group' ? await confirmGroup(reading, match) : await confirmPerson(reading, match)
  return { outcome, result }
}

/** Every place of the group lies at or below one of theirs; whoever is bound to no place answers for all. */
async function assertAnswersFor(
  reading: Reading,
  person: Person | undefined,
  { group: id, name }: Match & { kind: 'group' },
): Promise<void> {
  const held = person?.places
  if (held?.length === 0) return
  const places = (await reading.get('groups', id))?.places ?? []
  const above = await Promise.all(places.map((place) => ancestorsOf(reading, [place])))
  if (held && above.length > 0 && above.every((each) => held.some((place) => each.has(place)))) return
  throw new RefusedError(
    'elsewhere',
    `${name} is not of your places: an admin settles it, or whoever answers for it`,
  )
}

/** Whoever may give roles decides who somebody is; which room a group is, whoever answers for its places as well. */
async function assertMaySettle(reading: Reading, by: string, match: Match): Promise<void> {
  if (by === 'operator') return
  const person = await reading.get('people', by)
  if (person && atLeast(person, 'admin')) return
  if (match.kind === 'group') return assertAnswersFor(reading, person, match)
  throw new RefusedError(
    'authority',
    'only an admin says who somebody is: they can use a one-time code instead',
  )
}

async function confirmGroup(reading: Reading, match: Match & { kind: 'group' }) {
  const room = await reading.get('rooms', `${match.account}/${match.room}`)
  const group = await reading.get('groups', match.group)
  if (!room || !group)
    throw new RefusedError('unknown', `${match.name}: the room or the group is gone: see linli group matches`)
  if (room.group !== null && room.group !== group.id)
    throw new RefusedError('unlawful', `${room.topic} was bound to ${room.group} meanwhile`)
  return boundTo(reading, room, group)
}

async function confirmPerson(reading: Reading, match: Match & { kind: 'person' }) {
  const person = await reading.get('people', match.person)
  // an admin is made by a code alone
  if (!person || person.role === 'resident' || person.role === 'admin')
    throw new RefusedError(
      'unlawful',
      `${match.name} is not on the roster any more, or an admin: give a code with linli roster code`,
    )
  const { account, contact } = match
  const known = await reading.get('contacts', `${account}/${contact}`)
  const other = known && known.person !== person.id && (await reading.get('people', known.person))
  if (other && other.role !== 'resident')
    throw new RefusedError('unlawful', `${match.alias} is ${other.name} already: they said a code`)
  const link: Contact = { id: `${account}/${contact}`, account, contact, person: person.id }
  const removals = [
    ...(await replacedContacts(reading, person.id, link)),
    { collection: 'matches', id: match.id } as const,
  ]
  return { puts: [{ collection: 'contacts', document: link } as const], removals }
}
