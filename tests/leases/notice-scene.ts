import type { Documents } from '../../bot/documents.ts'
import type { CopyRow } from '../../bot/notices/copies/copies.ts'
import { seededRandom } from '../../bot/replay/seeded-random.ts'
import { type District, residents } from './district.ts'

/** A hundred and more groups, most of them with two or three of our accounts in them, behind real gateways. */
export interface Neighbourhood {
  readonly id: string
  /** The first one is its owner. */
  readonly members: readonly string[]
}

/** Who said it, where, and when. */
export interface Question {
  readonly group: string
  readonly owner: string
  readonly text: string
  readonly at: number
}

export const roomOf = (group: string) => group.replace('n-', 'room-')

/** The same words as everybody sees them, in every gateway whose account is in the group. */
const speaking = residents.slice(0, 6)

export async function openNeighbourhoods(
  { store, gateways }: District,
  accounts: readonly string[],
  groups: number,
  seed: number,
): Promise<readonly Neighbourhood[]> {
  const random = seededRandom(seed)
  const all = Array.from({ length: groups }, (_, at): Neighbourhood => {
    const first = Math.floor(random() * accounts.length)
    // a fifth with one account, the others with two or three
    const size = at % 5 === 0 ? 1 : 2 + Math.floor(random() * 2)
    const members = Array.from(
      { length: size },
      (_, step) => accounts[(first + step) % accounts.length] ?? '',
    )
    return { id: `n-${at}`, members }
  })
  for (const { id, members } of all) {
    const [room, topic] = [roomOf(id), `${id}号群`]
    for (const account of members) {
      const ids = ['bot', ...speaking.map((each) => each.id)]
      await gateways.get(account)?.do({ do: 'room', id: room, topic, members: ids })
    }
    const group = { id, name: topic, places: [], tags: [], setting: 'answer', owner: members[0] ?? '' }
    const rooms = members.map((account) => {
      const document = { id: `${account}/${room}`, account, room, topic, group: id }
      return { collection: 'rooms', id: document.id, put: document } as const
    })
    await store.commit([
      { collection: 'groups', id, put: group as unknown as Documents['groups'] & object },
      ...rooms,
    ])
  }
  return all
}

/** A resident says it in the group: each account that is in it is told, under an id of its own. */
export async function ask(
  { gateways }: District,
  { id, members }: Neighbourhood,
  text: string,
): Promise<Question> {
  const from = speaking[text.length % speaking.length]?.id
  for (const account of members) await gateways.get(account)?.do({ do: 'say', from, room: roomOf(id), text })
  return { group: id, owner: members[0] ?? '', text, at: Date.now() }
}

export interface Arrival {
  readonly account: string
  readonly room: string
  readonly text: string
}

/** What went out at all gateways, which live on: the truth. */
export async function arrivals({ gateways }: District): Promise<readonly Arrival[]> {
  const found: Arrival[] = []
  for (const [account, gateway] of gateways) {
    const { sent } = (await gateway.do({ do: 'sent' })) as unknown as {
      sent: readonly { text: string; to: { room?: string } }[]
    }
    found.push(...sent.map(({ text, to }) => ({ account, room: to.room ?? '', text })))
  }
  return found
}

/** Confirmed is there, once; what nobody knows is there once or not at all; nothing else is left over. */
export function isRight({ group, state }: CopyRow, count: number): boolean {
  if (group === '') return false
  return state === 'unconfirmed' ? count <= 1 : state === 'confirmed' && count === 1
}
