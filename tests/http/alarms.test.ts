import { describe, expect, test } from 'vitest'
import { type HttpStage, type HttpStageOptions, openHttpStage } from './http-stage.ts'

/** Alarms in, over real HTTP: from the first signal of a sensor to the closed ticket. */

type Door = HttpStage & {
  readonly platform: string
  alarm(alarm: object): ReturnType<HttpStage['ask']>
}

async function openWithPlatform(options: HttpStageOptions = {}): Promise<Door> {
  const door = await openHttpStage(options)
  await door.stage.hire('网格员小赵', 'grid_worker')
  const platform = await door.key('fume-platform', 'alarms')
  const alarm = (json: object) => door.ask('/api/v1/alarms', { key: platform, json })
  return { ...door, platform, alarm }
}

const fume = { id: 'F-7', kind: '油烟', place: '3号楼2单元', text: '后厨排口超标', value: 3.2, unit: 'mg/m³' }

function at(time: string): string {
  return `2026-11-18T${time}:00+08:00`
}

describe('an alarm from its beginning to its end', () => {
  test('opens a ticket, grows with it, and closes it after it has been quiet for ten minutes', async () => {
    const { stage, alarm, ask, platform } = await openWithPlatform()

    const raised = await alarm({ ...fume, state: 'raised', at: at('08:58'), level: '黄色' })
    expect(raised.status).toBe(201)
    expect(raised.headers.get('location')).toBe('/api/v1/alarms/F-7')
    expect(raised.json).toEqual({ alarm: 'F-7', state: 'raised', ticket: '20261118-001', done: 'opened' })
    const [opened] = stage.events
    expect(opened).toMatchObject({
      ...{
        type: 'opened',
        by: 'system/fume-platform',
        category: 'environment',
        urgency: 'high',
        group: null,
      },
      place: { building: '3', unit: '2' },
      text: '【油烟监测报警】黄色，3号楼2单元，后厨排口超标，测得3.2mg/m³，11月18日08:58起',
    })
    await stage.wait(60)
    expect(stage.toldTo('网格员小赵')).toEqual([
      expect.stringMatching(/^【油烟监测报警】黄色，3号楼2单元.*单号1118-001，生态环境.*回“接单 1118-001”/su),
    ])

    await stage.runUntil(stage.clock.now + 20 * 60_000)
    const grown = await alarm({ ...fume, state: 'updated', at: at('09:20'), level: 'red', value: 5.1 })
    expect(grown.json).toMatchObject({ ticket: '20261118-001', done: 'amended' })
    const before = await stage.all('tickets')
    expect(before).toHaveLength(1)
    expect(before[0]?.text.split('\n')).toHaveLength(2)
    expect(before[0]?.text).toContain('测得5.1mg/m³')

    await stage.runUntil(Date.parse(at('09:40')))
    const ended = await alarm({ ...fume, state: 'ended', at: at('09:40') })
    expect(ended.json).toMatchObject({ state: 'ended', ticket: '20261118-001', done: 'ended' })
    await stage.wait(9 * 60)
    expect((await stage.all('tickets'))[0]?.state).toBe('dispatched')
    await stage.wait(2 * 60)
    expect((await stage.all('tickets'))[0]).toMatchObject({
      ...{ state: 'closed', note: '报警已解除（11月18日09:40）', remark: '报警已解除' },
    })
    expect(stage.eventTypes).toEqual(['opened', 'dispatched', 'amended', 'done', 'closed'])
    expect(stage.saidTo()).toEqual([])

    const read = await ask('/api/v1/alarms/F-7', { key: platform })
    expect(read.json).toMatchObject({
      ...{ alarm: 'F-7', kind: 'fume', state: 'ended', level: 'red' },
      endedAt: '2026-11-18T09:40:00.000+08:00',
      ticket: { ticket: '20261118-001', state: 'closed', what: '3号楼2单元油烟问题', light: null },
    })
  })

  test('comes back as a new ticket that says so', async () => {
    const { stage, alarm } = await openWithPlatform()
    await alarm({ ...fume, state: 'raised', at: at('09:00') })
    await alarm({ ...fume, state: 'ended', at: at('09:00') })
    await stage.wait(11 * 60)
    const again = await alarm({ ...fume, state: 'raised', at: at('09:10') })
    expect(again.json).toMatchObject({ ticket: '20261118-002', done: 'opened' })
    expect(stage.events.at(-1)).toMatchObject({ type: 'recurred', earlier: '20261118-001', by: 'bot' })
  })

  test('that flaps thirty times in five minutes is one ticket, told once', async () => {
    const { stage, alarm } = await openWithPlatform()
    for (let flap = 0; flap < 30; flap++) {
      const second = (step: number) => new Date(stage.clock.now + step).toISOString()
      expect((await alarm({ ...fume, state: 'raised', at: second(1) })).status).toBeLessThan(300)
      expect((await alarm({ ...fume, state: 'ended', at: second(2) })).status).toBe(200)
      await stage.wait(10)
    }
    expect(await stage.all('tickets')).toHaveLength(1)
    expect(stage.eventTypes).toEqual(['opened', 'dispatched'])
    expect(stage.toldTo('网格员小赵')).toHaveLength(1)
    await stage.wait(11 * 60)
    expect(stage.eventTypes).toEqual(['opened', 'dispatched', 'done', 'closed'])
  })

  test('that residents joined is not closed before they were asked', async () => {
    const { stage, alarm } = await openWithPlatform({
      alarms: { devices: { 'F-7': { group: '槐荫小区业主群', tell: true } } },
    })
    await stage.hear('石女士', '大家早上好')
    await alarm({ ...fume, state: 'raised', at: at('09:00') })
    await stage.wait(30)
    expect(stage.saidTo()).toEqual([expect.stringMatching(/3号楼2单元油烟问题，设备报警.*单号1118-001/u)])
    await stage.hear('石女士', '我家也是')
    await alarm({ ...fume, state: 'ended', at: at('09:01') })
    await stage.wait(11 * 60)
    expect((await stage.all('tickets'))[0]).toMatchObject({ state: 'done' })
    expect(stage.saidTo().at(-1)).toContain('报警已解除')
    await stage.hear('石女士', '@小邻 没问题了，满意')
    expect((await stage.all('tickets'))[0]).toMatchObject({ state: 'closed', satisfied: true })
  })

  test('that nobody was to hear of is told to no resident, also in a group that it belongs to', async () => {
    const { stage, alarm } = await openWithPlatform({
      alarms: { systems: { 'fume-platform': { group: '槐荫小区业主群', tell: false } } },
    })
    await stage.hear('石女士', '大家早上好')
    await alarm({ ...fume, state: 'raised', at: at('09:00') })
    await alarm({ ...fume, state: 'ended', at: at('09:01') })
    await stage.wait(20 * 60)
    const group = await stage.groupNamed()
    expect((await stage.all('tickets'))[0]).toMatchObject({ state: 'closed', group: group.id })
    expect(stage.saidTo()).toEqual([])
  })

  test('on a ticket that is on hold goes on first, and is closed like any other', async () => {
    const { stage, alarm } = await openWithPlatform()
    await alarm({ ...fume, state: 'raised', at: at('09:00') })
    await stage.hear('网格员小赵', '挂起 1118-001 等配件 到11月25日', { group: '' })
    expect((await stage.all('tickets'))[0]?.state).toBe('on_hold')
    await alarm({ ...fume, state: 'ended', at: at('09:05') })
    await stage.wait(11 * 60)
    expect(stage.eventTypes).toEqual(['opened', 'dispatched', 'on_hold', 'resumed', 'done', 'closed'])
  })
})

describe('an alarm that is an emergency', () => {
  const smoke = { id: 'S-1', kind: '烟感', place: '5号楼', state: 'raised', at: at('09:00') }

  test('wakes staff step by step until somebody answers', async () => {
    const { stage, alarm } = await openWithPlatform()
    await stage.hire('网格长老钱', 'grid_leader')
    await alarm(smoke)
    await stage.wait(3 * 60)
    expect(stage.toldTo('网格员小赵')[0]).toContain('【紧急】')
    expect(stage.toldTo('网格长老钱')[0]).toContain('第2次')
    await stage.hear('网格长老钱', '收到，马上到', { group: '' })
    await stage.wait(20 * 60)
    expect(stage.eventTypes.filter((type) => type === 'escalated')).toHaveLength(1)
    expect((await stage.all('tickets'))[0]?.deadline).toBe(Date.parse('2026-11-18T11:00:00+08:00'))
  })

  test('wakes nobody any more when it is over, and starts again when it is not', async () => {
    const { stage, alarm } = await openWithPlatform()
    await stage.hire('网格长老钱', 'grid_leader')
    await alarm(smoke)
    await stage.wait(60)
    await alarm({ ...smoke, state: 'ended', at: at('09:01') })
    await stage.wait(4 * 60)
    expect(stage.toldTo('网格长老钱')).toEqual([])
    expect(stage.toldTo('网格员小赵').at(-1)).toContain('【报警解除】')
    await alarm({ ...smoke, at: at('09:05') })
    await stage.wait(3 * 60)
    expect(stage.toldTo('网格长老钱')).toHaveLength(1)
    expect(await stage.all('tickets')).toHaveLength(1)
  })

  test('because it grew into one has two hours from then, and wakes staff', async () => {
    const { stage, alarm } = await openWithPlatform()
    const water = { id: 'W-1', kind: '水位', place: '地下车库' }
    await alarm({ ...water, state: 'raised', at: at('09:00'), level: '黄' })
    await stage.wait(30 * 60)
    await alarm({ ...water, state: 'updated', at: at('09:30'), level: '红' })
    const [ticket] = await stage.all('tickets')
    expect(ticket).toMatchObject({ urgency: 'emergency', deadline: Date.parse('2026-11-18T11:30:00+08:00') })
    await stage.wait(60)
    expect(stage.toldTo('网格员小赵').at(-1)).toContain('【紧急】')
  })
})

describe('what comes twice, late or in the wrong order does no harm', () => {
  test('the same report again is answered as the first time', async () => {
    const { stage, alarm } = await openWithPlatform()
    const report = { ...fume, state: 'raised', at: at('09:00') }
    const answers = await Promise.all([alarm(report), alarm(report), alarm(report)])
    for (const { status, json } of answers)
      expect({ status, json }).toEqual({ status: 201, json: answers[0]?.json })
    await alarm({ ...fume, state: 'ended', at: at('09:01') })
    await stage.wait(11 * 60)
    expect((await alarm(report)).json).toEqual(answers[0]?.json)
    expect(await stage.all('tickets')).toHaveLength(1)
  })

  test('a beginning that comes after its end opens nothing', async () => {
    const { stage, alarm } = await openWithPlatform()
    expect((await alarm({ ...fume, state: 'ended', at: at('09:05') })).json).toMatchObject({ ticket: null })
    expect((await alarm({ ...fume, state: 'raised', at: at('09:00') })).json).toMatchObject({
      done: 'nothing',
    })
    expect(await stage.all('tickets')).toEqual([])
  })

  test('an end that is older than the beginning ends nothing', async () => {
    const { stage, alarm } = await openWithPlatform()
    await alarm({ ...fume, state: 'raised', at: at('09:00') })
    expect((await alarm({ ...fume, state: 'ended', at: at('08:50') })).json).toMatchObject({
      done: 'nothing',
    })
    await stage.wait(20 * 60)
    expect((await stage.all('tickets'))[0]?.state).toBe('dispatched')
  })

  test('a sensor that repeats itself every minute writes nothing new', async () => {
    const { stage, alarm } = await openWithPlatform()
    await alarm({ ...fume, state: 'raised', at: at('09:00') })
    const audited = (await stage.all('audit')).length
    for (let minute = 1; minute < 30; minute++) {
      await stage.wait(60)
      const report = { ...fume, state: 'updated', at: new Date(stage.clock.now).toISOString(), value: minute }
      expect((await alarm(report)).json).toMatchObject({ done: 'nothing' })
    }
    expect(stage.eventTypes).toEqual(['opened', 'dispatched'])
    expect((await stage.all('audit')).length).toBe(audited)
  })

  test('staff who end the ticket are believed until the alarm grows', async () => {
    const { stage, alarm } = await openWithPlatform()
    await alarm({ ...fume, state: 'raised', at: at('09:00'), level: 'blue' })
    await stage.hear('网格员小赵', '办结 1118-001 已让店家清洗油烟机', { group: '' })
    expect((await stage.all('tickets'))[0]?.state).toBe('closed')
    await stage.runUntil(Date.parse(at('09:30')))
    await alarm({ ...fume, state: 'updated', at: at('09:30'), level: 'blue' })
    expect(await stage.all('tickets')).toHaveLength(1)
    await alarm({ ...fume, state: 'updated', at: at('09:31'), level: 'red' })
    expect(await stage.all('tickets')).toHaveLength(2)
    expect(stage.eventTypes.at(-1)).toBe('recurred')
  })
})

describe('what is not understood is refused, and nothing is kept', () => {
  const good = { ...fume, state: 'raised', at: at('09:00') }

  test.each([
    [{ ...good, kind: '外星人' }, 422, /no kind 外星人.*fume, smoke/u],
    [{ ...good, level: '紫' }, 422, /no level 紫.*blue, yellow, orange, red/u],
    [{ ...good, at: at('17:00') }, 422, /480 minutes ahead.*offset/u],
    [{ ...good, at: '2026-11-01T09:00:00+08:00' }, 422, /more than 7 days ago/u],
    [{ ...good, at: '2026-11-18 09:00' }, 400, /'at': a time with its offset/u],
    [{ ...good, id: '' }, 400, /'id'/u],
    [{ ...good, id: 'a/b' }, 400, /without spaces and slashes/u],
    [{ ...good, state: 'open' }, 400, /'state' as one of raised, updated, ended, but "open" came/u],
    [{ ...good, ticket: '20261118-001' }, 400, /unknown field 'ticket'/u],
    [{ ...good, text: '长'.repeat(501) }, 400, /'text' with at most 500 characters/u],
    [{ ...good, media: ['javascript:alert(1)'] }, 400, /http:\/\/ or https:\/\//u],
    [{ ...good, place: { house: '3' } }, 400, /place/u],
    [[good], 400, /an object/u],
    [{}, 400, /'id'.*'kind'.*'state'.*'at'/u],
    [{}, 400, /'id': your own id of the alarm, .*missing.*'kind': .*"fume" or "烟感".*missing/u],
  ])('%o', async (body, status, message) => {
    const { stage, alarm } = await openWithPlatform()
    const refused = await alarm(body)
    expect(refused.status).toBe(status)
    expect(refused.json.error.message).toMatch(message)
    expect(await stage.all('alarms')).toEqual([])
    expect(await stage.all('tickets')).toEqual([])
  })

  test('one system neither reads nor ends the alarm of another', async () => {
    const { stage, alarm, key, ask } = await openWithPlatform()
    await alarm({ ...fume, state: 'raised', at: at('09:00') })
    const other = await key('other-platform', 'alarms', 'read')
    expect((await ask('/api/v1/alarms/F-7', { key: other })).status).toBe(404)
    await ask('/api/v1/alarms', { key: other, json: { ...fume, state: 'ended', at: at('09:01') } })
    await stage.wait(20 * 60)
    expect((await stage.all('tickets'))[0]?.state).toBe('dispatched')
  })

  test('a ticket is read back without a word of what was said, or of whom it is about', async () => {
    const { stage, key, ask } = await openWithPlatform()
    await stage.hear('石女士', '@小邻 3号楼2单元501的门口路灯坏了，电话13812345678，路灯不亮')
    const read = await ask('/api/v1/tickets/20261118-001', { key: await key('console', 'read') })
    expect(read.json).toMatchObject({ ticket: '20261118-001', state: 'dispatched', place: '3号楼2单元' })
    expect(read.text).not.toMatch(/13812345678|501|石女士|p-/u)
    expect((await ask('/api/v1/tickets/20261118-009', { key: await key('console', 'read') })).status).toBe(
      404,
    )
  })
})
