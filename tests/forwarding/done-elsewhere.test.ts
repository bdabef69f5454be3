import { describe, expect, test } from 'vitest'
import type { RefusedError } from '../../bot/doors/command.ts'
import { execute } from '../../bot/doors/execute.ts'
import type { Stage } from '../bot/stage.ts'
import { openCity } from './city.ts'
import { deliveryTo, openForwardingStage, toCity } from './forwarding-stage.ts'

/** What another system says is done, though nobody can be asked whether it is: alarms, and reports of other systems. */

const number = '20261118-001'
const minute = 60
const day = 24 * 60 * minute
let count = 0

async function openWith(more: object = {}): Promise<Stage> {
  const city = await openCity()
  const yaml = toCity(city, more)
  const { readUrl, ...pushed } = yaml.systems.city
  const rules = [{ to: ['city'] }]
  const stage = await openForwardingStage({ systems: { city: pushed }, rules })
  await stage.hire('网格员小赵', 'grid_worker')
  return stage
}

async function smoke(stage: Stage, state: 'raised' | 'ended' = 'raised', id = 'S-1', seconds = 0) {
  const at = new Date(stage.clock.now + seconds * 1_000).toISOString()
  const command = { type: 'alarm.report', kind: 'smoke', place: '5号楼', state, at, id, level: 'red' }
  const platform = { kind: 'system', name: 'platform' } as const
  const result = await execute(stage.house, platform, `alarm/${++count}`, command)
  await stage.wait(minute)
  return result
}

async function says(stage: Stage, status: string, ago = 0) {
  const at = stage.clock.now - ago * 1_000
  const command = { type: 'ticket.system-status', ticket: number, state: status, said: status, at }
  const result = await execute(stage.house, { kind: 'system', name: 'city' }, `hook/${++count}`, command)
  await stage.wait(minute)
  return result
}

async function states(stage: Stage): Promise<readonly string[]> {
  return (await stage.all('tickets')).map(({ state }) => state)
}

describe('an alarm that is still raised', () => {
  test('is not done because another system says so: staff hear of it, and go on being woken', async () => {
    const stage = await openWith()
    await stage.hire('网格长老钱', 'grid_leader')
    await smoke(stage)
    expect(await says(stage, 'done')).toMatchObject({ moved: false })
    expect(await states(stage)).toEqual(['dispatched'])
    expect(stage.toldTo('网格员小赵').at(-1)).toMatch(/“city”.*1118-001.*报警还没有解除/su)
    expect(await deliveryTo(stage)).toMatchObject({ differences: [{ field: 'status', theirs: 'done' }] })
    await stage.wait(minute)
    expect(stage.toldTo('网格长老钱').join()).toContain('第2次')
    expect(await smoke(stage)).toMatchObject({ ticket: number, done: 'nothing' })
    expect(await states(stage)).toEqual(['dispatched'])
  })

  test('is done and closed when it has ended and stayed quiet', async () => {
    const stage = await openWith()
    await smoke(stage)
    await says(stage, 'done')
    await smoke(stage, 'ended')
    await stage.wait(11 * minute)
    expect((await stage.all('tickets'))[0]).toMatchObject({ state: 'closed', remark: '报警已解除' })
  })
})

describe('an alarm that has just ended', () => {
  async function openEnded(): Promise<Stage> {
    const stage = await openWith()
    await smoke(stage)
    await smoke(stage, 'ended')
    expect(await says(stage, 'done')).toMatchObject({ moved: true })
    expect(await states(stage)).toEqual(['done'])
    return stage
  }

  test('and that another system says is done is closed once it stayed quiet', async () => {
    const stage = await openEnded()
    await stage.wait(11 * minute)
    expect((await stage.all('tickets'))[0]).toMatchObject({ state: 'closed', remark: '报警已解除' })
    expect((await stage.all('timers')).some(({ id }) => id === `follow-up/${number}`)).toBe(false)
  })

  test('opens a new ticket that says that it came back, when it is raised again', async () => {
    const stage = await openEnded()
    const told = stage.toldTo('网格员小赵').length
    expect(await smoke(stage)).toMatchObject({ ticket: '20261118-002', done: 'opened' })
    const back = stage.events.find(({ type }) => type === 'recurred')
    expect(back).toMatchObject({ ticket: '20261118-002', earlier: number })
    expect(stage.toldTo('网格员小赵').slice(told).join()).toContain('【紧急】')
  })
})

describe('a report of another system, with nobody to ask', () => {
  async function openReported(): Promise<Stage> {
    const stage = await openWith()
    const command = { type: 'ticket.open', category: 'facilities', text: '路灯坏了', where: '3号楼' }
    await execute(stage.house, { kind: 'system', name: 'app' }, `open/${++count}`, command)
    await stage.wait(minute)
    return stage
  }

  test('is closed some working days after another system was done with it, never at once', async () => {
    const stage = await openReported()
    await says(stage, 'done')
    expect(await states(stage)).toEqual(['done'])
    expect(stage.toldTo('网格员小赵').at(-1)).toMatch(/“city”.*没有可以回访的人/su)
    await stage.wait(day)
    expect(await states(stage)).toEqual(['done'])
    await stage.wait(14 * day)
    expect((await stage.all('tickets'))[0]).toMatchObject({
      ...{ state: 'closed', remark: '已办结，没有可以回访的人' },
    })
  })

  test('is closed at once when staff are done with it', async () => {
    const stage = await openReported()
    await stage.hear('网格员小赵', '办结 1118-001 灯泡换好了', { group: '' })
    expect(await states(stage)).toEqual(['closed'])
  })
})

describe('news with a time that cannot be', () => {
  test('from the future is refused, and what is true later still counts', async () => {
    const stage = await openWith()
    await stage.hear('石女士', '3号楼2单元电梯坏了')
    const refused = says(stage, 'handling', -16 * minute)
    await expect(refused).rejects.toMatchObject({ code: 'incomplete' } satisfies Partial<RefusedError>)
    await expect(refused).rejects.toThrow(/16 minutes ahead/u)
    expect(await says(stage, 'handling', -10 * minute)).toMatchObject({ moved: true })
    expect(await says(stage, 'done')).toMatchObject({ moved: true })
  })

  test('from before the ticket changes nothing', async () => {
    const stage = await openWith()
    await stage.hear('石女士', '3号楼2单元电梯坏了')
    const answer = await says(stage, 'done', 30 * minute)
    expect(answer).toMatchObject({ moved: false, why: 'older than what is known' })
    expect(await states(stage)).toEqual(['dispatched'])
  })
})
