import { describe, expect, it } from 'vitest'
import { NoticeRefusedError } from '../../../bot/notices/refusal.ts'
import { alikeNames } from '../../../bot/notices/writing/alike-names.ts'
import { checkedText } from '../../../bot/notices/writing/check-text.ts'

describe('words of a notice in which there is nothing', () => {
  it.each(['。。。', '\u2800\u2800', '\u0301'.repeat(500), '——！'])('%j is empty', (text) => {
    expect(() => checkedText(text, { longest: 600 })).toThrow(NoticeRefusedError)
  })
  it.each(['停水', '95598', '🎉'])('%s is something', (text) => {
    expect(checkedText(text, { longest: 600 })).toBe(text)
  })
})

it('a name that shares nothing but its kind with another is not offered', () => {
  expect(alikeNames('火星社区', ['柳林社区', '幸福里社区'])).toEqual([])
  expect(alikeNames('幸富里社区', ['柳林社区', '幸福里社区'])).toEqual(['幸福里社区'])
})
