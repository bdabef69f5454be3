import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { writeDurably } from '../../adapters/storage/durable-files.ts'
import { SimWorld } from '../../adapters/wechat/sim-world.ts'
import type { PlaceNode, Role } from '../documents.ts'
import { shortHash } from '../people/directory.ts'
import type { Store } from '../ports/store.ts'
import type { Put } from '../reading.ts'

/**
 * The simulated neighbourhood that `start` and `chat` run on: two groups, some residents, one grid worker.
 * Ids come from names, and who was added later stands in a file beside the data, so both outlast a restart.
 */

export const simAccount = 'sim'
export const simBot = 'bot'
export const simFile = 'sim-world.json'

/** bot, and bot2, bot3, … where there are several simulated accounts. */
export function isSimBot(id: string): boolean {
  return /^bot\d{0,2}$/u.test(id)
}

/** Invented; whoever bears such a name is not meant. */
const sampleGroups = ['槐荫小区业主群', '槐荫社区志愿者群'] as const
const sampleResidents = ['王阿姨', '李叔', '小陈', '张姐', '刘师傅', '周奶奶'] as const
const gridWorker = '网格员小赵'

const places: readonly PlaceNode[] = [
  { id: 'place-street', name: '槐荫街道', kind: 'street', parent: null },
  { id: 'place-community', name: '槐荫社区', kind: 'community', parent: 'place-street' },
  { id: 'place-grid', name: '槐荫第一网格', kind: 'grid', parent: 'place-community' },
]

const savedSchema = z.strictObject({
  people: z.array(z.strictObject({ id: z.string(), name: z.string() })),
  groups: z.array(z.strictObject({ id: z.string(), topic: z.string(), members: z.array(z.string()) })),
})
type Saved = z.infer<typeof savedSchema>

export function contactId(name: string): string {
  return `c-${shortHash(name)}`
}

export function roomId(name: string): string {
  return `r-${shortHash(name)}`
}

/** The world as it was when it was last saved; the sample when it never was. */
export async function openNeighbourhood(
  folder: string,
  botName: string,
  nextId: () => string,
  selves: readonly string[] = [simBot],
): Promise<SimWorld> {
  const world = new SimWorld({ now: Date.now, nextId })
  // of several accounts only the first bears the plain name, so that one can tell them apart
  for (const [at, id] of selves.entries())
    world.addContact({ id, name: at === 0 ? botName : `${botName}${at + 1}号` })
  const { people, groups } = (await readSaved(join(folder, simFile))) ?? sample()
  for (const person of people) world.addContact(person)
  for (const { id, topic, members } of groups) {
    const here = members.includes(simBot) ? selves : []
    world.addRoom({ id, topic, memberIds: [...new Set([...members, ...here])] })
  }
  return world
}

export async function saveNeighbourhood(folder: string, world: SimWorld): Promise<void> {
  const saved: Saved = {
    people: [...world.contacts.values()]
      .filter(({ id }) => !isSimBot(id))
      .map(({ id, name }) => ({ id, name })),
    groups: [...world.rooms.values()].map(({ id, topic, members }) => ({
      ...{ id, topic },
      members: [...members.keys()],
    })),
  }
  const bytes = Buffer.from(`${JSON.stringify(saved, undefined, 1)}\n`)
  await writeDurably(join(folder, simFile), [bytes])
}

async function readSaved(path: string): Promise<Saved | undefined> {
  try {
    return savedSchema.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw new Error(
      `${path}: expected the simulated neighbourhood; remove the file to begin with the sample`,
      {
        cause: error,
      },
    )
  }
}

function sample(): Saved {
  const people = [...sampleResidents, gridWorker].map((name) => ({ id: contactId(name), name }))
  const members = [simBot, ...people.map(({ id }) => id)]
  return { people, groups: sampleGroups.map((topic) => ({ id: roomId(topic), topic, members })) }
}

/**
 * Everybody is known and a friend, the groups are bound, the grid worker is on the roster. Each only once:
 * who was erased or took another role stays so.
 */
export async function settleNeighbourhood(store: Store, world: SimWorld): Promise<void> {
  for (const puts of foundation(world)) await putIfNew(store, puts)
}

/** All of them, when the first is not there yet. */
export async function putIfNew(store: Store, puts: readonly Put[]): Promise<void> {
  const first = puts[0]
  if (!first || (await store.get(first.collection, first.document.id))) return
  await store.commit(puts.map(({ collection, document }) => ({ collection, id: document.id, put: document })))
}

function foundation(world: SimWorld): Put[][] {
  const people = [...world.contacts.values()].filter(({ id }) => !isSimBot(id))
  return [
    ...places.map((document): Put[] => [{ collection: 'places', document }]),
    ...people.map(({ id, name }) => personPuts(id, name, name === gridWorker ? 'grid_worker' : 'resident')),
    ...[...world.rooms.values()].map(({ id, topic }) => groupPuts(id, topic)),
  ]
}

export function personPuts(contact: string, name: string, role: Role): Put[] {
  const person = `p-${contact}`
  const own = role === 'resident' ? [] : ['place-grid']
  return [
    { collection: 'people', document: { id: person, name, role, places: own, friend: true } },
    {
      collection: 'contacts',
      document: { id: `${simAccount}/${contact}`, account: simAccount, contact, person },
    },
  ]
}

export function groupPuts(room: string, topic: string): Put[] {
  const group = `g-${room}`
  const setting = 'answer' as const
  return [
    {
      collection: 'groups',
      document: {
        id: group,
        name: topic,
        places: ['place-grid'],
        tags: tagsIn(topic),
        setting,
        owner: simAccount,
      },
    },
    {
      collection: 'rooms',
      document: { id: `${simAccount}/${room}`, account: simAccount, room, topic, group },
    },
  ]
}

/** So that a notice to all owners can be tried. */
function tagsIn(topic: string): readonly string[] {
  return ['业主群', '商户群', '志愿者群', '网格员群'].filter((tag) => topic.endsWith(tag))
}
