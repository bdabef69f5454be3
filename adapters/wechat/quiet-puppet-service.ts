/**
 * The gateway's client, mended:
 * - stopping sends no `stop` and no `logout` to the gateway: those would log the real account out;
 * - contacts and rooms are not written under the home directory;
 * - a broken stream is told at once, instead of being found by a watchdog after a minute;
 * - its redux store, which keeps what it hears and answers nobody, hears nothing;
 * - its watchdog does not reset it (that is where the `stop` came from): the link builds a new one.
 */
import './quiet-log.ts'
import { Puppet } from 'wechaty-puppet'
import { PuppetService } from 'wechaty-puppet-service'

export interface GatewayAddress {
  /** host:port */
  readonly endpoint: string
  /** From the gateway's provider. The part before the first `_` is the name on its certificate. */
  readonly token: string
  /** False: plain connection, for a gateway on the same machine. Default: TLS with the provider's certificate. */
  readonly tls?: false | { readonly caCert?: string; readonly serverName?: string }
}

type Manager = PuppetService['grpcManager']

export class QuietPuppetService extends PuppetService {
  static #attempts = 0
  readonly #onBroken: (reason: string) => void
  #released = false

  constructor({ endpoint, token, tls }: GatewayAddress, onBroken: (reason: string) => void) {
    super({ endpoint, token, tls: tls === false ? { disable: true } : { disable: false, ...tls } })
    this.#onBroken = onBroken
    const nothingOnDisk = { start: async () => undefined, stop: async () => undefined }
    this._payloadStore = nothingOnDisk as unknown as typeof this._payloadStore
  }

  /** Drops the connection now. Nothing is sent to the gateway. */
  release(): void {
    if (this.#released) return
    this.#released = true
    const manager = this._grpcManager
    if (manager) hangUp(manager)
  }

  override async onStart(): Promise<void> {
    try {
      await super.onStart()
      this.#stopTheStore()
    } catch (error) {
      this.#onBroken(explain(error))
      throw error
    } finally {
      // Released while it was still connecting: the stream may have come up after all, and would keep the gateway busy.
      if (this.#released && this._grpcManager) hangUp(this._grpcManager)
    }
  }

  override async onStop(): Promise<void> {
    this.#stopTheStore()
    this.release()
    delete this._grpcManager
  }

  #stopTheStore(): void {
    for (const unsubscribe of this._cleanupCallbackList.splice(0)) unsubscribe()
  }

  override async reset(): Promise<void> {
    this.#onBroken('no sign of life from the gateway')
  }

  /** The gateway tells that the account was logged out; PuppetService would answer by logging it out. */
  override logout(reason?: string): Promise<void> {
    return Puppet.prototype.logout.call(this, reason)
  }

  protected override bridgeGrpcEventStream(manager: Manager): void {
    // Plain connections share one connection with all equal ones, and its growing pause after failures with it.
    // The name on a certificate is of no use there, so it makes each attempt different.
    QuietPuppetService.#attempts += 1
    if (manager.disableTls) manager.serverName = `attempt-${QuietPuppetService.#attempts}`
    super.bridgeGrpcEventStream(manager)
    manager.on('error', (error: unknown) => this.#onBroken(explain(error)))
    manager.on('end', () => this.#onBroken('the gateway ended the connection'))
  }
}

function hangUp(manager: Manager): void {
  manager.removeAllListeners()
  manager.on('error', () => undefined)
  const { eventStream } = manager
  // cancel() tells the gateway that the place is free; destroy() alone would leave it taken.
  eventStream?.on('error', () => undefined)
  eventStream?.cancel()
  try {
    manager.client.close()
  } catch (error) {
    if (!(error instanceof Error && error.message === 'NO CLIENT')) throw error
  }
}

/** The cause with its remedy where we know one. Always the same words for one cause: it is told once. */
function explain(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  if (/UNAUTHENTICATED|Invalid Wechaty TOKEN/i.test(message)) {
    return 'the gateway refused the token: check it with your provider'
  }
  if (/ECONNREFUSED|UNAVAILABLE/.test(message))
    return 'the gateway cannot be reached: is it running at that address?'
  return message
}
