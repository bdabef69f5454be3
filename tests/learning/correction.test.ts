import { describe, expect, test } from 'vitest'
import { execute } from '../../bot/doors/execute.ts'
import { query } from '../../bot/doors/query.ts'
import { openStage, type Stage } from '../bot/stage.ts'

const operator = { kind: 'operator' } as const

async function openWithWorker(): Promise<Stage> {
  const stage = await openStage()
  await stage.hire('网格员小赵', 'grid_worker')
  return stage
}

describe('staff correct what the bot understood', () => {
  test('with its number a ticket moves to the right category and department at once', async () => {
    const stage = await openWithWorker()
    await stage.hear('石女士', '3号楼2单元的灯不亮了')
    const said = await stage.hear('网格员小赵', '#纠正 1118-001 市容市貌')
    expect(said[0]?.text).toContain('1118-001改为：市容市貌')
    expect(stage.eventTypes).toEqual(['opened', 'dispatched', 'amended'])
    const [ticket] = await stage.all('tickets')
    expect(ticket).toMatchObject({ category: 'streetscape', department: '城管' })
    expect(await stage.all('corrections')).toMatchObject([
      {
        text: '3号楼2单元的灯不亮了',
        was: { intent: 'complaint', category: 'facilities' },
        right: { intent: 'complaint', category: 'streetscape' },
        ticket: ticket?.id,
        state: 'valid',
      },
    ])
  })

  test('its place is put right too', async () => {
    const stage = await openWithWorker()
    await stage.hear('石女士', '3号楼的灯不亮了')
    await stage.hear('网格员小赵', '#纠正 1118-001 地点 5号楼1单元')
    expect((await stage.all('tickets'))[0]?.place).toMatchObject({ building: '5', unit: '1' })
  })

  test('without a number the last answer in the group is meant, all lines of that breath', async () => {
    const stage = await openWithWorker()
    await stage.say('石女士', '居民医保')
    await stage.hear('石女士', '怎么交')
    await stage.hear('小谢', '今天的菜真新鲜')
    await stage.hear('网格员小赵', '#纠正 闲聊')
    expect(await stage.all('corrections')).toMatchObject([
      { text: '居民医保\n怎么交', was: { intent: 'policy' }, right: { intent: 'chatter' } },
    ])
  })

  test('a line that was missed is quoted behind a colon; phone numbers in it are masked', async () => {
    const stage = await openWithWorker()
    await stage.hear('网格员小赵', '纠正 公共设施：楼下的铁门关不上，电话13800138000', { group: '' })
    const [correction] = await stage.all('corrections')
    expect(correction).toMatchObject({ right: { intent: 'complaint', category: 'facilities' }, person: null })
    expect(correction?.text).not.toContain('13800138000')
  })

  test('words that name nothing get an example, and nothing is kept', async () => {
    const stage = await openWithWorker()
    const said = await stage.hear('网格员小赵', '#纠正 不太对劲')
    expect(said[0]?.text).toContain('类别有')
    expect(await stage.hear('网格员小赵', '#纠正 闲聊')).toMatchObject([
      { text: expect.stringContaining('没找到') },
    ])
    expect(await stage.all('corrections')).toEqual([])
  })

  test('a resident corrects nothing, whatever they write', async () => {
    const stage = await openStage()
    await stage.hear('石女士', '3号楼2单元的灯不亮了')
    await stage.hear('路人', '@小邻 #纠正 1118-001 闲聊')
    expect(await stage.all('corrections')).toEqual([])
  })

  test('a correction that was a mistake is withdrawn and stays on record; erasing the speaker takes it away', async () => {
    const stage = await openWithWorker()
    await stage.hear('石女士', '3号楼2单元的灯不亮了')
    await stage.hear('网格员小赵', '#纠正 1118-001 市容市貌')
    const [correction] = await stage.all('corrections')
    await execute(stage.house, operator, 'c1', { type: 'correction.withdraw', correction: correction?.id })
    expect(await query(stage.house, operator, { type: 'corrections' })).toMatchObject([
      { state: 'withdrawn' },
    ])
    await execute(stage.house, operator, 'c2', { type: 'person.erase', person: correction?.person })
    expect(await stage.all('corrections')).toEqual([])
  })

  test('a wrong answer goes on the list; what staff answer is said to the next who asks', async () => {
    const stage = await openWithWorker()
    await stage.hear('小谢', '居民医保怎么交')
    const [noted] = await stage.hear('网格员小赵', '#纠正 答错了')
    expect(noted?.text).toContain('回答 Q1')
    await stage.hear('网格员小赵', '#回答 Q1 今年改在社区二楼大厅交，带身份证')
    await stage.wait(3600)
    const [answer] = await stage.hear('石女士', '居民医保怎么交')
    expect(answer?.text).toContain('社区二楼大厅')
  })
})
