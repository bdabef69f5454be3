import type { Documents, Person, PlaceNode } from '../documents.ts'
import { shortHash } from '../people/directory.ts'
import type { Put } from '../reading.ts'
import type { TranscriptLine } from './transcript.ts'

/** The people and groups of a transcript, as documents: groups stand before line 1, everybody is a friend. */

export const account = 'replay'
export const botContact = 'bot'

export function contactId(name: string): string {
  return `c-${shortHash(name)}`
}

export function roomId(name: string): string {
  return `r-${shortHash(name)}`
}

export function personId(name: string): string {
  return `p-${contactId(name)}`
}

export function groupId(name: string): string {
  return `g-${roomId(name)}`
}

const community: PlaceNode = { id: 'place-replay', name: '示例社区', kind: 'community', parent: null }

export function peopleIn(lines: readonly TranscriptLine[]): readonly string[] {
  return [...new Set(lines.map((line) => line.from))]
}

export function groupsIn(lines: readonly TranscriptLine[]): readonly string[] {
  return [...new Set(lines.flatMap((line) => (line.group === undefined ? [] : [line.group])))]
}

/** What is written before line 1, unless it is known from an earlier replay. */
export function foundation(lines: readonly TranscriptLine[]): readonly Put[] {
  const people = peopleIn(lines).flatMap((name): Put[] => [
    {
      collection: 'people',
      document: { id: personId(name), name, role: 'resident', places: [], friend: true },
    },
    {
      collection: 'contacts',
      document: {
        id: `${account}/${contactId(name)}`,
        account,
        contact: contactId(name),
        person: personId(name),
      },
    },
  ])
  const groups = groupsIn(lines).flatMap((name): Put[] => [
    { collection: 'groups', document: groupDocument(name) },
    {
      collection: 'rooms',
      document: {
        id: `${account}/${roomId(name)}`,
        account,
        room: roomId(name),
        topic: name,
        group: groupId(name),
      },
    },
  ])
  return [{ collection: 'places', document: community }, ...people, ...groups]
}

function groupDocument(name: string): Documents['groups'] {
  return { id: groupId(name), name, places: [community.id], tags: [], setting: 'answer', owner: account }
}

export function withRole(person: Person, role: Person['role']): Person {
  return { ...person, role }
}
