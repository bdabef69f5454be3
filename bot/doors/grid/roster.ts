import { type Person, roles } from '../../documents.ts'
import { withParts } from '../../grid/with-parts.ts'
import type { House } from '../../house.ts'
import { codeLifetime, newCode } from '../../people/codes.ts'
import { isStaff, shortHash } from '../../people/directory.ts'
import { handOver } from '../../people/hand-over.ts'
import type { Reading } from '../../reading.ts'
import { everyDocument } from '../../whole-collection.ts'
import { RefusedError } from '../command.ts'
import type { Decided } from '../decided.ts'
import type { GridCommand } from './grid-commands.ts'
import { takeTurn } from './grid-turn.ts'
import { placesNamed } from './places.ts'

export async function addPerson(
  house: House,
  reading: Reading,
  { name, role, places, department, skills }: GridCommand & { type: 'roster.add' },
): Promise<Decided> {
  const turn = await takeTurn(reading)
  const namesakes = await namesakesOf(reading, name)
  const code = newCode(house.random)
  const id = `p-${shortHash(`roster/${code}`)}`
  const answersFor = {
    places: await placesNamed(reading, places),
    ...(department !== undefined && { department }),
    ...(skills && skills.length > 0 && { skills: [...new Set(skills)] }),
  }
  const person = { id, name, role, ...answersFor, friend: false }
  const expiresAt = house.now() + codeLifetime
  return {
    outcome: {
      puts: [
        turn,
        { collection: 'people', document: person },
        { collection: 'codes', document: { id: code, kind: 'person', person: id, expiresAt } },
      ],
    },
    result: { person: id, code, ...(namesakes.length > 0 && { namesakes: namesakes.join(', ') }) },
  }
}

/** Ids of those on the roster who are called the same: no fault, for people are, but worth a word. */
async function namesakesOf(reading: Reading, name: string): Promise<readonly string[]> {
  const alike = await everyDocument(reading, 'people', { where: { role: { in: staffRoles } } })
  return alike.filter((person) => person.name === name).map(({ id }) => id)
}

const staffRoles = roles.filter((role) => role !== 'resident')

/** Somebody who is there already, by id: also a resident, whom the bot knows from their own words. */
export async function setPerson(
  house: House,
  reading: Reading,
  by: string,
  command: GridCommand & { type: 'roster.set' },
): Promise<Decided> {
  const person = await reading.get('people', command.person)
  if (!person) throw new RefusedError('unknown', `no person ${command.person}: see linli roster list`)
  if (person.role === 'resident' && command.role === undefined)
    throw new RefusedError('incomplete', `${command.person} is a resident: give a role as well`)
  const { name = person.name, role = person.role, department, skills } = command
  const places = command.places === undefined ? person.places : await placesNamed(reading, command.places)
  const after = withParts({ ...person, name, role, places }, { department, skills })
  const handed = isStaff(person) && !isStaff(after) ? await handOver(house, reading, person, by) : {}
  return {
    outcome: { ...handed, puts: [{ collection: 'people', document: after }] },
    result: { person: person.id, role, name, tickets: handed.facts?.length ?? 0 },
  }
}

export async function codeForPerson(
  house: House,
  reading: Reading,
  { person: id }: GridCommand & { type: 'roster.code' },
): Promise<Decided> {
  const person = await onRoster(reading, id)
  const code = newCode(house.random)
  const expiresAt = house.now() + codeLifetime
  return {
    outcome: {
      puts: [{ collection: 'codes', document: { id: code, kind: 'person', person: id, expiresAt } }],
    },
    result: { person: id, code, name: person.name },
  }
}

export async function removePerson(house: House, reading: Reading, by: string, id: string): Promise<Decided> {
  const person = await onRoster(reading, id)
  const handed = await handOver(house, reading, person, by)
  const resident = { ...person, role: 'resident' as const, places: [] }
  return {
    outcome: { ...handed, puts: [{ collection: 'people', document: resident }] },
    result: { person: id, role: 'resident', tickets: handed.facts?.length ?? 0 },
  }
}

async function onRoster(reading: Reading, id: string): Promise<Person> {
  const person = await reading.get('people', id)
  if (person && person.role !== 'resident') return person
  throw new RefusedError('unknown', `nobody on the roster has the id ${id}: see linli roster list`)
}
