import { describe, expect, test } from 'vitest'
import type { ReceiptRow } from '../../../bot/notices/residents/receipt-report.ts'
import { readReceipt } from '../../../bot/notices/residents/receipt-words.ts'
import { instant } from '../stage.ts'
import { type AfterStage, first, openAfterStage, second, shops } from './after-stage.ts'

const water = '明天上午8点到12点停水，1-6号楼，请提前接水。收到请回复'

const plain = [
  ...[
    '收到',
    '收到了',
    '收到，谢谢',
    '好的收到',
    '【收到】',
    '已阅',
    '收到 3号楼',
    '3号楼收到',
    '收到！！！',
  ],
  ...[
    '5号楼李四收到',
    '@网格员小赵 收到',
    '收到[玫瑰]',
    '收到👌',
    '已收到，辛苦了',
    '2-3-501收到',
    '收到 王芳',
  ],
  ...['1', '👌', 'ok', '好的', '知道了', '+1', '嗯嗯'],
]
const none = [
  ...[
    '没收到',
    '收到了吗',
    '快递收到了',
    '收到快递了',
    '我没收到退款',
    '大家收到没有',
    '收到一张罚单',
    '12',
    '2',
  ],
  ...[
    '谢谢',
    '3号楼',
    '好的，几点来水',
    '钱收到了',
    '看到一只狗',
    'B',
    '1号楼门禁坏了',
    '好热啊',
    '收不到信号',
  ],
]

describe('the words of a receipt', () => {
  test.each(plain)('%s is one', (text) => {
    expect(readReceipt(text)?.rest).toBe('')
  })

  test.each(none)('%s is none', (text) => {
    expect(readReceipt(text)).toBeUndefined()
  })

  test('what else is said in the same breath is kept', () => {
    expect(readReceipt('收到，几点来水？')).toEqual({ strength: 'sure', rest: '几点来水？' })
    expect(readReceipt('收到，我家水管也坏了')?.rest).toBe('我家水管也坏了')
  })
})

async function counted({ stage }: AfterStage): Promise<readonly string[]> {
  const receipts = await stage.all('noticeReceipts')
  const people = new Map((await stage.all('people')).map(({ id, name }) => [id, name]))
  return receipts
    .map(({ notice, group, person }) => `${notice} ${group.slice(2)} ${people.get(person)}`)
    .sort()
}

describe('收到 to a notice that asks for it', () => {
  test('counts each person once, without a word, and opens no ticket', async () => {
    const after = await openAfterStage()
    await after.publish(water)
    for (const text of ['收到', '1', '收到 3号楼', '👌']) expect(await after.hear('周婶', text)).toEqual([])
    for (const text of plain.slice(0, 16)) expect(await after.hear('郑叔', text, second)).toEqual([])
    expect(await counted(after)).toEqual([`N1 ${first} 周婶`, `N1 ${second} 郑叔`])
    expect(after.stage.eventTypes).toEqual([])
    expect(after.stage.silences.slice(0, 2)).toEqual(['receipt', 'chatter'])
  })

  test('counts for the newest one that this person has not answered', async () => {
    const after = await openAfterStage()
    await after.publish(water)
    await after.publish('下周三上午8点半打疫苗，在卫生服务站。', { receipt: true })
    await after.publish('周六上午大扫除，请把楼道的东西收好。')
    await after.hear('周婶', '收到')
    expect(await counted(after)).toEqual([`N2 ${first} 周婶`])
    await after.hear('周婶', '收到')
    await after.hear('周婶', '收到')
    expect(await counted(after)).toEqual([`N1 ${first} 周婶`, `N2 ${first} 周婶`])
  })

  test('counts only where it went, only while it is waited for, and not when it was taken back', async () => {
    const after = await openAfterStage()
    const { stage, publish, follow, hear } = after
    await publish(water, { targets: { groups: [first, second] } })
    await hear('钱老板', '收到', shops)
    await follow('N1', 'retraction')
    await hear('周婶', '收到')
    expect(await counted(after)).toEqual([])
    await publish('明天下午2点停电，收到请回1')
    await stage.runUntil(instant('2026-11-23 08:50'))
    await hear('周婶', '1')
    expect(await counted(after)).toEqual([`N3 ${first} 周婶`])
    await stage.runUntil(instant('2026-11-23 10:00'))
    await hear('郑叔', '收到', second)
    expect(await counted(after)).toEqual([`N3 ${first} 周婶`])
  })

  test('said to the bot itself, it is thanked for', async () => {
    const { publish, hear } = await openAfterStage()
    await publish(water)
    expect(await hear('周婶', '@小邻 收到')).toEqual(['好的，给您记上了，谢谢您。'])
  })

  test('with a question or a report behind it, both are heard', async () => {
    const after = await openAfterStage()
    await after.publish(water)
    expect((await after.hear('周婶', '收到，几点来水？'))[0]).toContain('12点')
    await after.hear('郑叔', '收到。3号楼楼道灯坏了好几天了，麻烦修一下', second)
    expect(await counted(after)).toEqual([`N1 ${first} 周婶`, `N1 ${second} 郑叔`])
    expect(after.stage.eventTypes).toEqual(['opened', 'dispatched'])
  })

  test('a 1 is an answer to the quiz while a question is open', async () => {
    const after = await openAfterStage()
    const { stage, publish, hear } = after
    await publish(water)
    await hear('周婶', '@小邻 来一题')
    await hear('郑叔', '1', first)
    expect(await counted(after)).toEqual([])
    expect(stage.silences).not.toContain('receipt')
  })

  test('a word to 您看满意吗 is a rating for whoever was asked, and no receipt', async () => {
    const after = await openAfterStage()
    const { stage, publish, hear } = after
    await hear('周婶', '3号楼楼道灯坏了好几天了，麻烦修一下')
    const [ticket] = await stage.all('tickets')
    await hear('小赵', `办结 ${ticket?.id} 灯泡换好了`, '')
    await publish(water)
    await hear('周婶', '可以')
    expect(stage.eventTypes).toContain('rated')
    expect(await counted(after)).toEqual([])
  })

  test('没收到 and a parcel are none of its business', async () => {
    const after = await openAfterStage()
    await after.publish(water)
    for (const text of none) await after.hear('周婶', text)
    expect(await counted(after)).toEqual([])
  })
})

const volunteers = '幸福里志愿者群'

/** A group of volunteers whose members the bot has seen. */
async function addVolunteers({ stage }: AfterStage): Promise<void> {
  const [account, room] = [stage.chat.account, `r-${volunteers}`]
  const group = `g-${volunteers}`
  await stage.put('groups', {
    ...{ id: group, name: volunteers, places: ['pl-happy'], tags: ['志愿者群'] },
    ...{ setting: 'answer' as const, owner: account },
  })
  const id = `${account}/${room}`
  await stage.put('rooms', { id, account, room, topic: volunteers, group, members: 3 })
  const members = ['冯姐', '陈哥', '小褚'].map((name) => ({ contact: `c-${name}`, name }))
  await stage.put('roomSnapshots', {
    ...{ id, account, topic: volunteers, members, at: stage.clock.now, here: true, forgetAt: null },
  })
}

describe('who has said it', () => {
  const rowsFor = (after: AfterStage, who: string) =>
    after.ask<ReceiptRow>(who, { type: 'notice.receipts', notice: 'N1' })

  test('is told group by group, and by name only of volunteers and staff', async () => {
    const after = await openAfterStage()
    await addVolunteers(after)
    await after.publish(water)
    await after.hear('周婶', '收到')
    await after.hear('陈哥', '收到', volunteers)
    expect(await rowsFor(after, '小赵')).toEqual(
      [
        { group: `g-${second}`, name: second, read: 0, members: 100 },
        { group: `g-${shops}`, name: shops, read: 0, members: 100 },
        { group: `g-${first}`, name: first, read: 1, members: 100 },
        { group: `g-${volunteers}`, name: volunteers, read: 1, members: 3, missing: ['冯姐', '小褚'] },
      ].sort((one, other) => new Intl.Collator('zh-CN', { numeric: true }).compare(one.name, other.name)),
    )
  })

  test('is for staff alone, and what is erased is not counted any more', async () => {
    const after = await openAfterStage()
    await after.publish(water)
    await after.hear('周婶', '收到')
    const person = (await after.stage.personNamed('周婶')).id
    await after.stage.change('people', person, {})
    await expect(after.ask('周婶', { type: 'notice.receipts', notice: 'N1' })).rejects.toThrow()
    await after.run('operator', { type: 'person.erase', person })
    expect((await rowsFor(after, '小赵')).every(({ read }) => read === 0)).toBe(true)
  })
})

describe('催回执', () => {
  async function withVolunteers(): Promise<AfterStage> {
    const after = await openAfterStage()
    await addVolunteers(after)
    await after.publish(water)
    await after.hear('陈哥', '收到', volunteers)
    return after
  }

  test('says one line in the groups of volunteers, without a name, and nothing in those of residents', async () => {
    const { stage, hear } = await withVolunteers()
    expect((await hear('小赵', '催回执 1', '')).join()).toContain('已在1个志愿者群')
    expect(stage.saidTo(volunteers).at(-1)).toBe(
      '通知“明天上午8点到12点停水，1-6号楼，请…”还有2位没回“收到”，看到了请回一声，谢谢大家。',
    )
    expect(stage.saidTo(first)).toHaveLength(1)
  })

  test('at most twice a day, and not when all have answered', async () => {
    const { hear, stage } = await withVolunteers()
    await hear('小赵', '催回执 1', '')
    await hear('小赵', '通知1催回执', '')
    expect((await hear('小赵', '催一下回执 1', '')).join()).toContain('今天已经催过两次')
    expect(stage.saidTo(volunteers)).toHaveLength(3)
    for (const name of ['冯姐', '小褚']) await hear(name, '收到', volunteers)
    stage.clock.now = instant('2026-11-21 09:00')
    expect((await hear('小赵', '催回执 1', '')).join()).toContain('没有查到还没回的人')
  })

  test('names are told in private, and only numbers in a group of residents', async () => {
    const { hear, stage } = await withVolunteers()
    expect((await hear('小赵', '通知1回执', '')).join()).toContain('冯姐')
    const [said] = await hear('小赵', '@小邻 通知1回执', first)
    expect(said).toContain('3人里回了1人')
    expect(said).not.toContain('冯姐')
    expect((await hear('小赵', '@小邻 通知1回执', '街道网格员群')).join()).toContain('冯姐')
    expect(stage.eventTypes).toEqual([])
  })
})
