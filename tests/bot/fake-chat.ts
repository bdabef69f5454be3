import {
  type Chat,
  type ChatContact,
  type ChatEvent,
  type ChatFile,
  type Destination,
  type Instant,
  type LinkState,
  SendError,
} from '../../bot/ports/chat.ts'

export interface Sent {
  readonly at: Instant
  readonly account: string
  readonly to: Destination
  /** For a picture: [图片] and its name. */
  readonly text: string
  readonly picture?: ChatFile
}

/** The chat port in memory: records what is sent, and fails when it is told to. */
export class FakeChat implements Chat {
  readonly account: string
  readonly sent: Sent[] = []
  /** Each attempt to send, also those that failed. */
  readonly attempts: Sent[] = []
  /** When the account logged in; older lines are none of its business. */
  since: Instant
  /** Sends return an id, as most messengers do. */
  tellsIds = true
  readonly #now: () => Instant
  #failures: SendError['code'][] = []
  #listener: ((event: ChatEvent) => Promise<void>) | undefined

  constructor(account: string, now: () => Instant) {
    this.account = account
    this.#now = now
    this.since = now()
  }

  /** The link, as the outbox asks for it; telling the engine is another thing. */
  isUp = true
  /** Called with each attempt, before it may go out: what it throws breaks the sending off. */
  onAttempt: ((attempt: Sent) => void) | undefined
  /** Called when it is out, before anybody knows. */
  onSent: ((attempt: Sent) => void) | undefined

  /** The next sends fail, one for each code. */
  failNext(...codes: SendError['code'][]): void {
    this.#failures.push(...codes)
  }

  async send(to: Destination, content: string | ChatFile): Promise<{ messageId?: string }> {
    const said =
      typeof content === 'string' ? { text: content } : { text: `[图片] ${content.name}`, picture: content }
    const attempt = { at: this.#now(), account: this.account, to, ...said }
    this.attempts.push(attempt)
    this.onAttempt?.(attempt)
    const failure = this.#failures.shift()
    if (failure) throw new SendError(failure, `told to fail with ${failure}`)
    this.sent.push(attempt)
    this.onSent?.(attempt)
    return this.tellsIds ? { messageId: `sent-${this.sent.length}` } : {}
  }

  async start(): Promise<void> {
    await this.#listener?.({
      ...{ type: 'up', account: this.account, self: { id: 'bot', name: '小邻' }, at: this.#now() },
    })
  }

  async stop(): Promise<void> {
    this.#listener = undefined
  }

  state(): LinkState {
    if (!this.isUp) return { state: 'down', since: this.#now(), reason: 'told to be down' }
    return { state: 'up', since: this.since, self: { id: 'bot', name: '小邻' } }
  }

  /** Room id → its topic and members, as the messenger would tell. */
  readonly inRooms = new Map<string, { topic: string; members: ChatContact[] }>()

  async rooms(only?: readonly string[]) {
    const rooms = [...this.inRooms].filter(([id]) => only?.includes(id) ?? true)
    return rooms.map(([id, { topic, members }]) => ({
      ...{ id, topic, memberIds: members.map((member) => member.id) },
    }))
  }

  async members(room: string, ids: readonly string[]) {
    return (this.inRooms.get(room)?.members ?? []).filter(({ id }) => ids.includes(id))
  }

  on(listener: (event: ChatEvent) => Promise<void>): void {
    this.#listener = listener
  }
}
