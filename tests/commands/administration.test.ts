import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkNode } from '../../bot/commands/doctor.ts'
import { linli, ownDataFolder } from './terminal.ts'

describe('the administrative commands, while no bot runs', () => {
  test('roster add prints a code first, and roster list knows the person', async () => {
    await ownDataFolder()
    const added = await linli(['roster', 'add', '赵敏', 'grid_leader'])
    expect(added.out[0]).toMatch(/^LL-[2-9A-Z]{8}$/)
    const listed = await linli(['roster', 'list', '--json'])
    const person = JSON.parse(listed.out[0] ?? '') as { id: string }
    expect(person).toMatchObject({ name: '赵敏', role: 'grid_leader', friend: false })
    expect((await linli(['roster', 'remove', person.id])).status).toBe(0)
    expect((await linli(['roster', 'list'])).out[0]).toMatch(/nobody is on the roster/)
  })

  test('a role that does not exist is refused with those that do', async () => {
    await ownDataFolder()
    const { status, errors } = await linli(['roster', 'add', '赵敏', 'boss'])
    expect(status).not.toBe(0)
    expect(errors).toMatch(/'boss' is invalid.*volunteer, building_leader, grid_worker/s)
  })

  test('a group is bound to places that exist, and set', async () => {
    await ownDataFolder()
    expect((await linli(['group', 'bind', '一号群', '--place', '月球'])).errors).toMatch(
      /no place 月球: add it/,
    )
    await linli(['place', 'add', '一社区', 'community'])
    await linli(['place', 'add', '一网格', 'grid', '--under', '一社区'])
    const bound = await linli(['group', 'bind', '一号群', '--place', '一网格', '--tag', '业主', '--json'])
    const { group } = JSON.parse(bound.out[0] ?? '') as { group: string }
    await linli(['group', 'set', group, 'listen'])
    expect((await linli(['group', 'list'])).out[0]).toMatch(
      /一号群 {2}listen {2}place-\w+ {2}业主群 {2}waits for its code/,
    )
    expect((await linli(['place', 'list'])).out).toEqual([
      expect.stringMatching(/^place-\w+ {2}一社区 {2}community$/),
      expect.stringMatching(/^ {2}place-\w+ {2}一网格 {2}grid$/),
    ])
  })

  test('a backup comes back, and what was there before is moved aside, not deleted', async () => {
    const folder = await ownDataFolder()
    await linli(['place', 'add', '旧社区', 'community'])
    const target = join(folder, 'backup')
    await mkdir(join(folder, 'data/settings'))
    await writeFile(join(folder, 'data/settings/desk.yaml'), 'as it was')
    expect((await linli(['backup', target])).out[0]).toMatch(/verified/)
    await linli(['place', 'add', '新社区', 'community'])
    await writeFile(join(folder, 'data/settings/desk.yaml'), 'spoiled since')
    expect((await linli(['restore', target])).errors).toMatch(/use --force/)
    expect((await linli(['restore', target, '--force'])).out).toHaveLength(2)
    expect((await linli(['place', 'list'])).out).toEqual([expect.stringMatching(/旧社区/)])
    expect(await readFile(join(folder, 'data/settings/desk.yaml'), 'utf8')).toBe('as it was')
    expect((await readdir(join(folder, 'data'))).some((name) => name.startsWith('before-restore-'))).toBe(
      true,
    )
  })

  test('erase shows what goes, and does nothing until the id was typed again', async () => {
    await ownDataFolder()
    const added = await linli(['roster', 'add', '赵敏', 'grid_worker', '--json'])
    const { person } = JSON.parse(added.out[0] ?? '') as { person: string }
    const refused = await linli(['erase', person], ['p-other'])
    expect(refused).toMatchObject({
      status: 1,
      errors: expect.stringMatching(/nothing was erased: expected p-/),
    })
    expect(refused.out[0]).toBe(`${person} is 赵敏 (grid_worker)`)
    expect((await linli(['export', person])).out[0]).toMatch(/赵敏/)
    const onRoster = await linli(['erase', person], [person])
    expect(onRoster).toMatchObject({ status: 1, errors: expect.stringContaining('roster remove') })
    await linli(['roster', 'remove', person])
    expect((await linli(['erase', person], [person])).status).toBe(0)
    expect((await linli(['export', person])).out[0]).not.toMatch(/赵敏/)
    expect((await linli(['erase', 'p-nobody', '--yes'])).errors).toMatch(/no person p-nobody/)
  })

  test('doctor has a line for each check, and says what to do about a bad one', async () => {
    await ownDataFolder()
    const well = await linli(['doctor'])
    expect(well.status).toBe(0)
    expect(well.out).toContain('– bot: none is running on this folder')
    expect(well.out).toContain('✓ bot/texts.yaml can be read')
    process.env['LINLI_PUPPET'] = 'pigeon'
    const ill = await linli(['doctor']).finally(() => delete process.env['LINLI_PUPPET'])
    expect(ill.status).toBe(1)
    expect(ill.out.join('\n')).toMatch(/✗ configuration: LINLI_PUPPET: use sim.*\n {4}mend it in \.env/)
  })

  test('a command without its arguments says which one is missing', async () => {
    const { status, errors } = await linli(['roster', 'add'])
    expect(status).not.toBe(0)
    expect(errors).toMatch(/missing required argument 'name'/)
  })
})

test.each([
  ['18.20.0', 'bad'],
  ['20.18.3', 'bad'],
  ['20.19.0', 'good'],
  ['22.1.0', 'good'],
  ['24.0.0', 'good'],
])('to doctor Node %s is %s', (version, state) => {
  expect(checkNode(version).state).toBe(state)
})
