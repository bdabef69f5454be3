import { roleWord } from '../describe.ts'
import type { Code, Room } from '../documents.ts'
import { type Outcome, silence } from '../outcome.ts'
import { findCode } from '../people/codes.ts'
import { isStaff } from '../people/directory.ts'
import { type Handler, reply, type Situation } from '../situation.ts'

/** A one-time code makes somebody staff, or binds a room. In a room that is not bound nothing else is heard. */
export const codes: Handler = async (situation) => {
  const { cause, reading, house, text, now } = situation
  const bound = situation.group !== undefined || situation.isPrivate
  const said = findCode(text)
  if (!said) return bound ? undefined : silence('unbound')
  const code = await reading.get('codes', said)
  if (!code || code.expiresAt < now)
    return bound ? reply(situation, house.texts.codeUnknown()) : silence('unbound')
  const spent = { removals: [{ collection: 'codes', id: code.id }] } as const
  if (code.kind === 'person') return { ...(await becomePerson(situation, code)), ...spent }
  if (!isStaff(situation.person))
    return bound ? reply(situation, house.texts.codeStaffOnly()) : silence('unbound')
  const room = await reading.get('rooms', roomKey(cause.conversation ?? ''))
  return room ? { ...(await bindRoom(situation, code, room)), ...spent } : undefined
}

async function becomePerson(situation: Situation, code: Code & { kind: 'person' }): Promise<Outcome> {
  const { reading, person, house } = situation
  const entered = await reading.get('people', code.person)
  if (!entered) return reply(situation, house.texts.codeUnknown())
  const { documents } = await reading.find('contacts', { where: { person: person.id } })
  const links = documents.map((contact) => ({
    collection: 'contacts' as const,
    document: { ...contact, person: entered.id },
  }))
  const role = roleWord(house.texts, entered.role)
  const welcome = house.texts.codeAccepted({ name: entered.name, role })
  return {
    puts: [...links, { collection: 'people', document: { ...entered, friend: person.friend } }],
    sends: [{ kind: 'reply', to: toSpeaker(situation, entered.id), text: welcome }],
    why: `code: contact is now roster person ${entered.id}`,
  }
}

/** A code said in a group is answered there; in private to the person it made. */
function toSpeaker(situation: Situation, person: string) {
  return situation.group ? { group: situation.group.id } : { person }
}

async function bindRoom(situation: Situation, code: Code & { kind: 'group' }, room: Room): Promise<Outcome> {
  const { reading, house } = situation
  const group = await reading.get('groups', code.group)
  if (!group) return silence('unbound')
  const owner = group.owner === '' ? room.account : group.owner
  const welcome = `${house.texts.groupBound({ group: group.name })}\n${house.texts.introduction({ bot: house.settings.botName })}`
  return {
    puts: [
      { collection: 'rooms', document: { ...room, group: group.id } },
      { collection: 'groups', document: { ...group, owner } },
    ],
    sends: [{ kind: 'reply', to: { group: group.id }, text: welcome }],
    why: `code: room is now group ${group.id}`,
  }
}

/** `room/${account}/${room}` of an unbound room → its key. */
function roomKey(conversation: string): string {
  return conversation.replace(/^room\//, '')
}
