/**
 * The chat port: rooms and people of a messenger, as plain data. Ids here are the messenger's own and may
 * change at every login; the bot keeps its own ids for people and groups (bot/people/directory.ts).
 */

/** Milliseconds since 1970, as Date.now() gives. */
export type Instant = number

export interface ChatContact {
  readonly id: string
  /** Display name; never identity. */
  readonly name: string
}

export interface ChatRoom {
  readonly id: string
  readonly topic: string
  readonly memberIds: readonly string[]
}

export interface Photo {
  readonly name: string
  /** Fetches the bytes. @throws when the messenger no longer has them */
  read(): Promise<Uint8Array>
}

/** A document that somebody sent. */
export interface InboundFile {
  readonly name: string
  /** In bytes, where the messenger tells it. */
  readonly size?: number
  /**
   * Fetches the bytes; undefined when the messenger tells that there are more than `most`.
   * @throws when it no longer has them
   */
  read(most: number): Promise<Uint8Array | undefined>
}

export interface InboundMessage {
  /** The bot's account that heard it. */
  readonly account: string
  /** Unique within the account. */
  readonly id: string
  /** Absent for a private message. */
  readonly room?: ChatRoomName
  readonly sender: ChatContact
  readonly at: Instant
  readonly kind: 'text' | 'image' | 'voice' | 'other'
  /** As written, mentions included; '' for photos and voice. */
  readonly text: string
  /** The bot was mentioned (`@所有人` is no mention of the bot). */
  readonly mentioned: boolean
  readonly photo?: Photo
  /** Of kind `other`. */
  readonly file?: InboundFile
  /** Our own words coming back: the proof that they arrived. */
  readonly own: boolean
}

export interface ChatRoomName {
  readonly id: string
  readonly topic: string
}

export type LinkState =
  | { readonly state: 'down'; readonly since: Instant; readonly reason: string }
  | { readonly state: 'connecting'; readonly since: Instant }
  | { readonly state: 'waiting-for-scan'; readonly since: Instant; readonly qr: string }
  | { readonly state: 'up'; readonly since: Instant; readonly self: ChatContact }

export type ChatEvent =
  | { readonly type: 'message'; readonly message: InboundMessage }
  | {
      readonly type: 'recalled'
      readonly account: string
      readonly room?: ChatRoomName
      /** Id of the message that was taken back. */
      readonly messageId: string
      readonly at: Instant
    }
  | {
      readonly type: 'joined'
      readonly account: string
      readonly room: ChatRoomName
      readonly members: readonly ChatContact[]
      /** The bot itself is among those who joined. */
      readonly self: boolean
      readonly at: Instant
    }
  | {
      readonly type: 'left'
      readonly account: string
      readonly room: ChatRoomName
      readonly members: readonly ChatContact[]
      /** The bot itself was removed. */
      readonly self: boolean
      readonly at: Instant
    }
  | { readonly type: 'renamed'; readonly account: string; readonly room: ChatRoomName; readonly at: Instant }
  | {
      readonly type: 'friend'
      readonly account: string
      readonly contact: ChatContact
      /** What the person wrote in the request. */
      readonly hello: string
      readonly at: Instant
      accept(): Promise<void>
    }
  | { readonly type: 'qr'; readonly account: string; readonly qr: string; readonly at: Instant }
  | { readonly type: 'up'; readonly account: string; readonly self: ChatContact; readonly at: Instant }
  | {
      readonly type: 'down'
      readonly account: string
      readonly reason: string
      readonly at: Instant
    }
  | {
      /** Between `from` and `to` nothing was heard: what was said then is lost. */
      readonly type: 'lost'
      readonly account: string
      readonly from: Instant
      readonly to: Instant
    }

export type Destination = { readonly room: string } | { readonly contact: string }

/** A picture or another file that we send. */
export interface ChatFile {
  /** With its ending, which tells the messenger whether it is a picture: 周报.png */
  readonly name: string
  readonly bytes: Uint8Array
}

export interface SendResult {
  /** Absent when the messenger tells none; then the echo confirms. */
  readonly messageId?: string
}

export interface Chat {
  readonly account: string
  /** Resolves when connecting has begun; `up` tells when it is usable. Reconnects by itself until stop. */
  start(): Promise<void>
  /** Ends our side only; a gateway's own puppet is never stopped. */
  stop(): Promise<void>
  state(): LinkState
  /** All of them, or some; those that cannot be read are left out. @throws SendError */
  rooms(only?: readonly string[]): Promise<readonly ChatRoom[]>
  /** Some members of a room, by the names that all rooms see; '' when the messenger does not tell. @throws SendError */
  members(room: string, ids: readonly string[]): Promise<readonly ChatContact[]>
  /** Words, or a file. @throws SendError */
  send(to: Destination, content: string | ChatFile): Promise<SendResult>
  /**
   * One listener. Events of one room (or one private conversation) arrive in order: the next is delivered when
   * the promise of the one before has settled. Rooms do not wait for each other.
   */
  on(listener: (event: ChatEvent) => Promise<void>): void
}

export class SendError extends Error {
  /** `rate`: the messenger says "操作过于频繁"; `offline`: try again later; `gone`: no such room or contact. */
  readonly code: 'rate' | 'offline' | 'gone' | 'failed'
  /** The link broke while it was being sent: it may have arrived all the same. */
  readonly inDoubt: boolean

  constructor(
    code: SendError['code'],
    message: string,
    { inDoubt = false, ...options }: ErrorOptions & { readonly inDoubt?: boolean } = {},
  ) {
    super(message, options)
    this.inDoubt = inDoubt
    this.name = 'SendError'
    this.code = code
  }
}
