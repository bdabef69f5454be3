import type { Chat, ChatEvent, LinkState, SendResult } from '../../bot/ports/chat.ts'
import type { Line } from './messages.ts'

/** A messenger that costs nothing: what is measured is the house behind it. */
export class BenchChat implements Chat {
  readonly account: string
  sent = 0
  readonly #since = Date.now()
  #listener: (event: ChatEvent) => Promise<void> = async () => undefined

  constructor(account: string) {
    this.account = account
  }

  start(): Promise<void> {
    return Promise.resolve()
  }

  stop(): Promise<void> {
    return Promise.resolve()
  }

  state(): LinkState {
    return { state: 'up', since: this.#since, self: { id: 'bot', name: '小邻' } }
  }

  async rooms() {
    return []
  }

  async members() {
    return []
  }

  async send(): Promise<SendResult> {
    this.sent += 1
    return { messageId: `sent-${this.account}-${this.sent}` }
  }

  on(listener: (event: ChatEvent) => Promise<void>): void {
    this.#listener = listener
  }

  say(id: string, { group, person, text, mentioned }: Line): Promise<void> {
    const { account } = this
    const sender = { id: `c-${account}-${person}`, name: `居民${person}` }
    const room = { id: `r-${account}-${group}`, topic: `${account}第${group}群` }
    const said = {
      account,
      id,
      room,
      sender,
      at: Date.now(),
      kind: 'text',
      text,
      mentioned,
      own: false,
    } as const
    return this.#listener({ type: 'message', message: said })
  }
}
