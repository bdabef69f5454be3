import { describe, expect, test } from 'vitest'
import type { Stage } from '../stage.ts'
import { hours, openWithWorker, pigeons, pigeonsAgain, rows, worker } from './asking.ts'

describe('staff word their answers by numbers', () => {
  async function openWithQuestion(): Promise<Stage> {
    const stage = await openWithWorker()
    await stage.hear('小谢', pigeons)
    return stage
  }

  const mistakes: readonly [said: string, told: RegExp][] = [
    ['回答 Q99 周末休息', /没有Q99这个问题.*未答问题/u],
    ['回答 Q1', /请在后面写上答复，例如：回答 Q1/u],
    ['回答 周末休息', /请带上编号，例如：回答 Q1/u],
    ['回答 Q1 身份证410105198001011234的那位可以办', /去掉/u],
    ['回答 Q1 周末休息 至2026-02-30', /2026-02-30.*不对/u],
    ['回答 Q1 周末休息 至2026-11-17', /2026-11-17.*不对/u],
    [`回答 Q1 ${'长'.repeat(1001)}`, /最多1000字，这条有1001字/u],
    ['改答 周末休息', /请带上编号，例如：改答 Q12 新内容/u],
    ['撤答', /请带上编号，例如：撤答 Q12/u],
    ['忽略', /请带上编号，例如：忽略 Q1/u],
    ['回答 Q1 身份证４１０１０５１９５００１０１１２３４带上', /身份证.*去掉/u],
    ['回答 Q1 卡号622202 0200 1122 33445', /银行卡.*去掉/u],
    ['回答 Q1 410105 19500101 123 4 的可以来', /去掉/u],
    ['回答 Q1 3号楼502的王桂芳，电话13987654321', /手机号和门牌号.*去掉/u],
    ['回答 Q1 打１３９ ８７６５ ４３２１，501室', /手机号和门牌号.*去掉/u],
    ['回答 Q1 3号楼某室，13987654321', /手机号和门牌号.*去掉/u],
    ['回答 Q1 九点至2027-01-01', /“至2027-01-01”.*有效期至2027-12-31.*不是/su],
    ['改答 Q1 周末休息', /Q1还没有答复/u],
    ['撤答 Q1', /Q1还没有答复/u],
    ['忽略 Q1 身份证410105198001011234', /^(?!.*发到群里).*去掉/u],
    ['回答 Q1 周末休息\n回答 Q2 周六开门', /一条一条/u],
  ]

  test.each(mistakes)('%j is told what to do, and nothing is changed', async (said, told) => {
    const stage = await openWithQuestion()
    const [answer] = await stage.hear(worker, said, { group: '' })
    expect(answer?.text).toMatch(told)
    expect(await stage.all('staffAnswers')).toEqual([])
    expect(await stage.all('audit')).toEqual([])
    expect(await rows(stage)).toHaveLength(1)
  })

  test.each([
    '服务站一楼103室，电话0371-60000000或12345',
    '找网格员小赵，手机13800138000',
    '热线400 123 4567，电话61234567 61234568，2026-12-31前',
    '打110、119，缴费时间2026年9月1日 9:00',
  ])('%j is what offices say, and passes', async (text) => {
    const stage = await openWithQuestion()
    await stage.hear(worker, `回答 Q1 ${text}。`, { group: '' })
    expect(await stage.all('staffAnswers')).toMatchObject([{ text: `${text}。` }])
  })

  test('whoever forgets the number of an answer is shown one that was answered', async () => {
    const stage = await openWithQuestion()
    await stage.hear('小谢', '请问社区陶艺班几点开课')
    await stage.hear(worker, `回答 Q2 周六上午。`, { group: '' })
    const [back] = await stage.hear(worker, '#撤答')
    expect(back?.text).toMatch(/例如：撤答 Q2/u)
    const [anew] = await stage.hear(worker, '#改答 周日上午')
    expect(anew?.text).toMatch(/例如：改答 Q2 新内容/u)
  })

  test('a number alone shows its question, and what can be done with it', async () => {
    const stage = await openWithQuestion()
    await stage.hear('马叔', pigeonsAgain)
    const [open] = await stage.hear(worker, 'Q1', { group: '' })
    expect(open?.text).toMatch(/^Q1 .*养鸽子要办什么证（2人问.*养鸽子需要办证吗.*回答 Q1 内容.*忽略 Q1/su)
    const [answered] = await stage.hear(worker, '#答 Q1 上午去办')
    expect(answered?.text).toContain('Q1已答复')
    const [shown] = await stage.hear(worker, 'q1', { group: '' })
    expect(shown?.text).toMatch(/Q1已由网格员小赵.*上午去办.*撤答 Q1/su)
    const [none] = await stage.hear(worker, 'Q77', { group: '' })
    expect(none?.text).toMatch(/没有Q77/u)
  })

  test('a group is shown by number only what was asked there', async () => {
    const stage = await openWithQuestion()
    await stage.hear('何姐', '请问社区陶艺班几点开课', { group: '北区业主群' })
    const [said] = await stage.hear(worker, '#Q2')
    expect(said?.text).toContain('Q2')
    expect(said?.text).not.toContain('陶艺')
    const [there] = await stage.hear(worker, '#Q2', { group: '北区业主群' })
    expect(there?.text).toContain('陶艺')
  })

  test('an answer that is there already is shown, with who gave it and how to change it', async () => {
    const stage = await openWithQuestion()
    await stage.hear(worker, `回答 Q1 ${hours}`, { group: '' })
    await stage.hire('网格员小李', 'grid_worker')
    const [told] = await stage.hear('网格员小李', '回答 Q1 不用办', { group: '' })
    expect(told?.text).toMatch(/Q1已由网格员小赵在11月18日.*答复：养鸽子要先.*改答 Q1.*撤答 Q1/su)
    expect(await stage.all('staffAnswers')).toHaveLength(1)
  })

  test('line breaks and office numbers stay as they were written', async () => {
    const stage = await openWithQuestion()
    const text = '一、先登记\n二、再领证，电话0371-60000000'
    await stage.hear(worker, `回答 Q1 ${text}`, { group: '' })
    expect(await stage.all('staffAnswers')).toMatchObject([{ id: 'Q1/1', text, by: `p-${worker}` }])
    expect(stage.saidTo().at(-1)).toContain(text)
  })

  test.each(['@小邻 回答 Q1 不用办', '#忽略 Q1', '@小邻 撤答 Q1', '#未答问题'])(
    'a resident who says %j gets one kind sentence, and nothing happens',
    async (text) => {
      const stage = await openWithQuestion()
      const said = await stage.hear('路人', text)
      expect(said.map((each) => each.text)).toEqual([expect.stringContaining('工作人员才能用')])
      expect(await rows(stage)).toHaveLength(1)
      expect(await stage.all('staffAnswers')).toEqual([])
    },
  )

  test('a resident with a question of their own is no member of staff gone astray', async () => {
    const stage = await openWithQuestion()
    for (const text of ['@小邻 问题', '@小邻 有问题', '@小邻 Q1']) {
      const [said] = await stage.hear('路人', text)
      expect(said?.text).not.toContain('工作人员才能用')
    }
  })
})
