import { beforeEach, describe, expect, it } from 'vitest'
import { readNoticeRules } from '../../../adapters/files/notices-file.ts'
import { projectRoot } from '../../../adapters/files/project-root.ts'
import { openMemoryStore } from '../../../adapters/storage/memory.ts'
import type { Notice } from '../../../bot/notices/notice.ts'
import { alikeNotice } from '../../../bot/notices/writing/alike.ts'
import type { Store } from '../../../bot/ports/store.ts'
import { startReading } from '../../../bot/reading.ts'
import { schema } from '../../../bot/schema.ts'
import { day, hour } from '../../../tickets/shanghai-time.ts'
import { instant } from '../stage.ts'
import { none, smallDistrict } from './small-district.ts'

const rules = await readNoticeRules(projectRoot(), undefined)
const now = instant('2026-11-20 10:00')
const water = '各位邻居，明天上午8点到12点，1号楼到6号楼停水，请提前接好用水。有事打83312200。'

let store: Store
beforeEach(async () => {
  store = openMemoryStore(schema)
  await smallDistrict(store)
})

async function sent(change: Partial<Notice> = {}): Promise<void> {
  const writtenAt = change.writtenAt ?? now - hour
  const notice: Notice = {
    ...{ id: 'N1', state: 'finished', text: water, targets: { ...none, places: ['c1'] }, targetWords: '' },
    ...{ emergency: false, receipt: false, expiresAt: now + day, author: 'p-1', writtenAt },
    ...{ approval: [], groups: 4, history: [] },
    ...change,
  }
  await store.commit([{ collection: 'notices', id: notice.id, put: notice }])
}

async function alike(text: string, groups: readonly string[] = ['g1'], except: readonly string[] = []) {
  return (await alikeNotice(startReading(store), { text, groups, except }, now, rules))?.id
}

describe('a notice that was just sent is noticed', () => {
  it.each([
    ['the same words', water],
    ['other marks and spaces', water.replaceAll('，', ', ').replace('。', ' ！')],
    ['full width figures', water.replace('83312200', '８３３１２２００')],
    ['a greeting more', `大家好！${water}`],
    ['a word less', water.replace('提前', '')],
    ['the day as a date', water.replace('明天', '11月21日')],
  ])('%s', async (_, text) => {
    await sent()
    expect(await alike(text)).toBe('N1')
  })

  it.each([
    '各位居民：明天上午8点到12点停水，请提前储水。谢谢！',
    '明天上午8点至12点停水，请提前接水。',
    '明天8:00-12:00停水，请提前储水。',
    '明天8:00-12:00停水。',
  ])('in a few words, as another colleague says it: %s', async (text) => {
    await sent({ text: '明天上午8点到12点停水，请提前储水。' })
    expect(await alike(text)).toBe('N1')
  })

  it.each([
    '明天8:00-13:00停水，请提前储水。',
    '后天8:00-12:00停水，请提前储水。',
    '明天20:00-22:00停水，请提前储水。',
  ])('in a few words, of another time, it is another one: %s', async (text) => {
    await sent({ text: '明天上午8点到12点停水，请提前储水。' })
    expect(await alike(text)).toBeUndefined()
  })

  it('also when it was written yesterday and speaks of the same day', async () => {
    await sent({ text: '后天停电，请给手机充好电，电梯会停。', writtenAt: now - 20 * hour })
    expect(await alike('明天停电，请给手机充好电，电梯会停。')).toBe('N1')
  })

  it('also when it was written long ago and went out only now, or waits to go out', async () => {
    await sent({
      id: 'N2',
      text: '楼道里不要停电动车，请放到充电棚。',
      writtenAt: now - 5 * day,
      startedAt: now - hour,
    })
    expect(await alike('楼道里不要停电动车，请放到充电棚。')).toBe('N2')
    await sent({
      id: 'N3',
      text: '周末清理楼道杂物。',
      state: 'scheduled',
      writtenAt: now - 2 * day,
      sendAt: now + hour,
    })
    expect(await alike('周末清理楼道杂物。')).toBe('N3')
  })

  it('of several, the newest', async () => {
    await sent({ writtenAt: now - 2 * hour })
    await sent({ id: 'N2', writtenAt: now - hour })
    expect(await alike(water)).toBe('N2')
  })
})

describe('what is no duplicate is not called one', () => {
  it.each([
    ['another day', water.replace('明天', '后天')],
    ['another hour', water.replace('8点', '9点')],
    ['another part of the day', water.replace('上午8点到12点', '下午2点到6点')],
    ['another building', water.replace('6号楼', '7号楼')],
    ['another number to call', water.replace('83312200', '83312201')],
    [
      'another matter on the same day',
      '各位邻居，明天上午8点到12点，1号楼到6号楼消杀，请关好门窗，老人孩子先别下楼。有事打83312200。',
    ],
  ])('%s', async (_, text) => {
    await sent()
    expect(await alike(text)).toBeUndefined()
  })

  it('the same words on another day of the week that they speak of', async () => {
    await sent({ text: '明天停水，请提前接好用水。', writtenAt: now - 20 * hour })
    expect(await alike('明天停水，请提前接好用水。')).toBeUndefined()
  })

  it('the same words to other groups', async () => {
    await sent({ targets: { ...none, places: ['c2'] } })
    expect(await alike(water, ['g1', 'g2'])).toBeUndefined()
    expect(await alike(water, ['g1', 'g5'])).toBe('N1')
  })

  it('one that was sent longer ago than the rules look back', async () => {
    await sent({ text: '楼道里不要停车。', writtenAt: now - rules.alikeWithin - 1 })
    expect(await alike('楼道里不要停车。')).toBeUndefined()
  })

  it.each(['draft', 'discarded', 'refused'] as const)('one that never went out (%s)', async (state) => {
    await sent({ state })
    expect(await alike(water)).toBeUndefined()
  })

  it('the notice itself, and the one that it corrects', async () => {
    await sent({ state: 'scheduled' })
    expect(await alike(water, ['g1'], ['N1'])).toBeUndefined()
  })
})
