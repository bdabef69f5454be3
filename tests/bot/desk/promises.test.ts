import { describe, expect, test } from 'vitest'
import { instant } from '../stage.ts'
import {
  chief,
  happened,
  lamp,
  leader,
  openWithLamp,
  order,
  resident,
  ticketNow,
  until,
  worker,
} from './desk-stage.ts'

describe('延期: more time is asked for before the deadline, and given by an admin', () => {
  test('asked, approved, and the resident hears the new promise and why', async () => {
    const stage = await openWithLamp()
    expect(await order(stage, worker, '延期 1118-001 2天 等配件')).toMatch(
      /申请延期2个工作日.*11月23日18:00到期/u,
    )
    expect(stage.toldTo(chief).at(-1)).toMatch(/赵强.*1118-001.*延期2个工作日：等配件.*同意 1118-001/u)
    expect((await ticketNow(stage)).deadline).toBe(instant('2026-11-23 18:00'))
    expect(await order(stage, chief, '同意')).toContain('延到11月25日18:00')
    expect((await ticketNow(stage)).deadline).toBe(instant('2026-11-25 18:00'))
    expect(stage.saidTo().at(-1)).toMatch(/要多花几天：等配件.*11月25日18:00/u)
    expect(stage.toldTo(worker).at(-1)).toContain('同意延期')
  })

  test('refused: the promise stands, and whoever asked hears why', async () => {
    const stage = await openWithLamp()
    await order(stage, worker, '1118-001 延期 3天 忙不过来')
    await order(stage, chief, '不同意 1118-001 配件有现货')
    expect((await ticketNow(stage)).deadline).toBe(instant('2026-11-23 18:00'))
    expect(stage.toldTo(worker).at(-1)).toMatch(/不延期：配件有现货/u)
  })

  test('refused without a word: the sentence is whole all the same', async () => {
    const stage = await openWithLamp()
    await order(stage, worker, '延期 1118-001 3天 忙不过来')
    await order(stage, chief, '不同意 1118-001')
    expect(stage.toldTo(worker).at(-1)).toContain('不延期：请按原来的日子办。期限还是11月23日18:00。')
  })

  test('nobody below an admin approves it, not even whoever asked', async () => {
    const stage = await openWithLamp()
    await order(stage, worker, '延期 1118-001 2天 等配件')
    expect(await order(stage, worker, '同意 1118-001')).toContain('要管理员来定')
    expect(await order(stage, leader, '同意 1118-001')).toContain('要管理员来定')
    expect(happened(stage, 'extended')).toEqual([])
  })

  test('after the deadline it is too late to ask', async () => {
    const stage = await openWithLamp()
    await until(stage, '2026-11-24 09:00')
    expect(await order(stage, worker, '延期 1118-001 2天 等配件')).toContain('过了期限')
    expect(happened(stage, 'extension_asked')).toEqual([])
  })

  test.each(['延期 1118-001', '延期 1118-001 2天', '延期 1118-001 等配件'])(
    '“%s” is answered with an example of what is missing',
    async (text) => {
      const stage = await openWithLamp()
      expect(await order(stage, worker, text)).toContain('延期 1118-001 2天 等配件')
      expect(happened(stage, 'extension_asked')).toEqual([])
    },
  )
})

describe('挂起: while a ticket waits for something its time stands still', () => {
  test('with a reason and a day, told to the group, and going on by itself', async () => {
    const stage = await openWithLamp()
    expect(await order(stage, worker, '挂起 1118-001 等厂家配件 到11月25日')).toContain('11月25日接着办')
    expect((await ticketNow(stage)).state).toBe('on_hold')
    expect(stage.saidTo().at(-1)).toMatch(/要等一等：等厂家配件.*11月25日接着办/u)
    await until(stage, '2026-11-25 09:01')
    const ticket = await ticketNow(stage)
    // almost the whole of its three days and nine hours of the first was left
    expect(ticket).toMatchObject({ state: 'dispatched', deadline: expect.any(Number) })
    expect(ticket.deadline).toBeGreaterThan(instant('2026-11-27 18:00'))
    expect(stage.toldTo(worker).at(-1)).toContain('挂起的日子到了')
  })

  test('is no way around an extension: what is late waits only with an admin’s word', async () => {
    const stage = await openWithLamp()
    await until(stage, '2026-11-24 09:00')
    expect(await order(stage, worker, '挂起 1118-001 等配件 到12月1日')).toContain('要挂起请管理员来说')
    expect((await ticketNow(stage)).state).toBe('dispatched')
    await order(stage, chief, '挂起 1118-001 等配件 到12月1日')
    expect((await ticketNow(stage)).state).toBe('on_hold')
  })

  test('lasts no longer in all because it is done twice', async () => {
    const stage = await openWithLamp()
    await order(stage, worker, '挂起 1118-001 等配件 到2027-01-17')
    await until(stage, '2027-01-17 09:05')
    expect(await order(stage, worker, '挂起 1118-001 等领导 到2027-03-01')).toContain('最多90天')
  })

  test('恢复 ends it before its day', async () => {
    const stage = await openWithLamp()
    await order(stage, worker, '挂起 1118-001 等配件 到下周三')
    expect(await order(stage, worker, '恢复 1118-001')).toContain('接着办')
    expect((await ticketNow(stage)).state).toBe('dispatched')
    await until(stage, '2026-11-26 12:00')
    expect(happened(stage, 'resumed')).toHaveLength(1)
  })

  test.each([
    ['挂起 1118-001 等配件', '到11月25日'],
    ['挂起 1118-001 到11月25日', '挂起 1118-001 等配件'],
    ['挂起 1118-001 等配件 到11月17日', '今天以后的日子'],
    ['挂起 1118-001 等配件 到2027-08-01', '最多90天'],
  ])('“%s” changes nothing, and is answered with %s', async (text, hint) => {
    const stage = await openWithLamp()
    expect(await order(stage, worker, text)).toContain(hint)
    expect((await ticketNow(stage)).state).toBe('dispatched')
  })
})

describe('不受理: declined only by a leader, with a reason that the resident is told', () => {
  test('and whoever disagrees is heard by somebody higher', async () => {
    const stage = await openWithLamp()
    expect(await order(stage, worker, '不受理 1118-001 路段不归小区')).toContain('要网格长来定')
    expect(await order(stage, leader, '不受理 1118-001')).toContain('请写不受理的原因')
    await order(stage, leader, '不受理 1118-001 路段不归小区')
    expect(stage.saidTo().at(-1)).toMatch(/没能受理：路段不归小区.*不满意 1118-001/u)
    await stage.hear(resident, '不满意 1118-001')
    expect(stage.saidTo().at(-1)).toContain('请负责人再看看')
    expect(stage.toldTo(chief).at(-1)).toContain('【异议】单号1118-001')
    expect((await ticketNow(stage)).satisfied).toBe(false)
    expect(await order(stage, leader, '重办 1118-001')).toContain('要管理员来定')
    expect(await order(stage, chief, '重办 1118-001 灯是小区的')).toContain('接着办')
    expect((await ticketNow(stage)).state).toBe('dispatched')
    expect(stage.toldTo(worker).at(-1)).toContain('灯是小区的')
  })
})

describe('回访: nothing is closed behind a resident’s back', () => {
  test('satisfied closes it', async () => {
    const stage = await openWithLamp()
    await order(stage, worker, '办结 1118-001 已更换灯管')
    expect((await ticketNow(stage)).state).toBe('done')
    await stage.hear(resident, '满意')
    expect(await ticketNow(stage)).toMatchObject({ state: 'closed', satisfied: true, remark: '满意' })
  })

  test('not satisfied opens it again, sooner due, and one level higher each time', async () => {
    const stage = await openWithLamp()
    await order(stage, worker, '办结 1118-001 已更换灯管')
    await stage.hear(resident, '不满意，还是不亮')
    expect(await ticketNow(stage)).toMatchObject({
      ...{ state: 'dispatched', reopenings: 1, escalation: 1 },
      deadline: instant('2026-11-19 18:00'),
    })
    expect(stage.toldTo(leader).at(-1)).toContain('【不满意】')
    await order(stage, worker, '办结 1118-001 又换了一次')
    await stage.hear(resident, '不满意，晚上又灭了')
    expect((await ticketNow(stage)).escalation).toBe(2)
    expect(stage.toldTo(chief).at(-1)).toContain('【不满意】')
  })

  test('no answer within two working days closes it with that remark, and not before', async () => {
    const stage = await openWithLamp()
    await order(stage, worker, '办结 1118-001 已更换灯管')
    await until(stage, '2026-11-20 17:59')
    expect((await ticketNow(stage)).state).toBe('done')
    await until(stage, '2026-11-20 18:01')
    expect(await ticketNow(stage)).toMatchObject({ state: 'closed', remark: '2个工作日没有回复，自动销号' })
  })

  test('after that somebody who finds it still broken opens it again', async () => {
    const stage = await openWithLamp()
    await order(stage, worker, '办结 1118-001 已更换灯管')
    await until(stage, '2026-11-23 10:00')
    await stage.hear(resident, '不满意，路灯还是不亮')
    expect((await ticketNow(stage)).state).toBe('dispatched')
  })

  test('a supporter who is satisfied does not speak for whoever reported; one who is not, does', async () => {
    const stage = await openWithLamp()
    await stage.hear('石女士', '我家也是')
    await order(stage, worker, '办结 1118-001 已更换灯管')
    await stage.hear('石女士', '满意')
    expect((await ticketNow(stage)).state).toBe('done')
    await stage.hear(resident, '满意')
    expect((await ticketNow(stage)).state).toBe('closed')
    await stage.hear('石女士', '不满意，又不亮了')
    expect((await ticketNow(stage)).state).toBe('dispatched')
  })

  test('whoever joined in from another group, or in private, hears of the end there', async () => {
    const stage = await openWithLamp()
    await stage.hear('石女士', '大家好', { group: '槐荫西区群' })
    await stage.change('groups', (await stage.groupNamed('槐荫西区群')).id, { places: ['huaiyin'] })
    await stage.hear('石女士', lamp, { group: '槐荫西区群' })
    await stage.hear('白大爷', '大家好')
    await stage.hear('白大爷', lamp, { group: '' })
    expect((await ticketNow(stage)).supporters).toHaveLength(2)
    await order(stage, worker, '办结 1118-001 已更换灯管')
    expect(stage.saidTo('槐荫西区群').at(-1)).toMatch(/已更换灯管.*满意吗/u)
    expect(stage.toldTo('白大爷').at(-1)).toMatch(/已更换灯管.*满意吗/u)
    expect(stage.saidTo().at(-1)).toMatch(/已更换灯管.*满意吗/u)
  })

  test('staff cannot close what residents wait for, whatever they say', async () => {
    const stage = await openWithLamp()
    await order(stage, worker, '办结 1118-001 已更换灯管')
    await order(stage, worker, '满意 1118-001')
    await order(stage, chief, '关闭 1118-001')
    expect((await ticketNow(stage)).state).toBe('done')
  })
})
