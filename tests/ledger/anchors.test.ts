import { describe, expect, test } from 'vitest'
import { execute } from '../../bot/doors/execute.ts'
import { query } from '../../bot/doors/query.ts'
import { type LedgerReport, verifyLedger } from '../../bot/ledger/verify-ledger.ts'
import { createLiveBot } from '../../bot/live.ts'
import { anchorsOf } from '../../tickets/anchor.ts'
import { genesis } from '../../tickets/chain.ts'
import { instant, openStage, type Stage } from '../bot/stage.ts'
import { operator } from './neighbourhood.ts'

async function startedAt(start: string, settings = {}): Promise<Stage> {
  const stage = await openStage({ start, settings })
  const bot = createLiveBot(stage.house, { onFailure: (error) => Promise.reject(error) })
  await bot.start()
  await bot.stop()
  return stage
}

describe('the daily anchor', () => {
  test('is made at 00:05 of every day by a bot that runs, and found again after a restart', async () => {
    const stage = await startedAt('2026-11-18 09:00')
    await stage.hear('石女士', '@小邻 3号楼2单元的路灯坏了')
    await stage.runUntil(instant('2026-11-20 00:04'))
    expect(await stage.all('anchors')).toMatchObject([
      { id: '2026-11-19-0001', at: instant('2026-11-19 00:05') },
    ])
    // down over midnight: what was due happens at the start
    stage.clock.now = instant('2026-11-20 10:00')
    await stage.engine.runDue()
    const anchors = await stage.all('anchors')
    expect(anchors.map(({ id }) => id)).toEqual(['2026-11-19-0001', '2026-11-20-0001'])
    expect(anchors[1]?.previous).toBe(anchors[0]?.hash)
    expect(await stage.store.get('timers', 'anchor')).toMatchObject({ dueAt: instant('2026-11-21 00:05') })
  })

  test('names the heads of what changed since the one before, and nothing else', async () => {
    const stage = await startedAt('2026-11-18 09:00')
    await stage.hear('石女士', '@小邻 3号楼2单元的路灯坏了')
    await stage.hear('小韩', '@小邻 7号楼楼道里堆满了杂物')
    await stage.runUntil(instant('2026-11-19 09:00'))
    await stage.hear('石女士', '@小邻 我的单子催一下')
    await stage.runUntil(instant('2026-11-20 09:00'))
    const [first, second] = await stage.all('anchors')
    const [lamp] = await stage.all('tickets')
    expect(first?.heads.map(([ticket]) => ticket)).toEqual(['20261118-001', '20261118-002'])
    expect(second?.heads).toEqual([['20261118-001', lamp?.sequence, lamp?.head]])
  })

  test('is not made where scheduled duties are off, as in a replay', async () => {
    const stage = await startedAt('2026-11-18 09:00', { scheduledDuties: false })
    await stage.runUntil(instant('2026-11-20 09:00'))
    expect(await stage.all('anchors')).toEqual([])
  })

  test('is made by hand as well, any number of times a day, by an admin and by nobody below', async () => {
    const stage = await startedAt('2026-11-18 09:00')
    await stage.hear('石女士', '@小邻 3号楼2单元的路灯坏了')
    const worker = { kind: 'person', id: await stage.hire('网格员小赵', 'grid_worker') } as const
    await expect(execute(stage.house, worker, 'a', { type: 'ledger.anchor' })).rejects.toMatchObject({
      code: 'authority',
    })
    await expect(query(stage.house, worker, { type: 'ledger.verify' })).rejects.toMatchObject({
      code: 'authority',
    })
    const [one, two] = await Promise.all(
      ['b', 'c'].map((id) => execute(stage.house, operator, id, { type: 'ledger.anchor' })),
    )
    expect([one?.['anchor'], two?.['anchor']].sort()).toEqual(['2026-11-18-0001', '2026-11-18-0002'])
    expect(await execute(stage.house, operator, 'b', { type: 'ledger.anchor' })).toEqual(one)
    expect(await query(stage.house, operator, { type: 'ledger.anchors' })).toMatchObject([
      { id: '2026-11-18-0002', tickets: 1 },
      { id: '2026-11-18-0001', tickets: 1 },
    ])
    const [report] = (await query(stage.house, operator, { type: 'ledger.verify' })) as LedgerReport[]
    expect(report).toMatchObject({ faultCount: 0, anchors: 2, tickets: 1 })
  })
})

test('more changes than one anchor takes make several that follow one another', () => {
  const heads = Array.from({ length: 12_001 }, (_, at) => [`20261118-${at}`, 1, 'h'] as const)
  const anchors = anchorsOf({ at: 1, keep: 2, heads, forgotten: [] }, undefined, '2026-11-18')
  expect(anchors.map(({ id }) => id)).toEqual(['2026-11-18-0001', '2026-11-18-0002', '2026-11-18-0003'])
  expect(anchors.map(({ previous }) => previous)).toEqual([genesis, anchors[0]?.hash, anchors[1]?.hash])
  expect(anchors.flatMap((anchor) => anchor.heads)).toEqual(heads)
})

test('ids go on after a clock that was put back, so that the order of anchors never turns', () => {
  const none = { at: 1, keep: 2, heads: [], forgotten: [] }
  expect(anchorsOf(none, { id: '2026-11-20-0003', hash: 'h' }, '2026-11-18')[0]?.id).toBe('2026-11-20-0004')
  expect(anchorsOf(none, { id: '2026-11-20-0003', hash: 'h' }, '2026-11-21')[0]?.id).toBe('2026-11-21-0001')
})

test('verifying from a day on looks at what changed since, and still follows the anchor before', async () => {
  const stage = await startedAt('2026-11-18 09:00')
  await stage.hear('石女士', '@小邻 3号楼2单元的路灯坏了')
  await stage.runUntil(instant('2026-11-23 09:00'))
  await stage.hear('小韩', '@小邻 7号楼楼道里堆满了杂物')
  const options = { keep: stage.house.settings.keep.tickets, from: '2026-11-22' }
  expect(await verifyLedger(stage.store, options)).toMatchObject({ tickets: 1, anchors: 2, faultCount: 0 })
  await stage.change('anchors', '2026-11-21-0001', { hash: 'made anew' })
  expect((await verifyLedger(stage.store, options)).faults).toMatchObject([
    { place: '2026-11-22-0001', field: 'anchor' },
  ])
})

test('verifying while the bot goes on finds nothing wrong in what changes meanwhile', async () => {
  const stage = await startedAt('2026-11-18 09:00')
  for (let building = 1; building <= 8; building++)
    await stage.hear(`居民${building}`, `@小邻 ${building}号楼1单元的路灯坏了`)
  const { keep } = stage.house.settings
  let verifying = true
  const reports: Promise<LedgerReport>[] = []
  const busy = (async () => {
    for (let round = 0; verifying && round < 40; round++)
      await stage.hear(`居民${(round % 8) + 1}`, '@小邻 我的单子催一下')
  })()
  for (let run = 0; run < 10; run++) {
    reports.push(verifyLedger(stage.store, { keep: keep.tickets }))
    await reports.at(-1)
  }
  verifying = false
  await busy
  for (const report of await Promise.all(reports)) expect(report.faults).toEqual([])
})
