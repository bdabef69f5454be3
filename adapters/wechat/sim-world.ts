/**
 * A small WeChat in memory: people, groups and what they say. The playground, replay and the tests act on it;
 * SimPuppet shows it to Wechaty as one account sees it. Several puppets may look at one world.
 * Nothing here reads the clock or is random: both come in, so that a replay is the same each time.
 */
import { FileBox, type FileBoxInterface } from 'file-box'
import type { Instant } from '../../bot/ports/chat.ts'

export interface SimContact {
  readonly id: string
  readonly name: string
  /** False for somebody who has not been accepted yet: private messages to them fail. Default true. */
  readonly friend?: boolean
}

export interface SimRoom {
  readonly id: string
  topic: string
  /** Contact id → name in this room ('' for none). */
  readonly members: Map<string, string>
}

type SimKind = 'text' | 'image' | 'voice' | 'video' | 'file' | 'link' | 'recalled'

export interface SimMessage {
  readonly id: string
  readonly roomId?: string
  readonly talkerId: string
  /** Private messages only. */
  readonly listenerId?: string
  /** For `recalled`, the id of the message taken back. */
  readonly text: string
  readonly kind: SimKind
  readonly mentionIds: readonly string[]
  readonly at: Instant
  readonly file?: FileBoxInterface
}

/** What somebody says. Without `room` it is private to `to`. */
export interface SimLine {
  readonly id?: string
  readonly from: string
  readonly room?: string
  readonly to?: string
  readonly text?: string
  readonly kind?: SimKind
  /** Ids the messenger itself tells as mentioned; text-only mentions need none. */
  readonly mentions?: readonly string[]
  /** A name only stands for a picture that nobody needs to look at. */
  readonly image?: FileBoxInterface | string
  /** Another file. */
  readonly file?: FileBoxInterface
  readonly at?: Instant
}

export interface SimFriendship {
  readonly id: string
  readonly contactId: string
  readonly hello: string
  readonly at: Instant
}

export type SimEvent =
  | { readonly type: 'message'; readonly message: SimMessage }
  | {
      readonly type: 'joined' | 'left'
      readonly roomId: string
      readonly ids: readonly string[]
      readonly by: string
      readonly at: Instant
    }
  | {
      readonly type: 'renamed'
      readonly roomId: string
      readonly topic: string
      readonly oldTopic: string
      readonly by: string
      readonly at: Instant
    }
  | { readonly type: 'friend'; readonly friendship: SimFriendship; readonly to: string }

export interface SimWorldOptions {
  now(): Instant
  nextId(): string
  /** Older messages are forgotten, as a phone does. Default 5,000. */
  readonly maxMessages?: number
}

/** The smallest PNG: one pixel. Stands for a picture of which only the name is known. */
const ONE_PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

export class SimWorld {
  readonly contacts = new Map<string, SimContact>()
  readonly rooms = new Map<string, SimRoom>()
  readonly messages = new Map<string, SimMessage>()
  readonly friendships = new Map<string, SimFriendship>()
  readonly #options: SimWorldOptions
  readonly #watchers = new Set<(event: SimEvent) => void>()

  constructor(options: SimWorldOptions) {
    this.#options = options
  }

  /** @returns a function that ends the watching */
  watch(watcher: (event: SimEvent) => void): () => void {
    this.#watchers.add(watcher)
    return () => this.#watchers.delete(watcher)
  }

  addContact(contact: SimContact): void {
    this.contacts.set(contact.id, contact)
  }

  addRoom(room: { id: string; topic: string; memberIds: readonly string[] }): void {
    this.rooms.set(room.id, {
      id: room.id,
      topic: room.topic,
      members: new Map(room.memberIds.map((id) => [id, ''])),
    })
  }

  /** The name a person bears in one room. */
  setNameInRoom(roomId: string, contactId: string, name: string): void {
    this.#room(roomId).members.set(contactId, name)
  }

  /** @returns the id of the message. An id given twice is told twice, as real gateways do. */
  say(line: SimLine): string {
    const message = this.#messageOf(line)
    this.#remember(message)
    this.#tell({ type: 'message', message })
    return message.id
  }

  /** Takes a message back, as its sender does within two minutes. @returns the id of the notice */
  recall(messageId: string): string {
    const message = this.messages.get(messageId)
    if (!message) throw new Error(`recall: no message ${messageId} (only the newest are kept)`)
    return this.say({
      from: message.talkerId,
      text: messageId,
      kind: 'recalled',
      ...(message.roomId === undefined ? {} : { room: message.roomId }),
      ...(message.listenerId === undefined ? {} : { to: message.listenerId }),
    })
  }

  join(roomId: string, ids: readonly string[], by?: string): void {
    const room = this.#room(roomId)
    for (const id of ids) room.members.set(id, '')
    this.#tell({ type: 'joined', roomId, ids, by: by ?? this.#anyMember(room), at: this.#options.now() })
  }

  leave(roomId: string, ids: readonly string[], by?: string): void {
    const room = this.#room(roomId)
    const remover = by ?? ids[0] ?? this.#anyMember(room)
    // Told first: who was removed still hears of it.
    this.#tell({ type: 'left', roomId, ids, by: remover, at: this.#options.now() })
    for (const id of ids) room.members.delete(id)
  }

  rename(roomId: string, topic: string, by?: string): void {
    const room = this.#room(roomId)
    const oldTopic = room.topic
    room.topic = topic
    this.#tell({
      type: 'renamed',
      roomId,
      topic,
      oldTopic,
      by: by ?? this.#anyMember(room),
      at: this.#options.now(),
    })
  }

  /** @returns the id of the request */
  requestFriend(from: SimContact, to: string, hello: string): string {
    this.contacts.set(from.id, { ...from, friend: false })
    const friendship = { id: this.#options.nextId(), contactId: from.id, hello, at: this.#options.now() }
    this.friendships.set(friendship.id, friendship)
    this.#tell({ type: 'friend', friendship, to })
    return friendship.id
  }

  acceptFriend(friendshipId: string): void {
    const friendship = this.friendships.get(friendshipId)
    const contact = friendship && this.contacts.get(friendship.contactId)
    if (!contact) throw new Error(`no friend request ${friendshipId}`)
    this.friendships.delete(friendshipId)
    this.contacts.set(contact.id, { ...contact, friend: true })
  }

  nextId(): string {
    return this.#options.nextId()
  }

  now(): Instant {
    return this.#options.now()
  }

  #messageOf(line: SimLine): SimMessage {
    if (line.room === undefined && line.to === undefined)
      throw new Error('say: expected room or to, got neither')
    return {
      id: line.id ?? this.#options.nextId(),
      talkerId: line.from,
      text: line.text ?? '',
      kind: line.kind ?? (line.file ? 'file' : line.image === undefined ? 'text' : 'image'),
      mentionIds: line.mentions ?? [],
      at: line.at ?? this.#options.now(),
      ...(line.room === undefined ? {} : { roomId: line.room }),
      ...(line.room !== undefined || line.to === undefined ? {} : { listenerId: line.to }),
      ...(line.image === undefined ? {} : { file: pictureOf(line.image) }),
      ...(line.file ? { file: line.file } : {}),
    }
  }

  #remember(message: SimMessage): void {
    this.messages.set(message.id, message)
    if (this.messages.size <= (this.#options.maxMessages ?? 5000)) return
    const oldest = this.messages.keys().next().value
    if (oldest !== undefined) this.messages.delete(oldest)
  }

  #room(id: string): SimRoom {
    const room = this.rooms.get(id)
    if (!room) throw new Error(`no room ${id} in the simulated world: add it with addRoom`)
    return room
  }

  #anyMember(room: SimRoom): string {
    return room.members.keys().next().value ?? ''
  }

  #tell(event: SimEvent): void {
    for (const watcher of this.#watchers) watcher(event)
  }
}

function pictureOf(image: FileBoxInterface | string): FileBoxInterface {
  return typeof image === 'string' ? FileBox.fromBase64(ONE_PIXEL, image) : image
}
