import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { loadGarbageFolder } from '../../../adapters/files/garbage-folder.ts'
import { describeProblem } from '../../../knowledge/document-problem.ts'
import { parseItems } from '../../../knowledge/garbage/item-file.ts'
import { garbageFolder } from './shipped-book.ts'

const header = 'name,aliases,category,hint\n'
const faultsOf = (text: string) => parseItems('items/x.csv', text).problems.map(describeProblem)

const folders: string[] = []
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true })
})

async function copyOfShipped(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'linli-garbage-'))
  folders.push(folder)
  await cp(garbageFolder, folder, { recursive: true })
  return folder
}

test('a row becomes an item', () => {
  expect(parseItems('items/x.csv', `${header}报纸,旧报纸| 废报纸 |,recyclable,摞齐捆好\n`)).toEqual({
    placed: [
      {
        item: { name: '报纸', aliases: ['旧报纸', '废报纸'], category: 'recyclable', hint: '摞齐捆好' },
        file: 'items/x.csv',
        line: 2,
      },
    ],
    problems: [],
  })
})

test('a quoted cell may hold a comma and a line break', () => {
  const { placed, problems } = parseItems(
    'items/x.csv',
    `${header}报纸,,recyclable,"捆好,\n再投"\n锅,,recyclable,洗净\n`,
  )
  expect(problems).toEqual([])
  expect(placed.map(({ item, line }) => [item.hint, line])).toEqual([
    ['捆好,\n再投', 3],
    ['洗净', 4],
  ])
})

test('a bad category is told with file, line and what was expected', () => {
  expect(faultsOf(`${header}报纸,,recyclable,捆好\n锅,,metal,洗净\n`)).toEqual([
    expect.stringMatching(/^items\/x\.csv:3: .*"metal", expected one of recyclable, hazardous/u),
  ])
})

test('every bad row of a file is told', () => {
  expect(faultsOf(`${header},,recyclable,捆好\n锅,,recyclable,\n`)).toHaveLength(2)
})

test.each([
  ['a missing column', 'name,category,hint\n锅,recyclable,洗净\n', 'aliases is missing'],
  ['an unknown column', 'name,aliases,category,hint,bin\n锅,,recyclable,洗净,蓝\n', 'unknown column bin'],
  ['a comma too many', `${header}锅,,recyclable,洗净,晾干\n`, 'the row has 5 cells'],
  ['a broken quote', `${header}"锅,,recyclable,洗净\n`, 'expected CSV'],
  ['no rows', header, 'the file has none'],
  ['an empty file', '', 'the file has none'],
])('%s is told', (_, text, message) => {
  expect(faultsOf(text)).toEqual([expect.stringContaining(message)])
})

test('one error names the faults of all files', async () => {
  const folder = await copyOfShipped()
  await writeFile(join(folder, 'items', 'a.csv'), `${header}锅一,,metal,洗净\n`)
  await writeFile(join(folder, 'items', 'b.csv'), `${header}报纸,,recyclable,捆好\n`)
  await writeFile(
    join(folder, 'materials.yaml'),
    'because: { ending: "和{like}一样", material: "{material}的" }\nendings: { 不存在的瓶: 瓶 }\nmaterials: {}\n',
  )
  const loading = loadGarbageFolder(folder)
  await expect(loading).rejects.toThrow('items/a.csv:2: ')
  await expect(loading).rejects.toThrow("'报纸'")
  await expect(loading).rejects.toThrow("no item is called '不存在的瓶'")
})

test('states and regions that name no item are told', async () => {
  const folder = await copyOfShipped()
  const rule = '{ state: oily, words: 油, like: 不存在的纸, because: 脏了 }'
  await writeFile(join(folder, 'states.yaml'), `before: 旧\nafter: 旧了\nsame: [旧 老]\nrules: [${rule}]\n`)
  await writeFile(
    join(folder, 'regions.yaml'),
    (await readFile(join(folder, 'regions.yaml'), 'utf8')).replace('核桃壳', '不存在的壳'),
  )
  const loading = loadGarbageFolder(folder)
  await expect(loading).rejects.toThrow(
    "states.yaml:1: expected the name of an item, but no item is called '不存在的纸'",
  )
  await expect(loading).rejects.toThrow("no item is called '不存在的壳'")
})

test.each([
  ['a state that decides nothing', '{ state: oily, words: 油 }'],
  [
    'a state that decides and advises',
    '{ state: oily, words: 油, like: 纸, because: 脏, bins: [kitchen], first: 擦 }',
  ],
])('%s is told', async (_, rule) => {
  const folder = await copyOfShipped()
  await writeFile(join(folder, 'states.yaml'), `before: 旧\nafter: 旧了\nsame: []\nrules: [${rule}]\n`)
  await expect(loadGarbageFolder(folder)).rejects.toThrow(
    'expected either like and because, or bins and first',
  )
})

test('a city that names an item twice is told', async () => {
  const folder = await copyOfShipped()
  await writeFile(
    join(folder, 'regions.yaml'),
    (await readFile(join(folder, 'regions.yaml'), 'utf8')).replace('核桃壳', '核桃壳 核桃壳'),
  )
  await expect(loadGarbageFolder(folder)).rejects.toThrow("'核桃壳' stands twice")
})

test('a folder that is not there, or has no items, is told', async () => {
  await expect(loadGarbageFolder('/nowhere')).rejects.toMatchObject({ code: 'BAD_DOCUMENTS' })
})

test('bad YAML is told with its line', async () => {
  const folder = await copyOfShipped()
  await writeFile(join(folder, 'regions.yaml'), 'national: {}\n上海: [\n')
  await expect(loadGarbageFolder(folder)).rejects.toThrow(/regions\.yaml:\d+: /u)
})

test('a bad template of carriers.yaml is told', async () => {
  const folder = await copyOfShipped()
  await writeFile(
    join(folder, 'carriers.yaml'),
    "before: 请问\nholding: 装过\ninside: 的\nafter: 呢\nmeasure: 一个\nwords: {}\nasking: ['{where}扔']\ntalk: 买\nlost: 扔哪了\nscolded: 这垃圾\nnothing: 我\n",
  )
  await expect(loadGarbageFolder(folder)).rejects.toThrow('{where} came')
})

test('a bad pattern of carriers.yaml is told', async () => {
  const folder = await copyOfShipped()
  const shipped = await readFile(join(folder, 'carriers.yaml'), 'utf8')
  await writeFile(join(folder, 'carriers.yaml'), shipped.replace(/^lost: .*$/mu, 'lost: 扔哪(了'))
  await expect(loadGarbageFolder(folder)).rejects.toThrow(/lost: expected a regular expression/u)
})
