import type { Audience } from '../../tickets/supervision.ts'
import { ownerOf, type Ticket } from '../../tickets/ticket.ts'
import type { Group, Person, PlaceKind, Role } from '../documents.ts'
import { ancestorsOf, staffFor } from '../people/directory.ts'
import { personNamed } from '../people/person-named.ts'
import type { Reading } from '../reading.ts'
import { staffOfDepartment } from '../sending/alert-department.ts'

/** Who hears of a ticket: the words of tickets/supervision.yaml → person ids. */
export interface Audiences {
  /** People of all of these, each once; [] when nobody holds any of them. */
  of(audiences: readonly Audience[], ticket: Ticket): Promise<readonly string[]>
  /** Whoever took it: [] when nobody did, or they have left the roster, or it is another system. */
  taker(ticket: Ticket): Promise<readonly string[]>
}

const words: readonly string[] = [
  ...['owner', 'grid_worker', 'grid_leader', 'department', 'community', 'street', 'admin'],
]

/** A role or a standing, and not somebody's name. */
export function isAudienceWord(audience: Audience): boolean {
  return words.includes(audience)
}

/** One for each decision: it asks the roster once for each group. */
export function audiencesIn(reading: Reading): Audiences {
  const groups = new Map<string, Promise<Group | undefined>>()
  const known = new Map<string, Promise<readonly string[]>>()

  async function groupOf(ticket: Ticket): Promise<Group | undefined> {
    const { group } = ticket
    if (group === null) return undefined
    const before = groups.get(group) ?? reading.get('groups', group)
    groups.set(group, before)
    return before
  }
  async function onRoster(id: string | undefined): Promise<readonly string[]> {
    if (id === undefined) return []
    const key = `person/${id}`
    const before = known.get(key) ?? reading.get('people', id).then(idIfOnRoster)
    known.set(key, before)
    return before
  }
  async function one(audience: Audience, ticket: Ticket): Promise<readonly string[]> {
    const owner = audience === 'owner' ? await onRoster(ownerOf(ticket)) : []
    if (owner.length > 0) return owner
    const word = audience === 'owner' ? firstRoleFor(ticket) : audience
    const about = word === 'department' ? ticket.department : ''
    const key = `${word}/${ticket.group ?? ''}/${about}`
    const before = known.get(key) ?? groupOf(ticket).then((group) => idsOf(reading, word, group, about))
    known.set(key, before)
    return before
  }
  return {
    taker: ({ responsible }) => onRoster(responsible),
    async of(audiences, ticket) {
      const all = await Promise.all(audiences.map((audience) => one(audience, ticket)))
      return [...new Set(all.flat())]
    },
  }
}

function idIfOnRoster(person: Person | undefined): readonly string[] {
  return person && person.role !== 'resident' ? [person.id] : []
}

/** Whoever may be complained about does not read along. */
function firstRoleFor(ticket: Ticket): Role {
  return ticket.category === 'conduct' ? 'grid_leader' : 'grid_worker'
}

async function idsOf(
  reading: Reading,
  word: Audience,
  group: Group | undefined,
  department: string,
): Promise<readonly string[]> {
  return (await peopleOf(reading, word, group, department)).map(({ id }) => id)
}

async function peopleOf(
  reading: Reading,
  word: Audience,
  group: Group | undefined,
  department: string,
): Promise<readonly Person[]> {
  switch (word) {
    case 'grid_worker':
    case 'grid_leader':
    case 'admin':
      return staffFor(reading, word, group)
    case 'department':
      return staffOfDepartment(reading, department, group)
    case 'community':
    case 'street':
      return adminsOf(reading, word, group)
    default: {
      const person = await personNamed(reading, word)
      return person ? [person] : []
    }
  }
}

/** Admins of the community, or the street, that the group lies in; all of its admins where nobody is bound to that. */
async function adminsOf(
  reading: Reading,
  kind: PlaceKind,
  group: Group | undefined,
): Promise<readonly Person[]> {
  const admins = await staffFor(reading, 'admin', group)
  const above = await ancestorsOf(reading, group?.places ?? [])
  const places = await Promise.all([...above].map((id) => reading.get('places', id)))
  const wanted = new Set(places.flatMap((place) => (place?.kind === kind ? [place.id] : [])))
  const bound = admins.filter((person) => person.places.some((place) => wanted.has(place)))
  return bound.length > 0 ? bound : admins
}
