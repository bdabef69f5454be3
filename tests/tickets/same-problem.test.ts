import { describe, expect, test } from 'vitest'
import type { Category, Place } from '../../intents/understanding.ts'
import { comparePlaces, isSameProblem, mentions } from '../../tickets/same-problem.ts'

const things = [
  { name: '电梯', words: ['电梯', '升降机'] },
  { name: '照明', words: ['路灯', '灯'] },
  { name: '停水', words: ['停水', '没水'] },
]

function report(text: string, place: Place | null, category: Category = 'facilities', group = 'g-1') {
  return { text, place, category, group, reporter: `p-${text}`, openedAt: 0 }
}

const minute = 60_000
const later = (minutes: number, one: ReturnType<typeof report>) => ({ ...one, openedAt: minutes * minute })

const eleven = { building: '11' }
const elevenOne = { building: '11', unit: '1' }
const lift = report('电梯又停了', { ...elevenOne, room: '301' })

describe('two reports are the same problem when category, place and thing agree', () => {
  const same = [
    ['the same words at the same place', report('电梯坏了', elevenOne)],
    ['a place that contains the other', report('电梯坏了', eleven)],
    ['a place that lies in the other', report('电梯坏了', { ...elevenOne, floor: '3' })],
    ['another word for the thing', report('升降机不动', elevenOne)],
    ['another flat of the unit', report('电梯坏了', { ...elevenOne, room: '502' })],
    ['no place, but the same group', report('电梯坏了', null)],
    ['the same place in another group', report('电梯坏了', elevenOne, 'facilities', 'g-2')],
  ] as const

  test.each(same)('%s: the same', (_, other) => {
    expect(isSameProblem(lift, other, things)).toBe(true)
    expect(isSameProblem(other, lift, things)).toBe(true)
  })

  const different = [
    ['another building', report('电梯坏了', { building: '12' })],
    ['another unit of the building', report('电梯坏了', { building: '11', unit: '2' })],
    ['another thing at the place', report('楼道灯不亮', elevenOne)],
    ['another category', report('电梯里有狗', elevenOne, 'pets')],
    ['no place and another group', report('电梯坏了', null, 'facilities', 'g-2')],
    ['no thing that is known', report('坏了', elevenOne)],
  ] as const

  test.each(different)('%s: different', (_, other) => {
    expect(isSameProblem(lift, other, things)).toBe(false)
    expect(isSameProblem(other, lift, things)).toBe(false)
  })
})

describe('without a place, time decides', () => {
  const somewhere = report('2号楼路灯坏了', { building: '2' })
  const nowhere = report('楼道灯坏了三天了', null)

  test.each([
    ['right after each other', 5, true],
    ['twenty minutes later it may be another stairwell', 20, false],
  ])('one names a place, %s: %s minutes → %s', (_, minutes, same) => {
    expect(isSameProblem(somewhere, later(minutes, nowhere), things)).toBe(same)
  })

  test.each([
    [90, true],
    [180, false],
  ])('neither names one, %s minutes apart → %s', (minutes, same) => {
    expect(isSameProblem(nowhere, later(minutes, report('灯不亮', null)), things)).toBe(same)
  })

  test('the reporter who says it again still means it', () => {
    expect(isSameProblem(somewhere, { ...later(300, nowhere), reporter: somewhere.reporter }, things)).toBe(
      true,
    )
  })
})

test('a thing that no list knows is known by its own words at one place', () => {
  const gate = { landmark: '西门' }
  expect(isSameProblem(report('西门减速带松了', gate), report('西门那个减速带早该修了', gate), things)).toBe(
    true,
  )
  expect(isSameProblem(report('西门减速带松了', gate), report('西门栏杆断了', gate), things)).toBe(false)
})

test('a quarrel between households has its own flats', () => {
  const [one, other] = ['301', '502'].map((room) => report('楼上灯一直亮', { ...eleven, room }, 'neighbours'))
  expect(one && other && isSameProblem(one, other, things)).toBe(false)
})

describe('places are compared part by part', () => {
  const cases: readonly (readonly [Place | null, Place | null, ReturnType<typeof comparePlaces>])[] = [
    [elevenOne, elevenOne, 'same'],
    [eleven, elevenOne, 'same'],
    [eleven, { building: '12' }, 'different'],
    [elevenOne, { building: '11', unit: '2' }, 'different'],
    [{ landmark: '南门' }, { landmark: '北门' }, 'different'],
    [{ landmark: '南门' }, { landmark: '南门', road: '中山路' }, 'same'],
    [{ building: '11', room: '301' }, { building: '11', room: '302' }, 'different'],
    [{ landmark: '南门' }, eleven, 'unknown'],
    [null, eleven, 'unknown'],
    [null, null, 'unknown'],
    [{}, {}, 'unknown'],
  ]

  test.each(cases)('%j and %j are %s', (one, other, verdict) => {
    expect(comparePlaces(one, other)).toBe(verdict)
    expect(comparePlaces(other, one)).toBe(verdict)
  })
})

test('a thing is mentioned by any of its words', () => {
  expect(things.filter((thing) => mentions('楼道灯不亮，电梯也慢', thing)).map(({ name }) => name)).toEqual([
    '电梯',
    '照明',
  ])
})

describe('a platform is not one person', () => {
  const by = (reporter: string, one: ReturnType<typeof report>) => ({
    ...one,
    reporter,
    group: null as never,
  })
  const lane = report('路灯坏了', { road: '幸福街88号' })
  const tower = report('路灯坏了', { building: '7' })

  test.each([
    ['a resident who names another kind of place speaks of the same', 'p-1', true],
    ['two reports of one system may come from two people', 'system/app', false],
  ])('%s', (_, reporter, same) => {
    expect(isSameProblem(by(reporter, later(60, lane)), by(reporter, tower), things)).toBe(same)
  })
})
