import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openReportPress } from '../../adapters/reports/press.ts'
import { readReportSettings } from '../../adapters/reports/settings-file.ts'
import { sweepReports } from '../../adapters/reports/sweep.ts'
import { fileNameOf } from '../../bot/reports/keep-files.ts'
import { markdownOf } from '../../bot/reports/markdown.ts'
import { sheetsOf } from '../../bot/reports/sheets.ts'
import { day } from '../../tickets/shanghai-time.ts'
import { invented } from './invented-report.ts'

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'linli-press-'))
  onTestFinished(() => rm(made, { recursive: true, force: true }))
  return made
}

describe('the folder of reports', () => {
  test('gives back what was kept, and nothing when it is gone', async () => {
    const press = openReportPress(join(await folder(), 'reports'))
    const file = await press.keep('2026-11-20-日报-槐荫社区-c0.md', Buffer.from('好'))
    expect(Buffer.from((await press.read(file)) ?? []).toString()).toBe('好')
    expect(await press.read('2026-11-19-日报-槐荫社区-c0.md')).toBeUndefined()
  })

  test('is left by no name, whatever a place is called', async () => {
    const press = openReportPress(await folder())
    const name = fileNameOf({
      ...invented(),
      place: { id: 'place-../x', name: '../../etc/passwd\0', kind: 'grid' },
    })
    expect(await press.keep(`${name}.md`, Buffer.from('x'))).not.toMatch(/[./\\\0].*\.md/u)
    for (const wrong of ['../x.md', '2026-11-20-x.sh', '/etc/passwd', '2026-11-20-../x.md'])
      await expect(press.read(wrong)).rejects.toThrow(/expected the name of a report/u)
  })

  test('loses what is older than 400 days, and nothing that is not its own', async () => {
    const own = await folder()
    const now = Date.parse('2026-11-20T00:00:00+08:00')
    for (const [name, days] of [
      ['2025-01-01-月报-x.md', 401],
      ['2026-01-01-月报-x.md', 300],
      ['合同.docx', 900],
    ] as const) {
      await writeFile(join(own, name), 'x')
      await utimes(join(own, name), new Date(now - days * day), new Date(now - days * day))
    }
    await sweepReports(own, now)
    expect((await readdir(own)).sort()).toEqual(['2026-01-01-月报-x.md', '合同.docx'])
    await sweepReports(join(own, 'nowhere'), now)
  })
})

describe('a report as tables', () => {
  test('is a workbook that another reader opens, with numbers as numbers', async () => {
    const own = await folder()
    const path = join(own, 'report.xlsx')
    await writeFile(path, await openReportPress(own).workbook(sheetsOf(invented())))
    const { default: readSheets } = await import('read-excel-file/node')
    const sheets = await readSheets(path)
    expect(sheets.map(({ sheet }) => sheet)).toEqual([
      '汇总',
      '比率',
      '网格排名',
      '热点',
      '没人答的问题',
      '口径',
    ])
    expect(sheets[0]?.data.slice(0, 2)).toEqual([
      ['指标', '本期', '上期', '增减'],
      ['新收', 23, 19, 4],
    ])
    expect(JSON.stringify(sheets[2]?.data)).toContain('（9÷9×20＋8÷8×40＋8÷8×20）÷80×100 = 100分')
  })

  test('as Markdown: what a resident asked makes no link and no column', () => {
    const page = markdownOf({
      ...invented(),
      staff: [{ name: '赵强', department: '物业', figures: invented().figures }],
    })
    expect(page).toContain('| 老年证\\|在哪\\[里\\](http://x)办？ | 4 |')
    expect(page).not.toContain('赵强')
  })
})

describe('tickets/reports.yaml', () => {
  test('as shipped is lawful, and a community’s own copy takes its place', async () => {
    const root = await folder()
    await expect(readReportSettings(process.cwd(), root)).resolves.toMatchObject({
      schedule: { daily: { at: 63_900_000, days: 'working', picture: false }, weekly: { picture: true } },
    })
  })

  test('names every mistake in it', async () => {
    const data = await folder()
    const { mkdir } = await import('node:fs/promises')
    await mkdir(join(data, 'settings'))
    await writeFile(
      join(data, 'settings/reports.yaml'),
      'score: {weights: {response: 0, onTime: 0, resolution: 0, satisfaction: 0}, overdue: -1, recurred: 0, mostOff: 0, fewest: 0}\nhot: {least: 0, most: 3}\nschedule: {daily: {at: 5pm, days: sometimes, to: [resident], picture: maybe}}',
    )
    const reading = readReportSettings(process.cwd(), data)
    await expect(reading).rejects.toThrow(/reports\.yaml/u)
    for (const fault of [/overdue/u, /least/u, /a time of day/u, /days/u, /weekly/u])
      await expect(reading).rejects.toThrow(fault)
  })
})
