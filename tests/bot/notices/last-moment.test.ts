import { beforeAll, describe, expect, it } from 'vitest'
import { readNoticeRules } from '../../../adapters/files/notices-file.ts'
import { projectRoot } from '../../../adapters/files/project-root.ts'
import type { NoticeRules } from '../../../bot/notices/rules.ts'
import { lastMomentIn } from '../../../bot/notices/times/last-moment.ts'
import { defaultExpiry } from '../../../bot/notices/times/schedule.ts'
import { hour, isoShanghai } from '../../../tickets/shanghai-time.ts'
import { instant } from '../stage.ts'

let rules: NoticeRules
beforeAll(async () => {
  rules = await readNoticeRules(projectRoot(), undefined)
})

/** A Friday. */
const friday = instant('2026-11-20 09:00')

function endOf(text: string, said = friday): string {
  const moment = lastMomentIn(text, said, rules.partsOfDay)
  return moment === undefined ? 'never' : isoShanghai(moment).slice(0, 16).replace('T', ' ')
}

describe('the end of the time that a notice speaks of', () => {
  it.each([
    // spans
    ['明早8点到12点停水', '2026-11-21 12:00'],
    ['明天上午八点至十二点停电', '2026-11-21 12:00'],
    ['今天下午2点到5点检修电梯', '2026-11-20 17:00'],
    ['下午两点半到四点，物业在一楼收资料', '2026-11-20 16:00'],
    ['11月25日8:00-17:00线路检修', '2026-11-25 17:00'],
    ['11月25日 8：00—17：00 停电', '2026-11-25 17:00'],
    ['2026年12月1日9时至16时30分燃气检修', '2026-12-01 16:30'],
    ['明天9:00-11:30，14:00-17:00接种疫苗', '2026-11-21 17:00'],
    ['早8点至晚6点停水', '2026-11-20 18:00'],
    ['周六上午9点到11点半义诊', '2026-11-21 11:30'],
    ['本周日上午9点到11点半义诊', '2026-11-22 11:30'],
    ['下周三14点到16点', '2026-11-25 16:00'],
    ['下下周一上午9点到10点', '2026-11-30 10:00'],
    ['25日8点到27日18点封路', '2026-11-27 18:00'],
    ['8点到12点停水', '2026-11-20 12:00'],
    // over midnight
    ['今晚10点到明早6点停水', '2026-11-21 06:00'],
    ['晚上10点到凌晨2点路面施工', '2026-11-21 02:00'],
    ['今晚11点至次日5点停水', '2026-11-21 05:00'],
    ['今晚22:00-次日06:00', '2026-11-21 06:00'],
    // a part of a day, a day
    ['今天上午停电', '2026-11-20 12:00'],
    ['明天中午不供热水', '2026-11-21 14:00'],
    ['今晚有大到暴雨', '2026-11-21 00:00'],
    ['明天停水一天', '2026-11-22 00:00'],
    ['后天做核酸', '2026-11-23 00:00'],
    ['大后天上午开会', '2026-11-23 12:00'],
    ['11月25号换水表', '2026-11-26 00:00'],
    ['28日停水', '2026-11-29 00:00'],
    ['3日停水', '2026-12-04 00:00'],
    ['这周六打扫卫生', '2026-11-22 00:00'],
    ['即日起至12月31日可以缴费', '2027-01-01 00:00'],
    ['本月底前交齐材料', '2026-12-01 00:00'],
    ['年底前办完', '2027-01-01 00:00'],
    ['1月5日开始报名', '2027-01-06 00:00'],
    ['明年1月5日8点到9点停水', '2027-01-05 09:00'],
    // the hour itself is the end
    ['截至2026年11月22日9时可以报名', '2026-11-22 09:00'],
    ['12月31日17点前缴费', '2026-12-31 17:00'],
    ['请在明天下午五点之前报名', '2026-11-21 17:00'],
    ['报名截止到周日晚上8点', '2026-11-22 20:00'],
    // only a beginning is named: it goes on for a while
    ['今晚7点广场放电影', '2026-11-20 21:00'],
    ['明天下午三点开楼栋会', '2026-11-21 17:00'],
    ['3点开会', '2026-11-20 17:00'],
    ['十一月二十五日上午八点半集合', '2026-11-25 10:30'],
    ['明早8点停水，约4小时', '2026-11-21 12:00'],
    ['今晚12点停电', '2026-11-21 02:00'],
    // the last of several
    ['昨天下午停了水，今天10点来水', '2026-11-20 10:00'],
    ['原定今天停水，改到后天上午9点到11点', '2026-11-22 11:00'],
    ['25日至27日每天8点到12点接种', '2026-11-28 00:00'],
  ])('%s: %s', (text, end) => {
    expect(endOf(text)).toBe(end)
  })

  it.each([
    '每天早上7点到9点投放垃圾',
    '周一至周五9点到17点办公',
    '工作日上午9点到11点可以来',
    '请大家注意以下3点要求',
    '1-6号楼的邻居请移车',
    '3号楼东门今后不开',
    '提早出门，晚会儿再洗衣服',
    '有事请打95598，或者8331 2200',
    '每人400元，2小时内到账',
    '楼道里不要停车',
    '今天凌晨1点到5点停过水',
  ])('%s: names no time to come', (text) => {
    expect(endOf(text)).toBe('never')
  })

  it('today, tomorrow and the days of the week are counted from the day on which it is said', () => {
    expect(endOf('明早8点到12点停水', instant('2026-12-31 20:00'))).toBe('2027-01-01 12:00')
    expect(endOf('周五上午9点到11点', instant('2026-11-20 07:00'))).toBe('2026-11-20 11:00')
    expect(endOf('周五上午9点到11点', instant('2026-11-20 15:00'))).toBe('2026-11-27 11:00')
  })

  it('an hour without a day, said in the evening, is tomorrow’s', () => {
    expect(endOf('8点到12点停水', instant('2026-11-20 20:00'))).toBe('2026-11-21 12:00')
    expect(endOf('上午停电', instant('2026-11-20 20:00'))).toBe('2026-11-21 12:00')
  })
})

describe('whatever somebody pastes', () => {
  it.each(['明早8点至', '8点到', '早', '12:30-', '周一到周', ' '])(
    '20,000 characters of %j are read in a moment',
    (words) => {
      const begun = performance.now()
      endOf(words.repeat(Math.ceil(20_000 / words.length)))
      expect(performance.now() - begun).toBeLessThan(2_000)
    },
  )
})

describe('the end of a notice', () => {
  it('a notice about this morning is over at noon', () => {
    const expiresAt = defaultExpiry({ text: '今天上午停水', begins: friday }, friday, rules)
    expect(expiresAt).toBe(instant('2026-11-20 12:00'))
  })

  it('one that names no time lasts as long as the rules say, from its beginning', () => {
    const begins = friday + 5 * hour
    expect(defaultExpiry({ text: '楼道里不要停车', begins }, friday, rules)).toBe(begins + rules.lasts)
  })

  it('in one that is scheduled, today is the day on which it goes out', () => {
    const begins = instant('2026-11-25 07:30')
    const expiresAt = defaultExpiry({ text: '今天上午9点到11点义诊', begins, said: begins }, friday, rules)
    expect(expiresAt).toBe(instant('2026-11-25 11:00'))
  })

  it.each([
    ['今天上午8点到12点停水', '2026-11-20 07:30', '2026-11-20 14:00'],
    ['今天上午2点到3点停水', '2026-11-20 04:45', '2026-11-20 07:00'],
    ['今天上午停水', '2026-11-20 07:30', '2026-11-20 12:00'],
    ['11月20日8点到12点停水', '2026-11-20 07:30', '2026-11-21 09:00'],
  ])('%s, written at %s for %s, is over before it would be read: refused', (text, written, begins) => {
    const at = instant(begins)
    expect(() => defaultExpiry({ text, begins: at, said: at }, instant(written), rules)).toThrow(
      expect.objectContaining({
        fault: expect.objectContaining({ kind: 'ends-before-it-begins', sendAt: at }),
      }),
    )
  })

  it.each([
    '今天上午的停水已恢复，给您添麻烦了。',
    '昨天8点到12点停了水，现在都好了。',
    '11月3日开会的纪要贴在公告栏。',
    '楼道里不要停车。',
    '今天上午8点到12点停水，下午2点到4点再停一次。',
  ])('%s may be read in the afternoon', (text) => {
    const begins = instant('2026-11-20 13:00')
    expect(defaultExpiry({ text, begins }, begins, rules)).toBeGreaterThan(begins)
  })
})
