import { describe, expect, it } from 'vitest'
import { mentionsBot } from '../../adapters/wechat/mentions.ts'

const NAMES = ['小邻', '幸福里 小助手']

describe('a mention in the text', () => {
  it.each([
    ['@小邻\u2005停水了', true, 'picked on a phone'],
    ['@小邻 停水了', true, 'typed, with a space'],
    ['@小邻，停水了', true, 'followed by punctuation'],
    ['停水了 @小邻', true, 'at the end'],
    ['停水了@小邻\n什么时候来', true, 'followed by a new line'],
    ['＠小邻 停水了', true, 'with the wide sign'],
    ['@张三\u2005@小邻\u2005来看', true, 'after somebody else'],
    ['@小邻 和 @张三\u2005来看', true, 'typed, before a picked mention of somebody else'],
    ['@幸福里 小助手\u2005停水了', true, 'a name with a space'],
    ['@所有人 停水了 @小邻', true, 'everybody, and the bot by name'],
    ['小邻 停水了', false, 'the bare name'],
    ['@小邻居 停水了', false, 'a longer name'],
    ['@小邻 二号\u2005停水了', false, 'a longer name with a space'],
    ['@所有人 停水了', false, 'everybody'],
    ['@幸福里 停水了', false, 'half of a name'],
    ['', false, 'nothing'],
  ])('%s → %s: %s', (text, expected) => {
    expect(mentionsBot({ text, mentionIds: [], selfId: 'bot', names: NAMES })).toBe(expected)
  })
})

describe('mention ids of the messenger', () => {
  it('count whatever the text says', () => {
    expect(mentionsBot({ text: '停水了', mentionIds: ['zhang', 'bot'], selfId: 'bot', names: [] })).toBe(true)
  })

  it('do not count when everybody is mentioned', () => {
    expect(
      mentionsBot({ text: '@所有人 停水了', mentionIds: ['zhang', 'bot'], selfId: 'bot', names: NAMES }),
    ).toBe(false)
  })

  it('of others are no mention of the bot', () => {
    expect(mentionsBot({ text: '@张三 停水了', mentionIds: ['zhang'], selfId: 'bot', names: NAMES })).toBe(
      false,
    )
  })

  it('are not confused by an empty name of the bot', () => {
    expect(mentionsBot({ text: '@ 停水了', mentionIds: [], selfId: 'bot', names: ['', ' '] })).toBe(false)
  })
})
