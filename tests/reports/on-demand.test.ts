import { describe, expect, test } from 'vitest'
import { openReportPress } from '../../adapters/reports/press.ts'
import { parseReportCommand } from '../../intents/report-commands.ts'
import { openStage, type Stage } from '../bot/stage.ts'

/** Staff ask for reports in chat. 2026-11-20 is a Friday. */

async function neighbourhood(): Promise<Stage> {
  const files = new Map<string, Uint8Array>()
  const stage = await openStage({
    start: '2026-11-20 09:00',
    reportPress: {
      ...openReportPress('/nowhere'),
      async keep(name, bytes) {
        files.set(name, bytes)
        return name
      },
      read: async (file) => files.get(file),
    },
  })
  await stage.put('places', { id: 'c', name: '槐荫社区', kind: 'community', parent: null })
  await stage.put('places', { id: 'g1', name: '第一网格', kind: 'grid', parent: 'c' })
  await stage.put('places', { id: 'g2', name: '第二网格', kind: 'grid', parent: 'c' })
  await stage.put('places', { id: 'd', name: '花园社区', kind: 'community', parent: null })
  await stage.hire('赵敏', 'grid_leader')
  await stage.change('people', 'p-赵敏', { places: ['c'] })
  await stage.hire('孙强', 'grid_worker')
  await stage.change('people', 'p-孙强', { places: ['g2'] })
  await stage.hire('钱主任', 'admin')
  await stage.hear('王阿姨', '大家早上好')
  await stage.change('groups', (await stage.groupNamed()).id, { places: ['g1'] })
  await stage.hear('王阿姨', '@小邻 11号楼1单元电梯坏了')
  return stage
}

async function answer(stage: Stage, who: string, text: string, group = ''): Promise<string> {
  const sent = await stage.hear(who, text, { group })
  return sent.map((each) => each.text).join('\n')
}

describe('in private', () => {
  test.each([
    ['日报', '【槐荫社区日报】11月20日（截至11月20日09:0'],
    ['周报', '【槐荫社区周报】11月16日至22日（截至'],
    ['上周周报', '【槐荫社区周报】11月9日至15日\n新收0件'],
    ['半月报', '【槐荫社区半月报】11月16日至30日（截至'],
    ['上个月月报', '【槐荫社区月报】2026年10月\n'],
    ['周报 第一网格', '【第一网格周报】'],
    ['第二网格 昨天日报', '【第二网格日报】11月19日\n新收0件'],
  ])('a grid leader who says %s gets it for the place they answer for', async (said, begins) => {
    const stage = await neighbourhood()
    expect(await answer(stage, '赵敏', said)).toContain(begins)
  })

  test('the week comes with a picture, the day without', async () => {
    const stage = await neighbourhood()
    expect((await stage.hear('赵敏', '周报', { group: '' })).map(({ picture }) => picture?.name)).toEqual([
      undefined,
      '2026-11-16-周报-槐荫社区-c.png',
    ])
    expect((await stage.hear('赵敏', '日报', { group: '' })).every(({ picture }) => !picture)).toBe(true)
  })

  test('the ranking lists every grid, also those with too few tickets', async () => {
    const stage = await neighbourhood()
    const text = await answer(stage, '赵敏', '排名')
    expect(text).toContain('【槐荫社区周报·网格排名】')
    expect(text).toContain('不排名 第一网格（新收1件，件数少）')
    expect(text).toContain('不排名 第二网格（新收0件，件数少）')
  })

  test('nobody sees the figures of places that are not theirs', async () => {
    const stage = await neighbourhood()
    expect(await answer(stage, '孙强', '周报')).toContain('【第二网格周报】')
    expect(await answer(stage, '孙强', '周报 第一网格')).toMatch(/不归您负责/u)
    expect(await answer(stage, '赵敏', '周报 花园社区')).toMatch(/不归您负责/u)
    expect(await answer(stage, '钱主任', '周报 花园社区')).toContain('【花园社区周报】')
    expect(await answer(stage, '钱主任', '周报')).toContain('【全部地点周报】')
  })

  test('a place that nobody knows is asked for again', async () => {
    const stage = await neighbourhood()
    expect(await answer(stage, '赵敏', '周报 月亮社区')).toMatch(/没找到“月亮社区”/u)
  })

  test('a resident gets no figures', async () => {
    const stage = await neighbourhood()
    for (const said of ['日报', '周报', '#周报', '网格排名'])
      expect(await answer(stage, '王阿姨', said)).not.toMatch(/新收|响应率|得分/u)
  })
})

describe('in a group', () => {
  test('the figures are of where the group is, without what was asked elsewhere', async () => {
    const stage = await neighbourhood()
    const text = await answer(stage, '赵敏', '#日报', '槐荫小区业主群')
    expect(text).toContain('【第一网格日报】')
    expect(text).not.toContain('问得最多')
  })

  test('排名 without # stays the word of the quiz', async () => {
    const stage = await neighbourhood()
    expect(await answer(stage, '赵敏', '@小邻 排名', '槐荫小区业主群')).not.toContain('网格')
    expect(await answer(stage, '赵敏', '#网格排名', '槐荫小区业主群')).toContain('网格排名】')
  })
})

describe('the words for it', () => {
  test.each([
    ['日报', { kind: 'daily', before: false, ranking: false }],
    ['昨天日报', { kind: 'daily', before: true }],
    ['昨日的日报', { kind: 'daily', before: true }],
    ['看看周报', { kind: 'weekly', before: false }],
    ['上周的周报', { kind: 'weekly', before: true }],
    ['上半月半月报', { kind: 'half_monthly', before: true }],
    ['上月月报', { kind: 'monthly', before: true }],
    ['上个月网格排名', { kind: 'monthly', before: true, ranking: true, bare: false }],
    ['排名', { kind: 'weekly', ranking: true, bare: true }],
    ['月报表 幸福街道', { kind: 'monthly', place: '幸福街道' }],
  ])('%s', (said, expected) => {
    expect(parseReportCommand(said)).toMatchObject({ command: 'report', ...expected })
  })

  test.each(['日报社在哪', '周报写完了吗', '我要投诉日报', '报一下', '排名第几', '月报谁写 你写'])(
    '%s asks for none',
    (said) => {
      expect(parseReportCommand(said)).toBeUndefined()
    },
  )
})
