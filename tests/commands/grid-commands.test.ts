import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { linli, ownDataFolder } from './terminal.ts'

async function rowsOf(...words: string[]): Promise<readonly Readonly<Record<string, unknown>>[]> {
  return (await linli([...words, '--json'])).out.map((line) => JSON.parse(line))
}

describe('tags of a group', () => {
  test('are given and taken by name, also by another word for them', async () => {
    await ownDataFolder()
    await linli(['group', 'bind', '幸福里', '--tag', '业主'])
    expect((await linli(['group', 'tag', '幸福里', '+商户', '-业主群'])).out).toEqual([
      '幸福里 has the tags 商户群',
    ])
    expect((await linli(['group', 'tag', '幸福里', '-商户群'])).out).toEqual(['幸福里 has the tags none'])
  })

  test('that nobody knows are refused with those that are, and the likeliest', async () => {
    await ownDataFolder()
    await linli(['group', 'bind', '幸福里'])
    const refused = await linli(['group', 'tag', '幸福里', '+业主裙'])
    expect(refused.errors).toMatch(
      /no tag 业主裙: likely 业主群; known are 业主群, 商户群, 志愿者群, 网格员群/u,
    )
    expect((await linli(['group', 'bind', '另一个', '--tag', '天文群'])).errors).toMatch(
      /no tag 天文群: .*known are/u,
    )
    expect(await rowsOf('group', 'list')).toMatchObject([{ name: '幸福里', tags: [] }])
    expect((await linli(['group', 'tag', '幸福', '+业主群'])).errors).toMatch(
      /no group 幸福 \(likely 幸福里\)/u,
    )
  })

  test('are those of the community, when it has its own list', async () => {
    const folder = await ownDataFolder()
    await mkdir(join(folder, 'data/settings'), { recursive: true })
    const skills = 'skills: { patrol: [巡逻], service: [帮忙], mediation: [说和] }'
    await writeFile(join(folder, 'data/settings/grid.yaml'), `tags: [{ name: 党员群 }]\n${skills}\n`)
    expect((await linli(['group', 'bind', '一群', '--tag', '党员群'])).status).toBe(0)
    expect((await linli(['group', 'tag', '一群', '+业主群'])).errors).toMatch(/known are 党员群/u)
    await writeFile(
      join(folder, 'data/settings/grid.yaml'),
      `tags: [{ name: 甲 }, { name: 甲 }]\n${skills}\n`,
    )
    expect((await linli(['doctor'])).out.join('\n')).toMatch(/✗ .*grid.yaml: .*甲 stands there twice/u)
  })
})

describe('somebody who is on the roster', () => {
  test('gets another role, places, skills and department without a new code', async () => {
    await ownDataFolder()
    await linli(['place', 'add', '一网格', 'grid'])
    const [, told = ''] = (await linli(['roster', 'add', '钱勇', 'volunteer', '--skill', '调解'])).out
    const id = /p-\w+/u.exec(told)?.[0] ?? ''
    const changed = await linli([
      'roster',
      'set',
      id,
      '--place',
      '一网格',
      '--skill',
      'patrol',
      '--skill',
      '服务',
    ])
    expect(changed.out).toEqual([`钱勇 (${id}) is volunteer now`])
    expect(await rowsOf('roster', 'list')).toMatchObject([
      { places: [expect.stringMatching(/^place-/u)], skills: ['patrol', 'service'] },
    ])
    await linli([
      'roster',
      'set',
      id,
      '--role',
      'department',
      '--department',
      '城管',
      '--without-skills',
      '--everywhere',
    ])
    const [person] = await rowsOf('roster', 'list')
    expect(person).toMatchObject({ role: 'department', department: '城管', places: [] })
    expect(person).not.toHaveProperty('skills')
    await linli(['roster', 'set', id, '--no-department', '--role', 'grid_worker'])
    expect((await rowsOf('roster', 'list'))[0]).not.toHaveProperty('department')
  })

  test('is not changed by a wish for nothing, an unknown place, skill or id', async () => {
    await ownDataFolder()
    const [, told = ''] = (await linli(['roster', 'add', '钱勇', 'volunteer'])).out
    const id = /p-\w+/u.exec(told)?.[0] ?? ''
    expect((await linli(['roster', 'set', id])).errors).toMatch(/expected what to change/u)
    expect((await linli(['roster', 'set', id, '--place', '月球'])).errors).toMatch(/no place 月球/u)
    expect((await linli(['roster', 'set', id, '--skill', '跳舞'])).errors).toMatch(
      /one of patrol, service, mediation/u,
    )
    expect((await linli(['roster', 'set', 'p-nobody', '--role', 'admin'])).errors).toMatch(
      /no person p-nobody/u,
    )
  })

  test('gets another one-time code for a new phone', async () => {
    await ownDataFolder()
    const [first, told = ''] = (await linli(['roster', 'add', '钱勇', 'grid_worker'])).out
    const [second] = (await linli(['roster', 'code', /p-\w+/u.exec(told)?.[0] ?? ''])).out
    expect(second).toMatch(/^LL-[2-9A-Y]{8}$/u)
    expect(second).not.toBe(first)
  })
})

describe('grid show', () => {
  test('is a tree with groups and staff, and says what nobody looks after; doctor says it as well', async () => {
    await ownDataFolder()
    await linli(['place', 'add', '幸福里社区', 'community'])
    for (const grid of ['一网格', '二网格'])
      await linli(['place', 'add', grid, 'grid', '--under', '幸福里社区'])
    await linli(['roster', 'add', '赵敏', 'grid_worker', '--place', '一网格'])
    await linli(['group', 'bind', '一网格业主群', '--place', '一网格', '--tag', '业主群'])
    await linli(['group', 'bind', '没人管的群'])
    const { out } = await linli(['grid', 'show'])
    expect(out).toEqual([
      '幸福里社区 (社区)  1 group, 0 people',
      '  二网格 (网格)  no group',
      '  一网格 (网格)  1 group, 0 people; 网格员 赵敏',
      'altogether 2 groups with 0 people, and 1 on the roster',
      'places without a grid worker, there or above: 1 (二网格)',
      'groups without a place: 1 (没人管的群)',
      'groups without a tag: 1 (没人管的群)',
      'groups that wait for their code: 2 (没人管的群、一网格业主群)',
      'people on the roster who have not said their code yet: 1 (赵敏)',
    ])
    const told = (await linli(['doctor'])).out
    expect(told).toContain('– grid: places without a grid worker, there or above: 1 (二网格)')
    const part = (await linli(['grid', 'show', '--place', '一网格'])).out
    expect(part[1]).toBe('altogether 1 group with 0 people, and 1 on the roster')
  })
})
