import { beforeEach, describe, expect, test } from 'vitest'
import { openMemoryStore } from '../../adapters/storage/memory.ts'
import { fencedStore, LeaseLostError } from '../../bot/leases/fenced-store.ts'
import type { Lease } from '../../bot/leases/lease-documents.ts'
import { createLeaseKeeper, type LeaseKeeper } from '../../bot/leases/lease-keeper.ts'
import { leasedChat } from '../../bot/leases/leased-chat.ts'
import { SendError } from '../../bot/ports/chat.ts'
import { ConflictError, type Store } from '../../bot/ports/store.ts'
import { schema } from '../../bot/schema.ts'
import { FakeChat } from './fake-chat.ts'

const lease = 'account/north'

/** One process: its own clock, which runs only while it is not paused. */
class Process {
  readonly keeper: LeaseKeeper
  readonly taken: [string, number][] = []
  readonly lost: string[] = []
  clock = 0
  wall = 0

  constructor(
    store: Store,
    holder: string,
    isMine: (lease: string) => boolean = () => true,
    leases = [lease],
  ) {
    this.keeper = createLeaseKeeper({
      ...{ store, holder, leases, isMine },
      monotonic: () => this.clock,
      now: () => this.wall,
      onTaken: (id, fence) => this.taken.push([id, fence]),
      onLost: (id) => this.lost.push(id),
    })
  }

  async pass(ms: number): Promise<number> {
    this.clock += ms
    this.wall += ms
    this.keeper.watch()
    return this.keeper.tick()
  }
}

let store: Store
beforeEach(() => {
  store = openMemoryStore(schema)
})

/** All of them at once, in steps of 2 s. */
async function run(seconds: number, ...processes: Process[]): Promise<void> {
  for (let passed = 0; passed < seconds; passed += 2) for (const each of processes) await each.pass(2_000)
}

describe('a lease', () => {
  test('that nobody holds is taken at once, by one', async () => {
    const [one, other] = [new Process(store, 'one'), new Process(store, 'other')]
    await Promise.all([one.pass(0), other.pass(0)])
    expect([one, other].map(({ keeper }) => keeper.holds(lease))).toEqual([true, false])
    expect(one.taken).toEqual([[lease, 1]])
  })

  test('stays with its holder as long as it renews', async () => {
    const [one, other] = [new Process(store, 'one'), new Process(store, 'other')]
    await one.pass(0)
    await run(600, one, other)
    expect([one, other].map(({ keeper }) => keeper.holds(lease))).toEqual([true, false])
    expect((await store.get('fences', lease))?.version).toBe(1)
  })

  test('is taken over when its beat stands still for 8 s by the clock of whoever looks, not sooner', async () => {
    const [dead, other] = [new Process(store, 'dead'), new Process(store, 'other')]
    await dead.pass(0)
    other.clock = 5_000_000
    await other.pass(0)
    await run(6, other)
    expect(other.keeper.holds(lease)).toBe(false)
    await other.pass(2_000)
    expect(other.taken).toEqual([[lease, 2]])
  })

  test('that was let go is there for others at once', async () => {
    const [one, other] = [new Process(store, 'one'), new Process(store, 'other')]
    await one.pass(0)
    await other.pass(0)
    await one.keeper.letGo()
    expect(one.keeper.holds(lease)).toBe(false)
    await other.pass(0)
    expect(other.keeper.holds(lease)).toBe(true)
    await one.pass(60_000)
    expect(one.keeper.holds(lease)).toBe(false)
  })

  test('that another process prefers is left to it for 8 s', async () => {
    const [north, any] = [new Process(store, 'north'), new Process(store, 'any', () => false)]
    await run(4, any)
    expect(any.keeper.holds(lease)).toBe(false)
    await north.pass(0)
    await run(60, any, north)
    expect([north, any].map(({ keeper }) => keeper.holds(lease))).toEqual([true, false])
    const nobody = new Process(store, 'nobody', () => false, ['account/south'])
    await run(10, nobody)
    expect(nobody.keeper.holds('account/south')).toBe(true)
  })

  test('of a process that died goes over one by one, so that those who are left share them', async () => {
    const leases = ['account/a', 'account/b', 'account/c', 'account/d']
    const dead = new Process(store, 'dead', () => true, leases)
    await dead.pass(0)
    const [one, other] = ['one', 'other'].map((name) => new Process(store, name, () => false, leases)) as [
      Process,
      Process,
    ]
    await run(10, one, other)
    for (let step = 0; step < 4; step++) for (const each of [one, other]) await each.pass(300)
    expect([one.taken.length, other.taken.length]).toEqual([2, 2])
  })
})

describe('a holder that cannot renew', () => {
  test('stops by itself after 6 s, two seconds before anybody may take over', async () => {
    const failing: Store = { ...store, commit: () => new Promise(() => undefined) }
    let away = false
    const switching: Store = { ...store, commit: (changes) => (away ? failing : store).commit(changes) }
    const one = new Process(switching, 'one')
    await one.pass(0)
    away = true
    one.clock += 5_900
    one.keeper.watch()
    expect(one.keeper.holds(lease)).toBe(true)
    one.clock += 100
    expect(one.keeper.holds(lease)).toBe(false)
    one.keeper.watch()
    expect(one.lost).toEqual([lease])
  })

  test('has it again at once when nobody took it meanwhile, under another number', async () => {
    const one = new Process(store, 'one')
    await one.pass(0)
    one.clock += 7_000
    one.keeper.watch()
    await one.keeper.tick()
    expect(one.taken).toEqual([
      [lease, 1],
      [lease, 2],
    ])
  })

  test('knows that its machine slept, although its own clock stood still', async () => {
    const one = new Process(store, 'one')
    await one.pass(0)
    one.wall += 3_600_000
    expect(one.keeper.holds(lease)).toBe(false)
  })
})

describe('a holder that was paused and wakes up after another has taken over', () => {
  async function zombie(): Promise<{ old: Process; next: Process; fenced: Store; losses: string[] }> {
    const [old, next] = [new Process(store, 'old'), new Process(store, 'next')]
    await old.pass(0)
    const losses: string[] = []
    const number = old.taken[0]?.[1] ?? 0
    const fenced = fencedStore(store, { lease, number, onLost: () => losses.push(lease) })
    await run(10, next)
    expect(next.keeper.holds(lease)).toBe(true)
    return { old, next, fenced, losses }
  }
  const put = { id: 'n', value: 1 }

  test('commits nothing, and is told so by an error that nobody decides anew after', async () => {
    const { fenced, losses } = await zombie()
    const refused = fenced.commit([{ collection: 'counters', id: 'n', put }])
    await expect(refused).rejects.toThrow(LeaseLostError)
    await expect(refused).rejects.not.toBeInstanceOf(ConflictError)
    expect(losses).toEqual([lease])
    expect(await store.get('counters', 'n')).toBeUndefined()
  })

  test('does not get it back by renewing', async () => {
    const { old, next } = await zombie()
    await old.pass(2_000)
    expect(old.lost).toEqual([lease])
    expect(await store.get<Lease>('leases', lease)).toMatchObject({ holder: 'next' })
    await run(60, next, old)
    expect(old.keeper.holds(lease)).toBe(false)
  })

  test('sends nothing', async () => {
    const chats: FakeChat[] = []
    const open = () => {
      const chat = new FakeChat('north', () => 0)
      chats.push(chat)
      return chat
    }
    const one = new Process(store, 'one')
    await one.pass(0)
    const chat = leasedChat('north', open, () => one.wall)
    chat.permit(() => one.keeper.holds(lease))
    await chat.start()
    await chat.send({ room: 'r' }, '好的')
    one.clock += 60_000
    await expect(chat.send({ room: 'r' }, '还有一句')).rejects.toThrow(SendError)
    expect(chat.state()).toMatchObject({ state: 'down' })
    expect(chats.flatMap(({ sent }) => sent.map(({ text }) => text))).toEqual(['好的'])
  })
})

test('whatever is committed with the right number goes through, and a conflict of its own stays a conflict', async () => {
  const one = new Process(store, 'one')
  await one.pass(0)
  const fenced = fencedStore(store, { lease, number: 1, onLost: () => expect.unreachable() })
  const change = { collection: 'counters', id: 'n', put: { id: 'n', value: 1 }, expect: 'absent' } as const
  await fenced.commit([change])
  await expect(fenced.commit([change])).rejects.toThrow(ConflictError)
  expect(await store.get('fences', lease)).toMatchObject({ version: 1 })
})
