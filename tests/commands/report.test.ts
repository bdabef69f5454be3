import { existsSync } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openLowdbStore } from '../../adapters/storage/lowdb/store.ts'
import { schema } from '../../bot/schema.ts'
import { lifeOf } from '../reports/histories.ts'
import { linli, ownDataFolder } from './terminal.ts'

/** `linli report` and `linli ledger export`, on a data folder that no bot runs on. */

const openedAt = Date.parse('2026-11-19T10:00:00+08:00')
/** Acknowledged, handled, done; an hour each. */
const done = [0, 1, 1].map((choice) => ({ choice, hours: 1 }))

async function ledger(): Promise<string> {
  const folder = await ownDataFolder()
  const data = join(folder, 'data')
  const store = await openLowdbStore({ folder: data, schema })
  const put = (collection: string, document: { readonly id: string }) => ({
    collection,
    id: document.id,
    put: document,
  })
  const person = (id: string, name: string, role: string) =>
    put('people', { id, name, role, places: [], friend: true } as { id: string })
  const group = { id: 'g', name: '业主群', places: ['place-a'], tags: [], setting: 'answer', owner: '' }
  const lives = [
    { text: '=1+1 我家301室漏水，电话13800138000', category: 0, steps: done },
    { text: '楼上的李某天天骂人', category: 12, steps: [] },
    { text: '电梯坏了', category: 1, steps: [] },
  ].map((each, at) =>
    lifeOf({
      ...{ openedAt: openedAt + at * 86_400_000, number: at + 1, group: at === 2 ? null : 'g' },
      ...{ place: { building: '11', unit: '1', room: '301' }, urgency: 0, due: 72, ...each },
    }),
  )
  await store.commit([
    put('places', { id: 'place-a', name: '槐荫社区', kind: 'community', parent: null } as { id: string }),
    put('groups', group),
    person('p-resident', '王秀英', 'resident'),
    person('p-worker', '赵强', 'grid_worker'),
    ...lives.flatMap(({ ticket, events }) => [
      put('tickets', ticket),
      ...events.map((event) => put('ticketEvents', event)),
    ]),
  ])
  await store.close()
  return folder
}

describe('linli report', () => {
  test('prints a day of a place as text, as Markdown and as data', async () => {
    await ledger()
    const request = ['report', 'daily', '--place', '槐荫社区', '--at', '2026-11-19']
    const text = (await linli(request)).out
    expect(text.slice(0, 2)).toEqual(['【槐荫社区日报】11月19日', '新收1件（比上期多1），办结1件，销号0件'])
    expect(text).toContain('按时办结率 = 按时办结 ÷ 办结 = 1 ÷ 1 = 100%')
    const markdown = (await linli([...request, '--format', 'md'])).out
    expect(markdown[0]).toBe('# 槐荫社区日报 11月19日')
    const [json = ''] = (await linli([...request, '--format', 'json'])).out
    expect(JSON.parse(json)).toMatchObject({ kind: 'daily', figures: { opened: 1, done: 1, onTime: 1 } })
    expect([...text, ...markdown, json].join()).not.toMatch(/王秀英|赵强|301|13800138000/u)
  })

  test('puts pictures and workbooks into the data folder, or where it is told', async () => {
    const folder = await ledger()
    const request = ['report', 'weekly', '--place', '槐荫社区', '--at', '2026-11-19', '--format']
    const [png = ''] = (await linli([...request, 'png'])).out
    expect(png).toBe(join(folder, 'data/reports/2026-11-16-周报-槐荫社区-ce-a.png'))
    expect((await readFile(png)).subarray(1, 4).toString()).toBe('PNG')
    const out = join(folder, 'week.xlsx')
    expect((await linli([...request, 'xlsx', '--out', out, '--staff'])).out).toEqual([out])
    const { default: readSheets } = await import('read-excel-file/node')
    const sheets = await readSheets(out)
    expect(sheets.map(({ sheet }) => sheet)).toEqual(['汇总', '比率', '热点', '责任人', '口径'])
    expect(JSON.stringify(sheets)).toContain('赵强')
  })

  test('refuses places that are not there and days to come', async () => {
    await ledger()
    expect((await linli(['report', 'daily', '--place', '月球'])).errors).toMatch(
      /no place 月球: see linli place list/u,
    )
    expect((await linli(['report', 'daily', '--at', '2099-01-01'])).errors).toMatch(/has not come yet/u)
    expect((await linli(['report', 'daily', '--at', '2026-02-30'])).errors).toMatch(/expected a day/u)
    expect((await linli(['report', 'yearly'])).errors).toMatch(/daily, weekly, half_monthly, monthly/u)
  })
})

describe('linli ledger export', () => {
  async function rowsOf(path: string): Promise<readonly (readonly string[])[]> {
    const lines = (await readFile(path, 'utf8')).trim().split('\n')
    return lines.map((line) => Object.values(JSON.parse(line) as Record<string, string>))
  }

  test('masks what is personal, and keeps quarrels to what they are about', async () => {
    const folder = await ledger()
    const path = join(folder, '台账.jsonl')
    expect((await linli(['ledger', 'export', path])).out).toEqual([`3 tickets in ${path}`])
    const rows = await rowsOf(path)
    expect(rows[0]).toEqual([
      ...['20261119-001', '2026-11-19 10:00', '居民', '槐荫社区 11号楼1单元'],
      ...[expect.stringContaining('漏水'), '水电气暖', '物业', '赵强', '已更换灯管'],
      ...['2026-11-22 10:00', '蓝', '已办结', '2026-11-19 13:00', '未评价'],
    ])
    expect(JSON.stringify(rows)).not.toMatch(/王秀英|301|13800138000|李某|骂人/u)
    expect((await stat(path)).mode & 0o077).toBe(0)
  })

  test('unmasked is on record, with what was asked for', async () => {
    const folder = await ledger()
    const path = join(folder, '台账.jsonl')
    await linli(['ledger', 'export', path, '--unmasked', '--place', '槐荫社区'])
    const rows = await rowsOf(path)
    expect(rows).toHaveLength(2)
    expect(rows[0]?.[2]).toBe('王秀英')
    expect(rows[0]?.[4]).toContain('301室漏水，电话13800138000')
    const store = await openLowdbStore({ folder: join(folder, 'data'), schema })
    const { documents } = await store.find<{ id: string; command: string; actor: string; result: string }>(
      'audit',
    )
    await store.close()
    expect(documents).toMatchObject([
      { command: 'ledger.unmask', actor: 'operator', result: '{"place":"槐荫社区"}' },
    ])
  })

  test('takes what fits all filters', async () => {
    const folder = await ledger()
    const count = async (...filter: string[]) => {
      const path = join(folder, 'some.jsonl')
      const { out } = await linli(['ledger', 'export', path, '--force', ...filter])
      return Number(out[0]?.split(' ')[0])
    }
    expect(await count('--from', '2026-11-20')).toBe(2)
    expect(await count('--to', '2026-11-19')).toBe(1)
    expect(await count('--from', '2026-11-20', '--to', '2026-11-20')).toBe(1)
    expect(await count('--category', 'neighbours')).toBe(1)
    expect(await count('--state', 'done')).toBe(1)
    expect(await count('--department', '城管')).toBe(0)
    const refused = async (...filter: string[]) =>
      (await linli(['ledger', 'export', join(folder, 'none.csv'), ...filter])).errors
    expect(await refused('--department', '火星')).toMatch(/no department 火星: there are .*城管/u)
    expect(await refused('--from', '2026-11-21', '--to', '2026-11-20')).toMatch(
      /2026-11-21 is after 2026-11-20/u,
    )
    expect(existsSync(join(folder, 'none.csv'))).toBe(false)
    const nowhere = await linli(['ledger', 'export', join(folder, 'nowhere', 'x.csv')])
    expect(nowhere.errors).toMatch(/nowhere: there is no such folder: make it/u)
    expect(await count('--light', 'blue', '--state', 'done')).toBe(1)
  })

  test('as .xlsx has the columns of districts and no formula', async () => {
    const folder = await ledger()
    const path = join(folder, '台账.xlsx')
    await linli(['ledger', 'export', path])
    const { default: readSheets } = await import('read-excel-file/node')
    const [sheet] = await readSheets(path)
    expect(sheet?.data[0]?.join()).toBe(
      '编号,时间,反映人,地点,问题,类别,责任单位,责任人,整改措施,时限,灯色,进展,办结时间,满意度',
    )
    expect(String(sheet?.data[1]?.[4])).toMatch(/^'=1\+1/u)
  })

  test('leaves a file alone that is there, and nothing behind when it is refused', async () => {
    const folder = await ledger()
    const path = join(folder, '台账.csv')
    await linli(['ledger', 'export', path])
    expect((await linli(['ledger', 'export', path])).errors).toMatch(/add --force to replace it/u)
    expect((await linli(['ledger', 'export', join(folder, 'x.csv'), '--place', '月球'])).status).toBe(1)
    expect((await linli(['ledger', 'export', join(folder, 'x.doc')])).errors).toMatch(
      /\.xlsx, \.csv, \.jsonl/u,
    )
    expect((await readdir(folder)).sort()).toEqual(['data', '台账.csv'])
  })
})
