import { describe, expect, test } from 'vitest'
import type { Stage } from '../stage.ts'
import {
  chief,
  elsewhere,
  inGroups,
  leader,
  openChat,
  says,
  stateOf,
  stopped,
  strictAbove,
  worker,
} from './notices-stage.ts'

async function openWithDraft(options = {}): Promise<Stage> {
  const stage = await openChat(options)
  await says(stage, worker, `通知 幸福里社区 业主群 ${stopped}`)
  return stage
}

describe('before it is sent', () => {
  test('two drafts at once: which one is asked, and its number alone is the answer', async () => {
    const stage = await openWithDraft()
    await says(stage, worker, '通知 幸福里社区 商户群 明天消防检查')
    const asked = await says(stage, worker, '发送')
    expect(asked).toMatch(/哪一条[\s\S]*通知2（没发，.*商户群）：明天消防检查[\s\S]*通知1（没发/u)
    expect(inGroups(stage)).toEqual([])
    await says(stage, worker, '2')
    expect(inGroups(stage)).toEqual(['幸福里商户群：明天消防检查'])
    expect(await stateOf(stage, 'N1')).toBe('draft')
  })

  test('第二条 answers, too; and a number that was not shown is no answer', async () => {
    const stage = await openWithDraft()
    await says(stage, worker, '通知 幸福里社区 商户群 明天消防检查')
    await says(stage, worker, '取消')
    await says(stage, worker, '7')
    expect([await stateOf(stage, 'N1'), await stateOf(stage, 'N2')]).toEqual(['draft', 'draft'])
    await says(stage, worker, '第二条')
    expect([await stateOf(stage, 'N1'), await stateOf(stage, 'N2')]).toEqual(['discarded', 'draft'])
  })

  test('改 gives other words, another time, other groups; each time with its preview', async () => {
    const stage = await openWithDraft()
    expect(await says(stage, worker, '改 1 后天早8点停水')).toMatch(/^后天早8点停水\n.*通知1的样子/u)
    expect(await says(stage, worker, '改时间 1 明天9点')).toMatch(/11月19日09:00开始发/u)
    expect(await says(stage, worker, '改范围 幸福里社区 商户群')).toMatch(/商户群，1个群/u)
    expect(await stage.all('notices')).toMatchObject([{ id: 'N1', state: 'draft', text: '后天早8点停水' }])
    expect(await says(stage, worker, '改时间 1 下辈子')).toMatch(/没看懂时间/u)
    expect(await says(stage, worker, '改范围 1 火星')).toMatch(/没看懂发给谁/u)
  })

  test('a draft of somebody else is theirs', async () => {
    const stage = await openWithDraft()
    expect(await says(stage, elsewhere, '发送 1')).toMatch(/通知1是别人写的/u)
    expect(await says(stage, elsewhere, '发送')).toMatch(/没有等着您发的通知/u)
    expect(await stateOf(stage, 'N1')).toBe('draft')
  })

  test('of several drafts 改 means the newest; 算了 while something is asked drops only that', async () => {
    const stage = await openWithDraft()
    await says(stage, worker, '通知 幸福里社区 商户群 明天消防检查')
    expect(await says(stage, worker, '改成后天消防检查')).toMatch(/^后天消防检查\n上面是通知2/u)
    await says(stage, worker, `通知 ${stopped}`)
    expect(await says(stage, worker, '算了')).toMatch(/这条不写了/u)
    expect([await stateOf(stage, 'N1'), await stateOf(stage, 'N2')]).toEqual(['draft', 'draft'])
  })

  test('确认 sends what was just shown, and nothing that is old', async () => {
    const stage = await openWithDraft()
    await stage.wait(3600)
    await says(stage, worker, '确认')
    expect(await stateOf(stage, 'N1')).toBe('draft')
    await says(stage, worker, '改 1 后天停水')
    await says(stage, worker, '确认', 60)
    expect(await stateOf(stage, 'N1')).toBe('finished')
  })

  test('at once is at once also while the clock goes on between two looks at it', async () => {
    const stage = await openChat()
    let looks = 0
    Object.assign(stage.house, { now: () => stage.clock.now + (looks++ % 500) })
    expect(await says(stage, worker, `通知 幸福里社区 ${stopped}`)).toMatch(/您说发送就开始/u)
    expect(await says(stage, worker, '改时间 1 明天9点')).toMatch(/11月19日09:00开始发/u)
    expect(await says(stage, worker, '改时间 1 现在')).toMatch(/11月18日09:0\d开始发/u)
    expect(await says(stage, worker, '发送')).toMatch(/通知1开始发了/u)
  })

  test('取消 drops it, and 发送 then says so', async () => {
    const stage = await openWithDraft()
    expect(await says(stage, worker, '取消')).toMatch(/通知1取消了/u)
    expect(await says(stage, worker, '发送 1')).toMatch(/通知1取消了，没有发出去/u)
    expect(await says(stage, worker, '发送 9')).toMatch(/没有通知9/u)
    expect(inGroups(stage)).toEqual([])
  })
})

describe('a second person', () => {
  test('is shown it, says 同意, its author is told, and it goes out', async () => {
    const stage = await openWithDraft(await strictAbove(1))
    expect(stage.toldTo(worker).at(-1)).toMatch(/要请另一位同意（群多）/u)
    expect(await says(stage, worker, '发送')).toMatch(/已经请1位审批人看了/u)
    expect(inGroups(stage)).toEqual([])
    expect(stage.toldTo(leader).at(-1)).toMatch(
      /小赵想发通知1.*2个群，您同意就开始发；要审是因为群多[\s\S]*提前储水[\s\S]*“同意通知1”/u,
    )
    expect(await says(stage, leader, '同意', 60)).toMatch(/您同意了通知1，马上发/u)
    expect(stage.toldTo(worker).some((text) => text.includes('通知1已由老钱同意'))).toBe(true)
    expect(inGroups(stage)).toHaveLength(2)
    expect((await stage.all('notices'))[0]?.history.map(({ event }) => event)).toEqual([
      ...['written', 'submitted', 'approved', 'started', 'finished'],
    ])
  })

  test('never its author, and nobody of another place', async () => {
    const stage = await openWithDraft(await strictAbove(1))
    await says(stage, worker, '发送')
    expect(await says(stage, worker, '同意通知1')).toMatch(/您自己写的，要请另一位来同意/u)
    expect(await says(stage, worker, '同意')).toMatch(/您自己写的/u)
    expect(await says(stage, elsewhere, '同意通知1')).toMatch(/您还办不了/u)
    expect(await stateOf(stage, 'N1')).toBe('awaiting')
  })

  test('who does not answer in time: its author hears that it was not sent', async () => {
    const stage = await openWithDraft(await strictAbove(1))
    await says(stage, worker, '发送')
    await stage.wait(3 * 24 * 3600)
    expect(stage.toldTo(worker).at(-1)).toMatch(/通知1没有发出去：时间已经过了/u)
    expect(inGroups(stage)).toEqual([])
  })

  test('says 不同意 with a reason; changed, it is written anew with all that it had', async () => {
    const stage = await openWithDraft(await strictAbove(1))
    await says(stage, worker, '发送')
    expect(await says(stage, leader, '不同意 1 时间写错了')).toMatch(/通知1不发/u)
    expect(stage.toldTo(worker).at(-1)).toMatch(/老钱没有同意：时间写错了/u)
    expect(await says(stage, worker, '改 1 后天早8点停水')).toMatch(/通知2的样子.*业主群，2个群/u)
    expect([await stateOf(stage, 'N1'), await stateOf(stage, 'N2')]).toEqual(['refused', 'draft'])
  })

  test('who has an extension to decide as well is asked which of the two is meant', async () => {
    const stage = await openWithDraft(await strictAbove(1))
    await stage.change('people', `p-${leader}`, { role: 'resident' })
    await stage.hear('马叔', '小区南门路灯不亮，黑漆漆的', { group: '幸福里一期业主群' })
    await says(stage, worker, '延期 1118-001 2天 等配件')
    await says(stage, worker, '发送')
    const asked = await says(stage, chief, '同意')
    expect(asked).toMatch(/“同意通知1”.*“同意 1118-001”/u)
    expect(await stateOf(stage, 'N1')).toBe('awaiting')
    await says(stage, chief, '同意 1118-001')
    expect(stage.eventTypes).toContain('extended')
    expect(await stateOf(stage, 'N1')).toBe('awaiting')
    expect(await says(stage, chief, '同意', 60)).toMatch(/您同意了通知1/u)
    expect(await stateOf(stage, 'N1')).toBe('finished')
  })

  test('同意 1 is the ticket when its number ends so, and then it is asked', async () => {
    const stage = await openWithDraft(await strictAbove(1))
    await stage.change('people', `p-${leader}`, { role: 'resident' })
    await stage.hear('马叔', '小区南门路灯不亮，黑漆漆的', { group: '幸福里一期业主群' })
    await says(stage, worker, '延期 1118-001 2天 等配件')
    await says(stage, worker, '发送')
    expect(await says(stage, chief, '同意 1')).toMatch(/哪一个/u)
    expect(await says(stage, chief, '不同意通知1 再等等')).toMatch(/通知1不发/u)
    expect(stage.eventTypes).not.toContain('extended')
  })
})

describe('while it is sent', () => {
  const slow = { settings: { pace: pace(60_000) } }

  test('进度 says how far it is and how long it takes; 暂停, 继续 and 停止 do what they say', async () => {
    const stage = await openChat(slow)
    await says(stage, worker, `通知 幸福里社区 ${stopped}`)
    await says(stage, worker, '发送', 70)
    expect(await says(stage, worker, '通知进度', 5)).toMatch(/正在发）：已发1\/3，预计还要.*1分钟/u)
    expect(await says(stage, worker, '暂停', 5)).toMatch(/通知1先停下了：1个群已发，2个没发/u)
    await stage.wait(600)
    expect(inGroups(stage)).toHaveLength(1)
    expect(await says(stage, worker, '继续', 65)).toMatch(/通知1接着发/u)
    expect(inGroups(stage)).toHaveLength(2)
    expect(await says(stage, leader, '停止通知1', 5)).toMatch(/2个群已经发出去，1个不再发/u)
    await stage.wait(600)
    expect(inGroups(stage)).toHaveLength(2)
    expect(await stateOf(stage, 'N1')).toBe('stopped')
  })

  test('取消 of what is being sent stops it', async () => {
    const stage = await openChat(slow)
    await says(stage, worker, `通知 幸福里社区 ${stopped}`)
    await says(stage, worker, '发送', 70)
    expect(await says(stage, worker, '取消 1', 5)).toMatch(/通知1停了：1个群已经发出去，2个不再发/u)
    await says(stage, worker, `通知 幸福里社区 ${stopped}，谢谢`, 5)
    await says(stage, worker, '发送', 5)
    expect(await says(stage, worker, '停止', 5)).toMatch(/通知2取消了，不会再发/u)
  })
})

describe('what nobody can be sure of', () => {
  async function openInDoubt(...codes: ('failed' | 'gone')[]): Promise<Stage> {
    const stage = await openChat()
    await says(stage, worker, `通知 幸福里社区 ${stopped}`)
    await stage.say(worker, '发送', { group: '' })
    // the answer has gone out, the first copy has not
    await stage.wait(3)
    stage.chat.failNext(...codes)
    await stage.wait(60)
    return stage
  }

  test('is named, and 已到 settles it', async () => {
    const stage = await openInDoubt('failed')
    const end = stage.toldTo(worker).filter((text) => text.includes('通知1发完了'))
    expect(end).toEqual([
      expect.stringMatching(/3个群里2个收到了；1个说不准[\s\S]*说不准到没到：幸福里\S+群。/u),
    ])
    const doubtful = (await stage.all('outbox')).filter(({ state }) => state === 'unconfirmed')
    expect(doubtful).toHaveLength(1)
    const said = await says(stage, worker, '通知1')
    expect(said).toMatch(/已发2\/3，待确认1/u)
    expect(said).toMatch(/说不准到没到：幸福里\S+群。.*“1 已到 幸福里/u)
    const name = /说不准到没到：(\S+?)。/u.exec(said)?.[1] ?? ''
    expect(await says(stage, worker, `1 已到 ${name}`)).toMatch(/记下1个群收到了/u)
    expect(await says(stage, worker, '通知进度')).toMatch(/已发3\/3/u)
    expect(await says(stage, worker, '补发 1')).toMatch(/没有要您确认的群/u)
  })

  test('补发 sends it there once more', async () => {
    const stage = await openInDoubt('failed')
    expect(inGroups(stage)).toHaveLength(2)
    expect(await says(stage, worker, '补发', 60)).toMatch(/再发一次，1个群/u)
    expect(new Set(inGroups(stage)).size).toBe(3)
  })

  test('不发了 leaves it', async () => {
    const stage = await openInDoubt('failed')
    expect(await says(stage, worker, '1 不发了')).toMatch(/这1个群不管了/u)
    expect(inGroups(stage)).toHaveLength(2)
  })

  test('a group that is none of those is asked about', async () => {
    const stage = await openInDoubt('failed')
    expect(await says(stage, worker, '1 已到 和平家园业主群')).toMatch(
      /没有等您看的“和平家园业主群”。等您看的有：幸福里/u,
    )
  })
})

function pace(notice: number) {
  return { reply: 0, notice, jitter: 0, group: 0, rest: 1_800_000, attempts: 6, backoff: 2_000 }
}
