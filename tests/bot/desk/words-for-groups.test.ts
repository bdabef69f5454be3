import { describe, expect, test } from 'vitest'
import {
  chief,
  happened,
  leader,
  openDesk,
  openWithLamp,
  order,
  resident,
  ticketNow,
  worker,
} from './desk-stage.ts'

describe('what staff write goes to a group: no name, no door, no illness in it', () => {
  test.each([
    '办结 1118-001 马叔家门口的灯换好了',
    '办结 1118-001 已联系502王阿姨，换了灯管',
    '办结 1118-001 王阿姨家502说亮了',
    '办结 1118-001 502王秀兰说亮了',
    '办结 1118-001 那户有精神病，没让进门',
    '延期 1118-001 2天 业主得了癌症，进不了门',
    '挂起 1118-001 等马叔回家 到11月25日',
  ])('“%s” is not done: whoever wrote it is asked for other words', async (text) => {
    const stage = await openWithLamp()
    const before = [stage.events.length, stage.saidTo().length]
    expect(await order(stage, worker, text)).toContain('这句话会发到群里，请不要写姓名、门牌和病情。')
    expect([stage.events.length, stage.saidTo().length]).toEqual(before)
  })

  test('so is a reason for 不受理, and the name of somebody who joined in', async () => {
    const stage = await openWithLamp()
    await stage.hear('石女士', '我家也是')
    expect(await order(stage, leader, '不受理 1118-001 石女士已经同意')).toContain('请不要写姓名')
    expect(happened(stage, 'declined')).toEqual([])
  })

  test('a name with a door in it is known by the name alone', async () => {
    const stage = await openDesk()
    await stage.hear('3-502王秀兰', '小区南门路灯不亮，黑漆漆的')
    expect(await order(stage, worker, '办结 1118-001 王秀兰看过了')).toContain('请不要写姓名')
  })

  test('a display name that means everybody is nobody’s name', async () => {
    const stage = await openDesk()
    await stage.hear('3-502业主', '小区南门路灯不亮，黑漆漆的')
    expect(await order(stage, worker, '办结 1118-001 换了灯管，业主看过了')).toContain('已办结')
  })

  test('a door without a name is taken out, and the work is done', async () => {
    const stage = await openWithLamp()
    await order(stage, worker, '办结 1118-001 从502家里接的电，换了灯管')
    expect((await ticketNow(stage)).state).toBe('done')
    expect(stage.saidTo().at(-1)).toContain('换了灯管')
    expect(stage.saidTo().at(-1)).not.toContain('502')
  })

  test('a ramp for the disabled is no illness', async () => {
    const stage = await openWithLamp()
    expect(await order(stage, worker, '办结 1118-001 残疾人坡道旁的灯换好了')).toContain('已办结')
  })

  test('what was said in private may be answered by name', async () => {
    const stage = await openDesk()
    await stage.hear(resident, '小区南门路灯不亮，黑漆漆的', { group: '' })
    expect(await order(stage, worker, '办结 1118-001 马叔家门口的灯换好了')).toContain('已办结')
    expect(stage.toldTo(resident).at(-1)).toContain('马叔家门口的灯换好了')
  })
})

describe('延期: how long is said in days or by a day', () => {
  test.each([
    ['延期 1118-001 到11月30号 等配件', 5],
    ['延期 1118-001 到下周五 等配件', 4],
    ['延期 1118-001 等配件 到11月29日', 4],
    ['延期 1118-001 一周 等配件', 5],
    ['延期 1118-001 十一天 等配件', 11],
  ])('“%s” asks for %i working days', async (text, days) => {
    const stage = await openWithLamp()
    expect(await order(stage, worker, text)).toContain(`延期${days}个工作日`)
    expect((await ticketNow(stage)).extension).toMatchObject({ days, reason: '等配件' })
    await order(stage, chief, '同意 1118-001')
    expect(happened(stage, 'extended')).toHaveLength(1)
  })

  test.each([
    ['延期 1118-001 100天 等配件', '最多延15个工作日'],
    ['延期 1118-001 到2027年3月1日 等配件', '最多延15个工作日'],
    ['延期 1118-001 -2天 等配件', '1到15个工作日'],
    ['延期 1118-001 0天 等配件', '1到15个工作日'],
    ['延期 1118-001 到11月20号 等配件', '原来的期限是11月23日18:00'],
  ])('“%s” changes nothing, and is told %s', async (text, hint) => {
    const stage = await openWithLamp()
    expect(await order(stage, worker, text)).toContain(hint)
    expect(happened(stage, 'extension_asked')).toEqual([])
  })

  test('too late: the number and the day stand apart', async () => {
    const stage = await openWithLamp()
    await stage.wait(6 * 24 * 3600)
    expect(await order(stage, worker, '延期 1118-001 2天 等配件')).toContain('单号1118-001在11月23日18:00')
  })
})
