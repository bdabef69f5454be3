import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readDuty } from '../../adapters/files/duty-file.ts'
import { projectRoot } from '../../adapters/files/project-root.ts'
import { readSupervision } from '../../adapters/files/supervision-file.ts'
import { linli, ownDataFolder } from './terminal.ts'

async function withSettings(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = join(await ownDataFolder(), 'data')
  await mkdir(join(folder, 'settings'), { recursive: true })
  for (const [name, text] of Object.entries(files))
    await writeFile(join(folder, 'settings', `${name}.yaml`), text)
  return folder
}

const night = (rest: string) =>
  `shifts:\n  - { name: 夜班, on: [every_day], from: 17:30, to: 08:30, ${rest} }\n`

describe('doctor looks at the names in the settings of the desk', () => {
  test('who is not on the roster, or there twice, and a place that is nowhere', async () => {
    await withSettings({ duty: night('people: [赵敏, 王工, 重名], places: [河西社区]') })
    for (const name of ['赵敏', '重名', '重名']) await linli(['roster', 'add', name, 'grid_worker'])
    const { status, out } = await linli(['doctor'])
    expect(status).toBe(1)
    expect(out.filter((line) => line.includes('duty.yaml'))).toEqual([
      '✗ duty.yaml: 王工 is not on the roster; somebody else is told instead',
      '✗ duty.yaml: 2 people on the roster are called 重名; somebody else is told instead',
      '✗ duty.yaml: there is no place 河西社区; the line never holds',
      '✓ duty.yaml can be read',
    ])
  })
})

test('doctor names a place and a department of forwarding.yaml that nobody knows', async () => {
  const systems = 'systems:\n  robot: { kind: wecom, keyEnv: LINLI_SECRET_ROBOT }\n'
  const rules = `alerts:
  - { events: [opened], place: 月球社区, to: [robot] }
  - { events: [opened], place: 河西社区, department: 火星局, to: [robot] }
  - { events: [opened], department: 电力抢修, to: [robot] }
`
  await withSettings({ forwarding: systems + rules })
  await linli(['place', 'add', '河西社区', 'community'])
  await linli(['roster', 'add', '王工', 'department', '--department', '电力抢修'])
  const { status, out } = await linli(['doctor'])
  expect(status).toBe(1)
  expect(out.filter((line) => line.includes('forwarding.yaml'))).toEqual([
    '✗ forwarding.yaml: there is no place 月球社区; the rule never holds',
    '✗ forwarding.yaml: there is no department 火星局; the rule never holds',
  ])
})

describe('a mistake in duty.yaml or supervision.yaml is named with its place and what was expected', () => {
  test.each([
    ['people: []', /somebody who is on duty.*shifts\[0\]\.people/su],
    ['people: [赵敏], on_days: [mon]', /on_days/u],
    ['people: [赵敏], season: { from: 6-1, to: 09-30 }', /for example 06-01.*season\.from/su],
  ])('a shift with %s', async (rest, expected) => {
    const folder = await withSettings({ duty: night(rest) })
    await expect(readDuty(projectRoot(), folder)).rejects.toThrow(expected)
  })

  test.each([
    ['24:30', /from 00:00 to 23:59/u],
    ['9', /a time of day, for example 08:30/u],
  ])('a shift that begins at %s', async (from, expected) => {
    const text = night('people: [赵敏]').replace('17:30', from)
    await expect(readDuty(projectRoot(), await withSettings({ duty: text }))).rejects.toThrow(expected)
  })

  test('a day that there is not', async () => {
    const text = night('people: [赵敏]').replace('every_day', 'someday')
    const folder = await withSettings({ duty: text })
    await expect(readDuty(projectRoot(), folder)).rejects.toThrow(/working_day, day_off.*2026-10-01/su)
  })

  test('a ladder whose higher level comes sooner', async () => {
    const folder = await withSettings({ supervision: supervisionWith('{ after: 2, to: [grid_leader] }') })
    await expect(readSupervision(projectRoot(), folder)).rejects.toThrow(/must not fall/u)
  })

  test('summaries come in the order of the day, each once', async () => {
    const folder = await withSettings({ supervision: supervisionWith('{ after: 0, to: [admin] }') })
    const { summaries } = await readSupervision(projectRoot(), folder)
    expect(summaries.at.map((at) => at / 3_600_000)).toEqual([8, 17.5])
    expect(summaries).toMatchObject({ everyDay: false, most: 10, latest: 120 })
  })
})

function supervisionWith(first: string): string {
  return [
    'lights: { yellow: [owner], red: [] }',
    'atOnceBelowHours: 2',
    `ladder: [${first}, { after: 1, to: [admin] }]`,
    'summaries: { at: [17:30, 08:00, 17:30] }',
    'recurrence: { days: 30, reopenings: 2 }',
    'weight: { high: 2, emergency: 6, supporter: 1, urge: 1, reopening: 3, recurrence: 3, heavy: 6, heavyShare: 0.5 }',
  ].join('\n')
}
