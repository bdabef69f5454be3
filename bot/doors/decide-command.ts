import { reportAlarm } from '../alarms/report-alarm.ts'
import { retry } from '../forwarding/forward-command.ts'
import type { House } from '../house.ts'
import { addCorrection, withdrawCorrection } from '../learning/correct.ts'
import { anchorNow } from '../ledger/anchor-now.ts'
import { codeLifetime, newCode } from '../people/codes.ts'
import { shortHash } from '../people/directory.ts'
import { handOver } from '../people/hand-over.ts'
import { decideQuestion } from '../questions/decide-question.ts'
import { switchDaily } from '../quiz/daily.ts'
import type { Reading } from '../reading.ts'
import { addApiKey, revokeApiKey } from './api-keys.ts'
import { type Actor, byOf, type Command, RefusedError } from './command.ts'
import type { Decided } from './decided.ts'
import { erasure } from './erasure.ts'
import { decideTicket, isTicketCommand } from './tickets/decide-ticket.ts'

/** What a lawful command leads to. @throws RefusedError */
export async function decideCommand(
  house: House,
  reading: Reading,
  actor: Actor,
  command: Command,
): Promise<Decided> {
  if (isTicketCommand(command)) return decideTicket(house, reading, actor, command)
  switch (command.type) {
    case 'group.set':
      return setGroup(reading, command)
    case 'group.quiz':
      return switchQuiz(house, reading, command)
    case 'group.bind':
      return bindGroup(house, reading, command)
    case 'roster.add':
      return addPerson(house, reading, command)
    case 'roster.remove':
      return removePerson(house, reading, actor, command.person)
    case 'place.add':
      return addPlace(reading, command)
    case 'person.erase':
      return erasure(reading, byOf(actor), command.person)
    case 'ledger.anchor':
      return anchorNow(house, reading)
    case 'question.answer':
    case 'question.revise':
    case 'question.withdraw':
    case 'question.dismiss':
      return decideQuestion(reading, byOf(actor), command, house.now())
    case 'correction.add':
      return addCorrection(house, reading, byOf(actor), command)
    case 'ledger.unmask': {
      const { type: _, ...filter } = command
      return { outcome: {}, result: filter }
    }
    case 'correction.withdraw':
      return withdrawCorrection(reading, command.correction)
    case 'forward.retry':
      return retry(reading, command, house.now())
    case 'alarm.report':
      return reportAlarm(house, reading, actor, command)
    case 'apikey.add':
      return addApiKey(reading, command, house.now())
    case 'apikey.revoke':
      return revokeApiKey(reading, command.key)
  }
}

async function setGroup(
  reading: Reading,
  { group: id, setting }: Command & { type: 'group.set' },
): Promise<Decided> {
  const group = await reading.get('groups', id)
  if (!group) throw new RefusedError('unknown', `no group ${id}: see linli group list`)
  return {
    outcome: { puts: [{ collection: 'groups', document: { ...group, setting } }] },
    result: { group: id, setting },
  }
}

async function switchQuiz(
  house: House,
  reading: Reading,
  { group: id, hour }: Command & { type: 'group.quiz' },
): Promise<Decided> {
  const group = await reading.get('groups', id)
  if (!group) throw new RefusedError('unknown', `no group ${id}: see linli group list`)
  return { outcome: await switchDaily(reading, group, hour, house.now()), result: { group: id, hour } }
}

async function bindGroup(
  house: House,
  reading: Reading,
  { name, places, tags }: Command & { type: 'group.bind' },
): Promise<Decided> {
  const id = `g-${shortHash(`group/${name}`)}`
  const known = await reading.get('groups', id)
  const placeIds = await placesNamed(reading, places)
  const code = newCode(house.random)
  const expiresAt = house.now() + codeLifetime
  const before = known ?? { id, name, places: [], tags: [], setting: 'answer' as const, owner: '' }
  // entered again, only what is given changes
  const group = {
    ...before,
    places: places.length > 0 ? placeIds : before.places,
    tags: tags.length > 0 ? tags : before.tags,
  }
  return {
    outcome: {
      puts: [
        { collection: 'groups', document: group },
        { collection: 'codes', document: { id: code, kind: 'group', group: id, expiresAt } },
      ],
    },
    result: { group: id, code, places: await placeNames(reading, group.places), tags: group.tags.join(', ') },
  }
}

async function addPerson(
  house: House,
  reading: Reading,
  { name, role, places, department }: Command & { type: 'roster.add' },
): Promise<Decided> {
  const code = newCode(house.random)
  const id = `p-${shortHash(`roster/${code}`)}`
  const answersFor = {
    places: await placesNamed(reading, places),
    ...(department !== undefined && { department }),
  }
  const person = { id, name, role, ...answersFor, friend: false }
  const expiresAt = house.now() + codeLifetime
  return {
    outcome: {
      puts: [
        { collection: 'people', document: person },
        { collection: 'codes', document: { id: code, kind: 'person', person: id, expiresAt } },
      ],
    },
    result: { person: id, code },
  }
}

async function removePerson(house: House, reading: Reading, actor: Actor, id: string): Promise<Decided> {
  const person = await reading.get('people', id)
  if (!person || person.role === 'resident')
    throw new RefusedError('unknown', `nobody on the roster has the id ${id}: see linli roster list`)
  const handed = await handOver(house, reading, person, byOf(actor))
  const resident = { ...person, role: 'resident' as const, places: [] }
  return {
    outcome: { ...handed, puts: [{ collection: 'people', document: resident }] },
    result: { person: id, role: 'resident', tickets: handed.facts?.length ?? 0 },
  }
}

async function addPlace(
  reading: Reading,
  { name, kind, parent }: Command & { type: 'place.add' },
): Promise<Decided> {
  const [parentId = null] = parent === null ? [] : await placesNamed(reading, [parent])
  const id = `place-${shortHash(`${parentId ?? ''}/${name}`)}`
  if (await reading.get('places', id))
    throw new RefusedError('exists', `the place ${name} stands there already`)
  return {
    outcome: { puts: [{ collection: 'places', document: { id, name, kind, parent: parentId } }] },
    result: { place: id },
  }
}

/** Names or ids of places → ids. @throws RefusedError naming what is unknown or not unique */
async function placesNamed(reading: Reading, names: readonly string[]): Promise<readonly string[]> {
  if (names.length === 0) return []
  const { documents } = await reading.find('places', { limit: 10_000 })
  return names.map((name) => {
    const fitting = documents.filter((place) => place.name === name || place.id === name)
    const [only] = fitting
    if (only && fitting.length === 1) return only.id
    const problem = only
      ? `${fitting.length} places are called ${name}: name it by its id`
      : `no place ${name}: add it with linli place add`
    throw new RefusedError('unknown', problem)
  })
}

async function placeNames(reading: Reading, ids: readonly string[]): Promise<string> {
  const found = await Promise.all(ids.map((id) => reading.get('places', id)))
  return found.map((place, at) => place?.name ?? ids[at]).join(', ')
}
