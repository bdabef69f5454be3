import { maskPersonalData } from '../../intents/personal-data.ts'
import type { TicketFactType } from '../../tickets/event.ts'
import { isAllowed } from '../../tickets/lifecycle.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import { ticketWords } from '../describe.ts'
import type { House } from '../house.ts'
import { addCorrection, withdrawCorrection } from '../learning/correct.ts'
import type { Outcome, Recipient } from '../outcome.ts'
import { codeLifetime, newCode } from '../people/codes.ts'
import { shortHash } from '../people/directory.ts'
import { decideQuestion } from '../questions/decide-question.ts'
import { switchDaily } from '../quiz/daily.ts'
import type { Reading } from '../reading.ts'
import { type Actor, type Command, RefusedError } from './command.ts'
import { erasure } from './erasure.ts'
import type { CommandResult } from './execute.ts'

interface Decided {
  readonly outcome: Outcome
  readonly result: CommandResult
}

/** What a lawful command leads to. @throws RefusedError */
export async function decideCommand(
  house: House,
  reading: Reading,
  actor: Actor,
  command: Command,
): Promise<Decided> {
  switch (command.type) {
    case 'ticket.acknowledge':
      return acknowledge(reading, actor, command.ticket)
    case 'ticket.done':
      return done(house, reading, actor, command)
    case 'group.set':
      return setGroup(reading, command)
    case 'group.quiz':
      return switchQuiz(house, reading, command)
    case 'group.bind':
      return bindGroup(house, reading, command)
    case 'roster.add':
      return addPerson(house, reading, command)
    case 'roster.remove':
      return removePerson(reading, command.person)
    case 'place.add':
      return addPlace(reading, command)
    case 'person.erase':
      return erasure(reading, command.person)
    case 'question.answer':
    case 'question.revise':
    case 'question.withdraw':
    case 'question.dismiss':
      return decideQuestion(reading, byOf(actor), command, house.now())
    case 'correction.add':
      return addCorrection(house, reading, byOf(actor), command)
    case 'correction.withdraw':
      return withdrawCorrection(reading, command.correction)
  }
}

async function acknowledge(reading: Reading, actor: Actor, id: string): Promise<Decided> {
  const ticket = await lawfulTicket(reading, id, 'acknowledged')
  const by = byOf(actor)
  const facts: Outcome['facts'] = [
    { ticket: id, by, fact: { type: 'acknowledged' } },
    ...(ticket.state === 'dispatched' ? [{ ticket: id, by, fact: { type: 'handling' } as const }] : []),
  ]
  return { outcome: { facts, cancelled: [`ladder/${id}`] }, result: { ticket: id, state: 'handling' } }
}

async function done(
  house: House,
  reading: Reading,
  actor: Actor,
  { ticket: id, note }: Command & { type: 'ticket.done' },
): Promise<Decided> {
  const ticket = await lawfulTicket(reading, id, 'done')
  // the note is read by the whole group: staff write room numbers and phones into notes as well
  const words = { ...ticketWords(house, ticket, house.now()), note: maskPersonalData(note) }
  const to: Recipient = ticket.group ? { group: ticket.group } : { person: ticket.reporter }
  return {
    outcome: {
      facts: [{ ticket: id, by: byOf(actor), fact: { type: 'done', note } }],
      sends: [{ kind: 'reply', to, text: house.texts.askSatisfied(words), canWait: true }],
      cancelled: [`ladder/${id}`],
    },
    result: { ticket: id, state: 'done' },
  }
}

async function lawfulTicket(reading: Reading, id: string, change: TicketFactType): Promise<Ticket> {
  const ticket = await reading.get('tickets', id)
  if (!ticket) throw new RefusedError('unknown', `no ticket ${id}: see the list with 工单`)
  if (!isAllowed(ticket.state, change))
    throw new RefusedError('unlawful', `ticket ${id} is ${ticket.state}: ${change} is not lawful now`)
  return ticket
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
  { name, role, places }: Command & { type: 'roster.add' },
): Promise<Decided> {
  const code = newCode(house.random)
  const id = `p-${shortHash(`roster/${code}`)}`
  const person = { id, name, role, places: await placesNamed(reading, places), friend: false }
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

async function removePerson(reading: Reading, id: string): Promise<Decided> {
  const person = await reading.get('people', id)
  if (!person || person.role === 'resident')
    throw new RefusedError('unknown', `nobody on the roster has the id ${id}: see linli roster list`)
  return {
    outcome: { puts: [{ collection: 'people', document: { ...person, role: 'resident', places: [] } }] },
    result: { person: id, role: 'resident' },
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

function byOf(actor: Actor): string {
  return actor.kind === 'operator' ? 'operator' : actor.id
}
