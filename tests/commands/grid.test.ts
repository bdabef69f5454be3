import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { strToU8, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { writeWorkbook } from '../../adapters/reports/table-files.ts'
import { linli, ownDataFolder, type Ran } from './terminal.ts'

/** What districts have: lists of places, groups and people, written by hand. */
const places = `名称,类型,上级
幸福街道,街道,
幸福里社区,社区,幸福街道
柳林社区,社区,幸福街道
第一网格,网格,幸福里社区
第一网格,网格,柳林社区
`
const groups = `群名,地点,标签
幸福里业主群,幸福里社区/第一网格,业主群
柳林商户群,柳林社区,商户、网格员群
`
const people = `姓名,角色,负责地点,技能,部门
赵敏,网格员,幸福里社区/第一网格；柳林社区,,
钱勇,志愿者,柳林社区,调解、巡查,
林城,部门,,,城管
`

async function folderWith(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const folder = join(await ownDataFolder(), 'files')
  await mkdir(folder)
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
  return folder
}

const whole = { '地点.csv': places, '群.csv': groups, '人员.csv': people }

async function importWhole(): Promise<{ folder: string; ran: Ran }> {
  const folder = await folderWith(whole)
  return { folder, ran: await linli(['grid', 'import', folder]) }
}

async function counts(): Promise<readonly number[]> {
  const lists = ['place', 'group', 'roster'].map(async (what) => {
    const { out } = await linli([what, 'list', '--json'])
    return out.length
  })
  return Promise.all(lists)
}

describe('an import', () => {
  test('takes places, groups and people in one go, and writes their codes for the operator alone', async () => {
    const { folder, ran } = await importWhole()
    expect(ran).toMatchObject({ status: 0 })
    expect(ran.out[0]).toBe('5 places, 2 groups, 3 people in the file')
    const codes = `${folder}-codes.csv`
    expect((await stat(codes)).mode & 0o777).toBe(0o600)
    const lines = (await readFile(codes, 'utf8')).trim().split('\r\n')
    expect(lines).toHaveLength(6)
    expect(lines.filter((line) => /^"LL-[2-9A-Y]{8}"/u.test(line))).toHaveLength(5)
    const roster = (await linli(['roster', 'list'])).out.join('\n')
    expect(roster).toMatch(/钱勇 {2}volunteer \(mediation, patrol\)/u)
    expect(roster).toMatch(/林城 {2}department \(城管\)/u)
    expect((await linli(['group', 'list'])).out.join('\n')).toMatch(/柳林商户群.*商户群, 网格员群/u)
  })

  test('of the same file again changes nothing and says so', async () => {
    const { folder } = await importWhole()
    const again = await linli(['grid', 'import', folder])
    expect(again).toMatchObject({ status: 0 })
    expect(again.out.slice(1)).toEqual([
      '10 unchanged',
      'the file says what is there already: nothing was changed',
    ])
  })

  test('with --check shows what would be, and does nothing', async () => {
    const folder = await folderWith(whole)
    const { out } = await linli(['grid', 'import', folder, '--check'])
    expect(out).toEqual([
      '5 places, 2 groups, 3 people in the file',
      expect.stringMatching(/^10 new: 幸福街道, .*/u),
      '0 unchanged',
      'checked only: nothing was imported',
    ])
    expect(await counts()).toEqual([0, 0, 0])
  })

  test('leaves alone what is not in the file, and names it', async () => {
    const { folder } = await importWhole()
    await writeFile(join(folder, '人员.csv'), people.replace(/^钱勇.*\n/mu, ''))
    const { out } = await linli(['grid', 'import', folder, '--check'])
    expect(out).toContain('1 are here and not in the file, and stay as they are: 钱勇')
    expect(await counts()).toEqual([5, 2, 3])
  })

  test('changes what a file says otherwise, and nothing that it has no column for', async () => {
    await importWhole()
    const folder = await folderWithoutData({ '人员.csv': '姓名,角色\n赵敏,网格长\n' })
    expect((await linli(['grid', 'import', folder])).out).toContain('imported')
    const [zhao] = (await linli(['roster', 'list', '--json'])).out
      .map((line) => JSON.parse(line))
      .filter((each) => each.name === '赵敏')
    expect(zhao).toMatchObject({ role: 'grid_leader' })
    expect(zhao.places).toHaveLength(2)
  })

  test('reads English headers, GBK, tabs, a title above and empty rows', async () => {
    const folder = await folderWith({
      'places.csv': '\ufeffour places,,\n\nname,kind,parent\nHappy,street,\n\nLane,community,Happy\n',
      // 姓名⇥角色, 赵敏⇥网格员
      '名单.csv': Buffer.from('d0d5c3fb09bdc7c9ab0ad5d4c3f409cdf8b8f1d4b10a', 'hex'),
    })
    expect((await linli(['grid', 'import', folder])).status).toBe(0)
    expect(await counts()).toEqual([2, 0, 1])
  })
})

async function folderWithoutData(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = join(process.env['LINLI_DATA'] ?? '', '..', 'more')
  await mkdir(folder)
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
  return folder
}

describe('a file with faults', () => {
  async function faultsOf(files: Readonly<Record<string, string | Uint8Array>>): Promise<readonly string[]> {
    const { status, errors } = await linli(['grid', 'import', await folderWith(files)])
    expect(status).toBe(1)
    expect(await counts()).toEqual([0, 0, 0])
    return errors.trim().split('\n')
  }

  test('has each told with its place, what came, what was expected and what was likely meant; nothing is imported', async () => {
    const faults = await faultsOf({
      ...{
        '地点.csv': `${places}楼房,楼层,\n第二网格,网格,幸福社区\n`,
        '群.csv': `${groups}新群,月球,业生群\n`,
      },
      '人员.csv': `${people}孙八,网格圆,第一网格,跳舞,城管局\n`,
    })
    expect(faults).toEqual([
      expect.stringMatching(
        /^地点.csv, line 7, column B \(类型\): expected one of 街道, 社区, 网格, 微网格, 楼栋.*"楼层" came$/u,
      ),
      '地点.csv, line 8, column C (上级): expected a place that is there or in this file; likely 幸福里社区; "幸福社区" came',
      '群.csv, line 4, column B (地点): expected a place that is there or in this file; "月球" came',
      expect.stringMatching(
        /^群.csv, line 4, column C \(标签\): expected one of 业主群, 商户群, 志愿者群, 网格员群; likely 业主群; .*"业生群" came$/u,
      ),
      expect.stringMatching(
        /^人员.csv, line 5, column B \(角色\): expected one of 志愿者, 楼栋长, 网格员, 网格长, 部门, 管理员; likely 网格员; "网格圆" came$/u,
      ),
      expect.stringMatching(
        /^人员.csv, line 5, column C \(负责地点\): 2 places are called so: write one of 幸福街道\/幸福里社区\/第一网格, 幸福街道\/柳林社区\/第一网格; "第一网格" came$/u,
      ),
      '人员.csv, line 5, column D (技能): expected one of 巡查, 服务, 调解; "跳舞" came',
      expect.stringMatching(
        /^人员.csv, line 5, column E \(部门\): expected one of .*; likely 城管; .*"城管局" came$/u,
      ),
      'nothing was imported',
    ])
  })

  test('is refused for two of one name, rings, what stands upside down, and a department without its name', async () => {
    const faults = await faultsOf({
      '地点.csv': `${places}甲社区,社区,乙社区\n乙社区,社区,甲社区\n某街道,街道,幸福里社区\n柳林社区,社区,幸福街道\n`,
      '人员.csv': `${people}赵敏,志愿者,,,\n周明,部门,,,\n`,
    })
    expect(faults).toEqual([
      expect.stringMatching(/line 7, column C .*it is part of itself/u),
      expect.stringMatching(/line 8, column C .*it is part of itself/u),
      expect.stringMatching(/line 9, column C .*幸福里社区 is 社区: a 街道 can be part of nothing only/u),
      expect.stringMatching(/line 10, column A .*line 4 has the same name in the same place/u),
      expect.stringMatching(/人员.csv, line 5, column A .*line 2 is the same person/u),
      expect.stringMatching(/人员.csv, line 6, column E .*somebody of a department has one; nothing came/u),
      'nothing was imported',
    ])
  })

  test('has fifty told, and how many more there are', async () => {
    const rows = Array.from({ length: 70 }, (_, at) => `人${at},月亮员`).join('\n')
    const faults = await faultsOf({ '人员.csv': `姓名,角色\n${rows}\n` })
    expect(faults).toHaveLength(52)
    expect(faults[50]).toBe('and 20 more')
  })

  test.each([
    [
      'has more rows than a grid can have',
      { '人员.csv': `姓名,角色\n${'某,网格员\n'.repeat(100_000)}` },
      /100000 rows, more than 20000: split the file/u,
    ],
    ['names no columns', { '人员.csv': '张三,13800000000\n' }, /expected a table of places \(名称/u],
    ['is no table at all', { '人员.csv': Buffer.from([0, 1, 2]) }, /人员.csv: expected text/u],
    ['has a column twice', { 'old.csv': '姓名,姓名,角色\n' }, /columns A and B are both 姓名/u],
  ])('that %s is refused with what was expected', async (_, files, expected) => {
    expect((await faultsOf(files as Record<string, string>)).join('\n')).toMatch(expected)
  })
})

describe('an export', () => {
  test.each(['网格.xlsx', '网格'])('to %s is read back without a change', async (name) => {
    const { folder } = await importWhole()
    const file = join(folder, '..', name)
    expect((await linli(['grid', 'export', file])).out[0]).toMatch(/^5 places, 2 groups and 3 people in /u)
    const again = await linli(['grid', 'import', file])
    expect(again.errors).toBe('')
    expect(again.out.at(-1)).toBe('the file says what is there already: nothing was changed')
    expect((await linli(['grid', 'export', file])).errors).toMatch(/a file is there already/u)
  })

  test('keeps names that look like formulas, numbers or paths harmless, and reads them back', async () => {
    const folder = await folderWith({
      '地点.csv': '名称,类型,上级\n007,街道,\n+1号,社区,007\n"甲、乙",社区,007\nA/B,社区,007\n',
      '人员.csv': `姓名,角色,负责地点\n=1+2,网格员,+1号\n'-5,志愿者,\n`,
    })
    expect((await linli(['grid', 'import', folder])).errors).toBe('')
    const names = (await linli(['roster', 'list', '--json'])).out.map((line) => JSON.parse(line).name)
    expect(names.sort()).toEqual(['=1+2', '-5'].sort())
    await linli(['roster', 'add', "'=x", 'volunteer', '--place', '甲、乙', '--place', 'A/B'])
    for (const name of ['a.xlsx', 'b']) {
      const file = join(folder, '..', name)
      await linli(['grid', 'export', file])
      const { out, errors } = await linli(['grid', 'import', file])
      expect(errors).toBe('')
      expect(out.at(-1)).toMatch(/nothing was changed/u)
    }
    expect(await readFile(join(folder, '../b/人员.csv'), 'utf8')).toContain(`"'=1+2"`)
  })
})

describe('a workbook', () => {
  test('with a cell that Excel made a date of is refused with what to do', async () => {
    const folder = await folderWith({})
    const file = join(folder, '网格.xlsx')
    await writeFile(
      file,
      bookWith('<c r="A2" s="1"><v>45000</v></c><c r="B2" t="inlineStr"><is><t>社区</t></is></c>'),
    )
    expect((await linli(['grid', 'import', file])).errors).toMatch(
      /网格.xlsx, line 2, column A \(名称\): Excel took it for a date: format the column as text/u,
    )
  })

  test('with a cell merged over several rows has it for each of them', async () => {
    const folder = await folderWith({})
    const file = join(folder, '网格.xlsx')
    const row = (line: number, name: string, kind: string) =>
      `<row r="${line}"><c r="A${line}" t="inlineStr"><is><t>${name}</t></is></c>${kind && `<c r="B${line}" t="inlineStr"><is><t>${kind}</t></is></c>`}</row>`
    const rows = `${row(2, '甲', '社区')}${row(3, '乙', '')}`
    await writeFile(file, bookWith('', rows, '<mergeCells count="1"><mergeCell ref="B2:B3"/></mergeCells>'))
    expect((await linli(['grid', 'import', file])).errors).toBe('')
    expect((await linli(['place', 'list'])).out.join('\n')).toMatch(/乙 {2}community/u)
  })

  test('of 642 groups and 2,000 people goes in at once, and again without a change', async () => {
    const folder = await folderWith({})
    const file = join(folder, '网格.xlsx')
    const grids = Array.from({ length: 321 }, (_, at) => `第${at + 1}网格`)
    const of = (at: number) => grids[at % grids.length] ?? ''
    await writeWorkbook(
      file,
      [
        {
          name: '地点',
          rows: [
            ['名称', '类型', '上级'],
            ['大街道', '街道', ''],
            ...grids.map((grid) => [grid, '网格', '大街道']),
          ],
        },
        {
          name: '群',
          rows: [
            ['群名', '地点', '标签'],
            ...Array.from({ length: 642 }, (_, at) => [`${at}号业主群`, of(at), '业主群']),
          ],
        },
        {
          name: '人员',
          rows: [
            ['姓名', '角色', '负责地点'],
            ...Array.from({ length: 2_000 }, (_, at) => [`员工${at}`, '网格员', of(at)]),
          ],
        },
      ],
      { replace: false },
    )
    expect((await linli(['grid', 'import', file])).errors).toBe('')
    expect(await counts()).toEqual([322, 642, 2_000])
    expect((await linli(['grid', 'import', file])).out.at(-1)).toMatch(/nothing was changed/u)
  })
})

/** A workbook by hand: one sheet, whose style 1 is a date. */
function bookWith(cells: string, rows?: string, tail = ''): Uint8Array {
  const head = '<?xml version="1.0" encoding="UTF-8"?>'
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const relations = 'http://schemas.openxmlformats.org/package/2006/relationships'
  const content = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  const title = (place: string, text: string) => `<c r="${place}" t="inlineStr"><is><t>${text}</t></is></c>`
  const first = `<row r="1">${title('A1', '名称')}${title('B1', '类型')}</row>`
  const parts = {
    '[Content_Types].xml': `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${content}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${content}.styles+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${content}.worksheet+xml"/></Types>`,
    '_rels/.rels': `${head}<Relationships xmlns="${relations}"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${head}<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="地点" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${head}<Relationships xmlns="${relations}"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `${head}<styleSheet xmlns="${main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    'xl/worksheets/sheet1.xml': `${head}<worksheet xmlns="${main}"><sheetData>${first}${rows ?? `<row r="2">${cells}</row>`}</sheetData>${tail}</worksheet>`,
  }
  return zipSync(Object.fromEntries(Object.entries(parts).map(([path, text]) => [path, strToU8(text)])))
}
