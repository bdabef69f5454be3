import { describe, expect, test } from 'vitest'
import { openMemoryStore } from '../../adapters/storage/memory.ts'
import { setSummaryTimer } from '../../bot/duties/summary.ts'
import { createLiveBot } from '../../bot/live.ts'
import { schema } from '../../bot/schema.ts'
import type { Timer } from '../../bot/timer.ts'
import { instant, openStage, type Stage, type StageOptions } from './stage.ts'

const lift = '3号楼2单元电梯坏了'
const lamp = '小区南门路灯不亮，黑漆漆的'

/** As bot/live.ts begins: the first summary is planned. */
async function withSummaries(options: StageOptions = {}): Promise<Stage> {
  const stage = await openStage({ start: '2026-11-16 09:00', ...options })
  await stage.hire('网格员小赵', 'grid_worker')
  await stage.hire('网格长老钱', 'grid_leader')
  await stage.hire('社区孙主任', 'admin')
  await setSummaryTimer(stage.house)
  return stage
}

const on = (local: string) => instant(`2026-11-${local}`)

function summariesTo(stage: Stage, name: string): readonly string[] {
  return stage.toldTo(name).filter((text) => text.startsWith('【小结】'))
}

describe('morning and evening each hears what concerns them, in one message', () => {
  test('the grid worker of what is new, of what is nearly due, and of what is overdue', async () => {
    const stage = await withSummaries()
    await stage.hear('石女士', lift)
    await stage.hear('马叔', lamp)
    await stage.runUntil(on('16 17:31'))
    expect(summariesTo(stage, '网格员小赵')).toEqual([
      expect.stringMatching(
        /^【小结】11月16日17:30\n新单子2张：\n1116-001 3号楼2单元电梯问题，物业，11月19日18:00\n1116-002 [^\n]+，11月19日18:00\n接手回“接单 1116-001”，办完回“办结 1116-001 做了什么”。$/u,
      ),
    ])
    await stage.runUntil(on('18 17:31'))
    expect(summariesTo(stage, '网格员小赵').slice(1)).toEqual([expect.stringContaining('黄灯，快到期2张：')])
    await stage.runUntil(on('20 08:31'))
    expect(summariesTo(stage, '网格员小赵').at(-1)).toContain('红灯，过期了2张：')
  })

  test('the grid leader of what is red and waits for a word, until it is said', async () => {
    const stage = await withSummaries()
    await stage.hear('石女士', lift)
    await stage.hear('马叔', lamp)
    await stage.runUntil(on('20 08:31'))
    const waits = /^【小结】11月20日08:30\n等您过问2张：\n1116-001 [^\n]+\n1116-002 [^\n]+\n知道了请回“收到”/u
    expect(stage.toldTo('网格长老钱')).toEqual([expect.stringMatching(waits)])
    await stage.hear('网格长老钱', '收到', { group: '' })
    const before = stage.toldTo('网格长老钱').length
    await stage.runUntil(on('25 20:00'))
    expect(stage.toldTo('网格长老钱')).toHaveLength(before)
    expect(stage.toldTo('社区孙主任')).toEqual([])
  })

  test('an admin of an extension that waits to be granted', async () => {
    const stage = await withSummaries()
    await stage.hear('石女士', lift)
    await stage.hear('网格员小赵', '延期 1116-001 2天 等配件', { group: '' })
    await stage.runUntil(on('16 17:31'))
    expect(summariesTo(stage, '社区孙主任')).toEqual([
      expect.stringMatching(/等您批延期1张：\n1116-001 [^\n]+\n延期回“同意 1116-001”/u),
    ])
  })

  test('a department that was whistled for and has not come, and whoever whistled', async () => {
    const stage = await withSummaries()
    await stage.hire('消防周队', 'department')
    await stage.change('people', 'p-消防周队', { department: '消防' })
    await stage.hear('石女士', lift)
    await stage.hear('网格员小赵', '吹哨 消防 1116-001', { group: '' })
    expect(stage.eventTypes).toContain('whistled')
    await stage.runUntil(on('16 17:31'))
    expect(summariesTo(stage, '消防周队')).toEqual([
      expect.stringMatching(/等您报到1张：.*“报到 1116-001”/su),
    ])
    expect(summariesTo(stage, '网格员小赵')).toEqual([expect.stringContaining('吹哨没到齐1张：')])
  })

  test('once for each ticket: what only the admin can do comes before what they are to know', async () => {
    const stage = await withSummaries()
    await stage.hear('石女士', lift)
    await stage.runUntil(on('19 17:40'))
    await stage.hear('网格员小赵', '延期 1116-001 2天 等配件', { group: '' })
    await stage.runUntil(on('23 08:31'))
    const [text = ''] = summariesTo(stage, '社区孙主任').slice(-1)
    expect(text).toContain('等您批延期1张：')
    expect(text.match(/^1116-001/gmu)).toHaveLength(1)
  })

  test('somebody else, when whoever has it has left the roster', async () => {
    const stage = await withSummaries()
    await stage.hear('石女士', lift)
    await stage.hire('网格员小李', 'grid_worker')
    await stage.change('people', 'p-网格员小赵', { role: 'resident' })
    await stage.runUntil(on('16 17:31'))
    expect(summariesTo(stage, '网格员小赵')).toEqual([])
    expect(summariesTo(stage, '网格员小李')).toHaveLength(1)
  })

  test('nobody of whom nothing is wanted', async () => {
    const stage = await withSummaries()
    await stage.hear('石女士', lift)
    await stage.hear('网格员小赵', '接单 1116-001', { group: '' })
    await stage.runUntil(on('17 20:00'))
    expect(['网格员小赵', '网格长老钱', '社区孙主任'].flatMap((name) => summariesTo(stage, name))).toEqual([])
  })
})

describe('a summary fits one screen', () => {
  test('ten tickets are named, the heaviest first, the others are counted', async () => {
    const stage = await withSummaries()
    await stage.hear('石女士', lift)
    const [ticket] = await stage.all('tickets')
    if (!ticket) throw new Error('no ticket was opened')
    for (let count = 2; count <= 13; count++) {
      const id = `20261116-${String(count).padStart(3, '0')}`
      const supporters = count === 13 ? ['p-1', 'p-2'] : []
      await stage.put('tickets', { ...ticket, id, supporters })
    }
    await stage.runUntil(on('16 17:31'))
    const [text = ''] = summariesTo(stage, '网格员小赵')
    expect(text.split('\n')).toHaveLength(1 + 1 + 10 + 1 + 1)
    expect(text.split('\n')[1]).toBe('新单子13张：')
    expect(text.split('\n')[2]).toMatch(/^1116-013 .*（3户）$/u)
    expect(text).toContain('还有3张')
    expect(text.length).toBeLessThan(600)
  })
})

describe('summaries stand back', () => {
  test('a neighbour who asks while forty of them wait to be sent is answered at once', async () => {
    const stage = await withSummaries()
    for (let count = 1; count <= 40; count++) await stage.hire(`网格长${count}`, 'grid_leader')
    await stage.hear('石女士', lift)
    await stage.runUntil(on('20 08:30'))
    await stage.wait(5)
    const before = stage.sent.length
    await stage.hear('白阿姨', '@小邻 过期药品是什么垃圾')
    expect(stage.sent.length).toBeLessThan(before + 20)
    expect(stage.saidTo().at(-1)).toContain('有害垃圾')
    await stage.wait(120)
    expect(stage.sent.filter(({ text }) => text.includes('等您过问'))).toHaveLength(41)
  })
})

describe('a summary happens once, and on time or not at all', () => {
  const later = async (store: Stage['store'], start: string) => openStage({ store, start })

  test('on working days only', async () => {
    const stage = await withSummaries({ start: '2026-11-20 18:00' })
    await stage.hear('石女士', lift)
    await stage.runUntil(on('23 08:29'))
    expect(summariesTo(stage, '网格员小赵')).toEqual([])
    await stage.runUntil(on('23 08:31'))
    expect(summariesTo(stage, '网格员小赵')).toHaveLength(1)
  })

  test('a bot that starts again 90 minutes late still tells it, and not twice', async () => {
    const store = openMemoryStore(schema)
    const stage = await withSummaries({ store })
    await stage.hear('石女士', lift)
    const restarted = await later(store, '2026-11-16 19:00')
    await restarted.engine.runDue()
    await restarted.wait(60)
    expect(summariesTo(restarted, '网格员小赵')).toHaveLength(1)
    const again = await later(store, '2026-11-16 19:10')
    await again.engine.runDue()
    await again.wait(60)
    expect(summariesTo(again, '网格员小赵')).toEqual([])
  })

  test('three hours late it is left to the next, which tells of everything since the last', async () => {
    const store = openMemoryStore(schema)
    const stage = await withSummaries({ store })
    await stage.hear('石女士', lift)
    const restarted = await later(store, '2026-11-16 20:31')
    await restarted.engine.runDue()
    await restarted.wait(60)
    expect(summariesTo(restarted, '网格员小赵')).toEqual([])
    await restarted.runUntil(on('17 08:31'))
    expect(summariesTo(restarted, '网格员小赵')).toEqual([expect.stringContaining('新单子1张：')])
  })

  test('the live bot plans the first one, and a changed time takes the place of the old', async () => {
    const stage = await openStage({ start: '2026-11-16 09:00' })
    const planned = async () => {
      const bot = createLiveBot(stage.house, { onFailure: () => undefined })
      await bot.start()
      await bot.stop()
      return (await stage.store.get<Timer>('timers', 'summary'))?.dueAt
    }
    expect(await planned()).toBe(on('16 17:30'))
    await stage.put('timers', {
      id: 'summary',
      kind: 'summary',
      since: on('16 08:30'),
      dueAt: on('16 20:00'),
    })
    expect(await planned()).toBe(on('16 17:30'))
    expect(await stage.store.get('timers', 'summary')).toMatchObject({ since: on('16 08:30') })
  })
})
