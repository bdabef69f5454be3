import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { TicketEvent } from '../../tickets/event.ts'
import { fold } from '../../tickets/fold.ts'
import { defaultGroup, realLore, Stage } from './stage.ts'

/** Whatever people say in whatever order: nothing breaks, nothing is lost, the ledger stays true. */

const people = ['石女士', '马叔', '小谢', '网格员小赵', '网格长老钱'] as const
const texts = [
  ...[
    '3号楼2单元电梯坏了',
    '电梯坏了',
    '小区南门路灯不亮，黑漆漆的',
    '5号楼停水了',
    '我家也是',
    '3号楼2单元',
  ],
  ...['邻居家空调滴水滴到我家窗台', '5号楼着火了，快来人', '2号楼煤气味好大，漏气了', '火灭了，没事了'],
  ...[
    '满意',
    '不满意',
    '不满意，还是不亮',
    '@小邻 我的单子怎么样了',
    '@小邻 帮我催一下电梯的事',
    '@小邻 1118-001撤单',
  ],
  ...[
    '@小邻 1118-001不满意',
    '@小邻 1118-002满意',
    '@小邻 1118-001催一下',
    '@小邻 我那个单子撤了吧，已经好了',
  ],
  ...[
    '#工单',
    '#接单',
    '#接单 1118-001',
    '#接单 1118-002',
    '#办结 1118-001 修好了',
    '#办结 1118-002 换了',
    '#办结',
  ],
  ...[
    '#安静',
    '#正常',
    '#延期 1118-001 3天 等配件',
    '#退回 1118-001 不归我们',
    '#挂起 1118-001 等料',
    '收到，马上到',
  ],
  ...[
    '来一题',
    'A',
    'B',
    'C',
    '下一题',
    '排行榜',
    '@小邻 不玩了，停止答题',
    '旧沙发怎么扔',
    '居民医保怎么交',
  ],
  ...[
    '@小邻 那要带什么材料',
    '早上好',
    '谢谢',
    '@小邻',
    '',
    '1118-001',
    'LL-23456789',
    '请问养鸽子要办什么证',
  ],
] as const

const step = fc.record({
  who: fc.constantFrom(...people),
  text: fc.constantFrom(...texts),
  where: fc.constantFrom(defaultGroup, defaultGroup, defaultGroup, '别的群', ''),
  how: fc.constantFrom('text', 'text', 'text', 'text', 'photo', 'voice', 'recall', 'again'),
  /** From within a burst to the days after a deadline. */
  wait: fc.constantFrom(0, 1, 5, 9, 60, 700, 4_000, 50_000, 200_000),
})

async function play(stage: Stage, { who, text, where: group, how, wait }: StepOf): Promise<void> {
  const last = (await stage.all('inbox')).at(-1)?.id.replace(/^main\//u, '')
  if (how === 'recall' && last) await stage.recall(last)
  else if (how === 'again' && last) await stage.say(who, text, { group, id: last })
  else if (how === 'photo') await stage.say(who, '', { group, photo: 'a.jpg' })
  else if (how === 'voice') await stage.say(who, '', { group, kind: 'voice' })
  else await stage.say(who, text, { group })
  await stage.wait(wait)
}
type StepOf = typeof step extends fc.Arbitrary<infer Value> ? Value : never

test('any conversation leaves every line decided, every ticket the fold of its events, and nothing waiting', async () => {
  const lore = await realLore()
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 30 }), async (steps) => {
      const stage = new Stage(lore, {})
      await stage.hire('网格员小赵', 'grid_worker')
      await stage.hire('网格长老钱', 'grid_leader')
      for (const each of steps) await play(stage, each)
      await stage.wait(600)

      const lines = await stage.all('inbox')
      expect(lines.filter(({ state }) => state !== 'done')).toEqual([])
      expect(lines.filter(({ outcome }) => outcome === undefined)).toEqual([])
      const events = (await stage.all('ticketEvents')).toSorted((a, b) => a.sequence - b.sequence)
      for (const ticket of await stage.all('tickets')) {
        const own = events.filter((event) => event.ticket === ticket.id)
        expect(own.map(({ sequence }) => sequence)).toEqual(own.map((_, index) => index + 1))
        const { version: _, ...kept } = ticket
        expect(fold(own.map(({ version: __, ...event }) => event as TicketEvent))).toEqual(kept)
      }
      // a follow-up of the night waits for the morning; nothing else may be left
      const due = (await stage.all('outbox')).filter(({ dueAt }) => dueAt <= stage.clock.now)
      expect(due.filter(({ state }) => state !== 'confirmed')).toEqual([])
      const waiting = (await stage.all('timers')).filter(({ dueAt }) => dueAt <= stage.clock.now)
      expect(waiting).toEqual([])
    }),
    { numRuns: 60 },
  )
})
