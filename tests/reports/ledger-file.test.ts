import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createLedgerFile, type LedgerFormat } from '../../adapters/reports/ledger-file.ts'
import { safeCell } from '../../adapters/reports/safe-cell.ts'

const columns = ['编号', '问题']
const evil = [
  '=1+1',
  '+8613800000000',
  '-2+3',
  '@SUM(A1)',
  '  =HYPERLINK("http://x","点我")',
  '＝1+1',
  '\t=1',
  '逗号,和"引号"',
  '第一行\n第二行',
  '<b>&amp;</b> ]]> &#0;',
  '铃\u0007声\u0000\u001b[31m红',
  '半个\ud83d字',
  '龘😀𠮷',
  '',
  '_x0041_',
  '_x003D_1+1',
  '_x005F_x003D_',
  ' 前后有空格 ',
]

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'linli-export-'))
  onTestFinished(() => rm(made, { recursive: true, force: true }))
  return made
}

async function written(format: LedgerFormat, rows: readonly (readonly string[])[]): Promise<string> {
  const path = join(await folder(), `台账.${format}`)
  const file = await createLedgerFile({ path, format, columns, widths: [10, 40], replace: false })
  for (const row of rows) await file.add([row])
  await file.finish()
  return path
}

async function sheetOf(path: string): Promise<readonly (readonly (string | null)[])[]> {
  const { default: readSheets } = await import('read-excel-file/node')
  const [sheet] = await readSheets(path)
  return (sheet?.data ?? []).map((row) => row.map((cell) => (cell === null ? null : String(cell))))
}

describe('a cell of the table', () => {
  test.each(evil)('%j is no formula and holds nothing that a reader chokes on', (text) => {
    const safe = safeCell(text)
    expect(safe).not.toMatch(/^\s*[=+\-@＝＋－＠]/u)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none of these may be left
    expect(safe).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/u)
    expect(safe).not.toMatch(/\p{Surrogate}/u)
  })

  test('keeps harmless words as they are', () => {
    for (const text of ['楼道灯不亮', '3-5天', '龘😀𠮷', '第一行\n第二行', '1120-003'])
      expect(safeCell(text)).toBe(text)
  })

  test('is cut where no spreadsheet could keep it', () => {
    expect(safeCell('长'.repeat(40_000)).length).toBeLessThan(32_767)
  })
})

describe('the exported table', () => {
  test('is read back by another reader of .xlsx, cell by cell', async () => {
    const rows = evil.map((text, at) => [`20261120-${String(at).padStart(3, '0')}`, text])
    const [header, ...read] = await sheetOf(await written('xlsx', rows))
    expect(header).toEqual(columns)
    expect(read.map(([, text]) => (text ?? '').trim())).toEqual(evil.map((text) => safeCell(text).trim()))
  })

  test('is read back whatever people write', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constant('n'), fc.string({ unit: 'binary' })), { minLength: 1, maxLength: 8 }),
        async (rows) => {
          const [, ...read] = await sheetOf(await written('xlsx', rows))
          const plain = (text: string | null | undefined) => (text ?? '').trim()
          expect(read.map(([, text]) => plain(text))).toEqual(rows.map(([, text]) => plain(safeCell(text))))
        },
      ),
      { numRuns: 40 },
    )
  })

  test('as CSV has the mark of UTF-8, and every cell comes back', async () => {
    const text = await readFile(
      await written(
        'csv',
        evil.map((each) => ['1', each]),
      ),
      'utf8',
    )
    expect(text.startsWith('\ufeff"编号","问题"\r\n')).toBe(true)
    const rows = parse(text, { bom: true }) as string[][]
    expect(rows.slice(1).map(([, cell]) => cell)).toEqual(evil.map(safeCell))
  })

  test('as JSONL keeps the words as they were said', async () => {
    const lines = (
      await readFile(
        await written(
          'jsonl',
          evil.map((each) => ['1', each]),
        ),
        'utf8',
      )
    ).split('\n')
    expect(lines.filter(Boolean).map((line) => (JSON.parse(line) as { 问题: string }).问题)).toEqual(evil)
  })

  test('can be read by its owner alone', async () => {
    expect((await stat(await written('csv', []))).mode & 0o077).toBe(0)
  })

  test('never takes the place of a file that somebody put there meanwhile, and leaves no trace', async () => {
    const path = join(await folder(), '台账.csv')
    const file = await createLedgerFile({ path, format: 'csv', columns, widths: [], replace: false })
    await writeFile(path, 'mine')
    await expect(file.finish()).rejects.toMatchObject({ code: 'EEXIST' })
    await file.giveUp()
    expect(await readFile(path, 'utf8')).toBe('mine')
    expect(await readdir(join(path, '..'))).toEqual(['台账.csv'])
  })
})
