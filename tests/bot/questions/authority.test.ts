import { describe, expect, test } from 'vitest'
import type { Role } from '../../../bot/documents.ts'
import { execute } from '../../../bot/doors/execute.ts'
import { defaultGroup, type Stage } from '../stage.ts'
import { hours, openWithWorker, operator, pigeons, rows } from './asking.ts'

/** A street with two communities; the group and its question belong to 槐荫社区. */
const places = [
  { id: 'street', name: '槐树街道', kind: 'street', parent: null },
  { id: 'here', name: '槐荫社区', kind: 'community', parent: 'street' },
  { id: 'here-1', name: '一网格', kind: 'grid', parent: 'here' },
  { id: 'here-2', name: '二网格', kind: 'grid', parent: 'here' },
  { id: 'there', name: '桂花社区', kind: 'community', parent: 'street' },
  { id: 'there-1', name: '一网格', kind: 'grid', parent: 'there' },
] as const

const who = '网格员小李'

async function openIn(bound: readonly string[], role: Role, at: readonly string[]): Promise<Stage> {
  const stage = await openWithWorker()
  for (const place of places) await stage.put('places', place)
  await stage.hear('小谢', '大家早')
  await stage.change('groups', (await stage.groupNamed(defaultGroup)).id, { places: bound })
  await stage.hear('小谢', pigeons)
  await stage.hire(who, role)
  await stage.change('people', `p-${who}`, { places: at })
  return stage
}

describe('who may decide about a question of 槐荫社区', () => {
  const table: readonly [role: Role, at: readonly string[], may: boolean, why: string][] = [
    ['grid_worker', [], true, 'answers for everything'],
    ['grid_worker', ['here-1'], true, 'the grid of the group'],
    ['grid_worker', ['here-2'], true, 'another grid of the community'],
    ['grid_leader', ['here'], true, 'the community'],
    ['grid_leader', ['street'], true, 'the street above it'],
    ['grid_worker', ['there-1', 'here-2'], true, 'one of two'],
    ['grid_worker', ['there-1'], false, 'a grid elsewhere'],
    ['grid_leader', ['there'], false, 'another community'],
    ['admin', ['there'], true, 'admins may everywhere'],
    ['resident', ['here'], false, 'no member of staff'],
  ]
  const orders = [`回答 Q1 ${hours}`, '忽略 Q1', '改答 Q1 不用办证。', '撤答 Q1'] as const

  describe.each(table)('%s of %j: %s, %s', (role, at, may) => {
    test.each(orders)('%s', async (order) => {
      const stage = await openIn(['here-1'], role, at)
      if (/^[改撤]/u.test(order))
        await execute(stage.house, operator, 'first', {
          type: 'question.answer',
          question: 'Q1',
          text: hours,
        })
      await stage.wait(60)
      const before = JSON.stringify([await stage.all('questionTopics'), await stage.all('staffAnswers')])
      const said = await stage.hear(who, order, { group: '' })
      const after = JSON.stringify([await stage.all('questionTopics'), await stage.all('staffAnswers')])
      expect(after === before).toBe(!may)
      if (may) return
      const refused = role === 'resident' ? /工作人员才能用/u : /Q1是槐荫社区的问题，要由那里的工作人员来定/u
      expect(said.map(({ text }) => text)).toEqual([expect.stringMatching(refused)])
      // what was answered there is not told, either
      expect(said[0]?.text).not.toContain('0371')
    })
  })

  test('the door refuses, too', async () => {
    const stage = await openIn(['here-1'], 'grid_worker', ['there-1'])
    const actor = { kind: 'person', id: `p-${who}` } as const
    const command = { type: 'question.answer', question: 'Q1', text: hours }
    await expect(execute(stage.house, actor, 'one', command)).rejects.toMatchObject({
      code: 'authority',
      message: expect.stringContaining('槐荫社区'),
    })
  })

  test.each([
    ['grid_worker', ['here-1'], false],
    ['grid_leader', ['street'], false],
    ['grid_worker', [], true],
    ['admin', ['here'], true],
  ] as const)('%s of %j may answer for all communities: %s', async (role, at, may) => {
    const stage = await openIn(['here-1'], role, at)
    const [said] = await stage.hear(who, `回答 Q1 全区 ${hours}`, { group: '' })
    expect(await stage.all('staffAnswers')).toHaveLength(may ? 1 : 0)
    if (!may) expect(said?.text).toMatch(/去掉“全区”/u)
  })

  test('an answer that holds in all communities is not changed by one of them', async () => {
    const stage = await openIn(['here-1'], 'grid_worker', ['here-1'])
    const everywhere = { type: 'question.answer', question: 'Q1', text: hours, everywhere: true }
    await execute(stage.house, operator, 'first', everywhere)
    await stage.wait(60)
    for (const order of ['撤答 Q1', '改答 Q1 不用办证。']) {
      const [said] = await stage.hear(who, order, { group: '' })
      expect(said?.text).toMatch(/全区.*管理员/u)
    }
    expect(await stage.all('staffAnswers')).toMatchObject([{ state: 'valid' }])
  })

  test('a question of no known community is anybody’s', async () => {
    const stage = await openIn([], 'grid_worker', ['there-1'])
    const [said] = await stage.hear(who, `回答 Q1 ${hours}`, { group: '' })
    expect(said?.text).toContain('Q1已答复')
    expect(await rows(stage)).toEqual([])
  })
})
