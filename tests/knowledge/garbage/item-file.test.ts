import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
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
  await writeFile(join(folder, 'materials.yaml'), 'marks: []\nendings: { 瓶: 不存在的瓶 }\nmaterials: {}\n')
  const loading = loadGarbageFolder(folder)
  await expect(loading).rejects.toThrow('items/a.csv:2: ')
  await expect(loading).rejects.toThrow("'报纸'")
  await expect(loading).rejects.toThrow("no item is called '不存在的瓶'")
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
    "before: []\ninside: []\nafter: []\nstates_before: []\nstates_after: []\nmeasure: []\nwords: {}\nasking: ['{where}扔']\nsame_state: []\ntalk: 买\n",
  )
  await expect(loadGarbageFolder(folder)).rejects.toThrow('{where} came')
})
