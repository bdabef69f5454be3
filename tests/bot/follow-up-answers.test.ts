import { describe, expect, test } from 'vitest'
import { lamp, openAsked, resident, ticketNow, worker } from './follow-up-stage.ts'
import { instant, openStage, type Stage } from './stage.ts'

describe('what sounds like satisfied and is not opens the ticket again', () => {
  test.each([
    ...[
      '不太满意',
      '不是很满意',
      '满意个屁',
      '谁说满意了',
      '你们满意就行',
      '布满意',
      '不满',
      '不 满 意',
      '不咋地',
    ],
    ...['不满意也没办法', '怎么可能满意', '满意才怪', '一点都不满意', '不 太 满 意'],
  ])('“%s”', async (text) => {
    const stage = await openAsked()
    await stage.hear(resident, text)
    expect(stage.eventTypes).toContain('reopened')
    expect(await ticketNow(stage)).toMatchObject({ state: 'dispatched', satisfied: false })
  })

  test.each(['满意是满意，就是慢了点', '不是不满意', '没有不满意', '一般般吧'])(
    '“%s” is asked again, kindly, and closes nothing',
    async (text) => {
      const stage = await openAsked()
      const said = await stage.hear(resident, text)
      expect(said.map((each) => each.text)).toEqual(['请问您是满意还是不满意？回一个词就行。'])
      expect(await ticketNow(stage)).toMatchObject({ state: 'done' })
      await stage.hear(resident, '满意')
      expect(await ticketNow(stage)).toMatchObject({ state: 'closed' })
    },
  )

  test('satisfied with a kind word behind it closes it', async () => {
    const stage = await openAsked()
    await stage.hear(resident, '满意，师傅人很好')
    expect((await ticketNow(stage)).state).toBe('closed')
  })
})

describe('whatever the asked person says about it right after the question counts', () => {
  test.each([
    ...['根本没人来', '哪里好了', '没拆，你们来看看', '师傅没来', '假的', '还是吵', '还是不亮', '没修'],
    ...['还没来', '处理得不好', '连个人影都没见着', '又坏了', '压根没修', '灯还是没人修'],
  ])('“%s” is unsatisfied', async (text) => {
    const stage = await openAsked()
    await stage.hear(resident, text)
    expect((await ticketNow(stage)).state).toBe('dispatched')
    expect(stage.saidTo().at(-1)).toContain('对不住')
  })

  test.each([
    ...[
      '蛮好 谢谢',
      '可以了',
      '修好了',
      '好了，谢谢',
      '巴适得很',
      '亮了亮了',
      '很好，辛苦师傅了',
      '没问题了',
    ],
  ])('“%s” is satisfied', async (text) => {
    const stage = await openAsked()
    await stage.hear(resident, text)
    expect(await ticketNow(stage)).toMatchObject({ state: 'closed', satisfied: true })
  })

  test('a photo that proves it is kept with the ticket, in the same breath and right behind', async () => {
    const stage = await openAsked()
    await stage.say(resident, '没拆！你看')
    await stage.hear(resident, '', { photo: 'dark.jpg' })
    expect(await ticketNow(stage)).toMatchObject({ state: 'dispatched', photos: [{ name: 'dark.jpg' }] })
    await stage.hear(resident, '', { photo: 'darker.jpg' })
    expect((await ticketNow(stage)).photos).toHaveLength(2)
  })

  test('in private 行吧 is enough, in the group it is talk', async () => {
    const alone = await openAsked({}, '')
    await alone.hear(resident, '行吧', { group: '' })
    expect((await ticketNow(alone)).state).toBe('closed')
    const among = await openAsked()
    expect(await among.hear(resident, '行吧')).toEqual([])
    expect((await ticketNow(among)).state).toBe('done')
  })

  test('who wants to look first is not hurried, and asked nothing twice', async () => {
    const stage = await openAsked()
    const [answer] = await stage.hear(resident, '等我看看再说满不满意')
    expect(answer?.text).toContain('不急')
    expect(answer?.text.length).toBeLessThan(30)
    expect((await ticketNow(stage)).state).toBe('done')
  })

  test.each([
    '好的',
    '谢谢',
    '我妈没来',
    '我妈还没来',
    '我感冒还没好',
    '饭做好了',
    '今晚吃啥',
    '收到',
    '快递到了没有',
  ])('“%s” stays talk', async (text) => {
    const stage = await openAsked()
    await stage.hear(resident, text)
    expect((await ticketNow(stage)).state).toBe('done')
  })

  test('hours and other words later only what is clear counts', async () => {
    const stage = await openAsked()
    await stage.hear(resident, '谁家有多的葱')
    await stage.wait(4 * 3600)
    for (const talk of ['可以了', '路上又堵了半天', '今天没人来接孩子', '天热了'])
      await stage.hear(resident, talk)
    expect((await ticketNow(stage)).state).toBe('done')
    await stage.hear(resident, '灯亮了，谢谢师傅')
    expect((await ticketNow(stage)).state).toBe('closed')
  })

  test.each(['还是那样', '修好了', '满意', '不满意', '根本没人来', '可以了'])(
    '“%s” of somebody who was not asked changes nothing',
    async (text) => {
      const stage = await openAsked()
      expect(await stage.hear('路人', text)).toEqual([])
      expect((await ticketNow(stage)).state).toBe('done')
    },
  )

  test('a supporter who has answered may go on talking', async () => {
    const stage = await openStage()
    await stage.hire(worker, 'grid_worker')
    await stage.hear(resident, lamp)
    await stage.hear('马叔', '我家也是')
    await stage.hear(worker, '办结 1118-001 换了灯泡', { group: '' })
    await stage.hear('马叔', '修好了')
    const rated = () => stage.eventTypes.filter((type) => type === 'rated').length
    expect(rated()).toBe(1)
    await stage.hear('马叔', '弄好了')
    expect(rated()).toBe(1)
    expect((await ticketNow(stage)).state).toBe('done')
  })

  test('other trouble with another thing is a ticket of its own', async () => {
    const stage = await openAsked()
    await stage.hear(resident, '3号楼2单元电梯又坏了，没人来修')
    expect((await ticketNow(stage)).state).toBe('done')
    expect((await ticketNow(stage, '20261118-002')).state).toBe('dispatched')
  })
})

describe('what waited for the morning is looked at again', () => {
  async function openAtNight(): Promise<Stage> {
    const stage = await openStage({ start: '2026-11-18 21:30' })
    await stage.hire(worker, 'grid_worker')
    await stage.hear(resident, lamp)
    await stage.runUntil(instant('2026-11-18 22:30'))
    await stage.hear(worker, '办结 1118-001 换了灯泡', { group: '' })
    expect(stage.saidTo().at(-1)).not.toContain('换了灯泡')
    return stage
  }
  const morning = instant('2026-11-19 07:30')
  const troubles = (stage: Stage) => stage.happenings.filter(({ type }) => type === 'trouble')

  test('the question is asked at 7, when it is still open', async () => {
    const stage = await openAtNight()
    await stage.runUntil(morning)
    expect(stage.saidTo().filter((text) => text.includes('换了灯泡'))).toHaveLength(1)
  })

  test.each(['@小邻 1118-001 满意', '@小邻 1118-001 不满意'])(
    'not when somebody said “%s” meanwhile',
    async (text) => {
      const stage = await openAtNight()
      await stage.hear(resident, text)
      await stage.runUntil(morning)
      expect(stage.saidTo().filter((said) => said.includes('换了灯泡'))).toEqual([])
      expect((await stage.all('outbox')).map(({ state }) => state)).toContain('outdated')
      expect(troubles(stage)).toEqual([])
    },
  )

  test('opened again and done again in one night it is asked once', async () => {
    const stage = await openAtNight()
    await stage.hear(resident, '@小邻 1118-001 不满意')
    await stage.hear(worker, '办结 1118-001 换了整盏灯', { group: '' })
    await stage.runUntil(morning)
    expect(stage.saidTo().filter((said) => said.includes('您看满意吗'))).toEqual([
      expect.stringContaining('换了整盏灯'),
    ])
  })

  test('a hold that has ended by then is not announced', async () => {
    const stage = await openStage({ start: '2026-11-18 21:30' })
    await stage.hire(worker, 'grid_worker')
    await stage.hear(resident, lamp)
    await stage.runUntil(instant('2026-11-18 22:30'))
    await stage.hear(worker, '挂起 1118-001 等配件 到11月25日', { group: '' })
    await stage.hear(worker, '恢复 1118-001', { group: '' })
    await stage.runUntil(morning)
    expect(stage.saidTo().filter((said) => said.includes('等配件'))).toEqual([])
    expect(troubles(stage)).toEqual([])
  })
})

describe('long after, and when it comes back', () => {
  test('more than 7 days after closing a bare 不满意 opens nothing again, with the number it does', async () => {
    const stage = await openAsked()
    await stage.hear(resident, '满意')
    await stage.wait(8 * 86_400)
    const [hint] = await stage.hear(resident, '@小邻 不满意')
    expect(hint?.text).toContain('不满意 1118-001')
    expect((await ticketNow(stage)).state).toBe('closed')
    await stage.hear(resident, '不满意 1118-001')
    expect((await ticketNow(stage)).state).toBe('dispatched')
  })

  test('whose problem came back means the new ticket, and takes part in it', async () => {
    const stage = await openAsked()
    await stage.hear(resident, '满意')
    await stage.runUntil(instant('2026-11-23 10:00'))
    await stage.hear('马叔', lamp)
    await stage.hear(worker, '办结 1123-001 换了线', { group: '' })
    expect(await ticketNow(stage, '20261123-001')).toMatchObject({ recurredFrom: '20261118-001' })
    await stage.hear(resident, '不满意')
    const old = await ticketNow(stage)
    const now = await ticketNow(stage, '20261123-001')
    expect(old).toMatchObject({ state: 'closed', reopenings: 0 })
    expect(now).toMatchObject({ state: 'dispatched', reopenings: 1, supporters: [old.reporter] })
  })
})

describe('progress of what waits', () => {
  test('says why and until when, without a phone', async () => {
    const stage = await openStage()
    await stage.hire(worker, 'grid_worker')
    await stage.hear(resident, lamp)
    await stage.hear(worker, '挂起 1118-001 等配件，电话13812345678 到11月25日', { group: '' })
    const [answer] = await stage.hear(resident, '@小邻 1118-001到哪了')
    expect(answer?.text).toMatch(/先等一等：等配件.*，11月25日接着办/u)
    expect(answer?.text).not.toContain('138')
  })
})
