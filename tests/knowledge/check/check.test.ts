import { describe, expect, test } from 'vitest'
import { findAlikeTexts } from '../../../knowledge/check/alike-texts.ts'
import { checkFields } from '../../../knowledge/check/fields.ts'
import { readFigures } from '../../../knowledge/check/figures.ts'
import type { Finding, Placed } from '../../../knowledge/check/finding.ts'
import { checkPairs } from '../../../knowledge/check/pairs.ts'
import { checkOwnQuestions, checkQuestions } from '../../../knowledge/check/search.ts'
import { createKnowledge } from '../../../knowledge/knowledge-base.ts'
import { parsePolicy } from '../../../knowledge/policy-markdown.ts'
import { createQuestionGrouping } from '../../../knowledge/question-groups.ts'

const today = '2026-11-18'
const grouping = createQuestionGrouping([], [])

function document(file: string, body: string, more = ''): Placed[] {
  const { passages, problems } = parsePolicy(file, `---\ntitle: ${file.slice(0, -3)}\n${more}---\n${body}\n`)
  expect(problems).toEqual([])
  return passages.map((passage) => ({ file, isDocument: true, passage }))
}

function told(findings: readonly Finding[]): string[] {
  return findings.map(
    ({ status, kind, places, message }) => `${status} ${kind}: ${places.join(' + ')}: ${message}`,
  )
}

test('figures are the same however they are written', () => {
  const values = (text: string) => readFigures(text).map(({ value }) => value)
  expect(values('八十周岁，每月一百元，5个工作日')).toEqual(['100元', '80岁', '5个工作日'])
  expect(values('80岁，每月100 块，五个工作日')).toEqual(['100元', '80岁', '5个工作日'])
  expect(values('1.5万元，报80%，0371-88001234，8:30，3年，2026年3月')).toEqual([
    ...['037188001234', '8:30', '80%', '15000元', '3年'],
  ])
})

describe('two documents that answer the same question', () => {
  const one = document('老年证.md', '## 办老年证要多少钱？\n办老年证交10元工本费。')

  test('with different amounts contradict each other: one line has both places and both figures', () => {
    const other = document('优待.md', '## 办老年证要多少钱\n一共收二十元。')
    expect(told(checkPairs([...one, ...other], { grouping, today }))).toEqual([
      'fault contradiction: 老年证.md “办老年证要多少钱？” + 优待.md “办老年证要多少钱”: “办老年证要多少钱？”: 10元 in one, 二十元 in the other: correct one, or give the older one a valid_until',
    ])
  })

  test('in other words are found as well', () => {
    const other = document('优待.md', '## 老年证办理收费吗？\n问法：办老年证得花多少钱\n一共收二十元。')
    expect(told(checkPairs([...one, ...other], { grouping, today }))).toEqual([
      expect.stringMatching(/contradiction: 老年证\.md .* 10元 in one, 二十元 in the other/),
    ])
  })

  test('with the same figure only repeat each other', () => {
    const other = document('优待.md', '## 办老年证要多少钱\n工本费共计十元。')
    expect(told(checkPairs([...one, ...other], { grouping, today }))).toEqual([
      expect.stringMatching(/fault repeated: .*keep one/),
    ])
  })

  test('do not contradict each other when one has expired', () => {
    const other = document('旧.md', '## 办老年证要多少钱\n一共收二十元。', 'valid_until: 2026-01-01\n')
    expect(checkPairs([...one, ...other], { grouping, today })).toEqual([])
  })

  test('in two communities may have two figures', () => {
    const here = document('a.md', '## 办老年证要多少钱\n收10元。', 'region: 甲社区\n')
    const there = document('b.md', '## 办老年证要多少钱\n一共收二十元。', 'region: 乙社区\n')
    expect(checkPairs([...here, ...there], { grouping, today })).toEqual([])
  })

  test('about different ages do not', () => {
    const first = document('a.md', '## 70岁老人津贴多少钱？\n每月50元。')
    const second = document('b.md', '## 80岁老人津贴多少钱？\n每月100元。')
    expect(checkPairs([...first, ...second], { grouping, today })).toEqual([])
  })

  test('have other phones, because they are other offices', () => {
    const first = document('a.md', '## 电梯坏了怎么报修？\n打0371-88001111。')
    const second = document('b.md', '## 电梯坏了怎么报修\n打0371-88002222，找物业。')
    expect(told(checkPairs([...first, ...second], { grouping, today }))).toEqual([
      expect.stringMatching(/^fault repeated/),
    ])
  })

  test('about phones must not have other ones', () => {
    const first = document('a.md', '## 物业电话是多少？\n打0371-88001111。')
    const second = document('b.md', '## 物业电话是多少\n请拨0371-88002222。')
    expect(told(checkPairs([...first, ...second], { grouping, today }))).toEqual([
      expect.stringMatching(/contradiction.*0371-88001111/),
    ])
  })
})

function comparedEachWithEach(runs: readonly ReadonlySet<string>[]): string[] {
  return runs.flatMap((theirs, other) =>
    runs.slice(0, other).flatMap((mine, one) => {
      const common = [...mine].filter((run) => theirs.has(run)).length
      return common / (mine.size + theirs.size - common) >= 0.8 ? [`${one} ${other}`] : []
    }),
  )
}

describe('texts that are nearly the same', () => {
  const text =
    '年满六十周岁的老人，带身份证原件和两张一寸照片，到社区便民服务站办理老年人优待证，当天就能拿到。'

  test('are near duplicates', () => {
    const placed = [
      ...document('a.md', `## 甲\n${text}`),
      ...document('b.md', `## 乙\n${text.replace('当天', '当日')}`),
    ]
    expect(told(checkPairs(placed, { grouping, today }))).toEqual([
      expect.stringMatching(/fault duplicate: a\.md “甲” \+ b\.md “乙”: \d\d% the same text/),
    ])
  })

  test('but for a figure contradict each other', () => {
    const placed = [
      ...document('a.md', `## 甲\n${text}工本费10元。`),
      ...document('b.md', `## 乙\n${text}工本费15元。`),
    ]
    expect(told(checkPairs(placed, { grouping, today }))).toEqual([
      expect.stringMatching(/contradiction.*nearly the same text: 10元 in one, 15元/),
    ])
  })

  test('are found as a comparison of each with each finds them', () => {
    let seed = 3
    const random = (below: number) => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
      return Math.floor((seed / 2 ** 32) * below)
    }
    const letter = () => String.fromCharCode(0x4e00 + random(400))
    const texts: string[] = []
    for (let at = 0; at < 300; at++) {
      const copied = at > 0 && random(3) === 0 ? (texts[random(at)] as string) : undefined
      const made = copied ?? Array.from({ length: 40 + random(100) }, letter).join('')
      const places = new Set(Array.from({ length: random(6) }, () => random(made.length)))
      texts.push(
        copied ? [...made].map((each, place) => (places.has(place) ? letter() : each)).join('') : made,
      )
    }
    const runs = texts.map(
      (each) => new Set(Array.from({ length: each.length - 2 }, (_, at) => each.slice(at, at + 3))),
    )
    const naive = comparedEachWithEach(runs)
    expect(naive.length).toBeGreaterThan(30)
    const found = new Set(findAlikeTexts(texts).map(({ one, other }) => `${one} ${other}`))
    // what the sums of 30 numbers miss is one in a hundred at the very border
    expect(naive.filter((pair) => !found.has(pair)).length).toBeLessThanOrEqual(naive.length / 50)
    expect([...found].filter((pair) => !naive.includes(pair))).toEqual([])
  })
})

test('what a document lacks, that it has expired, and that it soon will', () => {
  const placed = [
    ...document(
      'a.md',
      '## 甲\n文',
      'source: 站\nnumber: 1号\nissued: 2026-01-01\nvalid_until: 2026-11-17\n',
    ),
    ...document(
      'b.md',
      '## 甲\n文',
      'source: 站\nnumber: 1号\nissued: 2026-01-01\nvalid_until: 2026-12-01\n',
    ),
    ...document('c.md', '## 甲\n文\n## 乙\n文', 'source: 站\nissued: 2026-01-01\n'),
    ...document('d.md', '## 甲\n文'),
  ]
  expect(told(checkFields(placed, today))).toEqual([
    'fault expired: a.md: held until 2026-11-17: take it out, or correct valid_until',
    'note expiring: b.md: holds until 2026-12-01: ask for the new one',
    'note missing: c.md: number missing: write it into the front matter',
    'fault missing: d.md: source, number, issued missing: write them into the front matter',
  ])
})

describe('questions asked against the knowledge itself', () => {
  const placed = [
    ...document('年检.md', '## 车子年检\n问法：电动车怎么上牌\n每年一次，带行驶证。'),
    ...document('上牌.md', '## 电动车上牌要带什么？\n问法：电动车怎么上牌照\n带发票和身份证，给电动车上牌。'),
  ]
  const knowledge = createKnowledge(placed.map(({ passage }) => passage))

  test('that find another section first are told, with what was found', () => {
    const wrong = [
      ...placed,
      ...document('电动车.md', '## 电动车上牌\n问法：电动车上牌怎么上｜电动车上牌要带什么\n带车来。'),
    ]
    const base = createKnowledge(wrong.map(({ passage }) => passage))
    const findings = checkOwnQuestions(wrong, { knowledge: base, today })
    for (const { message } of findings) expect(message).toMatch(/^“电动车.*” finds .* first/)
    expect(findings.length).toBeGreaterThan(0)
  })

  test('from a list of residents’ questions, that nothing answers, are told', () => {
    const findings = checkQuestions(['电动车怎么上牌照', '游泳馆几点开门'], { knowledge, today })
    expect(findings.map(({ places }) => places)).toEqual([['游泳馆几点开门']])
  })
})
