import { describe, expect, test } from 'vitest'
import type { Stage } from '../stage.ts'
import { inGroups, openChat, says, stateOf, stopped, worker } from './notices-stage.ts'

const slow = {
  settings: {
    pace: { reply: 0, notice: 60_000, jitter: 0, group: 0, rest: 1_800_000, attempts: 6, backoff: 2_000 },
  },
}

async function openSending(): Promise<Stage> {
  const stage = await openChat(slow)
  await says(stage, worker, `通知 幸福里社区 ${stopped}`)
  await says(stage, worker, '发送', 70)
  return stage
}

describe('a notice that is going out stops', () => {
  test.each(['停', '停！发错了', '停下', '快停', '发错了', '别发了', '撤', '停停停', '#停'])(
    'when its author says %s, who hears how many have it',
    async (words) => {
      const stage = await openSending()
      const already = inGroups(stage).length
      const said = await says(stage, worker, words)
      expect(await stateOf(stage, 'N1')).toBe('stopped')
      expect(said).toMatch(/通知1停了：1个群已经发出去，2个不再发。.*“更正通知1：…”或“作废通知1”/u)
      await stage.wait(600)
      expect(inGroups(stage)).toHaveLength(already)
    },
  )

  test('the newest of several, and the other one is named', async () => {
    const stage = await openSending()
    await says(stage, worker, '通知 幸福里社区 商户群 明天消防检查', 5)
    await says(stage, worker, '发送 2', 5)
    expect(await says(stage, worker, '停！', 5)).toMatch(/通知2停了，一个群也没发出去。通知1也在发/u)
    expect([await stateOf(stage, 'N1'), await stateOf(stage, 'N2')]).toEqual(['sending', 'stopped'])
  })

  test('not by a stranger to it, and 别发了 of a draft shown since drops the draft', async () => {
    const stage = await openSending()
    await says(stage, '小孙', '停')
    expect(await stateOf(stage, 'N1')).toBe('sending')
    await says(stage, worker, '通知 幸福里社区 商户群 明天消防检查', 5)
    await says(stage, worker, '别发了', 5)
    expect([await stateOf(stage, 'N1'), await stateOf(stage, 'N2')]).toEqual(['sending', 'discarded'])
  })

  test('before its time has come it is dropped; when all have it, what can be done is said', async () => {
    const stage = await openChat()
    await says(stage, worker, `通知 幸福里社区 明天8点发 ${stopped.replace('明早', '后天')}`)
    await says(stage, worker, '发送')
    expect(await says(stage, worker, '停，发错了')).toMatch(/通知1停了，一个群也没发出去/u)
    expect(await stateOf(stage, 'N1')).toBe('discarded')
    await says(stage, worker, `通知 幸福里社区 ${stopped}`)
    await says(stage, worker, '发送 2', 60)
    expect(await says(stage, worker, '发错了')).toMatch(/通知2已经发出去了，3个群收到了.*“作废通知2”/u)
  })
})

describe('where residents read along', () => {
  const room = { group: '幸福里一期业主群' }

  async function openWithSecret(): Promise<Stage> {
    const stage = await openChat()
    await says(stage, worker, '通知 幸福里社区 业主群 明天消防检查')
    await says(stage, worker, '发送', 60)
    await says(stage, worker, '通知 幸福里社区 商户群 占道经营名单公布')
    return stage
  }

  test('the list names what this group has got; drafts and names come in private', async () => {
    const stage = await openWithSecret()
    const before = stage.saidTo(room.group).length
    await stage.hear(worker, '#通知列表', room)
    const here = stage.saidTo(room.group).slice(before).join('\n')
    expect(here).toMatch(/通知1（11月18日.*明天消防检查/u)
    expect(here).not.toMatch(/占道|小赵|通知2/u)
    expect(stage.toldTo(worker).at(-1)).toMatch(/通知2（没发[\s\S]*占道经营/u)
  })

  test('a draft by its number, too; and a question which one is meant reads nothing out', async () => {
    const stage = await openWithSecret()
    await says(stage, worker, '通知 幸福里社区 业主群 后天体检')
    const before = stage.saidTo(room.group).length
    await stage.hear(worker, '#通知2', room)
    await stage.hear(worker, '#发送', room)
    const here = stage.saidTo(room.group).slice(before).join('\n')
    expect(here).toMatch(/私聊发您了/u)
    expect(here).toMatch(/通知3（没发）/u)
    expect(here).not.toMatch(/占道|体检|小赵/u)
    expect(stage.toldTo(worker).join('\n')).toMatch(/通知2.*占道经营/u)
  })

  test('who is no friend of the bot is asked to write in private', async () => {
    const stage = await openWithSecret()
    await stage.change('people', `p-${worker}`, { friend: false })
    const [said] = await stage.hear(worker, '#通知2', room)
    expect(said?.text).toMatch(/私下跟我说/u)
    expect(said?.text).not.toMatch(/占道/u)
  })

  test('what this group has got is shown there', async () => {
    const stage = await openWithSecret()
    const [said] = await stage.hear(worker, '#通知1', room)
    expect(said?.text).toMatch(/已发2\/2.*消防检查/u)
  })
})
