/**
 * The simulated puppet: one account in a SimWorld, as a real Wechaty Puppet. Used in-process (playground,
 * replay) and behind a real gateway (sim-gateway.ts), so that everything else is the code that meets WeChat.
 * wechaty-puppet-mock is not used: no `ready` event, no ids from say(), mention ids dropped, unbounded memory.
 */

import type { FileBoxInterface } from 'file-box'
import { Puppet, type payloads, types } from 'wechaty-puppet'
import type { Destination, Instant } from '../../bot/ports/chat.ts'
import './quiet-log.ts'
import { refuseTheRest } from './sim-unsupported.ts'
import type { SimContact, SimEvent, SimMessage, SimRoom, SimWorld } from './sim-world.ts'

export interface SimSent {
  readonly id: string
  readonly at: Instant
  readonly to: Destination
  readonly text: string
  /** Its name, for a picture or another file sent. */
  readonly file?: string
}

export interface SimPuppetOptions {
  readonly world: SimWorld
  /** Contact id of the account; it must be in the world. */
  readonly self: string
  /** False for messengers that tell no id after sending (wechat4u). Default true. */
  readonly tellsIds?: boolean
  /** Own messages come back, as real puppets do. Default true. */
  readonly echoes?: boolean
  /** False: login by hand with `login(id)`, as behind a QR code. Default true: logged in at start. */
  readonly logsIn?: boolean
}

/** Settles when the message may go out; throws what the messenger would say, e.g. `操作过于频繁`. */
export type SendGate = (sent: SimSent) => Promise<void>

const TYPE_OF_KIND = {
  text: types.Message.Text,
  image: types.Message.Image,
  voice: types.Message.Audio,
  video: types.Message.Video,
  file: types.Message.Attachment,
  link: types.Message.Url,
  recalled: types.Message.Recalled,
} as const

/** Messengers show what has another ending as a file. */
const PICTURE = /\.(?:jpe?g|png|gif|webp|bmp)$/i

export class SimPuppet extends Puppet {
  static override readonly VERSION = '1.0.0'
  readonly world: SimWorld
  readonly self: string
  /** Hook for latency and failures. */
  gate: SendGate | undefined
  /** Hook that sees each message that went out. */
  onSent: ((sent: SimSent) => void) | undefined
  /** False: ding stays unanswered, like a link that is half open. */
  answersDing = true
  /** Times the puppet was stopped: behind a gateway nobody should. */
  stops = 0
  readonly #options: SimPuppetOptions
  #unwatch: (() => void) | undefined

  constructor(options: SimPuppetOptions) {
    super()
    this.world = options.world
    this.self = options.self
    this.#options = options
  }

  override name(): string {
    return 'sim'
  }

  override version(): string {
    return SimPuppet.VERSION
  }

  override async onStart(): Promise<void> {
    this.#unwatch ??= this.world.watch((event) => this.#see(event))
    if (this.#options.logsIn === false || this.isLoggedIn) return
    this.login(this.self)
    this.emit('ready', { data: 'sim' })
  }

  override async onStop(): Promise<void> {
    this.stops += 1
    this.#unwatch?.()
    this.#unwatch = undefined
  }

  override ding(data?: string): void {
    if (this.answersDing) setImmediate(() => this.emit('dong', { data: data ?? '' }))
  }

  /** Shows a code to scan, as before a login. */
  showQrCode(qrcode: string): void {
    this.emit('scan', { qrcode, status: types.ScanStatus.Waiting })
  }

  // ---- messages

  override async messageRawPayload(id: string): Promise<SimMessage> {
    const message = this.world.messages.get(id)
    if (!message) throw new Error(`no message ${id}`)
    return message
  }

  override async messageRawPayloadParser(message: SimMessage): Promise<payloads.Message> {
    const base = {
      id: message.id,
      talkerId: message.talkerId,
      text: message.text,
      timestamp: message.at,
      type: TYPE_OF_KIND[message.kind],
      ...(message.file ? { filename: message.file.name } : {}),
    }
    return message.roomId === undefined
      ? { ...base, listenerId: message.listenerId ?? '' }
      : { ...base, roomId: message.roomId, mentionIdList: [...message.mentionIds] }
  }

  override async messageFile(id: string): Promise<FileBoxInterface> {
    const file = (await this.messageRawPayload(id)).file
    if (!file) throw new Error(`message ${id} has no file`)
    return file
  }

  override messageImage(id: string): Promise<FileBoxInterface> {
    return this.messageFile(id)
  }

  override messageSendText(to: string, text: string, mentions?: string[]): Promise<string | undefined> {
    return this.#send(to, { text, mentions: mentions ?? [] })
  }

  override messageSendFile(to: string, file: FileBoxInterface): Promise<string | undefined> {
    return this.#send(to, { file, kind: PICTURE.test(file.name) ? 'image' : 'file' })
  }

  override async messageRecall(id: string): Promise<boolean> {
    if (!this.world.messages.has(id)) return false
    this.world.recall(id)
    return true
  }

  // ---- people

  override async contactRawPayload(id: string): Promise<SimContact> {
    const contact = this.world.contacts.get(id)
    if (!contact) throw new Error(`no contact ${id}`)
    return contact
  }

  override async contactRawPayloadParser(contact: SimContact): Promise<payloads.Contact> {
    return {
      id: contact.id,
      name: contact.name,
      avatar: '',
      friend: contact.friend ?? true,
      gender: types.ContactGender.Unknown,
      phone: [],
      type: types.Contact.Individual,
    }
  }

  override async contactList(): Promise<string[]> {
    return [...this.world.contacts.keys()]
  }

  override async friendshipRawPayload(id: string): Promise<payloads.Friendship> {
    const friendship = this.world.friendships.get(id)
    if (!friendship) throw new Error(`no friend request ${id}`)
    const { contactId, hello, at } = friendship
    return { id, contactId, hello, timestamp: at, ticket: id, type: types.Friendship.Receive }
  }

  override async friendshipRawPayloadParser(friendship: payloads.Friendship): Promise<payloads.Friendship> {
    return friendship
  }

  override async friendshipAccept(id: string): Promise<void> {
    this.world.acceptFriend(id)
  }

  // ---- rooms

  override async roomRawPayload(id: string): Promise<SimRoom> {
    const room = this.world.rooms.get(id)
    if (!room?.members.has(this.self)) throw new Error(`no room ${id}`)
    return room
  }

  override async roomRawPayloadParser(room: SimRoom): Promise<payloads.Room> {
    return { id: room.id, topic: room.topic, memberIdList: [...room.members.keys()], adminIdList: [] }
  }

  override async roomList(): Promise<string[]> {
    return [...this.world.rooms.values()].filter((room) => room.members.has(this.self)).map((room) => room.id)
  }

  override async roomMemberList(id: string): Promise<string[]> {
    return [...(await this.roomRawPayload(id)).members.keys()]
  }

  override async roomMemberRawPayload(roomId: string, contactId: string): Promise<payloads.RoomMember> {
    const roomAlias = (await this.roomRawPayload(roomId)).members.get(contactId)
    const contact = this.world.contacts.get(contactId)
    if (roomAlias === undefined || !contact) throw new Error(`${contactId} is no member of room ${roomId}`)
    return { id: contactId, name: contact.name, roomAlias, avatar: '' }
  }

  override async roomMemberRawPayloadParser(member: payloads.RoomMember): Promise<payloads.RoomMember> {
    return member
  }

  // ---- the way in and out

  async #send(
    to: string,
    what: { text?: string; mentions?: string[]; file?: FileBoxInterface; kind?: 'image' | 'file' },
  ): Promise<string | undefined> {
    if (!this.isLoggedIn) throw new Error('not logged in')
    const destination = this.#destination(to)
    const id = this.world.nextId()
    const sent = {
      id,
      at: this.world.now(),
      to: destination,
      text: what.text ?? '',
      ...(what.file ? { file: what.file.name } : {}),
    }
    await this.gate?.(sent)
    this.onSent?.(sent)
    const place = 'room' in destination ? { room: to } : { to }
    // Afterwards, as with real puppets: the sender knows the id before the echo comes.
    setImmediate(() => this.world.say({ ...what, ...place, id, from: this.self, at: sent.at }))
    return this.#options.tellsIds === false ? undefined : id
  }

  #destination(to: string): Destination {
    if (this.world.rooms.get(to)?.members.has(this.self)) return { room: to }
    const contact = this.world.contacts.get(to)
    if (!contact) throw new Error(`unknown conversation ${to}`)
    if (contact.friend === false) throw new Error(`${to} 开启了朋友验证，你还不是他（她）朋友`)
    return { contact: to }
  }

  #see(event: SimEvent): void {
    if (!this.isLoggedIn) return
    if (event.type === 'message') {
      this.#hear(event.message)
    } else if (event.type === 'friend') {
      if (event.to === this.self) this.emit('friendship', { friendshipId: event.friendship.id })
    } else {
      this.#seeRoomChange(event)
    }
  }

  #seeRoomChange(event: Exclude<SimEvent, { type: 'message' | 'friend' }>): void {
    const { roomId, at: timestamp } = event
    if (!this.world.rooms.get(roomId)?.members.has(this.self)) return
    this.emit('dirty', { payloadType: types.Dirty.Room, payloadId: roomId })
    if (event.type === 'renamed') {
      const { topic: newTopic, oldTopic, by: changerId } = event
      this.emit('room-topic', { roomId, newTopic, oldTopic, changerId, timestamp })
    } else if (event.type === 'joined') {
      this.emit('room-join', { roomId, inviteeIdList: [...event.ids], inviterId: event.by, timestamp })
    } else {
      this.emit('room-leave', { roomId, removeeIdList: [...event.ids], removerId: event.by, timestamp })
    }
  }

  #hear(message: SimMessage): void {
    const mine = message.talkerId === this.self
    if (mine && this.#options.echoes === false) return
    const concerned =
      message.roomId === undefined
        ? mine || message.listenerId === this.self
        : this.world.rooms.get(message.roomId)?.members.has(this.self)
    if (concerned) this.emit('message', { messageId: message.id })
  }
}

refuseTheRest(SimPuppet.prototype)
