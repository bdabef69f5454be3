import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { OrderedDelivery, type Read } from '../../adapters/wechat/ordered-delivery.ts'
import type { ChatEvent } from '../../bot/ports/chat.ts'
import { NOON, startSim } from './sim.ts'

const TEXT = (id: string, at = NOON): ChatEvent => ({
  type: 'message',
  message: {
    account: 'main',
    id,
    sender: { id: 'zhang', name: '张三' },
    at,
    kind: 'text',
    text: id,
    mentioned: false,
    own: false,
  },
})

function collect(
  options: Partial<{ maxWaiting: number; deliver: (event: ChatEvent) => Promise<void> }> = {},
) {
  const delivered: string[] = []
  const gaps: [number, number][] = []
  const delivery = new OrderedDelivery({
    maxWaiting: options.maxWaiting ?? 1000,
    maxReading: 8,
    lateWindowMs: 3000,
    now: () => NOON,
    overflowed: (from, to) => gaps.push([from, to]),
    deliver: async (event) => {
      await options.deliver?.(event)
      if (event.type === 'message') delivered.push(event.message.id)
    },
  })
  return { delivery, delivered, gaps }
}

function readAfter(ms: number, event: ChatEvent, queue = 'r1'): () => Promise<Read> {
  return async () => {
    await sleep(ms)
    return { queue, event }
  }
}

describe('order', () => {
  it('is kept in each room under a burst of 500 messages that are read at different speeds', async () => {
    const { world, chat, puppet, recorder } = await startSim()
    world.addRoom({ id: 'r2', topic: '2号楼', memberIds: ['bot', 'zhang'] })
    const read = puppet.messageRawPayload.bind(puppet)
    puppet.messageRawPayload = async (id) => {
      await sleep((id.length * 7 + Number(id.slice(1))) % 5)
      return read(id)
    }
    const said: Record<string, string[]> = { r1: [], r2: [] }
    for (let index = 0; index < 500; index += 1) {
      const room = index % 3 === 0 ? 'r2' : 'r1'
      said[room]?.push(world.say({ from: 'zhang', room, text: `${index}` }))
    }
    await chat.settled()
    const heard = (room: string) =>
      recorder.heard().flatMap((message) => (message.room?.id === room ? message.id : []))
    expect(heard('r1')).toEqual(said['r1'])
    expect(heard('r2')).toEqual(said['r2'])
  })

  it('of arrival holds when the first message takes longest to read', async () => {
    const { delivery, delivered } = collect()
    delivery.accept(readAfter(20, TEXT('first')))
    delivery.accept(readAfter(0, TEXT('second')))
    await delivery.settled()
    expect(delivered).toEqual(['first', 'second'])
  })

  it('is mended by time among messages that wait, but not beyond the window', async () => {
    const { delivery, delivered } = collect({ deliver: () => sleep(5) })
    delivery.accept(readAfter(0, TEXT('running', NOON)))
    delivery.accept(readAfter(0, TEXT('later', NOON + 2000)))
    delivery.accept(readAfter(0, TEXT('earlier', NOON + 1000)))
    delivery.accept(readAfter(0, TEXT('a day old', NOON - 86_400_000)))
    await delivery.settled()
    expect(delivered).toEqual(['running', 'earlier', 'later', 'a day old'])
  })

  it('lets no room wait for another', async () => {
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const { delivery, delivered } = collect({
      deliver: (event) =>
        event.type === 'message' && event.message.id === 'slow' ? held : Promise.resolve(),
    })
    delivery.accept(readAfter(0, TEXT('slow'), 'r1'))
    delivery.accept(readAfter(0, TEXT('quick'), 'r2'))
    await sleep(20)
    expect(delivered).toEqual(['quick'])
    release()
    await delivery.settled()
    expect(delivered).toEqual(['quick', 'slow'])
  })

  it('goes on after a listener that fails', async () => {
    const { world, chat, recorder } = await startSim()
    const failing = recorder.events.push.bind(recorder.events)
    recorder.events.push = (...events) => {
      failing(...events)
      throw new Error('listener failed')
    }
    world.say({ from: 'zhang', room: 'r1', text: 'a' })
    world.say({ from: 'zhang', room: 'r1', text: 'b' })
    await chat.settled()
    expect(recorder.heard().map(({ text }) => text)).toEqual(['a', 'b'])
  })
})

describe('too much at once', () => {
  it('drops the newest unread and tells the gap once', async () => {
    const { delivery, delivered, gaps } = collect({ maxWaiting: 10 })
    for (let index = 0; index < 30; index += 1) delivery.accept(readAfter(1, TEXT(`${index}`)))
    await delivery.settled()
    expect(delivered).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
    expect(gaps).toEqual([[NOON, NOON]])
  })
})
