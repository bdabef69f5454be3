import { decideAndCommit } from '../commit.ts'
import { type Person, roles } from '../documents.ts'
import type { House } from '../house.ts'
import type { Put, Reading } from '../reading.ts'
import { alertRole } from '../sending/alert-role.ts'
import { type FoundMatch, findMatches, type Lost, type StaffContact } from './find-matches.ts'
import type { Match } from './match.ts'
import { matchList } from './match-words.ts'
import type { RoomSnapshot } from './room-snapshot.ts'

/** What is likely the same as before the login is told to admins once, in one message; nothing is bound by itself. */
export async function offerMatches(house: House, account: string): Promise<void> {
  let offered = 0
  await decideAndCommit(house, async (reading) => {
    offered = 0
    const known = (await reading.find('matches', { where: { account }, limit: 10_000 })).documents
    const found = await likelyNow(reading, account)
    const fresh = found.filter(({ id }) => !known.some((match) => match.id === id))
    if (fresh.length === 0) return undefined
    const { matches, counter } = await numbered(house, reading, fresh)
    offered = matches.length
    const puts: Put[] = [
      ...matches.map((document) => ({ collection: 'matches', document }) as const),
      counter,
    ]
    const sends = await alertRole(reading, 'admin', undefined, matchList(house.texts, matches))
    const cause = { id: `matches/${account}/${matches[0]?.number}`, group: null, lines: [] }
    return { cause, outcome: { puts, sends, why: `${matches.length} likely matches after a new login` } }
  })
  if (offered === 0) return
  const text = `account ${account} has other rooms after its login; ${offered} are likely what was there before: linli group matches`
  house.observe({ type: 'trouble', at: house.now(), text })
}

const counterId = 'matches'

async function numbered(
  house: House,
  reading: Reading,
  found: readonly FoundMatch[],
): Promise<{ readonly matches: readonly Match[]; readonly counter: Put }> {
  const last = (await reading.get('counters', counterId))?.value ?? 0
  const at = house.now()
  const forgetAt = at + house.settings.keep.chatter
  const matches = found.map(
    (each, index): Match => ({ ...each, number: last + index + 1, state: 'offered', at, forgetAt }),
  )
  const value = last + found.length
  return { matches, counter: { collection: 'counters', document: { id: counterId, value } } }
}

async function likelyNow(reading: Reading, account: string): Promise<readonly FoundMatch[]> {
  const snapshots = (await reading.find('roomSnapshots', { where: { account }, limit: 10_000 })).documents
  const lost: Lost[] = []
  const unknown: RoomSnapshot[] = []
  for (const snapshot of snapshots) {
    const room = await reading.get('rooms', snapshot.id)
    if (!room) continue
    if (snapshot.here && room.group === null) unknown.push(snapshot)
    if (snapshot.here || room.group === null) continue
    const group = await reading.get('groups', room.group)
    if (group && !(await hasLivingRoom(reading, account, group.id))) lost.push({ group, snapshot })
  }
  if (lost.length === 0 || unknown.length === 0) return []
  return findMatches(account, lost, unknown, await staffOf(reading, account, unknown))
}

async function hasLivingRoom(reading: Reading, account: string, group: string): Promise<boolean> {
  const { documents } = await reading.find('rooms', { where: { group }, limit: 1_000 })
  for (const room of documents)
    if (room.account === account && (await reading.get('roomSnapshots', room.id))?.here === true) return true
  return false
}

/** Staff whom this account knew by a contact that is in no room any more. */
async function staffOf(
  reading: Reading,
  account: string,
  rooms: readonly RoomSnapshot[],
): Promise<readonly StaffContact[]> {
  const here = new Set(rooms.flatMap(({ members }) => members.map(({ contact }) => contact)))
  const where = { role: { in: roles.filter((role) => role !== 'resident') } }
  const found: StaffContact[] = []
  for (const person of (await reading.find('people', { where, limit: 10_000 }))
    .documents as readonly Person[]) {
    const { documents } = await reading.find('contacts', { where: { person: person.id }, limit: 1_000 })
    const own = documents.filter((contact) => contact.account === account)
    const [contact] = own
    if (contact && !own.some((each) => here.has(each.contact))) found.push({ person, contact })
  }
  return found
}
