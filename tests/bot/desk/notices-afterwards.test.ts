import { describe, expect, test } from 'vitest'
import type { Stage } from '../stage.ts'
import {
  chief,
  elsewhere,
  inGroups,
  leader,
  openChat,
  says,
  stopped,
  strictAbove,
  worker,
} from './notices-stage.ts'

async function openWithSent(): Promise<Stage> {
  const stage = await openChat()
  await says(stage, worker, `通知 幸福里社区 业主群 ${stopped}`)
  await says(stage, worker, '发送', 60)
  return stage
}

const both = ['幸福里一期业主群', '幸福里二期业主群'].sort()

describe('afterwards', () => {
  test('更正 is a draft for exactly those who got it, and goes out on 发送', async () => {
    const stage = await openWithSent()
    // a group that came later has nothing to be corrected
    await stage.change('groups', 'g-幸福里商户群', { tags: ['业主群'] })
    const said = await says(stage, worker, '更正通知1：停水改到后天早上8点')
    expect(said).toMatch(/【更正】.*明早8点到12点停水[\s\S]*停水改到后天早上8点\n上面是通知2的样子.*2个群/u)
    expect(inGroups(stage)).toHaveLength(2)
    await says(stage, worker, '发送', 60)
    expect(
      inGroups(stage)
        .slice(2)
        .map((text) => text.split('：')[0])
        .sort(),
    ).toEqual(both)
  })

  test('without a number it is the last one; without words they are asked for', async () => {
    const stage = await openWithSent()
    expect(await says(stage, worker, '更正通知')).toMatch(/更正成什么.*“更正通知1：/u)
    expect(await says(stage, worker, '更正刚才的通知：改到后天')).toMatch(/【更正】[\s\S]*改到后天/u)
  })

  test('作废 says so itself, with its reason when there is one', async () => {
    const stage = await openWithSent()
    expect(await says(stage, worker, '作废通知1')).toMatch(/【作废】[\s\S]*通知2的样子/u)
    await says(stage, worker, '取消')
    expect(await says(stage, worker, '撤回通知1 水厂改了时间')).toMatch(/【作废】[\s\S]*水厂改了时间/u)
    await says(stage, worker, '发送', 60)
    expect(inGroups(stage)).toHaveLength(4)
  })

  test('before it was sent 更正 changes it, and 撤回 drops it', async () => {
    const stage = await openChat()
    await says(stage, worker, `通知 幸福里社区 业主群 ${stopped}`)
    expect(await says(stage, worker, '更正通知1：后天停水')).toMatch(/^后天停水\n上面是通知1的样子/u)
    expect(await says(stage, worker, '撤回通知1')).toMatch(/通知1取消了/u)
  })

  test('改, 停止 and 发送 of what is over say what can still be done', async () => {
    const stage = await openWithSent()
    for (const order of ['改 1 后天停水', '停止通知1', '发送 1', '暂停通知1'])
      expect(await says(stage, worker, order)).toMatch(/通知1已经发完了。要更正说“更正通知1：…”/u)
    expect(inGroups(stage)).toHaveLength(2)
  })

  test('somebody of another place corrects nothing; who leads there may', async () => {
    const stage = await openWithSent()
    expect(await says(stage, elsewhere, '更正通知1：后天停水')).toMatch(/别人写的/u)
    expect(await says(stage, leader, '更正通知1：后天停水')).toMatch(/通知2的样子/u)
  })

  test('列表, one of them, and its groups can be looked at', async () => {
    const stage = await openWithSent()
    await says(stage, worker, '通知 幸福里社区 商户群 明天9点发 消防检查')
    expect(await says(stage, worker, '通知列表')).toMatch(
      /通知2（没发.*\n通知1（发完了，幸福里社区·业主群）明早8点.*——小赵/u,
    )
    expect(await says(stage, worker, '通知1 各群')).toMatch(/已发2：幸福里.期业主群、幸福里.期业主群/u)
    expect(await says(stage, worker, '通知2')).toMatch(/通知2.*没发/u)
    expect(await says(stage, worker, '通知9')).toMatch(/没有通知9/u)
  })

  test('收到 is counted when it was asked for, and 谁没回 tells', async () => {
    const stage = await openChat()
    await says(stage, worker, '通知 幸福里社区 业主群 周五开会，收到请回复')
    await says(stage, worker, '发送', 60)
    await stage.hear('王大爷', '收到', { group: '幸福里一期业主群' })
    expect(await says(stage, worker, '通知1谁没回')).toMatch(/幸福里一期业主群：100人里回了1人/u)
    await says(stage, worker, `通知 幸福里社区 商户群 ${stopped}`)
    expect(await says(stage, worker, '通知2回执')).toMatch(/没有要大家回“收到”/u)
  })
})

describe('in a group', () => {
  const group = '幸福里一期业主群'

  test('the preview goes to its author in private, and # is needed', async () => {
    const stage = await openChat()
    await stage.hear(worker, `通知 本群 ${stopped}`, { group })
    expect(await stage.all('notices')).toEqual([])
    await stage.hear(worker, `#通知 本群 ${stopped}`, { group })
    expect(stage.saidTo(group)).toEqual(['通知1的样子私聊发您了，看好了回“发送 1”才发。'])
    expect(stage.toldTo(worker)[0]).toBe(stopped)
    await stage.hear(worker, '#发送 1', { group })
    await stage.wait(30)
    expect(stage.saidTo(group).at(-1)).toBe(stopped)
  })

  test('to whom there is no private way is shown it there, short', async () => {
    const stage = await openChat()
    await stage.change('people', `p-${worker}`, { friend: false })
    await stage.say(worker, `@小邻 通知 本群 ${'请大家提前储水，'.repeat(20)}`, { group })
    await stage.wait(20)
    expect(stage.saidTo(group)).toHaveLength(1)
    expect(stage.saidTo(group)[0]).toMatch(/^请大家提前储水，.*…\n上面是通知1的样子/u)
  })

  test('本群 in private is nobody', async () => {
    const stage = await openChat()
    expect(await says(stage, worker, `通知 本群 ${stopped}`)).toMatch(/发给谁/u)
  })
})

describe('who is no staff', () => {
  const group = '幸福里一期业主群'

  test.each(['通知：明天聚餐', '发送', '同意', '通知12', '取消 1', '停止', '通知 各位邻居 我家有西瓜'])(
    '“%s” unaddressed is talk',
    async (text) => {
      const stage = await openChat()
      await stage.hear('王大爷', text, { group })
      expect(stage.saidTo(group)).toEqual([])
    },
  )

  test.each([
    '@小邻 通知 所有群 今晚停水',
    '#通知 所有群 今晚停水',
    '@小邻 更正通知1：不停水了',
    '@小邻 同意通知1',
  ])('“%s” gets one kind sentence, and nothing happens', async (text) => {
    const stage = await openWithSent()
    await stage.hear('王大爷', text, { group })
    expect(stage.saidTo(group).slice(1)).toEqual([expect.stringContaining('工作人员才能用')])
    expect(await stage.all('notices')).toHaveLength(1)
  })

  test.each(['取消', '发送', '好的，取消', '继续', '进度', '改时间'])(
    '“%s” in private is not taken for an order of staff',
    async (text) => {
      const stage = await openChat()
      expect(await says(stage, '王大爷', text)).not.toContain('工作人员才能用')
    },
  )

  test('nor is talk of staff: 继续 without a notice that waits belongs to others', async () => {
    const stage = await openChat()
    for (const text of ['继续', '取消', '通知书在哪领', '通知物业明天来修', '收到通知了'])
      expect(await says(stage, worker, text)).not.toMatch(/发给谁|通知\d/u)
    expect(await stage.all('notices')).toEqual([])
  })
})

describe('words of danger in a notice of staff', () => {
  test('call for nobody when it is said whom they are for', async () => {
    const stage = await openChat(await strictAbove(99))
    await says(stage, worker, `通知 幸福里社区 业主群\n3号楼着火了，请从北门疏散`)
    await says(stage, worker, '改 1 3号楼着火了，请从南门走')
    expect(stage.eventTypes).toEqual([])
    expect(await stage.all('notices')).toMatchObject([{ text: '3号楼着火了，请从南门走' }])
  })

  test('are a call for help when it is said to nobody', async () => {
    const stage = await openChat()
    await says(stage, chief, '通知大家3号楼着火了快跑')
    expect(stage.eventTypes).toContain('opened')
  })
})
