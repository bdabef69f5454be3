import { describe, expect, test } from 'vitest'
import type { Stage } from '../stage.ts'
import { happened, leader, openDesk, openWithLamp, order, resident, ticketNow, worker } from './desk-stage.ts'

const second = '20261118-002'

/** The lamp at the south gate is 1118-001, the lift of 3号楼 1118-002. */
async function openWithTwo(): Promise<Stage> {
  const stage = await openWithLamp()
  await stage.hear('石女士', '3号楼2单元电梯坏了')
  return stage
}

describe('orders as they are typed in a hurry', () => {
  test.each([
    '接单002',
    '接单 002',
    '002接单',
    '接单1118002',
    '接1118-002',
    '我来 1118-002',
    '电梯那个我接',
    '接单3号楼',
    '接单 3号楼的电梯 马上去',
    '3号楼电梯我来办',
    '我去处理3号楼的电梯',
    '接 2',
  ])('“%s” takes the lift', async (text) => {
    const stage = await openWithTwo()
    expect(await order(stage, worker, text)).toContain('已接单：1118-002')
    expect(happened(stage, 'acknowledged')).toHaveLength(1)
  })

  test.each([
    ['02办好了，已清运', '已清运'],
    ['1118-002 疏通完毕 办结', '疏通完毕'],
    ['1118002办结换了门机', '换了门机'],
    ['办结 002 换了门机', '换了门机'],
    ['1118-002 搞定了', '搞定了'],
    ['已办结 1118-002 拉走了', '拉走了'],
    ['修好了 1118-002', '修好了'],
    ['1118-002 已换门机', '已换门机'],
    ['电梯的办好了 换了门机', '换了门机'],
    ['电梯修好了', '电梯修好了'],
    ['办结 电梯换了门机', '电梯换了门机'],
  ])('“%s” is done, with the note %s', async (text, note) => {
    const stage = await openWithTwo()
    await order(stage, worker, text)
    expect(await ticketNow(stage, second)).toMatchObject({ state: 'done', note })
    expect((await ticketNow(stage)).state).toBe('dispatched')
  })

  test('办好了 without a note is asked for one, with the number of the one that fits', async () => {
    const stage = await openWithLamp()
    expect(await order(stage, worker, '办好了')).toContain('办结 1118-001 已更换灯管')
    expect((await ticketNow(stage)).state).toBe('dispatched')
  })

  test('接单 with two endings takes both', async () => {
    const stage = await openWithTwo()
    const said = await order(stage, worker, '接单 001 002')
    expect(said).toMatch(/已接单：1118-001[\s\S]*已接单：1118-002/u)
  })

  test('办结 with two numbers ends both, and neither note names the other', async () => {
    const stage = await openWithTwo()
    await order(stage, worker, '办结 1118-001 1118-002 都修好了')
    expect(await ticketNow(stage)).toMatchObject({ state: 'done', note: '都修好了' })
    expect(await ticketNow(stage, second)).toMatchObject({ state: 'done', note: '都修好了' })
  })

  test.each([
    ['001办好了，换了灯管', '02办好了，换了门机'],
    ['办结 1118-001 换了灯管', '002办好了，换了门机'],
  ])('“%s” and “%s” in one breath keep their own notes', async (one, other) => {
    const stage = await openWithTwo()
    await stage.say(worker, one, { group: '' })
    await stage.wait(1)
    await order(stage, worker, other)
    expect(await ticketNow(stage)).toMatchObject({ state: 'done', note: '换了灯管' })
    expect(await ticketNow(stage, second)).toMatchObject({ state: 'done', note: '换了门机' })
  })

  test('an ending that nothing has is told, and changes nothing', async () => {
    const stage = await openWithTwo()
    expect(await order(stage, worker, '接单 007')).toContain('没有查到这张单子')
    expect(happened(stage, 'acknowledged')).toEqual([])
  })

  test('an ending that two open tickets of other days have is asked about', async () => {
    const stage = await openWithLamp()
    await stage.wait(24 * 3600)
    await stage.hear('石女士', '3号楼2单元电梯坏了')
    await stage.wait(24 * 3600)
    expect(await order(stage, worker, '接单001')).toMatch(
      /1\. 1118-001[\s\S]*2\. 1119-001|1\. 1119-001[\s\S]*2\. 1118-001/u,
    )
    expect(await order(stage, worker, '1')).toContain('已接单')
    expect(happened(stage, 'acknowledged')).toHaveLength(1)
  })

  test('延期两天 and 转 somebody need no space and no number', async () => {
    const stage = await openWithLamp()
    expect(await order(stage, worker, '延期两天 等配件')).toContain('申请延期2个工作日')
    expect(await order(stage, worker, '转张三')).toMatch(/没认出.*转城管 1118-001.*部门有/u)
    expect(await order(stage, worker, '转孙丽')).toContain('转给物业 孙丽')
  })

  test.each(['这个转城管', '交给城管', '南门的灯转城管', '001转城管', '1118-001 给城管吧'])(
    '“%s” hands the lamp on, and opens nothing new',
    async (text) => {
      const stage = await openWithLamp()
      expect(await order(stage, worker, text)).toContain('转给城管 林城')
      expect(await stage.all('tickets')).toHaveLength(1)
    },
  )

  test.each(['001', '看001', '1118001', '单子001'])('“%s” shows the ticket', async (text) => {
    const stage = await openWithLamp()
    expect(await order(stage, worker, text)).toContain('单号1118-001　')
  })

  test('到了 is 报到 for whoever was whistled for, and nothing for others', async () => {
    const stage = await openWithLamp()
    expect(await order(stage, '林城', '到了')).toBe('')
    await order(stage, worker, '吹哨 城管 1118-001')
    expect(await order(stage, '林城', '到了')).toContain('城管已报到')
  })

  test('a volunteer may be in a hurry, too, and has no more orders for it', async () => {
    const stage = await openDesk()
    await stage.hire('钱楼长', 'building_leader', { places: ['huaiyin'] })
    await stage.hear(resident, '3号楼楼下垃圾堆了好几天没人清')
    await order(stage, '钱楼长', '转城管 001')
    expect(happened(stage, 'reassigned')).toEqual([])
    expect(await order(stage, '钱楼长', '接单001')).toContain('已接单：1118-001')
    expect(await order(stage, '钱楼长', '001办好了，叫人清走了')).toContain('已办结')
  })

  test('in a group it needs a # or a mention, and a resident has none of it', async () => {
    const stage = await openWithLamp()
    await stage.hear(worker, '电梯那个我接，接单001')
    await stage.hear('石女士', '#接单001')
    await order(stage, '石女士', '接单001')
    expect(happened(stage, 'acknowledged')).toEqual([])
    const [said] = await stage.hear(worker, '#接单001')
    expect(said?.text).toContain('已接单：1118-001')
  })

  test.each([
    '路灯还没修好',
    '灯修好了吗',
    '什么时候修好',
    '明天能修好',
    '转发一下',
    '我来接孩子',
    '解决了就好',
    '2',
  ])('“%s” is no order', async (text) => {
    const stage = await openWithLamp()
    await order(stage, worker, text)
    expect(happened(stage, 'acknowledged', 'done', 'reassigned')).toEqual([])
  })
})

describe('the lines of a list have numbers that can be said', () => {
  test('工单 numbers them, and 第二个, 接 2 and 2 speak of the second', async () => {
    const stage = await openWithTwo()
    const list = (await order(stage, worker, '工单')).split('\n')
    expect(list[2]).toMatch(/^2\. /u)
    const number = /\d{4}-\d{3}/u.exec(list[2] ?? '')?.[0]
    expect(await order(stage, worker, '第二个')).toContain(`单号${number}　`)
    expect(await order(stage, worker, '2')).toContain(`单号${number}　`)
    expect(await order(stage, worker, '接 2')).toContain(`已接单：${number}`)
    expect(await order(stage, worker, '第二个办好了，换了门机')).toContain(`已办结：${number}`)
  })

  test('after a question which one is meant, the number of its line is the answer', async () => {
    const stage = await openWithTwo()
    const asked = (await order(stage, worker, '办结 都弄好了')).split('\n')
    const number = /\d{4}-\d{3}/u.exec(asked[2] ?? '')?.[0]
    expect(await order(stage, worker, '第二个')).toContain(`已办结：${number}`)
    expect((await ticketNow(stage, `2026${number}`)).note).toBe('都弄好了')
    expect(happened(stage, 'done')).toHaveLength(1)
  })

  test('a line that the list does not have is told', async () => {
    const stage = await openWithTwo()
    await order(stage, worker, '工单')
    expect(await order(stage, worker, '接 5')).toContain('只有2行')
    expect(happened(stage, 'acknowledged')).toEqual([])
  })

  test('ten minutes later the list is forgotten', async () => {
    const stage = await openWithTwo()
    await order(stage, worker, '工单')
    await stage.wait(11 * 60)
    expect(await order(stage, worker, '2')).toBe('')
    expect(await order(stage, worker, '第二个')).toContain('说“工单”可以看清单')
  })

  test('private matters are told apart in private, and stay hidden in a group', async () => {
    const stage = await openDesk()
    await stage.hear('石女士', '3号楼501的老李天天半夜骂人，还往我家门口泼水，邻居之间没法过了', {
      mentioned: true,
    })
    expect(await order(stage, worker, '工单')).toMatch(/1118-001.*（11月18日反映）/u)
    expect(await order(stage, worker, '工单')).not.toContain('私下办的事')
    const [said] = await stage.hear(worker, '#工单')
    expect(said?.text).toContain('一件私下办的事')
  })
})

describe('what cannot be read is answered with how it is said', () => {
  test.each([
    ['怎么延期', '延期 1118-001 2天 等配件'],
    ['延期怎么弄', '延期 1118-001 2天 等配件'],
    ['怎么转派', '转城管 1118-001'],
    ['不归我们管', '退单 1118-001'],
    ['接单这个那个的一堆', '接单 1118-001'],
    ['配件没到先挂起', '挂起 1118-001 等配件 到11月25日'],
    ['销号 1118-001', '只有居民回“满意”才销号'],
    ['督办', '眼下没有上报给您的单子'],
    ['我是城管的', '名册里您是网格员'],
  ])('“%s” is answered with %s, and changes nothing', async (text, hint) => {
    const stage = await openWithLamp()
    const before = stage.events.length
    expect(await order(stage, worker, text)).toContain(hint)
    expect(stage.events).toHaveLength(before)
  })

  test('a question of theirs about anything else is answered like everybody’s', async () => {
    const stage = await openWithLamp()
    expect(await order(stage, worker, '报到需要什么材料')).not.toContain('报到 1118-001')
  })

  test.each(['办结 换了灯管', '办结 1118-001 换了灯管'])(
    '“%s” of what is on hold is told to say 恢复 first',
    async (text) => {
      const stage = await openWithLamp()
      await order(stage, worker, '挂起 1118-001 等配件 到11月25日')
      expect(await order(stage, worker, text)).toContain('单号1118-001挂起着，先说“恢复 1118-001”')
      expect(await order(stage, leader, '不受理 不归小区')).toContain('先说“恢复 1118-001”')
      expect((await ticketNow(stage)).state).toBe('on_hold')
    },
  )
})
