import { describe, expect, it } from 'vitest'
import { readDay } from '../../intents/read-day.ts'

/** A Friday. */
const today = '2026-11-20'

describe('a day as staff write it', () => {
  it.each([
    ['等配件 到11月25日', '2026-11-25', '等配件'],
    ['等配件到11-25', '2026-11-25', '等配件'],
    ['到2027-01-05 等开春', '2027-01-05', '等开春'],
    ['等开春 1月5日', '2027-01-05', '等开春'],
    ['等材料，下周三再办', '2026-11-25', '等材料'],
    ['周一恢复 师傅不在', '2026-11-23', '师傅不在'],
    ['周五', '2026-11-27', ''],
    ['等3天', '2026-11-23', '等'],
    ['等配件 两周后', '2026-12-04', '等配件'],
    ['明天再说', '2026-11-21', ''],
    ['等审批 月底', '2026-11-30', '等审批'],
  ])('%s is %s', (text, date, rest) => {
    expect(readDay(text, today)).toEqual({ date, rest })
  })

  it.each(['等配件', '13月40日', '2月30日', '3号楼等配件'])('%s names none', (text) => {
    expect(readDay(text, today)).toBeUndefined()
  })
})
