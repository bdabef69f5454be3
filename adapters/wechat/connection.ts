/**
 * One attempt to be connected: a fresh Wechaty around a fresh puppet. Wechaty starts the puppet, keeps its
 * memory card and tells of scan and login; messages and changes of rooms are heard from the puppet itself
 * (HEARD_BY_US says why).
 */
import { setTimeout as sleep } from 'node:timers/promises'
import './quiet-log.ts'
import { WechatyBuilder } from 'wechaty'
import { type Puppet, type payloads, types } from 'wechaty-puppet'
import type { ChatContact } from '../../bot/ports/chat.ts'
import { Breaker } from './puppet-call.ts'

export interface ConnectionEvents {
  qr(code: string): void
  loggedIn(self: ChatContact): void
  loggedOut(reason: string): void
  /** Anything at all came in. */
  alive(): void
  dong(): void
  message(id: string): void
  joined(payload: payloads.EventRoomJoin): void
  left(payload: payloads.EventRoomLeave): void
  renamed(payload: payloads.EventRoomTopic): void
  friend(id: string): void
  roomChanged(id: string): void
  personChanged(id: string): void
  debug(text: string): void
}

export interface Connection {
  readonly puppet: Puppet
  readonly breaker: Breaker
  /** Settles when Wechaty is done with starting, well or badly: no proof of health. */
  readonly started: Promise<void>
  ding(): void
  /** Ends all that waits on this connection; no event comes from it any more. Resolves when Wechaty has stopped, or soon. */
  close(reason: Error): Promise<void>
}

export interface ConnectionOptions {
  readonly puppet: Puppet
  /** Wechaty's name for the memory card; absent: nothing is kept. */
  readonly memoryCard?: string
  /** Called first when closing. */
  release?(): void
  /** Stopping this puppet logs the account out (wechat4u): while it is logged in it is left running. */
  readonly stopLogsOut?: boolean
  readonly events: ConnectionEvents
}

/**
 * Wechaty's own listeners for these are taken off. They load the whole member list of a room (a call for each
 * member) at its first message and at every change, emit a false `error` each time, and keep Message, Room and
 * Contact objects for ever.
 */
const HEARD_BY_US = ['message', 'room-join', 'room-leave', 'room-topic', 'friendship', 'dirty'] as const

const STOP_PATIENCE_MS = 1000

export function openConnection(options: ConnectionOptions): Connection {
  const { puppet, memoryCard, events } = options
  const breaker = new Breaker()
  const wechaty = WechatyBuilder.build({ puppet, ...(memoryCard === undefined ? {} : { name: memoryCard }) })
  let open = true
  const off: (() => void)[] = []

  const begin = async () => {
    const theirs = HEARD_BY_US.map((name) => ({ name, before: new Set(puppet.listeners(name)) }))
    await wechaty.init()
    for (const { name, before } of theirs) {
      for (const listener of puppet.listeners(name)) {
        if (!before.has(listener)) puppet.off(name, listener as () => void)
      }
    }
    if (!open) return
    const whileOpen = (act: () => void) => {
      if (open) act()
    }
    wechaty.on('login', (user) => whileOpen(() => events.loggedIn({ id: user.id, name: user.name() })))
    wechaty.on('logout', (_, reason) => whileOpen(() => events.loggedOut(reason ?? '')))
    wechaty.on('scan', (code, status) => {
      if (code && status === types.ScanStatus.Waiting) whileOpen(() => events.qr(code))
    })
    wechaty.on('heartbeat', () => whileOpen(() => events.alive()))
    wechaty.on('dong', () => whileOpen(() => events.dong()))
    off.push(listen(puppet, events))
    await wechaty.start()
  }

  wechaty.on('error', (error) => events.debug(`wechaty: ${error.message}`))
  const started = begin().catch((error) => events.debug(`start: ${error}`))
  return {
    puppet,
    breaker,
    started,
    ding: () => puppet.ding('linli'),
    close: async (reason) => {
      if (!open) return
      open = false
      for (const unlisten of off) unlisten()
      breaker.break(reason)
      options.release?.()
      if (options.stopLogsOut && puppet.isLoggedIn) return
      // A Wechaty that is stopped while it starts ends up running, with its timer, for ever: so it starts first,
      // which can take it 20 s when the gateway is away. Nobody needs to wait for that.
      const stopped = started.then(() => wechaty.stop()).catch((error) => events.debug(`stop: ${error}`))
      await Promise.race([stopped, sleep(STOP_PATIENCE_MS, undefined, { ref: false })])
    },
  }
}

function listen(puppet: Puppet, events: ConnectionEvents): () => void {
  const heard = {
    message: ({ messageId }: payloads.EventMessage) => events.message(messageId),
    'room-join': (payload: payloads.EventRoomJoin) => events.joined(payload),
    'room-leave': (payload: payloads.EventRoomLeave) => events.left(payload),
    'room-topic': (payload: payloads.EventRoomTopic) => events.renamed(payload),
    friendship: ({ friendshipId }: payloads.EventFriendship) => events.friend(friendshipId),
    dirty: ({ payloadType, payloadId }: payloads.EventDirty) => {
      if (payloadType === types.Dirty.Room) events.roomChanged(payloadId)
      if (payloadType === types.Dirty.Contact) events.personChanged(payloadId)
    },
  }
  puppet.on('message', heard.message)
  puppet.on('room-join', heard['room-join'])
  puppet.on('room-leave', heard['room-leave'])
  puppet.on('room-topic', heard['room-topic'])
  puppet.on('friendship', heard.friendship)
  puppet.on('dirty', heard.dirty)
  return () => {
    for (const name of HEARD_BY_US) puppet.off(name, heard[name])
  }
}
