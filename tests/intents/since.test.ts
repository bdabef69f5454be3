import { describe, expect, it } from 'vitest'
import { extractSince } from '../../intents/since.ts'

describe('extractSince', () => {
  it.each([
    ['昨晚就没水了', '昨晚'],
    ['路灯坏了半个月了', '半个月'],
    ['停了三天了', '三天'],
    ['从上周五开始就这样', '从上周五开始'],
    ['11月3号起一直停水', '11月3号起'],
    ['凌晨两点还在唱', '凌晨两点'],
    ['最近老停电', '最近'],
    ['电梯坏了', undefined],
  ])('finds in %j: %j', (text, since) => {
    expect(extractSince(text)).toBe(since)
  })
})
