import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openLowdbStore } from '../../adapters/storage/lowdb/store.ts'
import type { Delivery, SystemState } from '../../bot/forwarding/delivery.ts'
import { schema } from '../../bot/schema.ts'
import { linli, ownDataFolder } from '../commands/terminal.ts'

/** `linli forward` while no bot runs. */

const at = Date.parse('2026-11-18T09:00:00+08:00')
const failed: Delivery = {
  ...{ id: 'city/20261118-001', system: 'city', ticket: '20261118-001', wanted: 2, done: 0, state: 'failed' },
  ...{ dueAt: null, attempts: 1, live: true, differences: [], untold: true, error: 'no such department' },
}
const differing: Delivery = {
  ...{
    id: 'city/20261118-002',
    system: 'city',
    ticket: '20261118-002',
    wanted: 2,
    done: 2,
    state: 'settled',
  },
  ...{ dueAt: null, attempts: 0, live: true, untold: false, remoteId: 'C2', url: 'https://city.example/C2' },
  ...{ remote: { state: 'open', said: '已派单' }, remoteAt: at },
  differences: [{ field: 'title', ours: '3号楼电梯问题', theirs: '电梯' }],
}
const settled: Delivery = {
  ...{ ...differing, id: 'city/20261118-003', ticket: '20261118-003', remoteId: 'C3', differences: [] },
}
const rests: SystemState = {
  ...{ id: 'city', restsUntil: at, failures: 3, pollAt: null, tellAt: null, toldAt: 0 },
}

async function dataWith(deliveries: readonly Delivery[]): Promise<string> {
  const folder = await ownDataFolder()
  const data = join(folder, 'data')
  const store = await openLowdbStore({ folder: data, schema })
  const changes = deliveries.map((put) => ({ collection: 'deliveries', id: put.id, put }))
  await store.commit([...changes, { collection: 'systemStates', id: 'city', put: rests }])
  await store.close()
  return data
}

test('lists what needs somebody, shows one ticket whole, and sends again what failed', async () => {
  await dataWith([failed, differing, settled])
  const listed = await linli(['forward', 'list'])
  expect(listed).toMatchObject({ status: 0, errors: '' })
  expect(listed.out).toEqual([
    '✗ 20261118-001 → city: not there yet, tried 1 times (no such department)',
    '✓ 20261118-002 → city: there as C2, differs in title',
  ])
  expect((await linli(['forward', 'list', '--all'])).out).toHaveLength(3)
  expect((await linli(['forward', 'list', '--system', 'town'])).out).toEqual([
    'nothing waits, nothing failed, nothing differs',
  ])

  expect((await linli(['forward', 'show', '20261118-002'])).out).toEqual([
    '✓ 20261118-002 → city: there as C2, differs in title',
    '    https://city.example/C2',
    '    they say: 已派单 (read 2026-11-18T09:00:00)',
    '    title: we say "3号楼电梯问题", they say "电梯"',
  ])
  expect((await linli(['forward', 'show', '20261118-009'])).out).toEqual(['20261118-009 was not forwarded'])
  const wrong = await linli(['forward', 'show', '1118-002'])
  expect(wrong.status).toBe(1)
  expect(wrong.errors).toContain('20261120-003')

  expect((await linli(['forward', 'retry'])).out[0]).toContain('1 to be sent again')
  const [row] = (await linli(['forward', 'list', '--json'])).out
  expect(JSON.parse(row ?? '')).toMatchObject({ ticket: '20261118-001', state: 'waiting', attempts: 0 })
  // named by its number it goes again, whatever it is
  expect((await linli(['forward', 'retry', '20261118-003'])).out[0]).toContain('1 to be sent again')
})

test('a mistake in forwarding.yaml keeps nobody from looking', async () => {
  const data = await dataWith([failed])
  await mkdir(join(data, 'settings'), { recursive: true })
  await writeFile(join(data, 'settings/forwarding.yaml'), 'systems: [nonsense]')
  expect((await linli(['forward', 'list'])).status).toBe(0)
  expect((await linli(['place', 'add', '槐荫社区', 'community'])).status).toBe(0)
})
