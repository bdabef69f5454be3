import { expect, test } from 'vitest'
import { chineseNumber } from '../../adapters/llm/chinese-number.ts'

test.each([
  ['十', 10],
  ['十五', 15],
  ['二十', 20],
  ['二十三', 23],
  ['一百零五', 105],
  ['两百一十', 210],
  ['三千五百', 3500],
  ['两万', 20_000],
  ['十二万三千', 123_000],
  ['一亿零五十', 100_000_050],
  ['二〇二六', 2026],
  ['一二三', 123],
  ['万一', undefined],
  ['百五', undefined],
  ['', undefined],
])('%s is %s', (text, value) => {
  expect(chineseNumber(text)).toBe(value)
})
