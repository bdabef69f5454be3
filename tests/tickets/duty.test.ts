import { describe, expect, test } from 'vitest'
import { type Duty, nextWatches, type Shift, watchesAt } from '../../tickets/duty.ts'
import { hour } from '../../tickets/shanghai-time.ts'
import { createWorkingCalendar } from '../../tickets/working-calendar.ts'
import { at, said } from './instant.ts'

const calendar = createWorkingCalendar()
const day: Shift = { name: '白班', on: ['working_day'], from: 8.5 * hour, to: 17.5 * hour, people: ['赵强'] }
const night: Shift = { name: '夜班', on: ['every_day'], from: 17.5 * hour, to: 8.5 * hour, people: ['钱红'] }
const holiday: Shift = { ...day, name: '节假日', on: ['day_off'], people: ['孙丽'] }
const flood: Shift = {
  ...{ name: '防汛', on: ['every_day'], from: 0, to: 0, people: ['李海'] },
  ...{ season: { from: '06-01', to: '09-30' }, places: ['河西社区'] },
}
const duty: Duty = { shifts: [day, night, holiday, flood], fallback: 'grid_worker' }
const anywhere = undefined

function namesAt(local: string, places?: readonly string[], of: Duty = duty): readonly string[] {
  const here = places ? new Set(places) : anywhere
  return watchesAt(of, calendar, at(local), here).map(({ shift }) => shift.name)
}

describe('who is on duty follows the working calendar', () => {
  const cases = [
    ['2026-11-18 10:00', ['白班'], 'a Wednesday'],
    ['2026-11-18 08:29', ['夜班'], 'the night of Tuesday is not over before 08:30'],
    ['2026-11-18 08:30', ['白班'], 'and over at that minute'],
    ['2026-11-18 17:30', ['夜班'], 'the evening begins'],
    ['2026-11-19 02:00', ['夜班'], 'after midnight it is still the same night'],
    ['2026-11-21 10:00', ['节假日'], 'a Saturday'],
    ['2026-10-01 10:00', ['节假日'], 'National Day, a Thursday'],
    ['2026-10-10 10:00', ['白班'], 'a Saturday that is worked to make up for it'],
    ['2026-02-17 10:00', ['节假日'], 'the first day of Spring Festival'],
  ] as const

  test.each(cases)('%s: %j, %s', (local, expected) => {
    expect(namesAt(local, ['槐荫社区'])).toEqual(expected)
  })
})

describe('a season adds somebody, at its places', () => {
  test.each([
    ['2026-05-31 23:59', ['夜班']],
    ['2026-06-01 00:00', ['夜班', '防汛']],
    ['2026-09-30 23:59', ['夜班', '防汛']],
    ['2026-10-01 00:00', ['夜班']],
  ] as const)('flood season at %s: %j', (local, expected) => {
    expect(namesAt(local, ['河西社区', '幸福街道'])).toEqual(expected)
  })

  test('elsewhere it is nobody’s; where the place is not known, everybody’s', () => {
    expect(namesAt('2026-07-01 02:00', ['槐荫社区'])).toEqual(['夜班'])
    expect(namesAt('2026-07-01 02:00')).toEqual(['夜班', '防汛'])
  })

  test('it may go over New Year', () => {
    const heating = { ...flood, name: '供暖', season: { from: '11-15', to: '03-15' } }
    const winter = { ...duty, shifts: [heating] }
    expect(namesAt('2026-12-31 12:00', undefined, winter)).toEqual(['供暖'])
    expect(namesAt('2026-03-15 12:00', undefined, winter)).toEqual(['供暖'])
    expect(namesAt('2026-03-16 12:00', undefined, winter)).toEqual([])
    expect(namesAt('2026-11-14 12:00', undefined, winter)).toEqual([])
  })
})

describe('days can be named', () => {
  test('by weekday, and by date', () => {
    const monday = { ...day, name: '周一', on: ['mon'] as const }
    const newYear = { ...day, name: '元旦', on: ['2027-01-01'] as const }
    const named = { ...duty, shifts: [monday, newYear] }
    expect(namesAt('2026-11-16 09:00', undefined, named)).toEqual(['周一'])
    expect(namesAt('2026-11-17 09:00', undefined, named)).toEqual([])
    expect(namesAt('2027-01-01 09:00', undefined, named)).toEqual(['元旦'])
  })
})

describe('who comes next', () => {
  test('is the shift that begins first, and all that begin with it', () => {
    const [next] = nextWatches(duty, calendar, at('2026-11-20 18:00'), new Set(['槐荫社区']))
    expect([next?.shift.name, said(next?.from ?? 0)]).toEqual(['节假日', '2026-11-21 08:30'])
    const twice = { ...duty, shifts: [day, { ...day, name: '副班', people: ['周明'] }] }
    const both = nextWatches(twice, calendar, at('2026-11-20 18:00'), anywhere)
    expect(both.map(({ shift }) => shift.name)).toEqual(['白班', '副班'])
    expect(said(both[0]?.from ?? 0)).toBe('2026-11-23 08:30')
  })

  test('is nobody where nothing is planned', () => {
    expect(nextWatches({ ...duty, shifts: [] }, calendar, at('2026-11-20 18:00'), anywhere)).toEqual([])
    expect(nextWatches({ ...duty, shifts: [flood] }, calendar, at('2026-11-20 18:00'), anywhere)).toEqual([])
  })
})
