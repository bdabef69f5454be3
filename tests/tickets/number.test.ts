import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findNumber, saidNumber, ticketNumber } from '../../tickets/number.ts'
import { at } from './instant.ts'

describe('a ticket number is the day of opening and the count of that day', () => {
  test('with three digits, and more when a day has more', () => {
    expect(ticketNumber(at('2026-11-18 09:00'), 1)).toBe('20261118-001')
    expect(ticketNumber(at('2026-11-18 09:00'), 1000)).toBe('20261118-1000')
  })

  test('the day is that of Shanghai, also before eight in the morning', () => {
    expect(ticketNumber(at('2026-11-18 00:00'), 7)).toBe('20261118-007')
    expect(ticketNumber(at('2026-11-18 23:59'), 7)).toBe('20261118-007')
  })

  test('it is said without the year', () => {
    expect(saidNumber('20261118-001')).toBe('1118-001')
  })
})

describe('a number is found in what people write', () => {
  const found = [
    ['1118-001到哪一步了', undefined, '1118-001'],
    ['接单 1118-001', undefined, '1118-001'],
    ['单号20261118-001催一下', '20261118-001', '1118-001'],
    ['办结1118 - 012已更换灯管', undefined, '1118-012'],
    ['1118—003那个怎么样了', undefined, '1118-003'],
    ['1118－003怎么样', undefined, '1118-003'],
    ['１１１８－００３怎么样', undefined, '1118-003'],
    ['(1118-1000)', undefined, '1118-1000'],
    ['先办1118-001再办1118-002', undefined, '1118-001'],
  ] as const

  test.each(found)('%s', (text, full, said) => {
    expect(findNumber(text)).toEqual(full ? { full, said } : { said })
  })

  const none = [
    ['电话138-0013-8000', 'a mobile phone'],
    ['13800138000', 'a mobile phone without a dash'],
    ['座机0371-66668888', 'a landline'],
    ['0371-6666 8888', 'a landline in groups: there is no 71st of March'],
    ['3-2-501的邻居', 'a flat'],
    ['11-1502', 'a flat'],
    ['2026-11-18', 'a date'],
    ['9:00-18:00', 'opening hours'],
    ['电梯又停了', 'no digits at all'],
  ] as const

  test.each(none)('%s is none: %s', (text) => {
    expect(findNumber(text)).toBeUndefined()
  })

  test('every number that is given out is found again, whole and as said, in the middle of a sentence', () => {
    const opening = fc.integer({ min: at('2026-01-01 00:00'), max: at('2030-12-31 23:59') })
    fc.assert(
      fc.property(opening, fc.integer({ min: 1, max: 9999 }), (opened, count) => {
        const number = ticketNumber(opened, count)
        expect(findNumber(`请问${number}到哪了`)).toEqual({ full: number, said: saidNumber(number) })
        expect(findNumber(`请问 ${saidNumber(number)} 到哪了`)).toEqual({ said: saidNumber(number) })
      }),
    )
  })
})
