import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { splitText } from '../../bot/sending/split-text.ts'

const limit = 600

describe('a long text is cut near 600 characters', () => {
  test('a short one stays whole', () => {
    expect(splitText('您好')).toEqual(['您好'])
    expect(splitText('好'.repeat(limit))).toHaveLength(1)
  })

  test('between paragraphs rather than between sentences', () => {
    const [first, second] = [`${'一'.repeat(300)}。${'一'.repeat(60)}`, '二'.repeat(400)]
    expect(splitText(`${first}\n\n${second}`)).toEqual([first, second])
  })

  test('between sentences rather than at a comma', () => {
    const sentence = `${'水'.repeat(180)}，${'电'.repeat(179)}。`
    expect(splitText(sentence.repeat(2))).toEqual([sentence, sentence])
  })

  test('a far too early end is no reason for a stub', () => {
    const parts = splitText(`好。${'长'.repeat(1000)}`)
    expect(parts.map((part) => part.length)).toEqual([limit, 402])
  })

  test('never through a character of two halves', () => {
    const parts = splitText('a'.repeat(limit - 1) + '😀'.repeat(10))
    expect(parts.join('')).toBe('a'.repeat(limit - 1) + '😀'.repeat(10))
    expect(parts[0]).toHaveLength(limit - 1)
  })
})

test('joined again the parts are the text but for spaces, none is empty and none is over 600', () => {
  const piece = fc.oneof(
    fc.constantFrom('。', '，', '\n', '\n\n', ' ', '；', '！', '😀', '单号1118-001'),
    fc.string({ unit: fc.constantFrom(...'停水电梯三号楼请问abc123'), maxLength: 120 }),
  )
  const written = fc.array(piece, { minLength: 1, maxLength: 60 }).map((pieces) => pieces.join(''))
  const bare = (text: string) => text.replaceAll(/\s/gu, '')
  fc.assert(
    fc.property(written, (text) => {
      const parts = splitText(text)
      expect(bare(parts.join(''))).toBe(bare(text))
      for (const part of parts) expect(part.length).toBeLessThanOrEqual(limit)
      if (bare(text) !== '') for (const part of parts) expect(part).not.toBe('')
    }),
  )
})
