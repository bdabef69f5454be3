import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { strToU8, unzipSync, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { writeWorkbook } from '../../adapters/reports/table-files.ts'
import { linli, ownDataFolder } from './terminal.ts'

async function fileOf(name: string, content: string): Promise<string> {
  const folder = join(await ownDataFolder(), 'files')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, name), content)
  return join(folder, name)
}

/** A workbook of people with one more row in the XML of its sheet. */
async function bookWith(row: string): Promise<string> {
  const file = await fileOf('网格.xlsx', '')
  await writeWorkbook(file, [{ name: '人员', rows: [['姓名', '角色']] }], { replace: true })
  const parts = unzipSync(await readFile(file))
  const path = 'xl/worksheets/sheet1.xml'
  const xml = new TextDecoder().decode(parts[path])
  parts[path] = strToU8(xml.replace('</sheetData>', `${row}</sheetData>`))
  await writeFile(file, zipSync(parts))
  return file
}

const text = (cell: string, words: string) => `<c r="${cell}" t="inlineStr"><is><t>${words}</t></is></c>`

describe('a workbook', () => {
  test('with one stray cell far out is refused with the sheet, the cell and what to do', async () => {
    const file = await bookWith(`<row r="1048576">${text('XFD1048576', 'x')}</row>`)
    const { errors } = await linli(['grid', 'import', file])
    expect(errors).toMatch(
      /网格.xlsx: sheet 人员: a cell lies far out, XFD1048576: .*delete its row and column/u,
    )
  })

  test.each([
    [
      'a number that Excel has shortened',
      '<c r="A2"><v>110105199001011234</v></c>',
      /a number of more than 15 digits/u,
    ],
    ['a truth value', '<c r="A2" t="b"><v>1</v></c>', /the truth value TRUE: format the column as text/u],
  ])('with %s as a name is refused', async (_, cell, expected) => {
    const file = await bookWith(`<row r="2">${cell}${text('B2', '网格员')}</row>`)
    expect((await linli(['grid', 'import', file])).errors).toMatch(expected)
  })
})

describe('an import', () => {
  test.each(['\u200b', '\u202e'])('with a name that hides %j is refused with its number', async (hidden) => {
    const file = await fileOf('人员.csv', `姓名,角色\n周${hidden}鹏,网格员\n`)
    const { errors } = await linli(['grid', 'import', file])
    expect(errors).toMatch(/line 2, column A .*U\+20(?:0B|2E)/u)
  })

  test('whose codes cannot be written is refused before anything is imported', async () => {
    const file = await fileOf('人员.csv', '姓名,角色\n周鹏,网格员\n')
    const { errors } = await linli(['grid', 'import', file, '--codes', '/nonexistent/x.csv'])
    expect(errors).toMatch(/\/nonexistent\/x.csv: the one-time codes cannot be written there/u)
    expect((await linli(['roster', 'list', '--json'])).out.filter((line) => line.includes('周鹏'))).toEqual(
      [],
    )
  })

  test('warns of a worker without a place who answers for everything, and doctor does as well', async () => {
    const file = await fileOf('人员.csv', '姓名,角色\n周鹏,网格员\n')
    const checked = await linli(['grid', 'import', file, '--check'])
    expect(checked.errors).toMatch(/1 without a place answer for everything: 周鹏/u)
    await linli(['grid', 'import', file])
    const { out } = await linli(['grid', 'show'])
    expect(out.join('\n')).toMatch(/without a place, who answer for everything: 1 \(周鹏\)/u)
  })

  test('says with --check what changes of whom, old and new', async () => {
    const file = await fileOf('人员.csv', '姓名,角色,负责地点\n周鹏,网格员,槐荫社区\n')
    await linli(['place', 'add', '槐荫社区', 'community'])
    expect((await linli(['grid', 'import', file])).errors).toBe('')
    await writeFile(file, '姓名,角色,负责地点\n周鹏,网格长,\n')
    const { out } = await linli(['grid', 'import', file, '--check'])
    expect(out).toContainEqual('  周鹏: role grid_worker → grid_leader, places 槐荫社区 → none')
  })
})
