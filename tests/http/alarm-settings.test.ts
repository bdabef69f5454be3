import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { readAlarms } from '../../adapters/files/alarms-file.ts'
import { projectRoot } from '../../adapters/files/project-root.ts'
import { alarmText, namedIn } from '../../tickets/alarms.ts'

const root = projectRoot()

async function own(text: string) {
  const folder = await mkdtemp(join(tmpdir(), 'linli-alarms-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await mkdir(join(folder, 'settings'))
  await writeFile(join(folder, 'settings/alarms.yaml'), text)
  return readAlarms(root, folder)
}

const least = "levels: {}\ntext: ['{name}']\n"

describe('the settings of alarms', () => {
  test('a community’s own copy replaces the shipped one', async () => {
    const shipped = await readFile(join(root, 'tickets/alarms.yaml'), 'utf8')
    expect((await own(shipped.replace('quietMinutes: 10', 'quietMinutes: 3'))).quietMinutes).toBe(3)
    expect((await readAlarms(root, undefined)).quietMinutes).toBe(10)
  })

  test.each([
    [
      'a word between braces that nobody fills',
      "levels: {}\ntext: ['{who}']\nkinds: {}",
      /only name, level, place/u,
    ],
    ['a category that does not exist', `${least}kinds: { a: { name: 甲, category: fire } }`, /category/u],
    [
      'a level of a kind that no level is',
      `${least}kinds: { a: { name: 甲, category: other, levels: { red: { urgency: high } } } }`,
      /no such level/u,
    ],
    [
      'one word for two kinds',
      `${least}kinds: { a: { name: 甲, category: other }, b: { name: 乙, also: [甲], category: other } }`,
      /甲 is meant by a and b/u,
    ],
    [
      'a group to be told that is not named',
      `${least}kinds: {}\nsystems: { x: { tell: true } }`,
      /needs the group/u,
    ],
    ['a field that does not exist', `${least}kinds: {}\nquiet: 3`, /quiet/u],
    ['no YAML', 'kinds: [', /alarms\.yaml/u],
  ])('%s is a mistake with its place', async (_, text, message) => {
    await expect(own(text)).rejects.toThrow(message)
  })

  test('kinds and levels are known by key, name and other names, in any case of letters', async () => {
    const { kinds, levels } = await readAlarms(root, undefined)
    for (const [said, key] of [
      ['fume', 'fume'],
      ['油烟', 'fume'],
      ['PM2.5', 'dust'],
      ['SOS', 'help-button'],
    ] as const)
      expect(namedIn(kinds, said)).toBe(key)
    for (const [said, key] of [
      ['RED', 'red'],
      ['红', 'red'],
      ['1', 'blue'],
    ] as const)
      expect(namedIn(levels, said)).toBe(key)
    expect(namedIn(kinds, 'constructor')).toBeUndefined()
  })

  test('a piece of the text with nothing to put in is left out', () => {
    const words = { name: '烟感', level: '', place: '3号楼', text: '', value: '', time: '', device: '' }
    expect(alarmText(['【{name}报警】', '{level}', '，{place}', '，测得{value}'], words)).toBe(
      '【烟感报警】3号楼',
    )
    expect(alarmText(['【{name}报警】', '{level}', '，{place}'], { ...words, level: '红色' })).toBe(
      '【烟感报警】红色，3号楼',
    )
    expect(alarmText(['{text}'], { ...words, text: '{name}' })).toBe('{name}')
  })
})
