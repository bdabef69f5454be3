import type { Contact } from '../documents.ts'
import type { Put, Reading, Removal } from '../reading.ts'

/** What rooms and likely matches keep about one person: their contact and how they call themselves. */

/** One row for each room in which they were seen. */
export async function seenAs(reading: Reading, person: string): Promise<readonly object[]> {
  const { documents: contacts } = await reading.find('contacts', { where: { person }, limit: 1_000 })
  const rooms = await roomsWith(reading, contacts)
  const ofRooms = rooms.map(({ snapshot, mine }) => {
    const { id, topic, at } = snapshot
    return { collection: 'roomSnapshots', id, topic, at, members: mine }
  })
  const matches = (await matchesWith(reading, person, contacts)).map((match) => ({
    collection: 'matches',
    ...match,
  }))
  return [...ofRooms, ...matches]
}

/** They are in no list any more. Whoever is still in a group is seen there again: the messenger shows it to everybody. */
export async function withoutMember(
  reading: Reading,
  person: string,
  contacts: readonly Contact[],
): Promise<{ readonly puts: readonly Put[]; readonly removals: readonly Removal[] }> {
  const rooms = await roomsWith(reading, contacts)
  const matches = await matchesWith(reading, person, contacts)
  return {
    puts: rooms.map(({ snapshot, mine }) => {
      const members = snapshot.members.filter((member) => !mine.includes(member))
      return { collection: 'roomSnapshots', document: { ...snapshot, members } } as const
    }),
    removals: matches.map(({ id }) => ({ collection: 'matches', id }) as const),
  }
}

async function roomsWith(reading: Reading, contacts: readonly Contact[]) {
  const accounts = [...new Set(contacts.map(({ account }) => account))]
  const found = await Promise.all(
    accounts.map((account) => reading.find('roomSnapshots', { where: { account }, limit: 10_000 })),
  )
  return found
    .flatMap(({ documents }) => documents)
    .flatMap((snapshot) => {
      const mine = snapshot.members.filter(({ contact }) =>
        contacts.some((each) => each.account === snapshot.account && each.contact === contact),
      )
      return mine.length > 0 ? [{ snapshot, mine }] : []
    })
}

async function matchesWith(reading: Reading, person: string, contacts: readonly Contact[]) {
  const { documents } = await reading.find('matches', { limit: 10_000 })
  return documents.filter(
    (match) =>
      match.kind === 'person' &&
      (match.person === person ||
        contacts.some((each) => each.account === match.account && each.contact === match.contact)),
  )
}
