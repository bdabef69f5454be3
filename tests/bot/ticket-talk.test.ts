import { describe, expect, test } from 'vitest'
import { instant, openStage, type Stage } from './stage.ts'

const lift = '3号楼2单元电梯坏了'
const lamp = '小区南门路灯不亮，黑漆漆的'

async function openWithTicket(): Promise<Stage> {
  const stage = await openStage()
  await stage.hire('网格员小赵', 'grid_worker')
  await stage.hire('网格长老钱', 'grid_leader')
  await stage.hear('石女士', lift)
  return stage
}

async function openWithDone(): Promise<Stage> {
  const stage = await openWithTicket()
  await stage.hear('网格员小赵', '@小邻 办结 1118-001 换了钢丝绳')
  return stage
}

async function stateOf(stage: Stage, id = '20261118-001') {
  return (await stage.store.get<{ id: string; state: string }>('tickets', id))?.state
}

describe('progress', () => {
  test('is told by number, by thing, or of the one ticket a person has', async () => {
    const stage = await openWithTicket()
    for (const text of ['@小邻 1118-001到哪了', '@小邻 电梯的单子到哪了', '@小邻 我的单子怎么样了'])
      expect((await stage.hear('石女士', text)).map((sent) => sent.text)).toEqual([
        expect.stringContaining('单号1118-001'),
      ])
  })

  test('of two tickets it is that whose thing is named', async () => {
    const stage = await openWithTicket()
    await stage.hear('石女士', lamp)
    const [aboutLift] = await stage.hear('石女士', '@小邻 电梯的单子到哪了')
    const [aboutLamp] = await stage.hear('石女士', '@小邻 路灯的单子到哪了')
    expect(aboutLift?.text).toContain('1118-001')
    expect(aboutLamp?.text).toContain('1118-002')
  })

  test('nobody reads the ticket of another group by guessing its number', async () => {
    const stage = await openWithTicket()
    const [answer] = await stage.hear('外人', '@小邻 1118-001到哪了', { group: '别的小区' })
    expect(answer?.text).not.toContain('电梯')
  })

  test('whoever has none is told so when asking the bot, and left alone otherwise', async () => {
    const stage = await openStage()
    expect(await stage.hear('白阿姨', '@小邻 我的单子怎么样了')).toHaveLength(1)
    expect(await stage.hear('白阿姨', '我的单子怎么样了')).toEqual([])
  })
})

describe('urging', () => {
  test('is counted, and told to whoever has the ticket', async () => {
    const stage = await openWithTicket()
    await stage.hear('石女士', '@小邻 帮我催一下电梯的事')
    expect(stage.eventTypes.at(-1)).toBe('urged')
    expect(stage.toldTo('网格员小赵')).toEqual([expect.stringContaining('1118-001')])
  })
})

describe('withdrawing', () => {
  test('is for the reporter', async () => {
    const stage = await openWithTicket()
    await stage.hear('石女士', '@小邻 我那个单子撤了吧，已经好了')
    expect(await stateOf(stage)).toBe('withdrawn')
  })

  test('and for nobody else', async () => {
    const stage = await openWithTicket()
    await stage.hear('马叔', '@小邻 1118-001撤单')
    expect(await stateOf(stage)).toBe('dispatched')
  })

  test('a withdrawn ticket can be neither urged nor rated, and asking for it harms nobody', async () => {
    const stage = await openWithTicket()
    await stage.hear('石女士', '@小邻 我那个单子撤了吧，已经好了')
    for (const text of [
      '@小邻 1118-001催一下',
      '@小邻 1118-001不满意',
      '@小邻 1118-001满意',
      '@小邻 1118-001撤单',
    ])
      expect(await stage.hear('石女士', text), text).toHaveLength(1)
    expect(stage.eventTypes.at(-1)).toBe('withdrawn')
    expect((await stage.all('timers')).filter(({ kind }) => kind === 'burst')).toEqual([])
  })
})

describe('rating', () => {
  test('the question is asked at once when the work is reported as done', async () => {
    const stage = await openWithDone()
    expect(stage.saidTo().at(-1)).toMatch(/1118-001.*换了钢丝绳.*满意/su)
  })

  test('satisfied closes the ticket', async () => {
    const stage = await openWithDone()
    await stage.hear('石女士', '满意')
    expect(stage.eventTypes.slice(-2)).toEqual(['rated', 'closed'])
    expect(await stateOf(stage)).toBe('closed')
  })

  test('not satisfied reopens and escalates it, with a new deadline and a word to the grid leader', async () => {
    const stage = await openWithDone()
    await stage.hear('石女士', '不满意')
    expect(stage.eventTypes.slice(-3)).toEqual(['rated', 'reopened', 'escalated'])
    const reopened = stage.events.find((event) => event.type === 'reopened')
    expect(reopened).toMatchObject({ deadline: instant('2026-11-19 18:00') })
    expect(stage.toldTo('网格长老钱')).toEqual([expect.stringContaining('1118-001')])
  })

  test('also after closing', async () => {
    const stage = await openWithDone()
    await stage.hear('石女士', '满意')
    await stage.wait(86_400)
    await stage.hear('石女士', '@小邻 1118-001不满意，又坏了')
    expect(stage.eventTypes.slice(-3)).toEqual(['rated', 'reopened', 'escalated'])
  })

  test('the word of somebody who has no part in it changes nothing', async () => {
    const stage = await openWithDone()
    await stage.hear('路人', '满意')
    await stage.hear('路人', '@小邻 1118-001不满意')
    expect(await stateOf(stage)).toBe('done')
  })

  test('speaks of the work that is done, not of what the same person reported since', async () => {
    const stage = await openWithDone()
    await stage.hear('石女士', lamp)
    await stage.hear('石女士', '满意')
    expect(await stateOf(stage)).toBe('closed')
    expect(await stateOf(stage, '20261118-002')).toBe('dispatched')
  })

  test('before anything is done, dissatisfaction is urging', async () => {
    const stage = await openWithTicket()
    await stage.hear('石女士', '@小邻 不满意')
    expect(stage.eventTypes.at(-1)).toBe('urged')
  })
})
