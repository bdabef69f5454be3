/** Keeps what a chat tells, and waits for it. */
import { vi } from 'vitest'
import type { Chat, ChatEvent, InboundMessage } from '../../bot/ports/chat.ts'

type EventOf<Type extends ChatEvent['type']> = Extract<ChatEvent, { type: Type }>

export class Recorder {
  readonly events: ChatEvent[] = []

  constructor(chat: Chat, also?: (event: ChatEvent) => Promise<void>) {
    chat.on(async (event) => {
      this.events.push(event)
      await also?.(event)
    })
  }

  all<Type extends ChatEvent['type']>(type: Type): EventOf<Type>[] {
    return this.events.filter((event): event is EventOf<Type> => event.type === type)
  }

  messages(): InboundMessage[] {
    return this.all('message').map(({ message }) => message)
  }

  heard(): InboundMessage[] {
    return this.messages().filter(({ own }) => !own)
  }

  /** Waits until so many events of a type have come. @returns the last of them */
  async until<Type extends ChatEvent['type']>(
    type: Type,
    count = 1,
    timeout = 20_000,
  ): Promise<EventOf<Type>> {
    return vi.waitFor(
      () => {
        const found = this.all(type)[count - 1]
        if (!found)
          throw new Error(`${this.all(type).length} of ${count} ${type}, in ${JSON.stringify(this.events)}`)
        return found
      },
      { timeout, interval: 20 },
    )
  }
}
