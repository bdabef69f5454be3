/**
 * Sends words, pictures and files, one message at a time for the whole account, with a gap that nothing above can undercut: accounts
 * are banned for volume. Pace and jitter are the outbox's; this is the guard.
 * `puppet.messageSendText` instead of Wechaty's say(), which reads each sent message again.
 */
import Bottleneck from 'bottleneck'
import { FileBox } from 'file-box'
import { type ChatFile, type Destination, SendError, type SendResult } from '../../bot/ports/chat.ts'
import type { PuppetCall } from './puppet-call.ts'

export interface OutboundOptions {
  /** Least time between two sends, in ms. 0 opens the guard: for replay and measurements only. */
  readonly minTimeMs: number
  readonly sendLimitMs: number
  readonly call: PuppetCall
  /** @throws SendError `offline` when the link is down */
  assertUp(): void
}

const droppedUnsent = 'the link was stopped before sending'

/** Echoes follow within seconds; those of more sends ago are read like any message. */
const MAX_REMEMBERED = 500

export interface Sent {
  readonly to: Destination
  readonly text: string
}

export class Outbound {
  readonly #options: OutboundOptions
  readonly #remembered = new Map<string, Sent>()
  readonly #limiter: Bottleneck | undefined

  constructor(options: OutboundOptions) {
    this.#options = options
    if (options.minTimeMs > 0)
      this.#limiter = new Bottleneck({ maxConcurrent: 1, minTime: options.minTimeMs })
  }

  /** @throws SendError */
  async send(to: Destination, content: string | ChatFile): Promise<SendResult> {
    // An account that is offline fails at once, not after the waiting of all before it.
    this.#options.assertUp()
    try {
      return await (this.#limiter
        ? this.#limiter.schedule(() => this.#sendNow(to, content))
        : this.#sendNow(to, content))
    } catch (error) {
      throw toSendError(error)
    }
  }

  /** What was sent under this id, told once: so an echo needs no call to be understood. */
  takeSent(id: string): Sent | undefined {
    const sent = this.#remembered.get(id)
    this.#remembered.delete(id)
    return sent
  }

  async stop(): Promise<void> {
    await this.#limiter?.stop({
      dropWaitingJobs: true,
      dropErrorMessage: droppedUnsent,
    })
  }

  async #sendNow(to: Destination, content: string | ChatFile): Promise<SendResult> {
    const { call, sendLimitMs, assertUp } = this.#options
    assertUp()
    const id = 'room' in to ? to.room : to.contact
    const messageId = await call('sending', sendLimitMs, (puppet) =>
      typeof content === 'string'
        ? puppet.messageSendText(id, content)
        : puppet.messageSendFile(id, FileBox.fromBuffer(Buffer.from(content.bytes), content.name)),
    )
    if (!messageId) return {}
    this.#remember(messageId, { to, text: typeof content === 'string' ? content : '' })
    return { messageId }
  }

  #remember(id: string, sent: Sent): void {
    this.#remembered.set(id, sent)
    if (this.#remembered.size <= MAX_REMEMBERED) return
    const oldest = this.#remembered.keys().next().value
    if (oldest !== undefined) this.#remembered.delete(oldest)
  }
}

const GONE = /unknown conversation|no room|no contact|not.*friend|不是.*朋友|不是.*好友|not found/i
const OFFLINE =
  /not logged in|UNAVAILABLE|CANCELLED|ECONN|channel has been closed|no client|no grpc manager|the link/i

function toSendError(error: unknown): SendError {
  if (error instanceof SendError) return error
  const message = error instanceof Error ? error.message : String(error)
  const code = codeOf(message)
  // the call was made, and nobody knows how far it came
  const inDoubt = code === 'offline' && !message.includes(droppedUnsent)
  return new SendError(code, message, { cause: error, inDoubt })
}

function codeOf(message: string): SendError['code'] {
  if (message.includes('频繁')) return 'rate'
  if (GONE.test(message)) return 'gone'
  if (OFFLINE.test(message)) return 'offline'
  return 'failed'
}
