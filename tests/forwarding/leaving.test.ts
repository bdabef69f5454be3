import { describe, expect, test } from 'vitest'
import { execute } from '../../bot/doors/execute.ts'
import { day } from '../../tickets/shanghai-time.ts'
import type { Stage } from '../bot/stage.ts'
import { type City, openCity } from './city.ts'
import { deliveryTo, openForwardingStage, toCity } from './forwarding-stage.ts'

const operator = { kind: 'operator' } as const
const said = '@小邻 3号楼2单元501室的电梯坏了，我电话13800138000，身份证410105199003078811，车牌豫A12345'

function all(city: City): string {
  return city.bodies.join('\n')
}

async function bound(stage: Stage): Promise<void> {
  await stage.put('places', { id: 'pl-1', name: '幸福街道', kind: 'street', parent: null })
  await stage.put('places', { id: 'pl-2', name: '槐荫社区', kind: 'community', parent: 'pl-1' })
  await stage.say('石女士', '大家早')
  await stage.change('groups', (await stage.groupNamed()).id, { places: ['pl-2'] })
}

describe('personal data', () => {
  test('stays here: no phone, card, plate or room leaves with a ticket, whatever happens to it', async () => {
    const city = await openCity()
    const stage = await openForwardingStage(toCity(city))
    await stage.hear('石女士', said)
    await execute(stage.house, operator, 'c1', { type: 'ticket.acknowledge', ticket: '20261118-001' })
    await execute(stage.house, operator, 'c2', {
      ...{ type: 'ticket.done', ticket: '20261118-001', photos: [] },
      note: '已联系501室石女士13800138000，修好了',
    })
    await stage.wait(60)
    expect(city.kept.get('20261118-001')?.ticket).toMatchObject({ state: 'done', place: '3号楼2单元' })
    expect(all(city)).not.toMatch(/13800138000|410105|12345|501/u)
    expect(all(city)).toContain('[电话]')
    expect(all(city)).not.toContain('石女士，')
  })

  test('stays here: no name of whoever reported or supported it, in whichever words it stands', async () => {
    const city = await openCity()
    const stage = await openForwardingStage(toCity(city))
    await stage.hear('3号楼502王桂芳', '@小邻 3号楼2单元电梯坏了，请打给王桂芳')
    await stage.hear('马叔', '我家也是')
    await execute(stage.house, operator, 'c1', {
      ...{ type: 'ticket.done', ticket: '20261118-001', photos: [], note: '已回复王桂芳和马叔，修好了' },
    })
    await stage.wait(60)
    expect(city.kept.get('20261118-001')?.ticket).toMatchObject({ note: '已回复[姓名]和[姓名]，修好了' })
    expect(all(city)).not.toMatch(/桂芳|马叔/u)
  })

  test('stays here: no name that was given to call back over Open311', async () => {
    const city = await openCity()
    const stage = await openForwardingStage(toCity(city))
    const contact = stage.house.texts.open311Contact({ contact: '欧阳 建国 13800138000 oy@example.org' })
    await execute(stage.house, { kind: 'system', name: 'app' }, 'o1', {
      ...{ type: 'ticket.open', category: 'facilities', where: '欧阳建国家门口' },
      text: `电梯坏了，找欧阳建国\n${contact}`,
    })
    await stage.wait(60)
    expect(all(city)).toContain('[姓名]')
    expect(all(city)).not.toMatch(/欧阳|建国|13800138000/u)
  })

  test('goes along only to a system that is configured to need it', async () => {
    const city = await openCity()
    const stage = await openForwardingStage(toCity(city, { personal: true }))
    await stage.hear('石女士', said)
    expect(city.kept.get('20261118-001')?.ticket).toMatchObject({ place: '3号楼2单元501室' })
    expect(all(city)).toContain('13800138000')
  })
})

describe('what is taken out here', () => {
  test('words of somebody who wants them erased are taken back from the others, too', async () => {
    const city = await openCity()
    const stage = await openForwardingStage(toCity(city))
    await stage.hear('石女士', '3号楼2单元电梯坏了，我腿脚不好下不了楼')
    expect(city.kept.get('20261118-001')?.ticket['text']).toContain('腿脚不好')
    const { id } = await stage.personNamed('石女士')
    await execute(stage.house, operator, 'e1', { type: 'person.erase', person: id })
    await stage.wait(10)
    expect(city.kept.get('20261118-001')?.ticket['text']).not.toContain('腿脚不好')
  })

  test('a ticket that is forgotten leaves nothing of where it was', async () => {
    const city = await openCity()
    const keep = { chatter: 7 * day, tickets: 30 * day, audit: 30 * day }
    const stage = await openForwardingStage(toCity(city), { settings: { keep } })
    await stage.put('timers', { id: 'forget', kind: 'forget', dueAt: stage.clock.now + day })
    await stage.hear('石女士', '3号楼2单元电梯坏了')
    await stage.hear('石女士', '@小邻 撤销吧，已经好了')
    expect(await stage.all('deliveries')).toHaveLength(1)
    await stage.runUntil(stage.clock.now + 33 * day)
    expect(await stage.all('tickets')).toEqual([])
    expect(await stage.all('deliveries')).toEqual([])
  })
})

describe('what is nobody else’s business', () => {
  const dispute = '邻居家空调滴水滴到我家窗台'

  test('leaves by no rule that does not name it', async () => {
    const city = await openCity()
    const { systems } = toCity(city)
    const stage = await openForwardingStage({
      systems,
      rules: [{ to: ['city'] }, { department: '社区调解', to: ['city'] }],
    })
    await stage.hear('石女士', dispute)
    expect((await stage.all('tickets'))[0]?.category).toBe('neighbours')
    expect(await stage.all('deliveries')).toEqual([])
    await stage.hear('石女士', '小区南门路灯不亮，黑漆漆的')
    expect(city.kept.size).toBe(1)
  })

  test('leaves by one that does', async () => {
    const city = await openCity()
    const { systems } = toCity(city)
    const stage = await openForwardingStage({ systems, rules: [{ category: ['neighbours'], to: ['city'] }] })
    await stage.hear('石女士', dispute)
    expect(city.kept.size).toBe(1)
  })

  test('and what becomes such a matter while it waits is not sent any more', async () => {
    const city = await openCity()
    const stage = await openForwardingStage(toCity(city))
    city.mood = 'down'
    await stage.hear('石女士', '3号楼2单元电梯坏了')
    expect(await deliveryTo(stage)).toMatchObject({ state: 'waiting' })
    await stage.change('tickets', '20261118-001', { category: 'conduct' })
    city.mood = 'well'
    await stage.wait(3_600)
    expect(city.kept.size).toBe(0)
    expect(await deliveryTo(stage)).toMatchObject({ state: 'settled' })
  })
})

describe('rules', () => {
  test('by place hold for whatever lies in it, and every rule that fits counts', async () => {
    const [city, town] = [await openCity(), await openCity()]
    const { city: one } = toCity(city).systems
    const { city: other } = toCity(town).systems
    const stage = await openForwardingStage({
      systems: { city: one, town: other },
      rules: [
        { place: '幸福街道', to: ['city'] },
        { category: 'facilities', urgency: 'normal', to: ['town', 'city'] },
        { place: '别处社区', to: ['town'] },
      ],
    })
    await bound(stage)
    await stage.hear('石女士', '小区垃圾堆了三天没人清')
    expect([city.kept.size, town.kept.size]).toEqual([1, 0])
    await stage.hear('马叔', '3号楼2单元电梯坏了')
    expect([city.kept.size, town.kept.size]).toEqual([2, 1])
  })

  test('a system that has a ticket hears how it goes on, also when it went to another department', async () => {
    const city = await openCity()
    const { systems } = toCity(city)
    const stage = await openForwardingStage({ systems, rules: [{ department: '物业', to: ['city'] }] })
    await stage.hear('石女士', '3号楼2单元电梯坏了')
    await execute(stage.house, operator, 'c1', {
      ...{ type: 'ticket.reassign', ticket: '20261118-001', department: '城管', reason: '不归物业' },
    })
    await stage.wait(10)
    expect(city.kept.get('20261118-001')?.ticket['department']).toBe('城管')
  })

  test('who turned a ticket down is not sent it again, until it is given to them', async () => {
    const city = await openCity()
    const { systems } = toCity(city)
    const stage = await openForwardingStage({ systems, rules: [{ department: '物业', to: ['city'] }] })
    await stage.hear('石女士', '3号楼2单元电梯坏了')
    const reassign = (department: string) =>
      execute(stage.house, operator, `to ${department}`, {
        ...{ type: 'ticket.reassign', ticket: '20261118-001', department, reason: '改派' },
      })
    Object.assign(city.kept.get('20261118-001') ?? {}, { status: '已退回', note: '不归我们' })
    await stage.wait(660)
    expect(stage.eventTypes).toContain('returned')
    const { messages } = city
    const before = messages.length
    await reassign('城管')
    await stage.wait(10)
    expect(messages).toHaveLength(before)
    await reassign('物业')
    await stage.wait(10)
    expect(messages).toHaveLength(before + 1)
  })
})

describe('what they say otherwise', () => {
  test('is read back after the write, kept, and told to an admin once', async () => {
    const city = await openCity()
    const stage = await openForwardingStage(toCity(city))
    await stage.hire('管理员老孙', 'admin')
    city.alter = (ticket) => ({
      ...ticket,
      title: String(ticket['title']).slice(0, 4),
      department: '市12345',
    })
    await stage.hear('石女士', '3号楼2单元电梯坏了')
    expect((await deliveryTo(stage))?.differences).toEqual([
      { field: 'title', ours: '3号楼2单元电梯问题', theirs: '3号楼2' },
      { field: 'department', ours: '物业', theirs: '市12345' },
    ])
    await stage.hear('石女士', '@小邻 3号楼2单元电梯 又困人了，快点')
    await stage.wait(7_200)
    const told = stage.toldTo('管理员老孙').filter((text) => text.includes('不一样'))
    expect(told).toHaveLength(1)
    expect(told[0]).toContain(
      '单号1118-001　标题：我们是“3号楼2单元电梯问题”，对方是“3号楼2”；责任单位：我们是“物业”，对方是“市12345”',
    )
  })

  test('a write that they ignored shows: ours is closed, theirs is not', async () => {
    const city = await openCity()
    const stage = await openForwardingStage(toCity(city))
    await stage.hear('石女士', '3号楼2单元电梯坏了')
    await stage.hear('石女士', '@小邻 撤销吧，已经好了')
    expect((await stage.all('tickets'))[0]?.state).toBe('withdrawn')
    expect((await deliveryTo(stage))?.differences).toEqual([
      { field: 'status', ours: 'withdrawn', theirs: '已派单' },
    ])
  })

  test('a ticket that they lost is shown, and made anew with the next news of it', async () => {
    const city = await openCity()
    const stage = await openForwardingStage(toCity(city))
    await stage.hear('石女士', '3号楼2单元电梯坏了')
    city.kept.clear()
    await stage.wait(660)
    expect((await deliveryTo(stage))?.differences).toEqual([{ field: 'ticket', ours: 'C1', theirs: '' }])
    expect(city.kept.size).toBe(0)
    await execute(stage.house, operator, 'c1', { type: 'ticket.acknowledge', ticket: '20261118-001' })
    await stage.wait(10)
    expect(city.kept.size).toBe(1)
    expect((await deliveryTo(stage))?.differences).toEqual([])
  })
})
