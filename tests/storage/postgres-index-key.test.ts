import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareValues } from '../../adapters/storage/ordered-list.ts'
import { indexKey } from '../../adapters/storage/postgres/index-key.ts'

/** Any UTF-16, halves of emojis included, and often the places where the encodings differ. */
const anyText = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 0xffff }),
      fc.constantFrom(0, 1, 2, 3, 0xd7ff, 0xd800, 0xdfff, 0xe000, 0xffff),
    ),
    {
      maxLength: 6,
    },
  )
  .map((codes) => String.fromCharCode(...codes))
const anyNumber = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer())

describe('the key of an indexed value', () => {
  test('sorts by its bytes as the store sorts the value', () => {
    const value = fc.oneof(anyText, anyNumber)
    fc.assert(
      fc.property(value, value, (a, b) => {
        const byBytes = Buffer.compare(Buffer.from(indexKey(a)), Buffer.from(indexKey(b)))
        expect(Math.sign(byBytes)).toBe(Math.sign(compareValues(a, b)))
      }),
      { numRuns: 20_000 },
    )
  })

  test('is text that PostgreSQL can hold: well-formed, without U+0000, short enough for an index of five', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 200 }), (text, times) => {
        const key = indexKey(text.repeat(times))
        expect(Buffer.from(key).toString()).toBe(key)
        expect(key).not.toContain('\u0000')
        expect(Buffer.byteLength(key)).toBeLessThanOrEqual(400)
      }),
    )
  })

  test('is the word itself where it is a plain one, so that people can read the tables', () => {
    expect(indexKey('幸福里3号楼 open-1')).toBe('幸福里3号楼 open-1')
  })

  test('keeps long words apart that begin alike, and after the word they begin with', () => {
    const long = '长'.repeat(300)
    expect(indexKey(`${long}甲`)).not.toBe(indexKey(`${long}乙`))
    expect(indexKey(long) > indexKey('长'.repeat(100))).toBe(true)
  })

  test('tells 1, "1" and true apart', () => {
    expect(new Set([indexKey(1), indexKey('1'), indexKey(true), indexKey('true'), indexKey('')]).size).toBe(5)
  })
})
