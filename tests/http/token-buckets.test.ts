import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createTokenBuckets } from '../../adapters/http/token-buckets.ts'

test('what may be taken agrees with counting drop by drop', () => {
  const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 5_000 }), fc.constantFrom('a', 'b')), {
    maxLength: 60,
  })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), steps, (burst, all) => {
      let now = 0
      const buckets = createTokenBuckets({ perSecond: 1, burst }, () => now)
      // the naive twin: thousandths of a token, one for each ms
      const naive = { a: burst * 1000, b: burst * 1000 }
      for (const [pause, name] of all) {
        now += pause
        for (const each of ['a', 'b'] as const) naive[each] = Math.min(burst * 1000, naive[each] + pause)
        const enough = naive[name as 'a'] >= 1000
        const wait = buckets.take(name)
        expect(wait === 0).toBe(enough)
        if (enough) naive[name as 'a'] -= 1000
        else expect(wait).toBe(1000 - naive[name as 'a'])
      }
    }),
  )
})

test('who waits as long as they were told is served', () => {
  let now = 0
  const buckets = createTokenBuckets({ perSecond: 0.3, burst: 1 }, () => now)
  expect(buckets.take('a')).toBe(0)
  const wait = buckets.take('a')
  expect(buckets.wait('a')).toBe(wait)
  now += wait - 1
  expect(buckets.take('a')).toBe(1)
  now += 1
  expect(buckets.take('a')).toBe(0)
})

test('a clock that is set back gives nothing away and shuts nobody out for ever', () => {
  let now = 1_000_000
  const buckets = createTokenBuckets({ perSecond: 1, burst: 1 }, () => now)
  expect(buckets.take('a')).toBe(0)
  now = 0
  expect(buckets.take('a')).toBe(1_000)
  now = 1_000
  expect(buckets.take('a')).toBe(0)
})

test('a hundred thousand names fill no memory, and the newest are still held to their limit', () => {
  const buckets = createTokenBuckets({ perSecond: 1, burst: 1 }, () => 0)
  for (let count = 0; count < 100_000; count++) expect(buckets.take(`name-${count}`)).toBe(0)
  expect(buckets.take('name-99999')).toBe(1_000)
  // the first are forgotten
  expect(buckets.take('name-0')).toBe(0)
})
