import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { firstCharacters } from '../../intents/first-characters.ts'
import { createPatternIndex } from '../../intents/pattern-index.ts'
import { shippedCorpus, shippedRules } from './fixtures.ts'

const begins: readonly [pattern: string, first: string | undefined][] = [
  ['路灯', '路'],
  ['路?灯', '路灯'],
  ['(?:电|水)表', '电水'],
  ['(?:电|水)?表', '电水表'],
  ['[东西]门', '东西'],
  ['[a-c]座', 'abc'],
  ['^早', '早'],
  ['(?<!不)好', '好'],
  ['灯|电', '灯电'],
  ['\\d号', '0123456789'],
  ['\\?', '?'],
  ['.{0,3}坏', undefined],
  ['[^别]不', undefined],
  ['\\p{L}', undefined],
  ['坏?', undefined],
  ['^$', undefined],
]

describe('firstCharacters', () => {
  it.each(begins)('of %s are %s', (pattern, first) => {
    const found = firstCharacters(pattern)
    expect(found && [...found].sort().join('')).toBe(first && [...first].sort().join(''))
  })
})

describe('a pattern index', () => {
  it('finds in any text the groups that testing each alternation finds', async () => {
    const groups = Object.values((await shippedRules()).signs)
    const index = createPatternIndex(groups)
    const plain = groups.map((patterns) => new RegExp(patterns.join('|'), 'u'))
    const naive = (text: string) => [...plain.keys()].filter((group) => plain[group]?.test(text))
    for (const { text } of (await shippedCorpus()).filter((_, line) => line % 20 === 0))
      expect(index.groupsIn(text)).toEqual(naive(text))
    const said = fc.string({ unit: fc.constantFrom(...'没电火灯了吗? \n1a楼\ud83d😂不坏人'), maxLength: 30 })
    fc.assert(
      fc.property(said, (text) => {
        expect(index.groupsIn(text)).toEqual(naive(text))
      }),
    )
  })
})
