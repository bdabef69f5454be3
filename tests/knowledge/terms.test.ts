import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TermDictionary } from '../../knowledge/term-dictionary.ts'
import { foldText, readTerms, TermBuffer } from '../../knowledge/terms.ts'

function termsOf(text: string): number[] {
  const buffer = new TermBuffer()
  readTerms(text, buffer)
  return [...buffer.terms.subarray(0, buffer.length)]
}

describe('terms of a text', () => {
  const same: readonly (readonly [why: string, one: string, other: string])[] = [
    ['traditional characters are read as simplified ones', '老年證怎麼補辦', '老年证怎么补办'],
    ['full width is read as half width', '１２３４５', '12345'],
    ['capitals are read as small letters', 'HPV疫苗', 'hpv疫苗'],
    ['punctuation only separates', '（老年证）', '老年证'],
  ]
  it.each(same)('%s', (_, one, other) => {
    expect(termsOf(one)).toEqual(termsOf(other))
  })

  const different: readonly (readonly [why: string, one: string, other: string])[] = [
    ['a number is kept whole', '12345', '12 345'],
    ['no pair reaches across punctuation', '老年，证件', '老年证件'],
    ['the order of characters counts', '证件', '件证'],
  ]
  it.each(different)('%s', (_, one, other) => {
    expect(termsOf(one)).not.toEqual(termsOf(other))
  })

  it('are the characters and the pairs of neighbours', () => {
    expect(termsOf('老年证')).toHaveLength(5)
  })

  it('folding keeps every character in its place', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => foldText(text).length === text.length))
  })

  it('reading never fails, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 5000 }), (text) => {
        expect(termsOf(text).length).toBeLessThanOrEqual(text.length * 2 + 1)
      }),
    )
  })
})

describe('the dictionary of terms', () => {
  it('numbers terms as a Map would', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0xffffffff }), { maxLength: 400 }), (terms) => {
        const dictionary = new TermDictionary(8)
        const twin = new Map<number, number>()
        for (const term of terms) {
          expect(dictionary.find(term)).toBe(twin.get(term) ?? -1)
          twin.set(term, twin.get(term) ?? twin.size)
          expect(dictionary.findOrAdd(term)).toBe(twin.get(term))
        }
        expect(dictionary.size).toBe(twin.size)
      }),
    )
  })
})
