import { describe, expect, test } from 'vitest'
import type { QuizScore } from '../../bot/quiz/quiz-documents.ts'
import { mondayOf } from '../../bot/quiz/scores.ts'
import { answers, rightLetter } from './quiz-stage.ts'
import { instant, openStage, type Stage } from './stage.ts'

async function play(stage: Stage, names: readonly string[], group?: string): Promise<void> {
  const saying = group === undefined ? {} : { group }
  await stage.hear('小谢', '来一题', saying)
  for (const name of names) await answers(stage, name, true, saying)
  await stage.wait(200)
}

async function ask(stage: Stage, text: string, from = '小谢'): Promise<string> {
  return (await stage.hear(from, text)).map((sent) => sent.text).join('\n---\n')
}

describe('the week of the quiz', () => {
  test.each([
    ['2026-11-22 23:59', '2026-11-16'],
    ['2026-11-23 00:00', '2026-11-23'],
    ['2026-11-18 09:00', '2026-11-16'],
    ['2027-01-01 12:00', '2026-12-28'],
  ])('at %s begins on %s', (now, monday) => {
    expect(mondayOf(instant(now))).toBe(monday)
  })

  test('begins anew on Monday, while all points stay, and the week before can be asked for', async () => {
    const stage = await openStage({ start: '2026-11-22 20:00' })
    await play(stage, ['白阿姨', '马叔'])
    await play(stage, ['马叔'])
    expect(await ask(stage, '本周排名')).toBe('本周答题榜：\n1. 马叔 2分\n2. 白阿姨 1分')
    await stage.runUntil(instant('2026-11-23 09:00'))
    expect(await ask(stage, '本周排名')).toContain('还没有积分')
    await play(stage, ['白阿姨'])
    expect(await ask(stage, '本周排名')).toBe('本周答题榜：\n1. 白阿姨 1分')
    expect(await ask(stage, '上周排名')).toBe('上周答题榜：\n1. 马叔 2分\n2. 白阿姨 1分')
    expect(await ask(stage, '排行榜')).toBe('答题积分榜：\n1. 马叔 2分\n1. 白阿姨 2分')
    await stage.runUntil(instant('2026-12-01 09:00'))
    await play(stage, ['马叔'])
    expect(await ask(stage, '上周排名')).toBe('上周答题榜：\n1. 白阿姨 1分')
  })
})

describe('the ranking', () => {
  test('shows ten at most, and nobody without points', async () => {
    const stage = await openStage()
    await play(
      stage,
      Array.from({ length: 14 }, (_, at) => `邻居${String.fromCodePoint(0x7532 + at)}`),
    )
    await stage.hear('小谢', '来一题')
    await answers(stage, '没答对的人', false)
    const lines = (await ask(stage, '排行榜')).split('\n')
    expect(lines).toHaveLength(11)
    expect(lines.join()).not.toContain('没答对')
  })

  test('masks what personal data people have in their names', async () => {
    const stage = await openStage()
    await play(stage, ['王姐13800138000'])
    const said = stage.saidTo().join() + (await ask(stage, '排行榜'))
    expect(said).toContain('王姐')
    expect(said).not.toContain('13800138000')
  })

  test('of a community adds the groups of one place up, and each group keeps its own', async () => {
    const stage = await openStage()
    await stage.put('places', { id: 'c-1', name: '槐荫社区', kind: 'community', parent: null })
    await stage.put('places', { id: 'g-1', name: '第一网格', kind: 'grid', parent: 'c-1' })
    for (const [group, places] of [
      ['甲', ['g-1']],
      ['乙', ['c-1']],
      ['丙', []],
    ] as const) {
      await stage.hear('小谢', '大家好', { group })
      await stage.change('groups', (await stage.groupNamed(group)).id, { places: [...places] })
      await play(stage, ['白阿姨', `${group}婶`], group)
    }
    const told = await stage.hear('小谢', '社区排名', { group: '甲' })
    expect(told[0]?.text).toMatch(
      /^槐荫社区答题积分榜：\n1\. 白阿姨 2分\n2\. [甲乙]婶 1分\n2\. [甲乙]婶 1分$/u,
    )
    const own = await stage.hear('小谢', '排行榜', { group: '甲' })
    expect(own[0]?.text).toMatch(/^答题积分榜：\n1\. .+ 1分\n1\. .+ 1分$/u)
    // without a community the group's own is shown
    const alone = await stage.hear('小谢', '社区排名', { group: '丙' })
    expect(alone[0]?.text).toMatch(/^答题积分榜：\n1\. /u)
  })

  test('of buildings is fair to small ones: the best five of each are added', async () => {
    const stage = await openStage()
    await stage.hear('小谢', '来一题')
    const players = [
      ...Array.from({ length: 12 }, (_, at) => [`大楼${at}`, '1号楼'] as const),
      ...Array.from({ length: 3 }, (_, at) => [`小楼${at}`, '2号楼'] as const),
    ]
    for (const [name, team] of players) await stage.say(name, `我是${team}的`)
    for (const [name] of players) await answers(stage, name)
    await stage.wait(200)
    await stage.hear('小谢', '来一题')
    for (const at of [0, 1, 2]) await answers(stage, `小楼${at}`)
    expect(await ask(stage, '楼栋排名')).toBe(
      '答题积分榜（每栋取最高的5位相加）：\n1. 2号楼 6分（3人）\n2. 1号楼 5分（12人）',
    )
    expect(await ask(stage, '本周楼栋排名')).toContain('1. 2号楼 6分')
  })

  test('says what to do where nobody has points', async () => {
    const stage = await openStage()
    expect(await ask(stage, '排行榜')).toContain('说“来一题”就开始')
    expect(await ask(stage, '上周排名')).toContain('上周没有人答题得分')
    expect(await ask(stage, '楼栋排名')).toContain('我是3号楼的')
    expect(await ask(stage, '我的积分')).toContain('您还没有积分')
  })

  test('tells somebody their own points, place and building, in private of the group where they played last', async () => {
    const stage = await openStage()
    await stage.hear('小谢', '来一题')
    await stage.say('白阿姨', '我是3号楼的')
    for (const name of ['白阿姨', '马叔']) await answers(stage, name)
    await stage.wait(200)
    await play(stage, ['马叔'])
    const mine = '您在槐荫小区业主群一共1分，排第2，本周1分。分也算在3号楼。'
    expect(await ask(stage, '我的积分', '白阿姨')).toBe(mine)
    await stage.hear('白阿姨', '我的积分', { group: '' })
    expect(stage.toldTo('白阿姨')).toEqual([mine])
  })

  test('asked for in private says of which group it is', async () => {
    const stage = await openStage()
    await stage.hear('小谢', '来一题')
    await stage.say('白阿姨', '我是3号楼的')
    await answers(stage, '白阿姨')
    await stage.wait(200)
    const group = '槐荫小区业主群'
    for (const [asked, title] of [
      ['排行榜', '答题积分榜：'],
      ['本周排名', '本周答题榜：'],
      ['楼栋排名', '答题积分榜（每栋取最高的5位相加）：'],
    ] as const) {
      await stage.hear('白阿姨', asked, { group: '' })
      expect(stage.toldTo('白阿姨').at(-1)?.split('\n')[0]).toBe(`${group}${title}`)
    }
  })

  test('costs one document a person and place, however long they play', async () => {
    const stage = await openStage()
    for (let round = 0; round < 12; round++) {
      await stage.hear('小谢', '来一题')
      await stage.say('白阿姨', await rightLetter(stage))
      await stage.wait(6 * 86_400)
    }
    const scores: readonly QuizScore[] = await stage.all('quizScores')
    expect(scores).toHaveLength(1)
    expect(scores[0]?.points).toBe(12)
    expect(await stage.all('quizRounds')).toHaveLength(1)
    expect(await stage.all('quizDecks')).toHaveLength(1)
  })
})
