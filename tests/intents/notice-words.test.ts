import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readMoment, type SaidMoment } from '../../intents/notice-words/moment.ts'
import { readLabelled, readNotice } from '../../intents/notice-words/reading.ts'
import type { KnownName } from '../../intents/notice-words/whom.ts'

/** A Wednesday, 09:00. */
const now = { date: '2026-11-18', minutes: 9 * 60 }

const place = (name: string, short?: string): KnownName[] => [
  { kind: 'place', name, means: name },
  ...(short === undefined ? [] : [{ kind: 'place' as const, name: short, means: name, short: true }]),
]
const tag = (name: string): KnownName[] => [
  { kind: 'tag', name, means: name },
  { kind: 'tag', name: name.slice(0, -1), means: name, short: true },
]
const names: readonly KnownName[] = [
  ...place('幸福里社区', '幸福里'),
  ...place('柳林社区', '柳林'),
  ...place('第一网格', '第一'),
  ...place('3号楼'),
  ...place('5号楼'),
  ...['业主群', '商户群', '志愿者群'].flatMap(tag),
  { kind: 'group', name: '幸福里一期业主群', means: '幸福里一期业主群' },
  { kind: 'group', name: 'A区业主群', means: 'A区业主群' },
]
const known = { names, templates: ['停水', '停电', '停水通知', '断水'], now }

/** 幸福里社区 业主群 -商户群; 全 and 本 for everywhere and here. */
function whomOf(words: string): string {
  const { whom } = readNotice(words, known)
  return [
    ...(whom.everywhere === undefined ? [] : [whom.everywhere === 'district' ? '全区' : '全部']),
    ...(whom.here ? ['本群'] : []),
    ...whom.named.map(({ means }) => means),
    ...whom.except.map(({ means }) => `-${means}`),
  ].join(' ')
}

const whoms: readonly [words: string, whom: string, text: string][] = [
  ['幸福里社区 业主群 明早停水', '幸福里社区 业主群', '明早停水'],
  ['幸福里社区业主群明早停水', '幸福里社区 业主群', '明早停水'],
  ['幸福里社区、业主群，明早停水', '幸福里社区 业主群', '明早停水'],
  ['幸福里社区的业主群和商户群：明早停水', '幸福里社区 业主群 商户群', '明早停水'],
  ['幸福里 业主 明早停水', '幸福里社区 业主群', '明早停水'],
  ['幸福里业主群 明早停水', '幸福里社区 业主群', '明早停水'],
  ['幸福里一期业主群 明早停水', '幸福里一期业主群', '明早停水'],
  ['幸福里、柳林 明早停水', '幸福里社区 柳林社区', '明早停水'],
  ['幸福里社区和柳林社区的业主群 明早停水', '幸福里社区 柳林社区 业主群', '明早停水'],
  ['幸福里社区3号楼 明早停水', '幸福里社区 3号楼', '明早停水'],
  ['ａ区业主群 明早停水', 'A区业主群', '明早停水'],
  ['幸福里社区的所有群 明早停水', '幸福里社区', '明早停水'],
  ['幸福里社区各群：明早停水', '幸福里社区', '明早停水'],
  ['所有业主群 明早停水', '业主群', '明早停水'],
  ['所有群 明早停水', '全部', '明早停水'],
  ['各群：明早停水', '全部', '明早停水'],
  ['全部群，明早停水', '全部', '明早停水'],
  ['每个群 明早停水', '全部', '明早停水'],
  ['全区 明早停水', '全区', '明早停水'],
  ['全区所有群 明早停水', '全区', '明早停水'],
  ['本群 明早停水', '本群', '明早停水'],
  ['这个群：明早停水', '本群', '明早停水'],
  ['发给幸福里社区 明早停水', '幸福里社区', '明早停水'],
  ['幸福里社区 除3号楼 明早停水', '幸福里社区 -3号楼', '明早停水'],
  ['幸福里社区 除了3号楼和5号楼 明早停水', '幸福里社区 -3号楼 -5号楼', '明早停水'],
  ['幸福里社区 除3号楼、5号楼外 明早停水', '幸福里社区 -3号楼 -5号楼', '明早停水'],
  ['幸福里社区（除3号楼） 明早停水', '幸福里社区 -3号楼', '明早停水'],
  ['幸福里社区 不发商户群 明早停水', '幸福里社区 -商户群', '明早停水'],
  ['幸福里社区 商户群除外 明早停水', '幸福里社区 -商户群', '明早停水'],
  ['幸福里社区 商户群不发 明早停水', '幸福里社区 -商户群', '明早停水'],
  ['幸福里社区 明早停水 不发商户群', '幸福里社区 -商户群', '明早停水'],
  ['幸福里社区 明早停水，请储水（商户群除外）', '幸福里社区 -商户群', '明早停水，请储水'],
  ['所有群 除商户群 明早停水', '全部 -商户群', '明早停水'],
  ['幸福里社区居民请注意，明早停水', '幸福里社区', '幸福里社区居民请注意，明早停水'],
  ['幸福里社区 业主群 3号楼明早停水', '幸福里社区 业主群', '3号楼明早停水'],
  ['幸福里社区\n3号楼着火了，请从北门走', '幸福里社区', '3号楼着火了，请从北门走'],
  ['3号楼明早停水', '3号楼', '3号楼明早停水'],
  ['幸福里社区：幸福里社区明早停水', '幸福里社区', '幸福里社区明早停水'],
  ['明早停水，幸福里社区请储水', '', '明早停水，幸福里社区请储水'],
  ['幸福来敲门活动', '', '幸福来敲门活动'],
  ['第一次停水', '', '第一次停水'],
  ['幸福里社区\n业主群\n明早停水\n请储水', '幸福里社区 业主群', '明早停水\n请储水'],
  ['对象：幸福里社区 业主群\n内容：明早停水', '幸福里社区 业主群', '明早停水'],
  ['幸福里社区 业主群 收到请回复：明早停水', '幸福里社区 业主群', '收到请回复：明早停水'],
]

describe('to whom, from the beginning of what was said', () => {
  it.each(whoms)('%j goes to %j', (words, whom, text) => {
    expect([whomOf(words), readNotice(words, known).text]).toEqual([whom, text])
  })

  it.each([
    ['幸富里社区 业主群 明早停水', '幸富里社区'],
    ['幸福里社区 业住群 明早停水', '业住群'],
    ['阳光花园 明早停水', '阳光花园'],
  ])('%j names somebody whom nobody knows: %s', (words, name) => {
    expect(readNotice(words, known).unknown).toBe(name)
  })
})

const options: readonly [words: string, expected: object, text: string][] = [
  ['急 幸福里社区 管道爆了', { emergency: true }, '管道爆了'],
  ['幸福里社区 紧急 管道爆了', { emergency: true }, '管道爆了'],
  ['【紧急】幸福里社区 管道爆了', { emergency: true }, '管道爆了'],
  ['幸福里社区 管道爆了（急）', { emergency: true }, '管道爆了'],
  ['幸福里社区 急需志愿者', { emergency: false }, '急需志愿者'],
  ['幸福里社区 开会，收到请回复', { receipt: true }, '开会，收到请回复'],
  ['幸福里社区 开会。请回复“收到”', { receipt: true }, '开会。请回复“收到”'],
  ['幸福里社区 要回执 开会', { receipt: true }, '开会'],
  ['幸福里社区 收到快递请及时取', { receipt: false }, '收到快递请及时取'],
  ['幸福里社区 明天8点发 停气', { moment: { date: '2026-11-19', minutes: 480 } }, '停气'],
  ['明天8点发 幸福里社区 停气', { moment: { date: '2026-11-19', minutes: 480 } }, '停气'],
  ['幸福里社区 停气，请储水 明天8点发', { moment: { date: '2026-11-19', minutes: 480 } }, '停气，请储水'],
  ['幸福里社区 停气（今晚7点半发）', { moment: { date: '2026-11-18', minutes: 1170 } }, '停气'],
  ['幸福里社区 定时：明天8点 停气', { moment: { date: '2026-11-19', minutes: 480 } }, '停气'],
  ['幸福里社区 停气 马上发', { moment: { kind: 'now' } }, '停气'],
  ['幸福里社区 每周一8:30发 垃圾分类', { moment: { cron: '30 8 * * 1' } }, '垃圾分类'],
  ['幸福里社区 垃圾分类 每个工作日9点发', { moment: { cron: '0 9 * * *' } }, '垃圾分类'],
  ['幸福里社区 明天8点发鸡蛋', {}, '明天8点发鸡蛋'],
  ['幸福里社区 明早8点到12点停气', {}, '明早8点到12点停气'],
  ['幸福里社区 停气，明天9点发，急', { emergency: true, moment: { minutes: 540 } }, '停气'],
]

describe('how it goes out, before or behind the words', () => {
  it.each(options)('%j', (words, expected, text) => {
    const read = readNotice(words, known)
    expect(read.options).toMatchObject(expected)
    expect(read.text).toBe(text)
    if (!('moment' in expected)) expect(read.options.moment).toBeUndefined()
  })
})

const once = (date: string, minutes: number): SaidMoment => ({ kind: 'once', date, minutes })
const again = (cron: string, words: string, workingDaysOnly = false): SaidMoment => ({
  ...{ kind: 'repeated', cron, words, workingDaysOnly },
})

const moments: readonly [text: string, moment: SaidMoment][] = [
  ['明天8点', once('2026-11-19', 480)],
  ['明早八点', once('2026-11-19', 480)],
  ['明天上午十点半', once('2026-11-19', 630)],
  ['今晚7点半', once('2026-11-18', 1170)],
  ['今天下午3点', once('2026-11-18', 900)],
  ['晚上8点', once('2026-11-18', 1200)],
  ['8:30', once('2026-11-18', 510)],
  ['20：05', once('2026-11-18', 1205)],
  ['后天早上9点一刻', once('2026-11-20', 555)],
  ['大后天中午12点', once('2026-11-21', 720)],
  ['周五下午2点', once('2026-11-20', 840)],
  ['下周一8:30', once('2026-11-23', 510)],
  ['星期天上午9点', once('2026-11-22', 540)],
  ['11月25日9点', once('2026-11-25', 540)],
  ['11月25号上午9点20分', once('2026-11-25', 560)],
  ['2026-12-01 9:00', once('2026-12-01', 540)],
  ['12.1 9点', once('2026-12-01', 540)],
  ['25号9点', once('2026-11-25', 540)],
  ['3号9点', once('2026-12-03', 540)],
  ['1月5日9点', once('2027-01-05', 540)],
  ['明天', once('2026-11-19', 480)],
  ['明天下午', once('2026-11-19', 840)],
  ['今晚', once('2026-11-18', 1140)],
  ['晚上12点', once('2026-11-18', 1440)],
  ['半小时后', once('2026-11-18', 570)],
  ['两个小时后', once('2026-11-18', 660)],
  ['一个半小时后', once('2026-11-18', 630)],
  ['10分钟后', once('2026-11-18', 550)],
  ['现在', { kind: 'now' }],
  ['马上', { kind: 'now' }],
  ['每天8点', again('0 8 * * *', '每天 08:00')],
  ['每天早上7点半', again('30 7 * * *', '每天 07:30')],
  ['每周一8:30', again('30 8 * * 1', '每周一 08:30')],
  ['每周一、三、五 9点', again('0 9 * * 1,3,5', '每周一、三、五 09:00')],
  ['每周末上午10点', again('0 10 * * 6,0', '每周六、日 10:00')],
  ['每星期日晚上7点', again('0 19 * * 0', '每周日 19:00')],
  ['每个工作日9点', again('0 9 * * *', '每个工作日 09:00', true)],
  ['工作日8点', again('0 8 * * *', '每个工作日 08:00', true)],
  ['每月1号9点', again('0 9 1 * *', '每月1日 09:00')],
  ['每月1号和15号上午9点', again('0 9 1,15 * *', '每月1、15日 09:00')],
  ['每月最后一天18:00', again('0 18 L * *', '每月最后一天 18:00')],
  ['每周一8点（节假日不发）', again('0 8 * * 1', '每周一 08:00（节假日不发）', true)],
]

describe('when', () => {
  it.each(moments)('%j', (text, moment) => {
    expect(readMoment(text.replace('：', ':'), now)?.moment).toEqual(moment)
  })

  it.each(['停水', '25点', '2月30日8点', '每月32号8点', '8楼', '1-6号楼', '各位'])(
    '%j says no time',
    (text) => {
      expect(readMoment(text, now)).toBeUndefined()
    },
  )
})

describe('templates', () => {
  it.each([
    ['停水 幸福里社区 时间：明早8点', '停水'],
    ['幸福里社区 停水 时间：明早8点', '停水'],
    ['用停水模板 幸福里社区 时间：明早8点', '停水'],
    ['幸福里社区 停水通知 时间：明早8点', '停水通知'],
  ])('%j is made from %s', (words, template) => {
    expect(readNotice(words, known)).toMatchObject({ template, text: '时间：明早8点' })
  })

  it('only when its name stands alone', () => {
    expect(readNotice('幸福里社区 停水啦，请储水', known).template).toBeUndefined()
  })

  it.each([
    ['时间：明早8点到12点 地点：1-6号楼', { 时间: '明早8点到12点', 地点: '1-6号楼' }, ''],
    ['时间:明早8点到12点，地点:1-6号楼。', { 时间: '明早8点到12点', 地点: '1-6号楼。' }, ''],
    ['停水时间：明早8点\n地点：1-6号楼\n请大家储水', { 时间: '明早8点', 地点: '1-6号楼' }, '请大家储水'],
    ['地点＝1-6号楼', { 地点: '1-6号楼' }, ''],
    ['明早停水', {}, '明早停水'],
  ])('%j has these fields', (words, fields, rest) => {
    expect(readLabelled(words, ['时间', '地点', '原因'])).toEqual({ fields, rest })
  })
})

describe('whatever is typed', () => {
  it('is read without throwing, and nothing of the words is made up', () => {
    const pieces = fc.constantFrom(
      '幸福里社区',
      '业主群',
      ' ',
      '除',
      '3号楼',
      '明天8点发',
      '：',
      '，',
      '急',
      '\n',
      '停水',
      'ab',
      '（',
    )
    const texts = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(pieces, { maxLength: 40 }).map((all) => all.join('')),
    )
    fc.assert(
      fc.property(texts, (words) => {
        expect(words).toContain(readNotice(words, known).text)
      }),
      { numRuns: 1_000 },
    )
  })
})
