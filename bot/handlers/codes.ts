import { hasSeveralAccounts } from '../accounts/links.ts'
import { roleWord } from '../describe.ts'
import type { Code, Person, Room } from '../documents.ts'
import { boundTo } from '../grid/bind-room.ts'
import { matchList } from '../grid/match-words.ts'
import { replacedContacts } from '../grid/replaced-contacts.ts'
import { both, type Outcome, type Send, silence } from '../outcome.ts'
import { findCode } from '../people/codes.ts'
import { atLeast, isStaff } from '../people/directory.ts'
import {
  type GroupCode,
  heardIn,
  joinLater,
  joinOthers,
  rememberHeard,
  saidNow,
} from '../people/shared-code.ts'
import type { Reading, Removal } from '../reading.ts'
import { type Handler, reply, type Situation } from '../situation.ts'

/** A one-time code makes somebody staff, or binds a room. In a room that is not bound nothing else is heard. */
export const codes: Handler = async (situation) => {
  const { reading, house, text, now } = situation
  const bound = situation.group !== undefined || situation.isPrivate
  const said = findCode(text)
  if (!said) return bound ? undefined : silence('unbound')
  const code = await reading.get('codes', said)
  if (!code || code.expiresAt < now)
    return bound ? reply(situation, house.texts.codeUnknown()) : silence('unbound')
  return code.kind === 'person'
    ? both(await becomePerson(situation, code), spent(code))
    : sayGroupCode(situation, code, bound)
}

async function sayGroupCode(
  situation: Situation,
  code: GroupCode,
  bound: boolean,
): Promise<Outcome | undefined> {
  const { cause, reading, house } = situation
  const heard = hasSeveralAccounts(house) ? await heardIn(situation) : undefined
  if (heard && code.said) return joinLater(situation, code, heard)
  if (!isStaff(situation.person)) {
    if (bound) return reply(situation, house.texts.codeStaffOnly())
    return heard ? silence('unbound', { puts: [rememberHeard(code, heard)] }) : silence('unbound')
  }
  const room = await reading.get('rooms', roomKey(cause.conversation ?? ''))
  const outcome = room ? await bindRoom(situation, code, room) : welcomeOthers(situation, code)
  if (!outcome || !heard) return outcome && both(outcome, spent(code))
  const { puts } = await joinOthers(reading, code, heard)
  return both(outcome, {
    puts: [...puts, { collection: 'codes', document: saidNow(code, heard, situation.now) }],
  })
}

function spent({ id }: Code): Outcome {
  return { removals: [{ collection: 'codes', id }] }
}

/** A code said in the very group that it stands for is for another account of ours that came into it. */
function welcomeOthers(situation: Situation, code: GroupCode): Outcome | undefined {
  const { group, house } = situation
  if (group?.id !== code.group || !hasSeveralAccounts(house)) return undefined
  return reply(situation, house.texts.groupBound({ group: group.name }))
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
  const removals: Removal[] = []
  for (const link of documents) removals.push(...(await replacedContacts(reading, entered.id, link)))
  removals.push(...(await matchesOver(reading, entered.id)))
  return {
    removals,
    puts: [...links, { collection: 'people', document: { ...entered, friend: person.friend } }],
    sends: [
      { kind: 'reply', to: toSpeaker(situation, entered.id), text: welcome },
      ...(await waiting(situation, entered)),
    ],
    why: `code: contact is now roster person ${entered.id}`,
  }
}

/** They have shown who they are: whoever only has their name is not asked about any more. */
async function matchesOver(reading: Reading, person: string): Promise<readonly Removal[]> {
  const { documents } = await reading.find('matches', { limit: 10_000 })
  return documents
    .filter((match) => match.kind === 'person' && match.person === person)
    .map(({ id }) => ({ collection: 'matches', id }) as const)
}

/** After a new login nobody could be told which groups wait to be recognised: whoever comes back first hears it now. */
async function waiting({ reading, house, isPrivate }: Situation, person: Person): Promise<readonly Send[]> {
  if (!isPrivate || !atLeast(person, 'grid_leader')) return []
  const { documents } = await reading.find('matches', { limit: 10_000 })
  const offered = documents.filter(
    (match) => match.state === 'offered' && !(match.kind === 'person' && match.person === person.id),
  )
  if (offered.length === 0) return []
  const text = matchList(
    house.texts,
    offered.sort((one, other) => one.number - other.number),
  )
  return [{ kind: 'reply', to: { person: person.id }, text }]
}

/** A code said in a group is answered there; in private to the person it made. */
function toSpeaker(situation: Situation, person: string) {
  return situation.group ? { group: situation.group.id } : { person }
}

async function bindRoom(situation: Situation, code: Code & { kind: 'group' }, room: Room): Promise<Outcome> {
  const { reading, house } = situation
  const group = await reading.get('groups', code.group)
  if (!group) return silence('unbound')
  const welcome = `${house.texts.groupBound({ group: group.name })}\n${house.texts.introduction({ bot: house.settings.botName })}`
  return {
    ...(await boundTo(reading, room, group)),
    sends: [{ kind: 'reply', to: { group: group.id }, text: welcome }],
    why: `code: room is now group ${group.id}`,
  }
}

/** `room/${account}/${room}` of an unbound room → its key. */
function roomKey(conversation: string): string {
  return conversation.replace(/^room\//, '')
}
