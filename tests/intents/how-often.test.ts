import { describe, expect, it } from 'vitest'
import { extractHowOften } from '../../intents/how-often.ts'
import { extractSince } from '../../intents/since.ts'

describe('extractHowOften', () => {
  it.each([
    ['楼下每天晚上跳舞跳到十点', '每天晚上'],
    ['天天停水', '天天'],
    ['电梯一周坏两三次', '一周坏两三次'],
    ['一周两三次停电', '一周两三次'],
    ['这灯每个月坏三回', '每个月坏三回'],
    ['每个月三回 没完没了', '每个月三回'],
    ['这是第三次了 还没人来', '第三次了'],
    ['第5回报修了', '第5回'],
    ['隔三差五就堵', '隔三差五'],
    ['三天两头停电', '三天两头'],
    ['每周五半夜都有货车', '每周五'],
    ['一下雨就漏', '一下雨'],
    ['跟物业说了好几次', '说了好几次'],
    ['经常没水', '经常'],
    ['每逢下雨就淹', '每逢下雨'],
    ['昨晚就没水了', undefined],
    ['电梯坏了', undefined],
  ])('finds in %j: %j', (text, often) => {
    expect(extractHowOften(text)).toBe(often)
  })

  it('stands beside since when', () => {
    const text = '从上周五开始每天晚上都在施工'
    expect([extractSince(text), extractHowOften(text)]).toEqual(['从上周五开始', '每天晚上'])
  })
})
