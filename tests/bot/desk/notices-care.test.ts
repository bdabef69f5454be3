import { describe, expect, test } from 'vitest'
import { finishWords } from '../../../bot/notices/copies/finish-words.ts'
import { tellsOfSomebody } from '../../../intents/notice-words/personal-words.ts'
import { unreadExcept } from '../../../intents/notice-words/unread-except.ts'
import type { Stage } from '../stage.ts'
import { inGroups, leader, openChat, says, stateOf, stopped, strictAbove, worker } from './notices-stage.ts'

const slow = {
  settings: {
    pace: { reply: 0, notice: 60_000, jitter: 0, group: 0, rest: 1_800_000, attempts: 6, backoff: 2_000 },
  },
}

async function rest(stage: Stage): Promise<void> {
  const { chat } = stage
  const paused = { reason: 'staff' as const, since: stage.clock.now }
  await stage.put('accountStates', { id: chat.account, failuresInRow: 0, paused })
}

describe('whom it must not reach', () => {
  test.each([
    '通知 所有群（家长群除外） 明天打疫苗',
    '通知 所有群 除家长群外 明天打疫苗',
    '通知 所有群 不发家长群 明天打疫苗',
    '通知 所有群 明天打疫苗（家长群除外）',
  ])('%s is asked about when no group is called so, and nothing is drafted', async (words) => {
    const stage = await openChat()
    expect(await says(stage, worker, words)).toMatch(/没找到“家长群”，不知道不发给谁.*商户群/u)
    expect(await stage.all('notices')).toEqual([])
    expect(await says(stage, worker, '商户群')).toMatch(/^明天打疫苗\n[\s\S]*2个群/u)
  })

  test('都发 leaves nobody out', async () => {
    const stage = await openChat()
    await says(stage, worker, '通知 所有群（家长群除外） 明天打疫苗')
    expect(await says(stage, worker, '都发')).toMatch(/^明天打疫苗\n[\s\S]*3个群/u)
  })

  test('days are no groups, and words of the notice stay words', () => {
    expect(unreadExcept('图书馆每天开放，周末除外')).toBeUndefined()
    expect(unreadExcept('除周末外，图书馆每天开放')).toBeUndefined()
    expect(unreadExcept('明天停水，请提前储水')).toBeUndefined()
  })
})

describe('private data in the words', () => {
  test.each([
    '请张桂兰 13800138000 到居委会领钥匙',
    '3号楼2单元501昨晚漏水，请关阀门',
    '张桂兰家漏水，请邻居注意',
    '3号楼502，电话13912345678',
  ])('%s is warned of', async (words) => {
    const stage = await openChat()
    expect(await says(stage, worker, `通知 幸福里社区 业主群：${words}`)).toMatch(
      /里面有姓名、手机或门牌号，全群都看得到，真的要发吗？/u,
    )
  })

  test.each([
    '明早8点到12点停水，请提前储水',
    '有事请拨打 13800138000',
    '3号楼明天停电',
    '社区办公室201室领取物资',
    '高龄老人家属请注意',
    '请张家长和李家长参加',
  ])('%s is not', (words) => {
    expect(tellsOfSomebody(words)).toBe(false)
  })
})

describe('不同意', () => {
  async function openWaiting(): Promise<Stage> {
    const stage = await openChat(await strictAbove(1))
    await says(stage, worker, `通知 幸福里社区 业主群 ${stopped}`)
    await says(stage, worker, '发送')
    return stage
  }

  test('alone is asked why, and the next line is the reason, whatever it says', async () => {
    const stage = await openWaiting()
    expect(await says(stage, leader, '不同意')).toMatch(/为什么不同意.*一句话就行/u)
    expect(await stateOf(stage, 'N1')).toBe('awaiting')
    await says(stage, leader, '3号楼的水管坏了还没修好，时间不对')
    expect(await stateOf(stage, 'N1')).toBe('refused')
    expect(stage.toldTo(worker).at(-1)).toMatch(/没有同意：3号楼的水管坏了还没修好，时间不对/u)
    expect(await stage.all('tickets')).toEqual([])
  })

  test.each(['算了', '没有'])('%s refuses it without a reason', async (words) => {
    const stage = await openWaiting()
    await says(stage, leader, '不同意通知1')
    expect(await says(stage, leader, words)).toMatch(/通知1不发/u)
    expect(await stateOf(stage, 'N1')).toBe('refused')
    expect(stage.toldTo(worker).at(-1)).toMatch(/没有同意，没有发出/u)
  })

  test('and 同意 after all approves it', async () => {
    const stage = await openWaiting()
    await says(stage, leader, '不同意')
    expect(await says(stage, leader, '同意')).toMatch(/您同意了通知1/u)
  })
})

describe('drafts of long ago', () => {
  test('neither stand in 通知进度 nor make 发送 ask; their number still means them', async () => {
    const stage = await openChat()
    await says(stage, worker, '通知 幸福里社区 商户群 消防检查请配合')
    await stage.wait(26 * 3600)
    expect(await says(stage, worker, '通知进度')).not.toMatch(/消防检查/u)
    await says(stage, worker, '通知 幸福里社区 业主群 请参加业主大会')
    expect(await says(stage, worker, '发送', 60)).toMatch(/通知2开始发了/u)
    expect(await stateOf(stage, 'N1')).toBe('draft')
    // by its number it is meant, and what is over by then is said
    expect(await says(stage, worker, '发送 1', 60)).toMatch(/已经过了，没有发/u)
  })
})

describe('what holds it up is said', () => {
  test('accounts that rest: in the preview, when it is sent and while it waits', async () => {
    const stage = await openChat(slow)
    await rest(stage)
    expect(await says(stage, worker, `通知 幸福里社区 ${stopped}`, 5)).toMatch(/账号在休息，恢复后接着发/u)
    expect(await says(stage, worker, '发送', 5)).toMatch(/通知1开始发了[\s\S]*账号在休息，恢复后接着发/u)
    const said = await says(stage, worker, '通知进度', 5)
    expect(said).toMatch(/已发0\/3[\s\S]*账号在休息，恢复后接着发/u)
    expect(said).not.toMatch(/预计/u)
    expect(inGroups(stage)).toEqual([])
  })

  test('the night: no minutes are promised', async () => {
    const stage = await openChat({
      settings: { pace: { ...slow.settings.pace, notice: 3 * 3_600_000 } },
      start: '2026-11-18 17:30',
    })
    await says(stage, worker, '通知 幸福里社区 明天体检请空腹', 5)
    await says(stage, worker, '发送', 5 * 3600)
    const said = await says(stage, worker, '通知进度', 5)
    expect(said).toMatch(/夜里停一停，早上7点接着发/u)
    expect(said).not.toMatch(/预计/u)
  })

  test('other notices before it', async () => {
    const stage = await openChat(slow)
    await says(stage, worker, `通知 幸福里社区 ${stopped}`, 5)
    await says(stage, worker, '发送', 5)
    expect(await says(stage, worker, '通知 幸福里社区 商户群 消防检查', 5)).toMatch(
      /前面还有别的通知在发，要多等约?\d分钟/u,
    )
  })
})

describe('a series', () => {
  test('更正 of it corrects what it has sent last, and says how all the next ones are changed', async () => {
    const stage = await openChat({ start: '2026-11-18 08:00' })
    await says(stage, worker, '通知 幸福里社区 业主群 每天9点发 请把垃圾分好类')
    await says(stage, worker, '发送')
    await stage.wait(2 * 3600)
    await says(stage, worker, '同意')
    const series = (await stage.all('notices')).find(({ repeat }) => repeat)
    expect(series?.state).toBe('awaiting')
    await says(stage, leader, '同意通知1')
    await stage.wait(25 * 3600)
    expect(inGroups(stage)).toHaveLength(2)
    const said = await says(stage, worker, '更正通知1：垃圾桶挪到了南门')
    expect(said).toMatch(
      /更正[\s\S]*垃圾桶挪到了南门[\s\S]*更正刚发出去的通知2。以后每次都要改，说“改 1 新内容”/u,
    )
    expect(await stateOf(stage, 'N1')).toBe('scheduled')
  })

  test('改 of it says that it waits until it is sent', async () => {
    const stage = await openChat({ start: '2026-11-18 08:00' })
    await says(stage, worker, '通知 幸福里社区 业主群 每天9点发 请把垃圾分好类')
    await says(stage, worker, '发送')
    await says(stage, leader, '同意通知1')
    expect(await says(stage, worker, '改 1 请把垃圾投进桶里')).toMatch(
      /改完发送前，原来的这条（每天.*）先停着，到点也不发；说“发送 1”才接着发/u,
    )
  })
})

describe('a field said behind the preview of a template', () => {
  async function openFilled(): Promise<Stage> {
    const stage = await openChat()
    const said = await says(stage, worker, '通知 停水 幸福里社区 业主群 时间：明早8点到12点 范围：1-6号楼')
    expect(said).toMatch(/【停水通知】/u)
    return stage
  }

  test('alone is asked about, never a ticket, and then stands in the notice', async () => {
    const stage = await openFilled()
    expect(await says(stage, worker, '管道检修')).toMatch(/“管道检修”要写进通知1吗.*“原因”或“电话”/u)
    expect(await stage.all('tickets')).toEqual([])
    expect(await says(stage, worker, '原因')).toMatch(/原因：管道检修[\s\S]*通知1的样子/u)
    expect(await says(stage, worker, '电话：83312200')).toMatch(/原因：管道检修[\s\S]*83312200/u)
    expect(await stage.all('notices')).toHaveLength(1)
  })

  test('算了 and 发送 still mean the notice', async () => {
    const stage = await openFilled()
    expect(await says(stage, worker, '发送', 60)).toMatch(/通知1开始发了/u)
    const other = await openFilled()
    await says(other, worker, '算了')
    expect(await stateOf(other, 'N1')).toBe('discarded')
  })
})

describe('several at once', () => {
  async function openTwo(): Promise<Stage> {
    const stage = await openChat(await strictAbove(0))
    await says(stage, worker, '通知 幸福里社区 业主群 请参加业主大会')
    await says(stage, worker, '发送')
    await says(stage, worker, '通知 幸福里社区 商户群 消防检查请配合')
    await says(stage, worker, '发送')
    return stage
  }

  test.each(['都同意', '同意通知1和通知2', '同意通知1、2'])(
    '%s approves each, and says each back',
    async (words) => {
      const stage = await openTwo()
      const said = await says(stage, leader, words, 60)
      expect(said).toMatch(/您同意了通知1/u)
      expect(said).toMatch(/您同意了通知2/u)
      expect(inGroups(stage)).toHaveLength(3)
    },
  )

  test('发送 in the same breath as the words sends nothing: its preview comes first', async () => {
    const stage = await openChat()
    await stage.say(worker, '通知 幸福里社区 业主群 请参加业主大会', { group: '' })
    await stage.wait(1)
    await stage.say(worker, '发送', { group: '' })
    await stage.wait(60)
    expect(inGroups(stage)).toEqual([])
    expect(await stateOf(stage, 'N1')).toBe('draft')
    expect(stage.toldTo(worker).join('\n')).toMatch(/请参加业主大会\n[\s\S]*先看看上面通知1的样子/u)
    expect(await says(stage, worker, '发送', 60)).toMatch(/通知1开始发了/u)
  })
})

describe('what is not true is not said', () => {
  test('发送 of a notice whose file is gone is refused', async () => {
    const stage = await openChat()
    await says(stage, worker, '通知 幸福里社区 业主群 请参加业主大会')
    await stage.change('notices', 'N1', { attachment: { name: '议程.pdf', file: 'gone.pdf', kind: 'file' } })
    expect(await says(stage, worker, '发送', 60)).toMatch(/“议程\.pdf”没收全，发不了/u)
    expect(await stateOf(stage, 'N1')).toBe('draft')
  })

  test('发完了 is no word for what most groups never got', async () => {
    const stage = await openChat()
    const expired = ['a', 'b', 'c'].map((group) => ({ group, state: 'skipped', reason: 'expired' }) as const)
    const copies = [{ group: 'd', state: 'sent' } as const, ...expired]
    const told = await finishWords(stage.house, stage.store as never, { id: 'N1', author: 'p-小赵' }, copies)
    expect(told[0]?.text).toMatch(/通知1没发完：4个群只有1个收到；3个群?过了时间没有再发/u)
  })
})
