import { describe, expect, it } from 'vitest'
import { misreadDay } from '../../../bot/notices/writing/misread-day.ts'
import { instant } from '../stage.ts'

const evening = instant('2026-11-20 22:30')
const morning = instant('2026-11-21 07:00')

describe('a day word in a notice that is read on another day', () => {
  it.each([
    ['明早8点到12点停水', '明早', '2026-11-22'],
    ['各位邻居，今天下午消杀', '今天', '2026-11-21'],
    ['大后天打疫苗', '大后天', '2026-11-24'],
    ['明上午停电', '明', '2026-11-22'],
    ['昨晚停水，今天10点来水', '昨晚', '2026-11-20'],
  ])('%s', (text, word, readAs) => {
    expect(misreadDay(text, evening, morning)).toEqual({ word, readAs })
  })

  it('on the same day it says what it means', () => {
    expect(
      misreadDay('明早8点停水', instant('2026-11-20 10:00'), instant('2026-11-20 21:00')),
    ).toBeUndefined()
  })

  it.each([
    '11月22日8点停水',
    '周六义诊',
    '每天早上7点投放',
    '今后不要停车',
    '后门不开',
    '明年再办',
    '前门关了',
    '从今往后',
  ])('%s means the same on every day', (text) => {
    expect(misreadDay(text, evening, morning)).toBeUndefined()
  })
})
