import { describe, expect, test } from 'vitest'
import { happened, leader, openDesk, openWithLamp, order, resident, ticketNow, worker } from './desk-stage.ts'

describe('staff work from the phone, in the words they would use', () => {
  test.each(['接单 1118-001', '1118-001接单', '接单1118-001', '接单：1118—001', '接单 20261118-001', '接单'])(
    '“%s” takes it, and says back what was understood',
    async (text) => {
      const stage = await openWithLamp()
      expect(await order(stage, worker, text)).toMatch(/已接单：1118-001（.*照明.*）/u)
      expect(happened(stage, 'acknowledged')).toHaveLength(1)
    },
  )

  test.each([
    '办结 1118-001 已更换灯管',
    '1118-001 办结 已更换灯管',
    '办结1118-001，已更换灯管',
    '办结：已更换灯管',
  ])('“%s” is done with its note', async (text) => {
    const stage = await openWithLamp()
    await order(stage, worker, text)
    expect(await ticketNow(stage)).toMatchObject({ state: 'done', note: '已更换灯管' })
  })

  test.each(['接单 1118-001 1118-002', '接单1118-001、1118-002', '1118-001和1118-002接单'])(
    '“%s” takes both',
    async (text) => {
      const stage = await openWithLamp()
      await stage.hear('石女士', '3号楼2单元电梯坏了')
      const said = await order(stage, worker, text)
      expect(said).toMatch(/已接单：1118-001[\s\S]*已接单：1118-002/u)
      expect(happened(stage, 'acknowledged')).toHaveLength(2)
    },
  )

  test('a photo that comes just before 办结 belongs to it', async () => {
    const stage = await openWithLamp()
    await stage.say(worker, '', { group: '', photo: 'after.jpg' })
    await stage.wait(60)
    await order(stage, worker, '办结 1118-001 已更换灯管')
    expect((await ticketNow(stage)).photos.map(({ name }) => name)).toEqual(['after.jpg'])
  })

  test('where the category asks for a photo, 办结 without one is told how to send it', async () => {
    const stage = await openDesk()
    await stage.hear(resident, '楼顶有人搭彩钢房，违建没人管')
    expect(await order(stage, worker, '办结 1118-001 已拆除')).toContain('要附一张办好后的照片')
    expect((await ticketNow(stage)).state).toBe('dispatched')
    await stage.say(worker, '', { group: '', photo: 'after.jpg' })
    await order(stage, worker, '办结 1118-001 已拆除')
    expect((await ticketNow(stage)).state).toBe('done')
  })

  test('a number alone shows the whole ticket in private, and what everybody may read in a group', async () => {
    const stage = await openDesk()
    await stage.hear(resident, '3号楼2单元501楼上漏水，电话13812345678')
    const shown = await order(stage, worker, '1118-001')
    expect(shown).toMatch(/13812345678/u)
    expect(shown).toContain(resident)
    const [inGroup] = await stage.hear(worker, '#1118-001')
    expect(inGroup?.text).not.toMatch(/138|501|马叔/u)
  })

  test('今天的单子 lists what is theirs, the most pressing first', async () => {
    const stage = await openWithLamp()
    await stage.hear('石女士', '3号楼家里停水了，一滴水都没有')
    const list = await order(stage, worker, '今天的单子')
    expect(list).toContain('2张在办')
    expect(list.indexOf('1118-002')).toBeLessThan(list.indexOf('1118-001'))
  })

  test('staff of another place neither see it nor can they change it', async () => {
    const stage = await openWithLamp()
    expect(await order(stage, '别处的人', '工单')).toContain('没有在办的单子')
    expect(await order(stage, '别处的人', '接单 1118-001')).toContain('归物业办')
    expect(happened(stage, 'acknowledged')).toEqual([])
  })

  test('a department works on its own tickets only', async () => {
    const stage = await openWithLamp()
    expect(await order(stage, '林城', '办结 1118-001 已修')).toContain('归物业办')
    expect(await order(stage, '吴业', '办结 1118-001 已修')).toContain('已办结')
  })

  test.each(['接单 1118-999', '办结 0101-001 好了', '延期 1118-777 2天 等配件'])(
    '“%s” names no ticket: a clear answer, nothing changed',
    async (text) => {
      const stage = await openWithLamp()
      const before = stage.events.length
      expect(await order(stage, worker, text)).toContain('没有查到这张单子')
      expect(stage.events).toHaveLength(before)
    },
  )

  test('a resident who says the same words gets one kind sentence', async () => {
    const stage = await openWithLamp()
    for (const text of [
      '#接单 1118-001',
      '#办结 1118-001 好了',
      '#延期 1118-001 2天 等',
      '#吹哨 城管 1118-001',
    ])
      await stage.hear('石女士', text)
    expect(happened(stage, 'acknowledged', 'done', 'extension_asked', 'whistled')).toEqual([])
    expect(stage.saidTo().at(-1)).toContain('工作人员才能用')
  })

  test('staff who meet with a problem themselves are reporters, with photo and place', async () => {
    const stage = await openDesk()
    await stage.say(worker, '', { group: '', photo: 'rubbish.jpg' })
    await order(stage, worker, '5号楼东侧垃圾堆满了，臭得很')
    expect(await ticketNow(stage)).toMatchObject({
      ...{ reporter: `p-${worker}`, category: 'sanitation', group: null },
      photos: [{ name: 'rubbish.jpg' }],
    })
  })

  test('随手记 in the group is taken as a report, too', async () => {
    const stage = await openDesk()
    const [said] = await stage.hear(worker, '#随手记 5号楼东侧垃圾堆满了')
    expect(said?.text).toContain('已登记')
    expect(await ticketNow(stage)).toMatchObject({ reporter: `p-${worker}`, text: '5号楼东侧垃圾堆满了' })
  })

  test('whoever reports and mends it alone is not asked, and cannot make up a satisfied resident', async () => {
    const stage = await openDesk()
    await order(stage, worker, '随手记 5号楼东侧垃圾堆满了')
    await order(stage, worker, '办结 1118-001 清走了')
    expect(await ticketNow(stage)).toMatchObject({ state: 'closed', remark: '自己发现，自己办结' })
    await order(stage, worker, '满意 1118-001')
    expect((await ticketNow(stage)).satisfied).toBeUndefined()
  })

  test('随手记 without words asks for them', async () => {
    const stage = await openDesk()
    expect(await order(stage, worker, '随手记')).toContain('是什么事、在哪里')
    expect(stage.events).toEqual([])
  })

  test('a line that merely begins like a command is none, not even with #', async () => {
    const stage = await openWithLamp()
    for (const line of ['接单的师傅辛苦了', '办结率要抓紧', '完成得很好']) {
      await stage.hear(leader, `#${line}`)
      await order(stage, leader, line)
    }
    expect(happened(stage, 'acknowledged', 'done')).toEqual([])
  })

  test('the help fits one screen of a phone', async () => {
    const stage = await openDesk()
    const help = await order(stage, worker, '帮助')
    expect(help.split('\n').length).toBeLessThanOrEqual(20)
    for (const word of ['接单', '办结', '转', '吹哨', '报到', '延期', '挂起', '退单'])
      expect(help).toContain(word)
  })
})

describe('what is personal leaves the group', () => {
  const quarrel = '3号楼501的老李天天半夜骂人，还往我家门口泼水，邻居之间没法过了'

  test('no name, no room and no detail in any answer of the group', async () => {
    const stage = await openDesk()
    await stage.hear('石女士', quarrel, { mentioned: true })
    const { id, category } = await ticketNow(stage)
    expect(category).toBe('neighbours')
    await stage.hear('石女士', '@小邻 我那个单子怎么样了')
    await order(stage, worker, '接单 1118-001')
    await order(stage, worker, '办结 1118-001 已上门调解，3号楼501老李答应不再骂人')
    await stage.hear('石女士', '@小邻 1118-001办得怎么样')
    expect(id).toBe('20261118-001')
    expect(stage.saidTo().join('\n')).not.toMatch(/老李|501|骂|泼|3号楼|调解/u)
  })

  test('a friend is spoken to in private, also for the follow-up', async () => {
    const stage = await openDesk()
    await stage.hear('石女士', '你好', { group: '' })
    await stage.hear('石女士', quarrel, { mentioned: true })
    expect(stage.toldTo('石女士').at(-1)).toContain('详细情况在这里跟我说')
    await order(stage, worker, '办结 1118-001 已上门调解')
    expect(stage.toldTo('石女士').at(-1)).toMatch(/已上门调解.*满意吗/u)
    expect(stage.saidTo().join()).not.toContain('调解')
  })

  test.each([
    '楼上租户好像在吸毒 6号楼2单元 麻烦来人管管',
    '物业经理王伟贪污维修基金，请查一查',
    '7号楼有人聚众赌博，天天吵到半夜',
  ])('“%s” accuses somebody: whatever its category, it leaves the group', async (text) => {
    const stage = await openDesk()
    const before = stage.saidTo().length
    await stage.hear('石女士', text, { mentioned: true })
    const ticket = await ticketNow(stage)
    expect(ticket.sensitive).toBe(true)
    await order(stage, worker, '办结 1118-001 已经去看过')
    expect(stage.saidTo().slice(before).join()).not.toMatch(/号楼|物业服务|噪声|公安|房管|去看过/u)
  })

  test('who accuses people in office is not sent to their own department', async () => {
    const stage = await openDesk()
    await stage.hear('石女士', '我想举报 城管小李收摊贩的钱', { group: '' })
    expect(await ticketNow(stage)).toMatchObject({ category: 'conduct', department: '纪检' })
  })

  test('a complaint about staff goes to somebody higher, and the grid worker hears nothing of it', async () => {
    const stage = await openDesk()
    const told = stage.toldTo(worker).length
    await stage.hear('石女士', '社区窗口的工作人员态度恶劣，冲老人吼，要投诉他', { mentioned: true })
    expect(await ticketNow(stage)).toMatchObject({ category: 'conduct', assigned: `p-${leader}` })
    expect(await order(stage, worker, '工单')).toContain('没有在办的单子')
    expect(await order(stage, worker, '1118-001')).toContain('没有查到')
    expect(await order(stage, worker, '接单 1118-001')).toContain('没有查到')
    expect(stage.toldTo(worker).slice(told).join()).not.toMatch(/态度|1118-001（/u)
  })

  test('where there is no friendship the grid worker is asked to call', async () => {
    const stage = await openDesk()
    await stage.hear('石女士', quarrel, { mentioned: true })
    expect(stage.toldTo(worker).at(-1)).toMatch(/【请回电】石女士.*1118-001/u)
  })
})
