import { describe, expect, test } from 'vitest'
import { execute } from '../../bot/doors/execute.ts'
import { query } from '../../bot/doors/query.ts'
import type { LedgerPage } from '../../bot/reports/ledger-rows.ts'
import { instant, openStage, type Stage } from '../bot/stage.ts'
import { lifeOf } from './histories.ts'

/** The rows of the ledger through the door: who may see what, and page by page. */

async function stageWith(count: number): Promise<Stage> {
  const stage = await openStage({ start: '2026-11-20 09:00' })
  await stage.put('places', { id: 'a', name: '槐荫社区', kind: 'community', parent: null })
  await stage.put('places', { id: 'a1', name: '第一网格', kind: 'grid', parent: 'a' })
  await stage.put('places', { id: 'b', name: '花园社区', kind: 'community', parent: null })
  const group = { tags: [], setting: 'answer', owner: 'main' } as const
  await stage.put('groups', { ...group, id: 'in-a1', name: '一', places: ['a1'] })
  await stage.put('groups', { ...group, id: 'in-b', name: '二', places: ['b'] })
  await stage.put('people', { id: 'p-resident', name: '王秀英', role: 'resident', places: [], friend: true })
  await stage.hire('钱主任', 'admin')
  await stage.hire('李书记', 'admin')
  await stage.hire('赵敏', 'grid_leader')
  for (let at = 0; at < count; at++) {
    const { ticket } = lifeOf({
      ...{
        openedAt: instant('2026-11-19 09:00') + at * 60_000,
        number: at + 1,
        due: 72,
        category: 0,
        urgency: 0,
      },
      ...{ group: at % 2 === 0 ? 'in-a1' : 'in-b', steps: [], text: '我家301室漏水，电话13800138000' },
    })
    await stage.put('tickets', ticket)
  }
  return stage
}

const person = (name: string) => ({ kind: 'person', id: `p-${name}` }) as const

async function rowsOf(stage: Stage, who: string, more: object = {}): Promise<LedgerPage['rows']> {
  const rows: (readonly string[])[] = []
  let cursor: string | undefined
  do {
    const asked = { type: 'ledger.rows', ...more, ...(cursor !== undefined && { cursor }) }
    const [page] = (await query(stage.house, person(who), asked)) as LedgerPage[]
    rows.push(...(page?.rows ?? []))
    cursor = page?.next
  } while (cursor !== undefined)
  return rows
}

describe('the rows of the ledger', () => {
  test('come page by page, each ticket once, the oldest first', async () => {
    const stage = await stageWith(1_001)
    const numbers = (await rowsOf(stage, '钱主任')).map(([number]) => number)
    expect(numbers).toHaveLength(1_001)
    expect(new Set(numbers).size).toBe(1_001)
    expect(numbers[0]).toBe('20261119-001')
  })

  test('say where in words, without the room', async () => {
    const stage = await stageWith(1)
    const [row] = await rowsOf(stage, '钱主任')
    expect(row?.slice(2, 5)).toEqual(['居民', '槐荫社区第一网格', '我家某室漏水，电话[电话]'])
  })

  test('are for admins, and only of their own places', async () => {
    const stage = await stageWith(10)
    await expect(rowsOf(stage, '赵敏')).rejects.toMatchObject({ code: 'authority' })
    await stage.change('people', 'p-钱主任', { places: ['a'] })
    expect(await rowsOf(stage, '钱主任')).toHaveLength(5)
    await expect(rowsOf(stage, '钱主任', { place: '花园社区' })).rejects.toMatchObject({ code: 'elsewhere' })
    expect(await rowsOf(stage, '钱主任', { place: '第一网格' })).toHaveLength(5)
  })
})

describe('personal data', () => {
  test('is given to whoever left it on record, and to nobody else', async () => {
    const stage = await stageWith(1)
    await execute(stage.house, person('钱主任'), 'wish-1', { type: 'ledger.unmask' })
    expect((await rowsOf(stage, '钱主任', { unmasked: 'wish-1' }))[0]?.[2]).toBe('王秀英')
    await expect(rowsOf(stage, '李书记', { unmasked: 'wish-1' })).rejects.toMatchObject({ code: 'authority' })
    await expect(rowsOf(stage, '钱主任', { unmasked: 'wish-2' })).rejects.toMatchObject({ code: 'authority' })
    expect(await stage.all('audit')).toMatchObject([
      { id: 'wish-1', actor: 'p-钱主任', command: 'ledger.unmask' },
    ])
  })

  test('is not given for a wish of yesterday', async () => {
    const stage = await stageWith(1)
    await execute(stage.house, person('钱主任'), 'wish-1', { type: 'ledger.unmask' })
    stage.clock.now += 24 * 3_600_000
    await expect(rowsOf(stage, '钱主任', { unmasked: 'wish-1' })).rejects.toMatchObject({ code: 'authority' })
  })

  test('cannot be wished for by a grid leader, nor under the record of something else', async () => {
    const stage = await stageWith(1)
    await expect(execute(stage.house, person('赵敏'), 'w', { type: 'ledger.unmask' })).rejects.toMatchObject({
      code: 'authority',
    })
    const place = { type: 'place.add', name: '新社区', kind: 'community', parent: null }
    await execute(stage.house, person('钱主任'), 'other', place)
    await expect(rowsOf(stage, '钱主任', { unmasked: 'other' })).rejects.toMatchObject({ code: 'authority' })
  })
})
