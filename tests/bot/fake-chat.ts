import {
  type Chat,
  type ChatEvent,
  type ChatPicture,
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
  readonly picture?: ChatPicture
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

  /** The next sends fail, one for each code. */
  failNext(...codes: SendError['code'][]): void {
    this.#failures.push(...codes)
  }

  async send(to: Destination, content: string | ChatPicture): Promise<{ messageId?: string }> {
    const said =
      typeof content === 'string' ? { text: content } : { text: `[图片] ${content.name}`, picture: content }
    const attempt = { at: this.#now(), account: this.account, to, ...said }
    this.attempts.push(attempt)
    const failure = this.#failures.shift()
    if (failure) throw new SendError(failure, `told to fail with ${failure}`)
    this.sent.push(attempt)
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
    return { state: 'up', since: this.since, self: { id: 'bot', name: '小邻' } }
  }

  async rooms() {
    return []
  }

  on(listener: (event: ChatEvent) => Promise<void>): void {
    this.#listener = listener
  }
}
