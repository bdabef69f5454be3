import { type Chat, type ChatEvent, type LinkState, SendError } from '../ports/chat.ts'

/**
 * A chat that is there only while this process holds the lease of its account. Each time it is taken a fresh one is
 * opened. Nothing is sent once the lease is gone, whatever the one that sends still believes.
 */
export interface LeasedChat<C extends Chat = Chat> extends Chat {
  /** To be called before start(). */
  permit(mayAct: () => boolean): void
  /** The chat that is open right now. */
  current(): C | undefined
}

export function leasedChat<C extends Chat>(account: string, open: () => C, now: () => number): LeasedChat<C> {
  let mayAct: () => boolean = () => false
  let current: C | undefined
  let listener: ((event: ChatEvent) => Promise<void>) | undefined
  let down: LinkState = { state: 'down', since: now(), reason: 'another process has this account' }

  function assertMayAct(): C {
    if (current && mayAct()) return current
    throw new SendError('offline', `account ${account} is another process's`)
  }
  return {
    account,
    permit(next) {
      mayAct = next
    },
    current: () => current,
    async start() {
      const chat = open()
      current = chat
      chat.on(async (event) => {
        // what an old link still tells is heard by whoever has the account now
        if (current === chat && mayAct()) await listener?.(event)
      })
      await chat.start()
    },
    async stop() {
      const chat = current
      current = undefined
      down = { state: 'down', since: now(), reason: 'this process has let the account go' }
      await chat?.stop()
    },
    state: () => (current && mayAct() ? current.state() : down),
    rooms: async () => assertMayAct().rooms(),
    members: async (...asked) => assertMayAct().members(...asked),
    send: async (to, content) => assertMayAct().send(to, content),
    on(next) {
      listener = next
    },
  }
}
