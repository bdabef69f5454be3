import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createDingtalkRobot, createFeishuRobot, createWecomRobot } from '../../adapters/ticketing/robots.ts'
import { execute } from '../../bot/doors/execute.ts'
import { openForwardingStage } from './forwarding-stage.ts'
import { openRobot, type Robot } from './receivers.ts'

const now = () => Date.parse('2026-11-18T09:00:00.123+08:00')
const alert = {
  id: 'r/20261118-001:1/opened',
  title: '【新工单】1118-001 3号楼2单元电梯问题',
  text: '类别：公共设施\n责任单位：物业',
}
const hmac = (key: string, text: string) => createHmac('sha256', key).update(text).digest('base64')

describe('each robot is spoken to in its own way', () => {
  test('WeCom: the key in the address, markdown', async () => {
    const robot = await openRobot()
    await createWecomRobot({ name: 'wuye', key: 'k-1', now, url: `${robot.url}/cgi-bin/webhook/send` }).tell(
      alert,
    )
    const [message] = robot.messages
    expect(message?.url.href).toBe('http://robot/cgi-bin/webhook/send?key=k-1')
    expect(message?.body).toEqual({
      msgtype: 'markdown',
      markdown: { content: '**【新工单】1118-001 3号楼2单元电梯问题**\n类别：公共设施\n责任单位：物业' },
    })
  })

  test('DingTalk: the token in the address, signed with time and secret', async () => {
    const robot = await openRobot()
    const options = { name: 'ding', key: 't/1', secret: 'SEC42', now, url: `${robot.url}/robot/send` }
    await createDingtalkRobot(options).tell(alert)
    const { searchParams } = robot.messages[0]?.url ?? new URL('http://none')
    expect(searchParams.get('access_token')).toBe('t/1')
    expect(searchParams.get('timestamp')).toBe(String(now()))
    expect(searchParams.get('sign')).toBe(hmac('SEC42', `${now()}\nSEC42`))
    expect(robot.messages[0]?.body).toMatchObject({ msgtype: 'markdown', markdown: { title: alert.title } })
  })

  test('Feishu: the token in the path, the signature in the body', async () => {
    const robot = await openRobot()
    const options = { name: 'fei', key: 'h-1', secret: 's-1', now, url: `${robot.url}/open-apis/bot/v2/hook` }
    await createFeishuRobot(options).tell(alert)
    const [message] = robot.messages
    const timestamp = String(Math.floor(now() / 1000))
    expect(message?.url.pathname).toBe('/open-apis/bot/v2/hook/h-1')
    expect(message?.body).toEqual({
      ...{ timestamp, sign: hmac(`${timestamp}\ns-1`, ''), msg_type: 'post' },
      content: {
        post: {
          zh_cn: {
            title: alert.title,
            content: [[{ tag: 'text', text: '类别：公共设施' }], [{ tag: 'text', text: '责任单位：物业' }]],
          },
        },
      },
    })
  })

  test('and none lets words of a ticket become markup, a mention of all, or a message that is too large', async () => {
    const robot = await openRobot()
    const words = '<at user_id="all">所有人</at> <@all> [点我](http://x) **粗**'
    for (const create of [createWecomRobot, createDingtalkRobot, createFeishuRobot])
      await create({ name: 'r', key: 'k', now, url: robot.url }).tell({
        ...{ id: 'x', title: words, text: `${words}\n${'很'.repeat(5_000)}` },
      })
    expect(robot.messages).toHaveLength(3)
    for (const { body } of robot.messages) {
      const sent = JSON.stringify(body)
      expect(sent).not.toMatch(/<|@all|\]\(/u)
      expect(Buffer.byteLength(sent)).toBeLessThan(5_000)
    }
  })
})

describe('200 is not yet success', () => {
  const answers = [
    [
      createWecomRobot,
      { errcode: 45009, errmsg: 'api freq out of limit' },
      { code: 'busy', retryAfter: 60_000 },
    ],
    [createWecomRobot, { errcode: 93000, errmsg: 'invalid webhook url' }, { code: 'authority' }],
    [createWecomRobot, { errcode: 40058, errmsg: 'content too long' }, { code: 'refused' }],
    [
      createDingtalkRobot,
      { errcode: 130101, errmsg: 'send too fast' },
      { code: 'busy', retryAfter: 600_000 },
    ],
    [createDingtalkRobot, { errcode: 310000, errmsg: 'sign not match' }, { code: 'authority' }],
    [createFeishuRobot, { code: 19021, msg: 'sign match fail' }, { code: 'authority' }],
    [createFeishuRobot, { code: 9499, msg: 'Bad Request' }, { code: 'refused' }],
    [createFeishuRobot, { html: true }, { code: 'nonsense' }],
  ] as const
  test.each(answers)('%o answering %o is a failure', async (create, body, expected) => {
    const robot = await openRobot()
    robot.answer = { body }
    await expect(create({ name: 'r', key: 'k', now, url: robot.url }).tell(alert)).rejects.toMatchObject(
      expected,
    )
  })

  test('and what the servers of HTTP say counts, too', async () => {
    const robot = await openRobot()
    const wecom = createWecomRobot({ name: 'r', key: 'k', now, url: robot.url })
    robot.answer = { status: 502, body: {} }
    await expect(wecom.tell(alert)).rejects.toMatchObject({ code: 'unreachable' })
    robot.answer = { status: 429, body: {} }
    await expect(wecom.tell(alert)).rejects.toMatchObject({ code: 'busy' })
  })
})

describe('the work group', () => {
  function alerts(robot: Robot, events: readonly string[], more: object = {}) {
    return {
      systems: { wuye: { kind: 'wecom', keyEnv: 'LINLI_SECRET_WUYE', url: robot.url } },
      alerts: [{ events, to: ['wuye'], ...more }],
    }
  }
  const secrets = { LINLI_SECRET_WUYE: 'k' }
  const said = (robot: Robot) =>
    robot.messages.map(({ body }) => String((body['markdown'] as { content: string }).content))

  test('hears of an emergency at once, once, without a word of what was said', async () => {
    const robot = await openRobot()
    const stage = await openForwardingStage(alerts(robot, ['opened', 'emergency']), { secrets })
    await stage.hear('石女士', '3号楼2单元501室着火了！快来人，我电话13800138000')
    expect(said(robot)).toEqual([expect.stringMatching(/^\*\*【紧急】1118-001 3号楼2单元/u)])
    expect(said(robot).join()).not.toMatch(/501|138|快来/u)
  })

  test('hears of a red ticket when its deadline has passed, and not when it was done before', async () => {
    const robot = await openRobot()
    const stage = await openForwardingStage(alerts(robot, ['red', 'done']), { secrets })
    await stage.hear('石女士', '3号楼2单元电梯坏了')
    await stage.hear('石女士', '5号楼1单元电梯坏了')
    await execute(stage.house, { kind: 'operator' }, 'd', {
      ...{ type: 'ticket.done', ticket: '20261118-002', note: '好了', photos: [] },
    })
    await stage.runUntil(Date.parse('2026-11-23T17:59:00+08:00'))
    expect(said(robot)).toEqual([expect.stringContaining('【办结】1118-002')])
    await stage.wait(180)
    expect(said(robot).slice(1)).toEqual([expect.stringContaining('【超期】1118-001')])
  })

  test('is not sent more than twenty a minute', async () => {
    const robot = await openRobot()
    const stage = await openForwardingStage(alerts(robot, ['opened']), { secrets })
    robot.answer = { status: 502, body: {} }
    for (let building = 1; building <= 15; building++)
      for (const unit of [1, 2, 3]) await stage.hear('石女士', `${building}号楼${unit}单元电梯坏了`)
    robot.answer = { body: { errcode: 0 } }
    const before = robot.messages.length
    const times: number[] = []
    for (let second = 0; second < 3_600; second++) {
      const count = robot.messages.length
      await stage.wait(1)
      for (let sent = count; sent < robot.messages.length; sent++) times.push(stage.clock.now)
    }
    const sent = robot.messages.length - before
    expect(sent).toBeGreaterThanOrEqual(45)
    const busiest = Math.max(
      ...times.map((from) => times.filter((at) => at >= from && at <= from + 60_000).length),
    )
    expect(busiest).toBeLessThanOrEqual(20)
    expect(await stage.all('channelAlerts')).toEqual([])
  })

  test('is told nothing of what is nobody else’s business, and old news are left out', async () => {
    const robot = await openRobot()
    const stage = await openForwardingStage(alerts(robot, ['opened']), { secrets })
    await stage.hear('石女士', '@小邻 我要举报社区工作人员态度恶劣，推诿不办事')
    expect((await stage.all('tickets'))[0]?.category).toBe('conduct')
    expect(robot.messages).toHaveLength(0)
    robot.answer = { body: { errcode: 93000, errmsg: 'invalid' } }
    await stage.hear('石女士', '3号楼2单元电梯坏了')
    const tried = robot.messages.length
    await stage.wait(26 * 3_600)
    robot.answer = { body: { errcode: 0 } }
    await stage.wait(3 * 3_600)
    expect(tried).toBe(1)
    expect(await stage.all('channelAlerts')).toEqual([])
    expect(stage.happenings.filter(({ type }) => type === 'trouble')).toHaveLength(1)
  })
})
