import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { FileBox } from 'file-box'
import type { WechatChat } from '../../adapters/wechat/link.ts'
import type { SimRoom, SimWorld } from '../../adapters/wechat/sim-world.ts'
import type { Contact, Person } from '../documents.ts'
import { LocalDoorError, type SimAct } from '../doors/local-request.ts'
import type { LiveBot } from '../live.ts'
import type { Store } from '../ports/store.ts'
import type { OutboxEntry } from '../sending/outbox-documents.ts'
import {
  contactId,
  groupPuts,
  isSimBot,
  personPuts,
  putIfNew,
  roomId,
  saveNeighbourhood,
  simAccount,
  simBot,
} from './sim-neighbourhood.ts'
import { isPicture } from './talk-line.ts'

/** What somebody at the keyboard lets happen in the simulated WeChat. */
export interface SimStage {
  readonly world: SimWorld
  readonly chats: readonly Pick<WechatChat, 'account' | 'settled'>[]
  readonly store: Store
  readonly bot: LiveBot
  /** Where the world is kept. */
  readonly folder: string
}

/** How often to look whether the bot is done, in ms. */
const restEvery = 40

export async function act(stage: SimStage, wanted: SimAct): Promise<object> {
  switch (wanted.do) {
    case 'say':
      return say(stage, wanted)
    case 'recall':
      return recall(stage, wanted.message)
    case 'rename':
      return changed(stage, () => stage.world.rename(existingRoom(stage, wanted.group).id, wanted.topic))
    case 'join':
      return join(stage, wanted.group, wanted.person)
    case 'leave':
      return leave(stage, wanted.group, wanted.person)
    case 'role':
      return giveRole(stage, wanted.person, wanted.role)
    case 'world':
      return whatIs(stage)
    case 'rest':
      return rest(stage)
  }
}

async function say(stage: SimStage, line: SimAct & { do: 'say' }): Promise<object> {
  const { text = '', image, voice = false } = line
  if (text === '' && image === undefined && !voice)
    throw new LocalDoorError('say: text, image or voice is needed', { code: 'bad-request' })
  const from = await personNamed(stage, line.person)
  const where = line.group === undefined ? { to: simBot } : { room: await inGroup(stage, line.group, from) }
  const message = stage.world.say({
    ...{ from, ...where, text },
    ...(voice && { kind: 'voice' as const }),
    ...(image !== undefined && fileOf(image)),
  })
  return { message }
}

/** A name that is no file stands for a picture that nobody needs to look at; a document has to be there. */
function fileOf(path: string): { image: FileBox | string } | { file: FileBox } {
  if (isPicture(path)) return { image: existsSync(path) ? FileBox.fromFile(path) : basename(path) }
  if (existsSync(path)) return { file: FileBox.fromFile(path) }
  throw new LocalDoorError(`there is no file ${path}: name one that is there`, { code: 'unknown' })
}

function recall({ world }: SimStage, message: string): object {
  if (!world.messages.has(message))
    throw new LocalDoorError('only a message of this sitting can be taken back', { code: 'unknown' })
  return { message: world.recall(message) }
}

/** The bot enters a group that nobody has seen before, and introduces itself there. */
async function join(stage: SimStage, group: string, person: string | undefined): Promise<object> {
  const { world, store } = stage
  if (person !== undefined) {
    const from = await personNamed(stage, person)
    return { group, members: world.rooms.get(await inGroup(stage, group, from))?.members.size ?? 0 }
  }
  const known = roomCalled(world, group)
  if (known?.members.has(simBot)) return { group, new: false }
  const id = known?.id ?? freeRoomId(world, group)
  if (!known) {
    const memberIds = [...world.contacts.keys()].filter((each) => !isSimBot(each))
    world.addRoom({ id, topic: group, memberIds })
  }
  await putIfNew(store, groupPuts(id, group))
  await changed(stage, () => world.join(id, [simBot]))
  return { group, new: true }
}

async function leave(stage: SimStage, group: string, person: string | undefined): Promise<object> {
  const room = existingRoom(stage, group)
  const who = person === undefined ? simBot : await personNamed(stage, person)
  return changed(stage, () => stage.world.leave(room.id, [who]))
}

/** As if the person had said a code of the roster, without the talk. */
async function giveRole(stage: SimStage, name: string, role: Person['role']): Promise<object> {
  const { store } = stage
  const contact = await personNamed(stage, name)
  const link = await store.get<Contact>('contacts', `${simAccount}/${contact}`)
  const person = link && (await store.get<Person>('people', link.person))
  if (!person) throw new LocalDoorError(`${name} was erased: begin with another name`, { code: 'unknown' })
  const put: Person = { ...person, role, places: role === 'resident' ? [] : ['place-grid'] }
  await store.commit([{ collection: 'people', id: person.id, put, expect: person.version }])
  return { person: person.id, name, role }
}

function whatIs({ world }: SimStage): object {
  return {
    people: [...world.contacts.values()].filter(({ id }) => !isSimBot(id)).map(({ name }) => name),
    groups: [...world.rooms.values()].map(({ topic }) => topic),
  }
}

async function rest({ chats, store, bot }: SimStage): Promise<object> {
  for (;;) {
    await Promise.all(chats.map((chat) => chat.settled()))
    const thinking = await store.count('timers', { where: { kind: 'burst' } })
    if (thinking === 0 && !(await isSending(store, chats)) && !bot.isBusy()) return {}
    await wait(restEvery)
  }
}

const soon = 60_000

/** What waits for the end of the quiet hours is not waited for. */
async function isSending(store: SimStage['store'], chats: SimStage['chats']): Promise<boolean> {
  const where = { account: { in: chats.map(({ account }) => account) }, state: 'queued' }
  const { documents } = await store.find<OutboxEntry>('outbox', { where, order: 'rank' })
  return documents.some(({ dueAt }) => dueAt <= Date.now() + soon)
}

/** Contact id; somebody new is a friend of the bot and a member of every group. */
async function personNamed(stage: SimStage, name: string): Promise<string> {
  const { world, store } = stage
  const known = [...world.contacts.values()].find((contact) => contact.name === name)
  if (known && isSimBot(known.id))
    throw new LocalDoorError(`${name} is the bot itself`, { code: 'bad-request' })
  if (known) return known.id
  const id = contactId(name)
  await putIfNew(store, personPuts(id, name, 'resident'))
  await changed(stage, () => {
    world.addContact({ id, name })
    for (const room of world.rooms.values()) room.members.set(id, '')
  })
  return id
}

/** Room id, with this person among its members. */
async function inGroup(stage: SimStage, group: string, contact: string): Promise<string> {
  const room = existingRoom(stage, group)
  if (!room.members.has(contact)) await changed(stage, () => stage.world.join(room.id, [contact]))
  return room.id
}

function existingRoom({ world }: SimStage, group: string): SimRoom {
  const room = roomCalled(world, group)
  if (room) return room
  const known = [...world.rooms.values()].map(({ topic }) => topic).join(', ')
  throw new LocalDoorError(`no group ${group}: there are ${known}`, { code: 'unknown' })
}

function roomCalled(world: SimWorld, group: string): SimRoom | undefined {
  return [...world.rooms.values()].find(({ topic }) => topic === group)
}

/** A group that was renamed keeps its id; a new one of its old name gets another. */
function freeRoomId(world: SimWorld, group: string): string {
  let id = roomId(group)
  for (let count = 2; world.rooms.has(id); count++) id = roomId(`${group}/${count}`)
  return id
}

async function changed({ folder, world }: SimStage, change: () => void): Promise<object> {
  change()
  await saveNeighbourhood(folder, world)
  return {}
}
