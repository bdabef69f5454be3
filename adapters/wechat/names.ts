/**
 * Names of people and rooms, from our own bounded caches. The puppet's cache is passed by, since its entries
 * live for ten days and a rename at the gateway would stay unseen; so are Room and Contact of Wechaty, whose
 * pools never shrink and which load a whole member list to tell one topic.
 */
import type { Puppet } from 'wechaty-puppet'
import type { ChatContact, ChatRoomName, Instant } from '../../bot/ports/chat.ts'
import { BoundedCache } from './bounded-cache.ts'
import type { PuppetCall } from './puppet-call.ts'

export interface NamesOptions {
  readonly call: PuppetCall
  now(): Instant
  maxEntries: number
  maxAgeMs: number
  /** wechat4u searches long for people it does not know; a message must not wait for that. 0 for no limit. */
  patienceMs: number
  debug(text: string): void
}

export class Names {
  readonly #options: NamesOptions
  readonly #people: BoundedCache<string>
  readonly #topics: BoundedCache<string>
  readonly #ownNames: BoundedCache<string>

  constructor(options: NamesOptions) {
    this.#options = options
    this.#people = new BoundedCache(options)
    this.#topics = new BoundedCache(options)
    this.#ownNames = new BoundedCache(options)
  }

  /** The name is '' when the messenger does not tell it in time. */
  async person(id: string): Promise<ChatContact> {
    const load = this.#loader(`name of ${id}`, async (puppet) => {
      return (await puppet.contactRawPayloadParser(await puppet.contactRawPayload(id))).name
    })
    return { id, name: await this.#lookUp(this.#people, id, load) }
  }

  people(ids: readonly string[]): Promise<ChatContact[]> {
    return Promise.all(ids.map((id) => this.person(id)))
  }

  async room(id: string): Promise<ChatRoomName> {
    const load = this.#loader(`topic of ${id}`, async (puppet) => {
      return (await puppet.roomRawPayloadParser(await puppet.roomRawPayload(id))).topic
    })
    return { id, topic: await this.#lookUp(this.#topics, id, load) }
  }

  /** What the bot is called in one room; '' for its usual name. */
  ownNameIn(roomId: string, selfId: string): Promise<string> {
    const load = this.#loader(`own name in ${roomId}`, async (puppet) => {
      const raw = await puppet.roomMemberRawPayload(roomId, selfId)
      return (await puppet.roomMemberRawPayloadParser(raw)).roomAlias ?? ''
    })
    return this.#lookUp(this.#ownNames, roomId, load)
  }

  renamed(roomId: string, topic: string): void {
    this.#topics.set(roomId, topic)
  }

  roomChanged(roomId: string): void {
    this.#topics.delete(roomId)
    this.#ownNames.delete(roomId)
  }

  personChanged(id: string): void {
    this.#people.delete(id)
  }

  /** After a login ids may mean somebody else, and what changed meanwhile was not heard. */
  clear(): void {
    this.#people.clear()
    this.#topics.clear()
    this.#ownNames.clear()
  }

  #loader(what: string, read: (puppet: Puppet) => Promise<string>): () => Promise<string> {
    return () => this.#options.call(what, this.#options.patienceMs, read)
  }

  async #lookUp(cache: BoundedCache<string>, id: string, load: () => Promise<string>): Promise<string> {
    try {
      return await cache.get(id, load)
    } catch (error) {
      this.#options.debug(String(error))
      return ''
    }
  }
}
