import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { likelyPairs, plainName, type RoomLook } from '../../bot/grid/room-likeness.ts'
import { seededRandom } from '../../bot/replay/seeded-random.ts'

function room(key: string, topic: string, members: readonly string[]): RoomLook {
  return { key, topic, members }
}

const people = (from: string, count: number) => Array.from({ length: count }, (_, at) => `${from}${at}`)

describe('which room is which', () => {
  test('members decide, and a topic that somebody took over does not', () => {
    const old = [room('a', '幸福里业主群', people('甲', 40)), room('b', '和谐家园', people('乙', 40))]
    const now = [room('x', '和谐家园', people('甲', 40)), room('y', '别的名字', people('乙', 40))]
    expect(likelyPairs(old, now).map(({ before, now: after, sure }) => [before, after, sure])).toEqual([
      ['a', 'x', true],
      ['b', 'y', true],
    ])
  })

  test('staff who are in every room make no two rooms alike', () => {
    const staff = people('网格员', 8)
    const old = people('群', 30).map((topic) => room(topic, topic, [...people(topic, 5), ...staff]))
    const now = [room('x', '新来的群', [...people('生人', 5), ...staff])]
    expect(likelyPairs(old, now)).toEqual([])
  })

  test('two rooms of the same people are offered and not called sure', () => {
    const members = people('志愿者', 20)
    const old = [room('a', '志愿者一队', members), room('b', '志愿者二队', members)]
    const pairs = likelyPairs(old, [room('x', '志愿者', members)])
    expect(pairs).toMatchObject([{ now: 'x', sure: false }])
  })

  test('rooms of neighbouring buildings are told apart by the number, where members were never seen', () => {
    const old = [room('a', '幸福里3号楼群', []), room('b', '幸福里5号楼群', [])]
    const pairs = likelyPairs(old, [room('x', '幸福里5号楼群', people('邻居', 9))])
    expect(pairs).toMatchObject([{ before: 'b', now: 'x', sure: false }])
  })

  test.each([
    ['🌸兰花🌸', '兰花'],
    ['<span class="emoji emoji1f338"></span>兰花', '兰花'],
    ['兰花[玫瑰]', '兰花'],
    ['ＡＢＣ', 'abc'],
    ['🌸', '🌸'],
    ['', ''],
  ])('the name %s is compared as %s', (name, plain) => {
    expect(plainName(name)).toBe(plain)
  })

  test('each room is in one pair at most, and a score is never above 1', () => {
    const looks = fc.array(
      fc.record({
        topic: fc.string({ maxLength: 4 }),
        members: fc.array(fc.string({ maxLength: 2 }), { maxLength: 6 }),
      }),
      { maxLength: 6 },
    )
    fc.assert(
      fc.property(looks, looks, (old, now) => {
        const pairs = likelyPairs(
          old.map((each, at) => ({ ...each, key: `o${at}` })),
          now.map((each, at) => ({ ...each, key: `n${at}` })),
        )
        expect(new Set(pairs.map(({ before }) => before)).size).toBe(pairs.length)
        expect(new Set(pairs.map((pair) => pair.now)).size).toBe(pairs.length)
        for (const { score } of pairs) expect(score).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('642 groups with 150 people each, a tenth of them gone, are all found in seconds', () => {
    const random = seededRandom(3)
    const staff = people('网格员', 30)
    const old = people('小区', 642).map((topic) =>
      room(topic, `${topic}业主群`, [...people(`${topic}住户`, 150), ...staff.filter(() => random() < 0.1)]),
    )
    const now = old.map(({ key, topic, members }) =>
      room(
        `new ${key}`,
        random() < 0.1 ? '改名了' : topic,
        members.filter(() => random() > 0.1),
      ),
    )
    const begun = performance.now()
    const pairs = likelyPairs(old, now)
    expect(performance.now() - begun).toBeLessThan(10_000)
    expect(pairs.filter((pair) => pair.sure && pair.now === `new ${pair.before}`)).toHaveLength(642)
  })
})
