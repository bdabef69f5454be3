import { describe, expect, test } from 'vitest'
import { answers, questionsIn, roundIn } from './quiz-stage.ts'
import { openStage, type Stage } from './stage.ts'

const question = 90
const pause = 10

async function withSeries(order: string, start = '2026-11-18 09:00'): Promise<Stage> {
  const stage = await openStage({ start })
  await stage.hear('小谢', order)
  return stage
}

/** Until the next question stands there. */
async function passQuestion(stage: Stage): Promise<void> {
  const { closesAt } = await roundIn(stage)
  await stage.runUntil(closesAt + (pause + 5) * 1000)
}

describe('a series of questions', () => {
  test.each([
    ['来5题', 5],
    ['答题竞赛 10题', 10],
    ['来十道题', 10],
    ['开始竞赛', 5],
    ['@小邻 来两道题', 2],
    ['来99题', 20],
  ])('%s', async (order, count) => {
    const stage = await withSeries(order)
    expect(stage.saidTo()[0]).toContain(`一共${count}题`)
    expect(stage.saidTo()[0]).toContain(`【第1题，共${count}题】`)
  })

  test('asks the next one a short pause after the answer, and ends with the table', async () => {
    const stage = await withSeries('来3题')
    for (let at = 1; at <= 3; at++) {
      expect((await roundIn(stage)).at).toBe(at)
      await answers(stage, '白阿姨')
      await answers(stage, '马叔', at > 1)
      await answers(stage, '李婶', false)
      await passQuestion(stage)
    }
    const said = stage.saidTo()
    expect(questionsIn(said)).toHaveLength(3)
    expect(said.filter((text) => text.includes('10秒后出下一题'))).toHaveLength(2)
    expect(said.at(-1)).toBe('答题结束，一共3题，得分：\n1. 白阿姨 3分\n2. 马叔 2分')
    await stage.wait(600)
    expect(stage.saidTo()).toEqual(said)
  })

  test('keeps to its clock: the next question comes when time and pause are over', async () => {
    const stage = await withSeries('来2题')
    const { askedAt } = await roundIn(stage)
    await stage.runUntil(askedAt + (question + pause) * 1000 - 1)
    expect(questionsIn(stage.saidTo())).toHaveLength(1)
    await stage.wait(3)
    expect(questionsIn(stage.saidTo())).toHaveLength(2)
  })

  test('says that nobody has points, kindly', async () => {
    const stage = await withSeries('来2题')
    await stage.wait(300)
    expect(stage.saidTo().at(-1)).toBe('答题结束，一共2题，这次没人得分，下次再来。')
  })

  test('is ended by 停 in a question or in a pause, with the table so far', async () => {
    // the order took 20 s to be heard
    for (const wait of [0, question + 5 - 20]) {
      const stage = await withSeries('来5题')
      await answers(stage, '白阿姨')
      await stage.wait(wait)
      await stage.hear('小谢', '停')
      expect(stage.saidTo().slice(-2)).toEqual([
        '答题结束，一共1题，得分：\n1. 白阿姨 1分',
        expect.stringContaining('答题先到这里'),
      ])
      await stage.wait(600)
      expect(questionsIn(stage.saidTo())).toHaveLength(1)
    }
  })

  test('skips to the next with 下一题 of whoever began it', async () => {
    const stage = await withSeries('来3题')
    await stage.hear('小谢', '下一题')
    await stage.wait(pause)
    expect(questionsIn(stage.saidTo())).toHaveLength(2)
  })

  test('tells whoever asks in the pause to wait', async () => {
    const stage = await withSeries('来3题')
    await stage.wait(question - 15)
    const [told] = await stage.hear('马叔', '@小邻 选B')
    expect(told?.text).toContain('收到您的答案')
    const { closesAt } = await roundIn(stage)
    await stage.runUntil(closesAt + 1_000)
    await stage.say('李婶', '@小邻 选B')
    await stage.wait(4)
    expect(stage.saidTo().at(-1)).toContain('下一题马上就来')
  })

  test('ends at ten in the evening, with its table', async () => {
    const stage = await withSeries('来10题', '2026-11-18 21:55')
    await answers(stage, '白阿姨')
    await stage.wait(3_600)
    const said = stage.saidTo()
    expect(questionsIn(said).length).toBeLessThan(5)
    expect(said.slice(-2)).toEqual([expect.stringContaining('夜深了'), expect.stringContaining('白阿姨 1分')])
    // the last answer does not promise a question that the night forbids
    expect(said.at(-2)).toContain('时间到。答案是')
    expect(said.at(-2)).not.toContain('出下一题')
  })

  test('in several groups at once is one game each', async () => {
    const stage = await openStage()
    for (const group of ['甲', '乙', '丙']) await stage.say('小谢', '来3题', { group })
    await stage.wait(30)
    for (const group of ['甲', '乙', '丙']) await answers(stage, `${group}婶`, true, { group })
    await stage.wait(400)
    for (const group of ['甲', '乙', '丙']) {
      expect(questionsIn(stage.saidTo(group))).toHaveLength(3)
      expect(stage.saidTo(group).at(-1)).toBe(`答题结束，一共3题，得分：\n1. ${group}婶 1分`)
    }
  })
})

describe('building against building', () => {
  test('asks for the building, shows it with the names, and adds each building’s best five', async () => {
    const stage = await openStage()
    await stage.hear('小谢', '楼栋赛 2题')
    expect(stage.saidTo()[0]).toContain('我是3号楼的')
    await stage.hear('白阿姨', '我是三号楼的')
    await stage.hear('马叔', '我住5号楼2单元')
    const crowd = Array.from({ length: 7 }, (_, at) => `七号楼邻居${at}`)
    for (const name of crowd) await stage.say(name, '我是7栋的')
    expect(stage.silences.filter((reason) => reason === 'quizTeam').length).toBeGreaterThanOrEqual(2)
    for (const name of ['白阿姨', '马叔', ...crowd]) await answers(stage, name)
    await passQuestion(stage)
    expect(stage.saidTo().find((text) => text.startsWith('时间到'))).toContain(
      '白阿姨（3号楼）、马叔（5号楼）',
    )
    for (const name of ['白阿姨', '马叔']) await answers(stage, name)
    await passQuestion(stage)
    expect(stage.saidTo().at(-1)).toContain('1. 7号楼 5分（7人）\n2. 3号楼 2分（1人）\n2. 5号楼 2分（1人）')
  })

  test('knows the building of a building leader from the roster', async () => {
    const stage = await openStage()
    await stage.put('places', { id: 'b-9', name: '9号楼', kind: 'building', parent: null })
    const id = await stage.hire('楼长老秦', 'building_leader')
    await stage.change('people', id, { places: ['b-9'] })
    await stage.hear('小谢', '来一题')
    await answers(stage, '楼长老秦')
    const [told] = await stage.hear('小谢', '楼栋排名')
    expect(told?.text).toContain('1. 9号楼 1分（1人）')
  })

  test('takes a building only while a game runs, and never the answer to where something is broken', async () => {
    const stage = await openStage()
    await stage.hear('白阿姨', '我是3号楼的')
    await stage.hear('小谢', '来一题')
    await stage.hear('马叔', '电梯坏了')
    await stage.hear('马叔', '我住5号楼')
    expect(stage.eventTypes).toContain('amended')
    expect((await stage.all('quizScores')).filter(({ team }) => team !== undefined)).toEqual([])
  })

  test('confirms the building to whoever speaks to the bot', async () => {
    const stage = await openStage()
    await stage.hear('小谢', '来一题')
    const [told] = await stage.hear('白阿姨', '@小邻 我是3号楼的')
    expect(told?.text).toBe('好的，您答题的分算到3号楼。')
  })
})
