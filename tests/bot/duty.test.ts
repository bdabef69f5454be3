import { describe, expect, test } from 'vitest'
import { execute } from '../../bot/doors/execute.ts'
import { query } from '../../bot/doors/query.ts'
import type { Duty, Shift } from '../../tickets/duty.ts'
import { hour } from '../../tickets/shanghai-time.ts'
import { defaultGroup, openStage, type Stage } from './stage.ts'

const day: Shift = {
  name: '白班',
  on: ['working_day'],
  from: 8.5 * hour,
  to: 17.5 * hour,
  people: ['值班赵强'],
}
const night: Shift = {
  ...{ name: '夜班', on: ['every_day'], from: 17.5 * hour, to: 8.5 * hour },
  people: ['值班钱红'],
}
const flood: Shift = {
  ...{ name: '防汛', on: ['every_day'], from: 0, to: 0, people: ['防汛李海'] },
  ...{ season: { from: '06-01', to: '09-30' } },
}
const roster: Duty = { shifts: [day, night, flood], fallback: 'grid_leader' }

async function withDuty(start: string, duty: Duty = roster): Promise<Stage> {
  const stage = await openStage({ start, lore: { duty } })
  await stage.hire('网格员小赵', 'grid_worker')
  await stage.hire('网格长老钱', 'grid_leader')
  for (const name of ['值班赵强', '值班钱红', '防汛李海']) await stage.hire(name, 'department')
  return stage
}

const fire = '3号楼2单元着火了，救命'
const alarmed = (stage: Stage) =>
  [...new Set(stage.chat.sent.filter(({ text }) => text.includes('【紧急】')).map(nameOf))].sort()

function nameOf({ to }: Stage['sent'][number]): string {
  return 'contact' in to ? to.contact.slice(2) : ''
}

describe('an emergency goes to those on duty now, and to the grid worker of the place', () => {
  test.each([
    ['2026-11-18 10:00', ['值班赵强', '网格员小赵'], 'a working day'],
    ['2026-11-18 23:00', ['值班钱红', '网格员小赵'], 'a night'],
    ['2026-11-19 03:00', ['值班钱红', '网格员小赵'], 'the small hours of that night'],
    ['2026-07-12 23:00', ['值班钱红', '网格员小赵', '防汛李海'], 'a night of the flood season'],
  ] as const)('%s: %j, %s', async (at, expected, _) => {
    const stage = await withDuty(at)
    await stage.say('石女士', fire)
    expect(alarmed(stage)).toEqual([...expected].sort())
  })

  test('while nobody is on duty, to the fallback role', async () => {
    const stage = await withDuty('2026-11-21 10:00')
    await stage.say('石女士', fire)
    expect(alarmed(stage)).toEqual(['网格员小赵', '网格长老钱'].sort())
  })

  test('a name that is not on the roster, or twice, is passed over in favour of the fallback', async () => {
    const missing = { ...roster, shifts: [{ ...night, people: ['没有的人', '重名'] }] }
    const stage = await withDuty('2026-11-18 23:00', missing)
    await stage.hire('重名', 'department')
    await stage.put('people', { id: 'p-2', name: '重名', role: 'admin', places: [], friend: true })
    await stage.say('石女士', fire)
    expect(alarmed(stage)).toEqual(['网格员小赵', '网格长老钱'].sort())
  })

  test('without a duty roster to the grid worker alone', async () => {
    const stage = await withDuty('2026-11-18 23:00', { ...roster, shifts: [] })
    await stage.say('石女士', fire)
    expect(alarmed(stage)).toEqual(['网格员小赵'])
  })
})

describe('the ladder of an emergency stops when somebody answers', () => {
  test('whoever is on duty answers in private: it is theirs, and nobody higher is woken', async () => {
    const stage = await withDuty('2026-11-18 23:00')
    await stage.say('石女士', fire)
    await stage.wait(60)
    await stage.hear('值班钱红', '看到了，马上到', { group: '' })
    await stage.wait(900)
    expect((await stage.all('tickets'))[0]?.responsible).toBe('p-值班钱红')
    expect(stage.toldTo('网格长老钱')).toEqual([])
  })

  test('unanswered it is passed on after two minutes, and those on duty are rung again', async () => {
    const stage = await withDuty('2026-11-18 23:00')
    await stage.say('石女士', fire)
    await stage.wait(121)
    expect(stage.toldTo('值班钱红')).toHaveLength(2)
    expect(stage.toldTo('网格长老钱')).toEqual([expect.stringContaining('第2次')])
    expect(stage.eventTypes).toContain('escalated')
  })

  test('when the shift changes meanwhile, whoever comes is told', async () => {
    const stage = await withDuty('2026-11-18 17:29')
    await stage.say('石女士', fire)
    await stage.wait(121)
    expect(alarmed(stage)).toContain('值班赵强')
    expect(stage.toldTo('值班钱红')).toEqual([expect.stringContaining('第2次')])
  })
})

describe('whoever is away may send an emergency on', () => {
  test('the other is told at once, and has two minutes before it goes higher', async () => {
    const stage = await withDuty('2026-11-18 23:00')
    await stage.say('石女士', fire)
    await stage.wait(100)
    const before = stage.sent.length
    await stage.hear('值班钱红', '我不在，找值班赵强', { group: '' })
    expect(stage.toldTo('值班赵强')).toEqual([expect.stringMatching(/【紧急】值班钱红转给您：单号1118-001/u)])
    expect(stage.toldTo('值班钱红').at(-1)).toContain('已经通知值班赵强')
    expect(stage.sent.slice(before)).toHaveLength(2)
    expect(stage.eventTypes).not.toContain('acknowledged')
    await stage.wait(90)
    expect(stage.toldTo('网格长老钱')).toEqual([])
    await stage.wait(30)
    expect(stage.toldTo('网格长老钱')).toHaveLength(1)
    await stage.say('值班赵强', '收到', { group: '' })
    expect((await stage.all('tickets'))[0]?.responsible).toBe('p-值班赵强')
  })

  test('转 and the name is enough, in the group as well, where no name is repeated', async () => {
    const stage = await withDuty('2026-11-18 23:00')
    await stage.say('石女士', fire)
    await stage.wait(5)
    const before = stage.saidTo().length
    await stage.hear('值班钱红', '转值班赵强')
    expect(stage.toldTo('值班赵强')).toHaveLength(1)
    expect(stage.saidTo()).toHaveLength(before)
    expect(stage.eventTypes).not.toContain('acknowledged')
  })

  test('away, and with a name that nobody has, is no answer: the ladder goes on', async () => {
    const stage = await withDuty('2026-11-18 23:00')
    await stage.say('石女士', fire)
    await stage.hear('值班钱红', '我不在，找王五', { group: '' })
    await stage.wait(121)
    expect(stage.eventTypes).not.toContain('acknowledged')
    expect(stage.toldTo('网格长老钱')).toHaveLength(1)
  })

  test.each(['我去找钥匙', '转告他们先别上楼', '马上找人过去', '叫救护车了吗'])(
    '%s is an answer like any other',
    async (words) => {
      const stage = await withDuty('2026-11-18 23:00')
      await stage.say('石女士', fire)
      await stage.say('值班钱红', words, { group: '' })
      expect(stage.eventTypes).toContain('acknowledged')
    },
  )
})

describe('an alarm from a machine has no group, and is answered all the same', () => {
  async function smoke(): Promise<Stage> {
    const stage = await withDuty('2026-11-18 23:00')
    await stage.say('石女士', '大家好')
    await stage.say('网格员小赵', '大家好', { group: '网格员内部群' })
    await stage.change('groups', (await stage.groupNamed('网格员内部群')).id, { tags: ['网格员群'] })
    await execute(stage.house, { kind: 'system', name: 'smoke' }, 'alarm-1', {
      ...{ type: 'ticket.open', category: 'safety', where: '', text: '烟感报警：3号楼2单元着火了' },
    })
    await stage.engine.runDue()
    expect(stage.toldTo('值班钱红')).toHaveLength(1)
    return stage
  }
  const acknowledgedBy = (stage: Stage) =>
    stage.events.flatMap(({ type, by }) => (type === 'acknowledged' ? [by] : []))

  test('in private', async () => {
    const stage = await smoke()
    await stage.say('值班钱红', '收到', { group: '' })
    expect(acknowledgedBy(stage)).toEqual(['p-值班钱红'])
  })

  test('in the group of staff, and not in a group of residents', async () => {
    const stage = await smoke()
    await stage.say('网格员小赵', '今天群里真热闹', { group: defaultGroup })
    expect(acknowledgedBy(stage)).toEqual([])
    await stage.say('网格员小赵', '我去看', { group: '网格员内部群' })
    expect(acknowledgedBy(stage)).toEqual(['p-网格员小赵'])
  })
})

describe('值班 says who is on duty', () => {
  test('in private with names: now, and next', async () => {
    const stage = await withDuty('2026-11-20 18:00')
    const [answer] = await stage.hear('网格员小赵', '值班', { group: '' })
    expect(answer?.text).toBe(
      '现在值班：\n夜班：值班钱红，到11月21日08:30\n下一班夜班：值班钱红，11月21日17:30起',
    )
  })

  test('in a group of residents without names', async () => {
    const stage = await withDuty('2026-07-12 23:00')
    const [answer] = await stage.hear('网格员小赵', '#值班')
    expect(answer?.text).toContain('夜班：1人')
    expect(answer?.text).toContain('防汛：1人')
    expect(answer?.text).not.toContain('钱红')
  })

  test('a name that the roster does not know is shown as such', async () => {
    const stage = await withDuty('2026-11-18 23:00', {
      ...roster,
      shifts: [{ ...night, people: ['没有的人'] }],
    })
    const [answer] = await stage.hear('网格员小赵', '值班表', { group: '' })
    expect(answer?.text).toContain('没有的人（名册里没有）')
  })

  test('while nobody is, whom to call', async () => {
    const stage = await withDuty('2026-11-21 10:00')
    const [answer] = await stage.hear('网格员小赵', '今天谁值班', { group: '' })
    expect(answer?.text).toBe('现在没有排班，有紧急情况找网格长。\n下一班夜班：值班钱红，11月21日17:30起')
  })

  test('other programs ask through the door', async () => {
    const stage = await withDuty('2026-11-20 18:00')
    const rows = await query(stage.house, { kind: 'operator' }, { type: 'duty' })
    expect(rows).toEqual([
      {
        ...{ when: 'now', shift: '夜班', people: [{ id: 'p-值班钱红', name: '值班钱红' }], unknown: [] },
        ...{ from: '2026-11-20T17:30:00.000+08:00', to: '2026-11-21T08:30:00.000+08:00' },
      },
      expect.objectContaining({ when: 'next', shift: '夜班', from: '2026-11-21T17:30:00.000+08:00' }),
    ])
  })

  test('is no word for residents', async () => {
    const stage = await withDuty('2026-11-20 18:00')
    const answers = await stage.hear('石女士', '值班', { group: '' })
    expect(answers.map(({ text }) => text).join()).not.toContain('钱红')
  })
})
