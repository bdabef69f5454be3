import { loadLore } from '../../adapters/files/lore.ts'
import { projectRoot } from '../../adapters/files/project-root.ts'
import { openMemoryStore } from '../../adapters/storage/memory.ts'
import type { CollectionName, Documents, Group, Role } from '../../bot/documents.ts'
import { createEngine, type Engine } from '../../bot/engine.ts'
import type { Happening } from '../../bot/happening.ts'
import { defaultSettings, type House, type Lore, type Settings } from '../../bot/house.ts'
import { prepare } from '../../bot/live.ts'
import type { InboundMessage, Instant } from '../../bot/ports/chat.ts'
import type { ReportPress } from '../../bot/ports/report-press.ts'
import type { Store, Stored } from '../../bot/ports/store.ts'
import { seededRandom } from '../../bot/replay/seeded-random.ts'
import { schema } from '../../bot/schema.ts'
import type { TicketEvent } from '../../tickets/event.ts'
import { FakeChat, type Sent } from './fake-chat.ts'

/** A whole bot on virtual time: the real pipeline and the real lore over a store and a chat in memory. */

let lore: Promise<Lore> | undefined

/** Read once for each test file: it takes a second. */
export function realLore(): Promise<Lore> {
  lore ??= loadLore(projectRoot())
  return lore
}

export interface StageOptions {
  readonly store?: Store
  readonly settings?: Partial<Settings>
  readonly lore?: Partial<Lore>
  /** Absent: reports are words alone. */
  readonly reportPress?: ReportPress
  /** As 2026-11-18 09:00, a Wednesday. */
  readonly start?: string
  /** One for each account; the first owns the groups. */
  readonly accounts?: readonly string[]
  /** Other systems, and which tickets go there. */
  readonly forwarding?: Pick<House, 'forwarding' | 'otherSystems'>
}

export interface Saying {
  /** '' for a private message. */
  readonly group?: string
  readonly id?: string
  readonly at?: Instant
  readonly account?: string
  readonly kind?: InboundMessage['kind']
  readonly photo?: string
  readonly mentioned?: boolean
  readonly own?: boolean
}

export const defaultGroup = '槐荫小区业主群'
const aWednesday = '2026-11-18 09:00'

export function instant(local: string): Instant {
  return Date.parse(`${local.replace(' ', 'T')}+08:00`)
}

export async function openStage(options: StageOptions = {}): Promise<Stage> {
  return new Stage(await realLore(), options)
}

export class Stage {
  readonly clock: { now: Instant }
  readonly store: Store
  readonly house: House
  readonly chats: readonly FakeChat[]
  engine: Engine
  readonly happenings: Happening[] = []
  #ids = 0
  #salts = 0

  constructor(known: Lore, options: StageOptions) {
    this.clock = { now: instant(options.start ?? aWednesday) }
    const { clock } = this
    this.store = options.store ?? openMemoryStore(schema)
    this.chats = (options.accounts ?? ['main']).map((account) => new FakeChat(account, () => clock.now))
    this.house = {
      ...{ ...known, ...options.lore, ...options.forwarding, store: this.store, chats: this.chats },
      ...{ now: () => clock.now, random: seededRandom(7), salt: () => `salt-${++this.#salts}` },
      settings: { ...defaultSettings, bindRoomsThemselves: true, ...options.settings },
      photos: { save: async (name) => ({ name, file: `kept-${name}` }) },
      observe: (happening) => this.happenings.push(happening),
      ...(options.reportPress && { reportPress: options.reportPress }),
    }
    this.engine = createEngine(this.house)
  }

  /** Everything but the store is forgotten. */
  async restart(): Promise<void> {
    this.engine = createEngine(this.house)
    await prepare(this.house)
  }

  get chat(): FakeChat {
    return this.chats[0] as FakeChat
  }

  /** Somebody says one line now (or `at`), and everything that is due by then happens. */
  async say(from: string, text: string, saying: Saying = {}): Promise<string> {
    const { group = defaultGroup, photo, account = this.chat.account } = saying
    this.#ids += 1
    const id = saying.id ?? `m${this.clock.now}-${this.#ids}`
    const chat = this.chats.find((each) => each.account === account) as FakeChat
    const message: InboundMessage = {
      ...{ account, id, sender: { id: contactOf(from), name: from }, at: saying.at ?? this.clock.now },
      ...(group !== '' && { room: { id: `r-${group}`, topic: group } }),
      ...{ kind: saying.kind ?? (photo ? 'image' : 'text'), text, own: saying.own ?? false },
      mentioned: saying.mentioned ?? text.includes('@小邻'),
      ...(photo && { photo: { name: photo, read: async () => new Uint8Array([1]) } }),
    }
    await this.engine.handle(chat, { type: 'message', message })
    await this.engine.runDue()
    return id
  }

  async recall(id: string): Promise<void> {
    const account = this.chat.account
    await this.engine.handle(this.chat, { type: 'recalled', account, messageId: id, at: this.clock.now })
    await this.engine.runDue()
  }

  /** Lets so many seconds pass; whatever falls due happens at its own instant. */
  async wait(seconds: number): Promise<void> {
    await this.runUntil(this.clock.now + seconds * 1000)
  }

  async runUntil(until: Instant): Promise<void> {
    for (;;) {
      const next = await this.engine.nextDue()
      if (next === undefined || next > until) break
      this.clock.now = Math.max(this.clock.now, next)
      await this.engine.runDue()
    }
    this.clock.now = Math.max(this.clock.now, until)
  }

  /** Says a line and lets its burst and all gaps pass. */
  async hear(from: string, text: string, saying: Saying = {}): Promise<readonly Sent[]> {
    const before = this.sent.length
    await this.say(from, text, saying)
    await this.wait(20)
    return this.sent.slice(before)
  }

  /** Puts somebody on the roster whom the bot can reach. */
  async hire(name: string, role: Role, more: Partial<Documents['people']> = {}): Promise<string> {
    const id = `p-${name}`
    const contact = contactOf(name)
    const account = this.chat.account
    await this.put('people', { id, name, role, places: [], friend: true, ...more })
    await this.put('contacts', { id: `${account}/${contact}`, account, contact, person: id })
    return id
  }

  async put<C extends CollectionName>(collection: C, document: Documents[C]): Promise<void> {
    await this.store.commit([{ collection, id: document.id, put: document }])
  }

  async all<C extends CollectionName>(collection: C): Promise<readonly Stored<Documents[C]>[]> {
    return (await this.store.find<Documents[C]>(collection, { limit: 10_000 })).documents
  }

  async change<C extends CollectionName>(collection: C, id: string, change: Partial<Documents[C]>) {
    const before = await this.store.get<Documents[C]>(collection, id)
    if (!before) throw new Error(`no ${collection}/${id} on the stage`)
    await this.store.commit([{ collection, id, put: { ...before, ...change } }])
  }

  async groupNamed(name = defaultGroup): Promise<Group> {
    const group = (await this.all('groups')).find((each) => each.name === name)
    if (!group) throw new Error(`nobody has said anything in ${name} yet`)
    return group
  }

  async personNamed(name: string): Promise<Documents['people']> {
    const person = (await this.all('people')).find((each) => each.name === name)
    if (!person) throw new Error(`${name} has not said anything yet`)
    return person
  }

  /** Everything that was sent, by all accounts, in order. */
  get sent(): readonly Sent[] {
    return this.chats.flatMap((chat) => chat.sent).sort((one, other) => one.at - other.at)
  }

  /** Texts sent to a group. */
  saidTo(group = defaultGroup): readonly string[] {
    return this.sent.filter(({ to }) => 'room' in to && to.room === `r-${group}`).map(({ text }) => text)
  }

  /** Texts sent to a person in private. */
  toldTo(name: string): readonly string[] {
    return this.sent
      .filter(({ to }) => 'contact' in to && to.contact === contactOf(name))
      .map(({ text }) => text)
  }

  /** What happened to tickets, in order: opened, dispatched, … */
  get events(): readonly TicketEvent[] {
    return this.happenings.flatMap((each) => (each.type === 'ticket' ? [each.event] : []))
  }

  get eventTypes(): readonly string[] {
    return this.events.map((event) => event.type)
  }

  get silences(): readonly string[] {
    return this.happenings.flatMap((each) => (each.type === 'silence' ? [each.reason] : []))
  }
}

function contactOf(name: string): string {
  return `c-${name}`
}
