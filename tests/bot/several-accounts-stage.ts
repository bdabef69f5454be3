import { onTestFinished } from 'vitest'
import { openMemoryStore } from '../../adapters/storage/memory.ts'
import { createWechatChat, type WechatChat } from '../../adapters/wechat/link.ts'
import { SimPuppet } from '../../adapters/wechat/sim-puppet.ts'
import { SimWorld } from '../../adapters/wechat/sim-world.ts'
import { passOnWaiting } from '../../bot/accounts/pass-on.ts'
import type { CollectionName, Documents } from '../../bot/documents.ts'
import { createEngine, type Engine } from '../../bot/engine.ts'
import type { Happening } from '../../bot/happening.ts'
import { defaultSettings, type House } from '../../bot/house.ts'
import { prepare } from '../../bot/live.ts'
import type { ChatEvent, Instant } from '../../bot/ports/chat.ts'
import { seededRandom } from '../../bot/replay/seeded-random.ts'
import { schema } from '../../bot/schema.ts'
import { realLore } from './stage.ts'

/** Two accounts of ours, north and south, in one simulated group, through the real links, on virtual time. */
const accounts = ['north', 'south'] as const
export type AccountName = (typeof accounts)[number]

export interface SaidLine {
  readonly account: string
  readonly text: string
}

export const room = 'r-yard'

export async function openTwoAccounts({
  binds = true,
}: {
  readonly binds?: boolean
} = {}): Promise<TwoAccounts> {
  const clock = { now: Date.parse('2026-11-18T09:00:00+08:00') }
  let ids = 0
  const world = new SimWorld({ now: () => clock.now, nextId: () => `m-${++ids}` })
  const people = { wang: '王阿姨', zhao: '赵敏' }
  world.addContact({ id: 'bot-north', name: '小邻' })
  world.addContact({ id: 'bot-south', name: '小邻二号' })
  for (const [id, name] of Object.entries(people)) world.addContact({ id, name })
  const memberIds = ['bot-north', 'bot-south', ...Object.keys(people)]
  world.addRoom({ id: room, topic: '槐荫小区业主群', memberIds })
  const puppets = accounts.map((account) => new SimPuppet({ world, self: `bot-${account}` }))
  const chats = accounts.map((account, at) => {
    const puppet = { kind: 'sim', puppet: puppets[at] as SimPuppet } as const
    return createWechatChat({ account, puppet, now: () => clock.now })
  })
  const happenings: Happening[] = []
  let salts = 0
  const house: House = {
    ...(await realLore()),
    ...{ store: openMemoryStore(schema), chats, now: () => clock.now, random: seededRandom(7) },
    ...{ salt: () => `salt-${++salts}`, observe: (happening) => happenings.push(happening) },
    settings: { ...defaultSettings, bindRoomsThemselves: binds },
    photos: { save: async (name) => ({ name, file: name }) },
  }
  const stage = new TwoAccounts(house, world, clock, happenings)
  for (const [at, chat] of chats.entries()) {
    chat.on((event) => stage.hear(chat, event))
    ;(puppets[at] as SimPuppet).onSent = ({ text }) => stage.said.push({ account: chat.account, text })
  }
  for (const chat of chats) await chat.start()
  onTestFinished(async () => {
    for (const chat of chats) await chat.stop()
  })
  await stage.settled()
  return stage
}

export class TwoAccounts {
  readonly house: House
  readonly world: SimWorld
  readonly clock: { now: Instant }
  readonly happenings: readonly Happening[]
  readonly said: SaidLine[] = []
  engine: Engine
  /** Accounts whose link is broken: they hear nothing, and nothing they say goes out. */
  readonly #broken = new Set<string>()

  constructor(house: House, world: SimWorld, clock: { now: Instant }, happenings: readonly Happening[]) {
    this.house = house
    this.world = world
    this.clock = clock
    this.happenings = happenings
    this.engine = createEngine(house)
  }

  async hear(chat: WechatChat, event: ChatEvent): Promise<void> {
    if (!this.#broken.has(chat.account)) await this.engine.handle(chat, event)
  }

  /** As the supervisor of the link tells it. */
  async breakLink(account: AccountName): Promise<void> {
    const chat = this.house.chats.find((each) => each.account === account) as WechatChat
    await this.engine.handle(chat, { type: 'down', account, reason: 'cut', at: this.clock.now })
    this.#broken.add(account)
    Object.assign(chat, { state: () => ({ state: 'down', since: this.clock.now, reason: 'cut' }) })
  }

  /** As after kill -9: it hears nothing more, and nobody has noticed yet. */
  silence(account: AccountName): void {
    this.#broken.add(account)
  }

  async mendLink(account: AccountName): Promise<void> {
    const chat = this.house.chats.find((each) => each.account === account) as WechatChat
    this.#broken.delete(account)
    Reflect.deleteProperty(chat, 'state')
    const self = { id: `bot-${account}`, name: account === 'north' ? '小邻' : '小邻二号' }
    await this.engine.handle(chat, { type: 'up', account, self, at: this.clock.now })
  }

  async settled(): Promise<void> {
    for (const chat of this.house.chats) await (chat as WechatChat).settled()
  }

  /** Somebody says a line in the group; half a minute passes. */
  async say(from: string, text: string, where: string = room): Promise<readonly SaidLine[]> {
    const before = this.said.length
    this.world.say({ from, text, room: where })
    await this.wait(30)
    return this.said.slice(before)
  }

  async wait(seconds: number): Promise<void> {
    await this.settled()
    const until = this.clock.now + seconds * 1000
    while (this.clock.now < until) {
      this.clock.now = Math.min(this.clock.now + 1_000, until)
      await this.engine.runDue()
      await this.settled()
    }
  }

  /** What bot/live.ts does every 10 s. */
  async passOn(): Promise<void> {
    await passOnWaiting(this.house)
    await this.engine.runDue()
  }

  /** Everything but the store and the links is forgotten. */
  async restart(): Promise<void> {
    this.engine = createEngine(this.house)
    await prepare(this.house)
  }

  async all<C extends CollectionName>(collection: C): Promise<readonly Documents[C][]> {
    return (await this.house.store.find<Documents[C]>(collection, { limit: 10_000 })).documents
  }

  async put<C extends CollectionName>(collection: C, document: Documents[C]): Promise<void> {
    await this.house.store.commit([{ collection, id: document.id, put: document }])
  }
}
