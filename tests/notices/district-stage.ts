import { setTimeout as sleep } from 'node:timers/promises'
import { openMemoryStore } from '../../adapters/storage/memory.ts'
import { createWechatChat, type WechatChat } from '../../adapters/wechat/link.ts'
import { SimPuppet, type SimSent } from '../../adapters/wechat/sim-puppet.ts'
import { SimWorld } from '../../adapters/wechat/sim-world.ts'
import type { CollectionName, Documents } from '../../bot/documents.ts'
import { createEngine, type Engine } from '../../bot/engine.ts'
import type { Happening } from '../../bot/happening.ts'
import { defaultSettings, type House } from '../../bot/house.ts'
import type { Instant } from '../../bot/ports/chat.ts'
import type { Store } from '../../bot/ports/store.ts'
import { seededRandom } from '../../bot/replay/seeded-random.ts'
import { schema } from '../../bot/schema.ts'
import { day } from '../../tickets/shanghai-time.ts'
import { instant, realLore } from '../bot/stage.ts'

/**
 * A district on virtual time: every group is a room of the simulated WeChat, every account a puppet in it, and between
 * them and the bot is the real Wechaty.
 */
export interface DistrictStage {
  readonly clock: { now: Instant }
  readonly store: Store
  readonly world: SimWorld
  readonly engine: Engine
  readonly happenings: readonly Happening[]
  /** What the simulated WeChat saw going out, with the account that sent it. */
  readonly sent: readonly (SimSent & { readonly by: string })[]
  puppet(account: string): SimPuppet
  /** After a logout. The link tries again in real time: this takes two seconds. */
  login(account: string): Promise<void>
  /** Everything that is due until then, each at its own instant. */
  runUntil(until: Instant): Promise<void>
  /** Until this is true. @throws when it is not after a virtual day */
  runUntilTrue(isTrue: () => Promise<boolean> | boolean): Promise<void>
  close(): Promise<void>
}

export const pace = { ...defaultSettings.pace }

/** @param members the accounts in each group, by its number from 0 */
export async function openDistrict(
  groups: number,
  accounts: readonly string[],
  members: (group: number) => readonly string[],
): Promise<DistrictStage> {
  const clock = { now: instant('2026-11-18 09:00') }
  const now = () => clock.now
  let ids = 0
  const world = new SimWorld({ now, nextId: () => `sim-${++ids}` })
  for (const account of accounts) world.addContact({ id: contactOf(account), name: '小邻' })
  const store = openMemoryStore(schema)
  for (let group = 0; group < groups; group++) await settle(world, store, group, members(group))
  await settleAuthor(world, store, accounts)
  const sent: (SimSent & { by: string })[] = []
  const puppets = new Map(accounts.map((account) => [account, puppetOf(world, account, sent)]))
  const chats = accounts.map((account) =>
    createWechatChat({
      ...{ account, puppet: { kind: 'sim', puppet: puppets.get(account) as SimPuppet }, now },
      botNames: ['小邻'],
    }),
  )
  const happenings: Happening[] = []
  let salts = 0
  const house: House = {
    ...(await realLore()),
    ...{ store, chats, now, random: seededRandom(11), salt: () => `salt-${++salts}` },
    settings: { ...defaultSettings, pace, scheduledDuties: false },
    photos: { save: async (name) => ({ name, file: name }) },
    observe: (happening) => happenings.push(happening),
  }
  const engine = createEngine(house)
  for (const chat of chats) await open(chat, engine, puppets.get(chat.account) as SimPuppet)
  const runner = runnerOf(engine, chats, clock)
  return {
    ...{ clock, store, world, engine, happenings, sent, ...runner },
    puppet: (account) => puppets.get(account) as SimPuppet,
    async login(account) {
      const chat = chats.find((each) => each.account === account) as WechatChat
      const puppet = puppets.get(account) as SimPuppet
      // half a second after the logout there is a fresh connection; a login before it is heard by nobody
      await sleep(2_000)
      puppet.login(puppet.self)
      for (let tries = 0; tries < 400 && chat.state().state !== 'up'; tries++) await sleep(25)
      if (chat.state().state !== 'up') throw new Error(`${account} is ${chat.state().state}`)
      await chat.settled()
    },
    async close() {
      for (const chat of chats) await chat.stop()
    },
  }
}

function runnerOf(engine: Engine, chats: readonly WechatChat[], clock: { now: Instant }) {
  const settled = () => Promise.all(chats.map((chat) => chat.settled()))
  async function step(until: Instant): Promise<boolean> {
    await settled()
    const next = await engine.nextDue()
    if (next === undefined || next > until) return false
    clock.now = Math.max(clock.now, next)
    await engine.runDue()
    return true
  }
  return {
    async runUntil(until: Instant) {
      while (await step(until));
      clock.now = Math.max(clock.now, until)
    },
    async runUntilTrue(isTrue: () => Promise<boolean> | boolean) {
      const latest = clock.now + day
      while (!(await isTrue()))
        if (!(await step(latest))) throw new Error('nothing is due any more, and it is still not true')
    },
  }
}

async function open(chat: WechatChat, engine: Engine, puppet: SimPuppet): Promise<void> {
  chat.on((event) => engine.handle(chat, event))
  await chat.start()
  await chat.settled()
  puppet.login(puppet.self)
  await chat.settled()
  if (chat.state().state !== 'up') throw new Error(`${chat.account} is ${chat.state().state}`)
}

function puppetOf(world: SimWorld, account: string, sent: (SimSent & { by: string })[]): SimPuppet {
  // logged in by hand, so that a logout lasts
  const puppet = new SimPuppet({ world, self: contactOf(account), logsIn: false })
  puppet.onSent = (one) => sent.push({ ...one, by: account })
  return puppet
}

async function settle(
  world: SimWorld,
  store: Store,
  index: number,
  accounts: readonly string[],
): Promise<void> {
  const [id, room, name] = [groupId(index), roomId(index), `第${index + 1}业主群`]
  const resident = residentOf(index)
  world.addContact({ id: resident, name: `居民${index + 1}` })
  world.addRoom({ id: room, topic: name, memberIds: [...accounts.map(contactOf), resident] })
  const owner = accounts[0] ?? ''
  await put(store, 'groups', { id, name, places: [], tags: [], setting: 'answer', owner })
  for (const account of accounts)
    await put(store, 'rooms', { id: `${account}/${room}`, account, room, topic: name, group: id })
}

async function settleAuthor(world: SimWorld, store: Store, accounts: readonly string[]): Promise<void> {
  world.addContact({ id: 'c-author', name: '小钱' })
  await put(store, 'people', { id: author, name: '小钱', role: 'admin', places: [], friend: true })
  for (const account of accounts)
    await put(store, 'contacts', { id: `${account}/c-author`, account, contact: 'c-author', person: author })
}

export const author = 'p-author'

export async function put<C extends CollectionName>(store: Store, collection: C, document: Documents[C]) {
  await store.commit([{ collection, id: document.id, put: document }])
}

export function contactOf(account: string): string {
  return `bot-${account}`
}

export function residentOf(index: number): string {
  return `resident-${index}`
}

export function groupId(index: number): string {
  return `g-${index}`
}

export function roomId(index: number): string {
  return `r-${index}`
}
