import { describe, expect, test } from 'vitest'
import { openMemoryStore } from '../../adapters/storage/memory.ts'
import { decideAndCommit } from '../../bot/commit.ts'
import type { Counter } from '../../bot/documents.ts'
import { createEngine } from '../../bot/engine.ts'
import { speakUp } from '../../bot/pipeline.ts'
import { ConflictError, type Store } from '../../bot/ports/store.ts'
import { schema } from '../../bot/schema.ts'
import { openStage, realLore } from './stage.ts'

const cause = { id: 'count', group: null, lines: [] }

describe('decide, then commit', () => {
  test('on a conflict the decision is made anew from what is true by then', async () => {
    const stage = await openStage()
    await stage.put('counters', { id: 'c', value: 1 })
    let tries = 0
    await decideAndCommit(stage.house, async (reading) => {
      const before = await reading.get('counters', 'c')
      tries += 1
      if (tries === 1) await stage.put('counters', { id: 'c', value: 10 })
      const document = { id: 'c', value: (before?.value ?? 0) + 1 }
      return { cause, outcome: { puts: [{ collection: 'counters', document }] } }
    })
    expect(tries).toBe(2)
    expect(await stage.store.get<Counter>('counters', 'c')).toMatchObject({ value: 11 })
  })

  test('many at once lose no update', async () => {
    const stage = await openStage()
    const once = () =>
      decideAndCommit(stage.house, async (reading) => {
        const before = await reading.get('counters', 'c')
        const document = { id: 'c', value: (before?.value ?? 0) + 1 }
        return { cause, outcome: { puts: [{ collection: 'counters', document }] } }
      })
    await Promise.all(Array.from({ length: 8 }, once))
    expect(await stage.store.get<Counter>('counters', 'c')).toMatchObject({ value: 8 })
  })

  test('what was read at two times and does not fit together is decided anew, and is no error', async () => {
    const stage = await openStage()
    await stage.put('counters', { id: 'c', value: 1 })
    let tries = 0
    await decideAndCommit(stage.house, async (reading) => {
      tries += 1
      const before = await reading.get('counters', 'c')
      // another process comes in between the two reads
      if (tries === 1) await stage.put('counters', { id: 'c', value: 2 })
      const after = await stage.store.get<Counter>('counters', 'c')
      if (before?.value !== after?.value) throw new Error('two things that cannot both be')
      return { cause, outcome: {} }
    })
    expect(tries).toBe(2)
  })

  test('what changed between two looks at the same document is decided anew', async () => {
    const stage = await openStage()
    await stage.put('counters', { id: 'c', value: 1 })
    let tries = 0
    await decideAndCommit(stage.house, async (reading) => {
      tries += 1
      const before = await reading.get('counters', 'c')
      if (tries === 1) await stage.put('counters', { id: 'c', value: 10 })
      // whoever plans the commit looks once more
      await reading.get('counters', 'c')
      const document = { id: 'c', value: (before?.value ?? 0) + 1 }
      return { cause, outcome: { puts: [{ collection: 'counters', document }] } }
    })
    expect(tries).toBe(2)
    expect(await stage.store.get<Counter>('counters', 'c')).toMatchObject({ value: 11 })
  })

  test('what makes no sense although nothing has changed is an error at once', async () => {
    const stage = await openStage()
    await stage.put('counters', { id: 'c', value: 1 })
    let tries = 0
    const wrong = decideAndCommit(stage.house, async (reading) => {
      tries += 1
      await reading.get('counters', 'c')
      throw new Error('a mistake of ours')
    })
    await expect(wrong).rejects.toThrow('a mistake of ours')
    expect(tries).toBe(1)
  })

  test('a decision that never comes through is an error, not an endless loop', async () => {
    const memory = openMemoryStore(schema)
    const stubborn: Store = {
      ...memory,
      commit: async () => {
        throw new ConflictError('counters', 'c', 1, 2)
      },
    }
    const stage = await openStage({ store: stubborn })
    const never = decideAndCommit(stage.house, async () => ({ cause, outcome: {} }))
    await expect(never).rejects.toBeInstanceOf(ConflictError)
  })

  test('nothing is told to anybody before it is durable', async () => {
    const memory = openMemoryStore(schema)
    let refuse = false
    const store: Store = {
      ...memory,
      commit: async (changes) => {
        if (refuse) throw new Error('the disk is full')
        await memory.commit(changes)
      },
    }
    const stage = await openStage({ store })
    await stage.say('石女士', '3号楼2单元电梯坏了')
    refuse = true
    await expect(stage.wait(20)).rejects.toThrow('the disk is full')
    expect(stage.happenings).toEqual([])
    expect(stage.sent).toEqual([])
    refuse = false
    await stage.wait(20)
    expect(stage.eventTypes).toEqual(['opened', 'dispatched'])
    expect(stage.sent).toHaveLength(1)
  })
})

describe('a message that cannot be thought about', () => {
  test('keeps back neither the tickets nor the answers of others', async () => {
    const { understander } = await realLore()
    const understand = (text: string) => {
      if (text === '毒') throw new Error('a bug')
      return understander.understand(text)
    }
    const stage = await openStage({ lore: { understander: { understand } } })
    const engine = createEngine(stage.house)
    await stage.say('某人', '毒')
    await stage.say('石女士', '3号楼2单元电梯坏了')
    stage.clock.now += 8000
    const failures: unknown[] = []
    for (let round = 0; round < 5; round++) {
      await engine.beginDue((error) => failures.push(...(error ? [error] : [])))
      while (engine.isBusy()) await new Promise(setImmediate)
    }
    expect(String(failures[0])).toContain('a bug')
    expect(stage.eventTypes).toEqual(['opened', 'dispatched'])
    expect(stage.sent).toHaveLength(1)
  })
})

describe('an utterance happens once', () => {
  test('though its burst is fired twice at the same instant', async () => {
    const stage = await openStage()
    await stage.say('石女士', '3号楼2单元电梯坏了')
    const [burst] = (await stage.all('timers')).filter(({ kind }) => kind === 'burst')
    stage.clock.now += 8000
    await Promise.all([speakUp(stage.house, burst?.id ?? ''), speakUp(stage.house, burst?.id ?? '')])
    await speakUp(stage.house, burst?.id ?? '')
    expect(stage.eventTypes).toEqual(['opened', 'dispatched'])
    expect(await stage.all('outbox')).toHaveLength(1)
  })

  test('and a burst that was put off meanwhile waits', async () => {
    const stage = await openStage()
    await stage.say('石女士', '电梯又停了')
    const [burst] = (await stage.all('timers')).filter(({ kind }) => kind === 'burst')
    stage.clock.now += 7000
    await stage.say('石女士', '11号楼1单元的')
    stage.clock.now += 2000
    await speakUp(stage.house, burst?.id ?? '')
    expect(stage.events).toEqual([])
  })

  test('two neighbours at the same instant get different numbers', async () => {
    const stage = await openStage()
    await stage.say('石女士', '3号楼2单元电梯坏了')
    await stage.say('马叔', '小区南门路灯不亮，黑漆漆的')
    const bursts = (await stage.all('timers')).filter(({ kind }) => kind === 'burst')
    stage.clock.now += 8000
    await Promise.all(bursts.map(({ id }) => speakUp(stage.house, id)))
    expect((await stage.all('tickets')).map(({ id }) => id)).toEqual(['20261118-001', '20261118-002'])
  })
})
