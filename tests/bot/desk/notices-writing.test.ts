import { describe, expect, test } from 'vitest'
import { chief, elsewhere, inGroups, openChat, says, stateOf, stopped, worker } from './notices-stage.ts'

describe('a grid worker writes a notice', () => {
  test('sees it exactly as it will look, how many it reaches and when, and nothing is sent', async () => {
    const stage = await openChat()
    await stage.say(worker, `通知 幸福里社区 业主群 ${stopped}`, { group: '' })
    await stage.wait(25)
    const [text, facts] = stage.toldTo(worker)
    expect(text).toBe(stopped)
    expect(facts).toMatch(/通知1.*还没发.*幸福里社区·业主群，2个群（约200人）；您说发送就开始，1分钟内发完/u)
    expect(facts).toMatch(/“发送 1”.*“改 1 新内容”.*“取消 1”/u)
    await stage.wait(3600)
    expect(inGroups(stage)).toEqual([])
    expect(await stateOf(stage, 'N1')).toBe('draft')
  })

  test('发送 sends it to each of these groups once, and its author hears once that it is done', async () => {
    const stage = await openChat()
    await says(stage, worker, `通知 幸福里社区 业主群 ${stopped}`)
    const said = await says(stage, worker, '发送', 60)
    expect([...inGroups(stage)].sort()).toEqual(
      [`幸福里二期业主群：${stopped}`, `幸福里一期业主群：${stopped}`].sort(),
    )
    expect(said).toMatch(/通知1开始发了，2个群/u)
    expect(said.match(/2个群都收到了/gu)).toHaveLength(1)
    expect(await stateOf(stage, 'N1')).toBe('finished')
  })

  test('whom it is for is asked, with what they may choose, and the words need not be said again', async () => {
    const stage = await openChat()
    const asked = await says(stage, worker, `通知 ${stopped}`)
    expect(asked).toMatch(/发给谁.*“幸福里社区”.*“幸福里社区 业主群”.*“所有群”（3个）/u)
    expect(await says(stage, worker, '业主群')).toMatch(/幸福里社区·业主群，2个群/u)
    expect((await stage.all('notices')).map(({ text }) => text)).toEqual([stopped])
  })

  test.each(['通知明早8点停水', '通知3号楼明早停水', '通知大家明早停水'])(
    '“%s” asks whom it is for',
    async (text) => {
      const stage = await openChat()
      await stage.change('places', 'pl-happy-3', { name: '9号楼' })
      await stage.change('places', 'pl-peace-3', { name: '9号楼' })
      expect(await says(stage, worker, text)).toMatch(/发给谁/u)
    },
  )

  test('what is asked is forgotten when they speak of something else', async () => {
    const stage = await openChat()
    await says(stage, worker, `通知 ${stopped}`)
    await says(stage, worker, '工单')
    expect(await stage.all('notices')).toEqual([])
    await stage.wait(11 * 60)
    await says(stage, worker, '业主群')
    expect(await stage.all('notices')).toEqual([])
  })

  test('the words are asked for, too', async () => {
    const stage = await openChat()
    expect(await says(stage, worker, '通知 幸福里社区 业主群')).toContain('通知写什么')
    expect(await says(stage, worker, stopped)).toMatch(/幸福里社区·业主群，2个群/u)
  })

  test('an unknown place is asked about with the likely name, and 是 is enough', async () => {
    const stage = await openChat()
    expect(await says(stage, worker, `通知 幸富里社区 业主群 ${stopped}`)).toMatch(
      /没找到“幸富里社区”。是“幸福里社区”吗/u,
    )
    expect(await says(stage, worker, '是的')).toMatch(/幸福里社区·业主群，2个群/u)
    expect((await stage.all('notices')).map(({ text }) => text)).toEqual([stopped])
  })

  test('a tag that no group has, and a place without groups, are told', async () => {
    const stage = await openChat()
    expect(await says(stage, worker, `通知 幸福里社区 业住群 ${stopped}`)).toMatch(/没找到“业住群”/u)
    expect(await says(stage, worker, `通知 幸福里社区3号楼 ${stopped}`)).toMatch(/一个群也没有/u)
    expect(await stage.all('notices')).toEqual([])
  })

  test('3号楼 is that of their own community', async () => {
    const stage = await openChat()
    await stage.change('groups', 'g-幸福里商户群', { places: ['pl-happy-3'] })
    expect(await says(stage, worker, `通知 3号楼 ${stopped}`)).toMatch(/1个群/u)
    expect(await says(stage, worker, `通知 幸福里社区 除3号楼 ${stopped}`)).toMatch(
      /幸福里社区，除.*3号楼，2个群/u,
    )
    expect(await says(stage, chief, `通知 3号楼 ${stopped}`)).toMatch(
      /叫“3号楼”的不止一个：“幸福里社区3号楼”、“和平社区3号楼”/u,
    )
  })

  test('所有群 and a tag alone are those of their places; 全区 is refused', async () => {
    const stage = await openChat()
    expect(await says(stage, worker, `通知 所有群 ${stopped}`)).toMatch(/发给幸福里社区，3个群/u)
    expect(await says(stage, elsewhere, `通知 业主群 ${stopped}`)).toMatch(/和平社区·业主群，1个群/u)
    const refused = await says(stage, worker, `通知 全区 ${stopped}`)
    expect(refused).toMatch(/不归您管：和平家园业主群/u)
    expect(await says(stage, worker, `通知 和平社区 ${stopped}`)).toMatch(/不归您管/u)
    expect(await says(stage, chief, `通知 全区 ${stopped}`)).toMatch(/4个群/u)
  })

  test('lines, exclusion, time and 急 in one message', async () => {
    const stage = await openChat()
    const text = `急 通知\n幸福里社区 除商户群\n${stopped}\n收到请回复`
    const said = await says(stage, worker, text)
    expect(said).toMatch(/除商户群，2个群.*紧急通知.*统计谁回了“收到”.*另一位同意（紧急通知）/su)
    const [notice] = await stage.all('notices')
    expect(notice).toMatchObject({ emergency: true, receipt: true, text: `${stopped}\n收到请回复` })
  })

  test('a template asks for exactly what is missing, with an example to copy; the answer fills it in', async () => {
    const stage = await openChat()
    const asked = await says(stage, worker, '通知 停水 幸福里社区 时间：明早8点到12点')
    expect(asked).toMatch(/还缺：范围。/u)
    expect(asked).toContain('通知 停水 幸福里社区 业主群 时间：明早8点到12点 范围：1-6号楼')
    const said = await says(stage, worker, '3到6号楼')
    expect(said).toMatch(/【停水通知】[\s\S]*时间：明早8点到12点\n范围：3到6号楼\n/u)
    expect(await stage.all('notices')).toMatchObject([{ template: '停水' }])
  })

  test.each([
    `通知幸福里社区业主群${stopped}`,
    `给幸福里业主群发通知：${stopped}`,
    `幸福里业主群通知：${stopped}`,
    `发到幸福里社区业主群：${stopped}`,
    `通知业主群，${stopped}`,
    `在业主群通知一下：${stopped}`,
    `通知\n对象：幸福里 业主群\n内容：${stopped}`,
  ])('“%s” is for the two groups of owners', async (text) => {
    const stage = await openChat()
    expect(await says(stage, worker, text)).toMatch(/2个群/u)
    expect(await stage.all('notices')).toMatchObject([{ text: stopped, targetWords: '幸福里社区·业主群' }])
  })

  test('通知模板 lists them, 停水模板 shows one', async () => {
    const stage = await openChat()
    expect(await says(stage, worker, '通知模板')).toMatch(/停水、停电.*防汛/u)
    expect(await says(stage, worker, '停水模板')).toMatch(/通知 停水 幸福里社区 业主群 时间：/u)
    expect(await says(stage, worker, '通知模板 放假')).toMatch(/没有“放假”模板/u)
  })
})

describe('what cannot be sent is told clearly, and nothing is', () => {
  test('5,000 characters', async () => {
    const stage = await openChat()
    expect(await says(stage, worker, `通知 幸福里社区 ${'请大家储水。'.repeat(833)}谢谢`)).toMatch(
      /5000个字，最多600个字/u,
    )
    expect(await says(stage, worker, `通知 ${'水'.repeat(30_000)}`)).toMatch(/30000个字/u)
    expect(await stage.all('notices')).toEqual([])
  })

  test('control characters', async () => {
    const stage = await openChat()
    await says(stage, worker, `通知 幸福里社区 业主群 明早\u0007停水，请\u200b储水`)
    const notices = await stage.all('notices')
    for (const { text } of notices) expect(text).not.toMatch(/\p{Cc}/u)
  })

  test('a time that is over; a later one is enough', async () => {
    const stage = await openChat()
    const said = await says(stage, worker, `通知 幸福里社区 业主群 今天7点发 ${stopped}`)
    expect(said).toMatch(/11月18日07:00已经过了，现在是11月18日09:00.*没有发出/u)
    expect(await stage.all('notices')).toEqual([])
    expect(await says(stage, worker, '今天10点')).toMatch(/11月18日10:00开始发/u)
    await says(stage, worker, '发送')
    expect(inGroups(stage)).toEqual([])
    await stage.wait(3700)
    expect(inGroups(stage)).toHaveLength(2)
  })

  test('nearly the same words as just before are warned about', async () => {
    const stage = await openChat()
    await says(stage, worker, `通知 幸福里社区 业主群 ${stopped}`)
    await says(stage, worker, '发送', 60)
    expect(await says(stage, worker, `通知 幸福里社区 ${stopped}。`)).toMatch(/差不多的话刚有过（通知1）/u)
  })
})

describe('a notice that comes again', () => {
  test('needs a second person, is sent at its time, and again', async () => {
    const stage = await openChat()
    const said = await says(stage, chief, '通知 幸福里社区 业主群 每个工作日9点半发 请做好垃圾分类')
    expect(said).toMatch(/每个工作日 09:30发，第一次11月18日09:30/u)
    expect(await says(stage, chief, '发送')).toMatch(/每个工作日 09:30发.*停止通知1/u)
    await stage.wait(25 * 3600)
    expect(inGroups(stage)).toHaveLength(4)
    expect(await says(stage, chief, '停止通知1')).toMatch(/通知1取消了/u)
    await stage.wait(48 * 3600)
    expect(inGroups(stage)).toHaveLength(4)
  })
})
