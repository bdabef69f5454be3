/**
 * What the puppet tells, as the plain events of the chat port. Payloads are read straight from the puppet:
 * Wechaty's Message waits for the member list of the room, which puts messages out of order.
 * Duplicates are passed on as they come: the inbox knows ids across restarts, an adapter cannot.
 */
import { type payloads, types } from 'wechaty-puppet'
import type { ChatEvent, InboundFile, InboundMessage, Instant, Photo } from '../../bot/ports/chat.ts'
import { mayMention, mentionsBot } from './mentions.ts'
import type { Names } from './names.ts'
import type { Read } from './ordered-delivery.ts'
import type { Sent } from './outbound.ts'
import type { PuppetCall } from './puppet-call.ts'

export interface InboundOptions {
  readonly account: string
  /** Names the bot answers to in every room, besides those the messenger tells. */
  readonly botNames: readonly string[]
  readonly names: Names
  readonly call: PuppetCall
  /** What we ourselves sent under this id, if we know. */
  takeSent(id: string): Sent | undefined
  /** Contact id of the bot in this session. */
  selfId(): string
  now(): Instant
  /** For one payload; 0 for none. */
  readonly readLimitMs: number
  readonly photoLimitMs: number
  /** Whether the puppet's messageImage gives the full picture (wechat4u's is broken: messageFile then). */
  readonly imagesAreWhole: boolean
  /** Mends what the puppet's parser cut off (wechat4u). */
  wholeText?(raw: unknown, text: string): string
}

const KINDS: Partial<Record<types.Message, InboundMessage['kind']>> = {
  [types.Message.Text]: 'text',
  [types.Message.Image]: 'image',
  [types.Message.Audio]: 'voice',
}

export class Inbound {
  readonly #options: InboundOptions

  constructor(options: InboundOptions) {
    this.#options = options
  }

  /** @throws when the puppet does not give the message */
  async message(id: string): Promise<Read> {
    const { names, account } = this.#options
    const sent = this.#options.takeSent(id)
    if (sent) return this.#echo(id, sent)
    const { payload, text } = await this.#payload(id)
    const selfId = this.#options.selfId()
    const own = payload.talkerId === selfId
    const roomId = payload.roomId || undefined
    const [sender, room] = await Promise.all([
      names.person(payload.talkerId),
      roomId === undefined ? undefined : names.room(roomId),
    ])
    const queue =
      roomId === undefined ? privateQueue(own ? payload.listenerId : payload.talkerId) : roomQueue(roomId)
    const at = toMilliseconds(payload.timestamp, this.#options.now())
    const place = room ? { account, room } : { account }
    if (payload.type === types.Message.Recalled) {
      return { queue, event: { type: 'recalled', ...place, messageId: recalledId(text), at } }
    }
    const kind = KINDS[payload.type] ?? 'other'
    const message: InboundMessage = {
      ...place,
      id,
      sender,
      at,
      kind,
      text: kind === 'text' ? text : '',
      // Whoever speaks to the bot alone means the bot.
      mentioned: !own && (roomId === undefined || (await this.#mentioned(payload, text, roomId, selfId))),
      own,
      ...(kind === 'image' ? { photo: this.#photo(id, payload.filename) } : {}),
      ...(payload.type === types.Message.Attachment ? { file: this.#file(id, payload, text) } : {}),
    }
    return { queue, event: { type: 'message', message } }
  }

  /** Our own words, which we need not read again; `at` is the time of the echo. */
  async #echo(id: string, { to, text }: Sent): Promise<Read> {
    const { account, names, selfId, now } = this.#options
    const sender = await names.person(selfId())
    const place = 'room' in to ? { account, room: await names.room(to.room) } : { account }
    const queue = 'room' in to ? roomQueue(to.room) : privateQueue(to.contact)
    const message: InboundMessage = {
      ...place,
      id,
      sender,
      at: now(),
      kind: 'text',
      text,
      mentioned: false,
      own: true,
    }
    return { queue, event: { type: 'message', message } }
  }

  async joined({ roomId, inviteeIdList, timestamp }: payloads.EventRoomJoin): Promise<Read> {
    return this.#roomChange('joined', roomId, inviteeIdList, timestamp)
  }

  async left({ roomId, removeeIdList, timestamp }: payloads.EventRoomLeave): Promise<Read> {
    return this.#roomChange('left', roomId, removeeIdList, timestamp)
  }

  async renamed({ roomId, newTopic, timestamp }: payloads.EventRoomTopic): Promise<Read> {
    const { account, names, now } = this.#options
    names.renamed(roomId, newTopic)
    const at = toMilliseconds(timestamp, now())
    const room = { id: roomId, topic: newTopic }
    return { queue: roomQueue(roomId), event: { type: 'renamed', account, room, at } }
  }

  /** Undefined for what is no request: confirmations, and the wish of others to be asked first. */
  async friend(friendshipId: string): Promise<Read> {
    const { account, names, call, now, readLimitMs } = this.#options
    const friendship = await call('friend request', readLimitMs, async (puppet) => {
      const raw = await puppet.friendshipRawPayload(friendshipId)
      return puppet.friendshipRawPayloadParser(raw)
    })
    if (friendship.type !== types.Friendship.Receive) return undefined
    const event: ChatEvent = {
      type: 'friend',
      account,
      contact: await names.person(friendship.contactId),
      hello: friendship.hello ?? '',
      // The gateway does not carry the time of a friend request.
      at: toMilliseconds(friendship.timestamp, now()),
      accept: async () => {
        // Not Friendship.accept() of Wechaty: that waits for the contact to be ready, which can take a minute.
        await call('accepting a friend', readLimitMs, (puppet) => puppet.friendshipAccept(friendshipId))
        names.personChanged(friendship.contactId)
      },
    }
    return { queue: privateQueue(friendship.contactId), event }
  }

  async #payload(id: string): Promise<{ payload: AnyMessage; text: string }> {
    const { call, readLimitMs, wholeText } = this.#options
    return call(`message ${id}`, readLimitMs, async (puppet) => {
      const raw: unknown = await puppet.messageRawPayload(id)
      const payload: AnyMessage = await puppet.messageRawPayloadParser(raw)
      const text = payload.text ?? ''
      return { payload, text: wholeText?.(raw, text) ?? text }
    })
  }

  async #mentioned(payload: AnyMessage, text: string, roomId: string, selfId: string): Promise<boolean> {
    const { botNames, names } = this.#options
    const mentionIds = payload.mentionIdList ?? []
    const question = { text, mentionIds, selfId }
    if (mentionsBot({ ...question, names: botNames })) return true
    if (!mayMention(text)) return false
    const [self, nameHere] = await Promise.all([names.person(selfId), names.ownNameIn(roomId, selfId)])
    return mentionsBot({ ...question, names: [self.name, nameHere] })
  }

  async #roomChange(
    type: 'joined' | 'left',
    roomId: string,
    ids: readonly string[],
    timestamp: number,
  ): Promise<Read> {
    const { account, names, selfId, now } = this.#options
    const self = ids.includes(selfId())
    // Removed from a room, the bot can no longer ask for its topic.
    if (!(self && type === 'left')) names.roomChanged(roomId)
    const [room, members] = await Promise.all([names.room(roomId), names.people(ids)])
    const at = toMilliseconds(timestamp, now())
    return { queue: roomQueue(roomId), event: { type, account, room, members, self, at } }
  }

  #file(id: string, { filename }: AnyMessage, text: string): InboundFile {
    const { call, photoLimitMs } = this.#options
    const size = lengthIn(text)
    return {
      name: filename || `${id}.bin`,
      ...(size !== undefined && { size }),
      read: (most) =>
        call(`file of message ${id}`, photoLimitMs, async (puppet) => {
          const file = await puppet.messageFile(id)
          // -1 where it is not known
          return file.size > most ? undefined : file.toBuffer()
        }),
    }
  }

  #photo(id: string, filename: string | undefined): Photo {
    const { call, photoLimitMs, imagesAreWhole } = this.#options
    return {
      name: filename || `${id}.jpg`,
      read: () =>
        call(`picture of message ${id}`, photoLimitMs, async (puppet) => {
          const file = imagesAreWhole ? puppet.messageImage(id, types.Image.HD) : puppet.messageFile(id)
          return (await file).toBuffer()
        }),
    }
  }
}

/** WeChat tells the length of a document in its XML, which some puppets pass on as the text. */
function lengthIn(text: string): number | undefined {
  const [, length] = /<totallen>(\d{1,12})<\/totallen>/.exec(text) ?? []
  return length === undefined ? undefined : Number(length)
}

/** The union of the puppet's payload types, flattened: gRPC sends '' where a field is absent. */
type AnyMessage = payloads.MessageBase & { roomId?: string; listenerId?: string; mentionIdList?: string[] }

function roomQueue(roomId: string): string {
  return `room ${roomId}`
}

function privateQueue(contactId: string | undefined): string {
  return `contact ${contactId ?? ''}`
}

/** Puppets tell seconds or milliseconds, some nothing. In milliseconds, 10^11 is March 1973. */
function toMilliseconds(timestamp: number | undefined, now: Instant): Instant {
  if (!timestamp) return now
  return timestamp < 1e11 ? timestamp * 1000 : timestamp
}

/** The text of a recall is the id, or (wechat4u) the XML of WeChat, where `newmsgid` is the one we know. */
function recalledId(text: string): string {
  const inXml = /<newmsgid>(\d+)</.exec(text) ?? /<msgid>(\d+)</.exec(text)
  return inXml?.[1] ?? text.trim()
}
