import { describe, expect, test } from 'vitest'
import type { Block } from '../../../knowledge/documents/block.ts'
import { readDay } from '../../../knowledge/documents/day.ts'
import { recognise } from '../../../knowledge/documents/recognise.ts'

const text = (...lines: readonly string[]): Block[] =>
  lines.map((line) => ({ kind: 'paragraph', text: line }))
const read = (...lines: readonly string[]) => recognise(text(...lines), {}, '文件名')

test.each([
  ['2026年3月1日', '2026-03-01'],
  ['2026 年 3 月 1 日', '2026-03-01'],
  ['二〇二六年十二月三十一日', '2026-12-31'],
  ['２０２６／３／１', '2026-03-01'],
  ['2026-02-30', undefined],
  ['三月一日', undefined],
])('%s is the day %s', (written, day) => {
  expect(readDay(written)).toBe(day)
})

describe('a document of an office', () => {
  const letter = [
    ...['示例市民政局文件', '示例民〔2026〕12号', '关于印发《高龄津贴', '发放办法》的通知', '各街道办事处：'],
    ...[
      '根据《老年人权益办法》（示例民发〔2019〕34号），自2026年4月1日起施行，有效期5年。咨询电话：0000-88001234',
    ],
    ...['示例市民政局', '2026年3月15日'],
  ]

  test('tells its title over two lines, its own number, its office and its day', () => {
    expect(read(...letter)).toMatchObject({
      ...{ title: '关于印发《高龄津贴发放办法》的通知', number: '示例民〔2026〕12号', issued: '2026-03-15' },
      ...{ source: '示例市民政局', phone: '0000-88001234' },
    })
  })

  test('that holds for five years from a day ends the day before', () => {
    expect(read(...letter).validUntil).toBe('2031-03-31')
  })
})

describe('nothing is invented', () => {
  test('a number that is only referred to is not its own', () => {
    expect(read('停车须知', '依据示例建〔2025〕1号执行。').number).toBeUndefined()
  })

  test('of two numbers or two days none is taken, and that is told', () => {
    const { number, issued, doubts } = read(
      '须知',
      '甲字〔2025〕1号',
      '乙字〔2025〕2号',
      '2025年1月1日',
      '2025年2月1日',
    )
    expect({ number, issued }).toEqual({ number: undefined, issued: undefined })
    expect(doubts).toEqual([
      expect.stringMatching(/several numbers \(甲字〔2025〕1号, 乙字〔2025〕2号\)/),
      expect.stringMatching(/several dates/),
    ])
  })

  test('a day inside a sentence is not the day of issue', () => {
    expect(read('停水通知', '2026年3月1日起停水三天，请接好水。').issued).toBeUndefined()
  })

  test('without a title the file gives its name, and that is told', () => {
    const { title, doubts } = read('请大家注意，明天停水，后天来水。')
    expect({ title, doubts }).toEqual({ title: '文件名', doubts: [expect.stringMatching(/no title found/)] })
  })
})

describe('the title', () => {
  const heading = (level: number, words: string): Block => ({ kind: 'heading', level, text: words })

  test('is the only heading of the first rank', () => {
    const blocks = [heading(1, '装修'), ...text('文。'), heading(2, '时间'), ...text('文。')]
    expect(recognise(blocks, {}, '文件名').title).toBe('装修')
  })

  test('is a line above the only section, not the section', () => {
    const blocks = [...text('装修须知'), heading(2, '时间'), ...text('文。')]
    expect(recognise(blocks, {}, '文件名').title).toBe('装修须知')
  })

  test('is none of several headings of one rank', () => {
    const blocks = [heading(1, '材料'), ...text('文。'), heading(1, '时间'), ...text('文。')]
    expect(recognise(blocks, {}, '文件名').title).toBe('文件名')
  })
})

test.each([
  ['发布日期：2026年3月1日　　有效期至：2027年12月31日', { issued: '2026-03-01', validUntil: '2027-12-31' }],
  [
    '发文字号：示例办〔2026〕5号；发布机构：示例街道办事处',
    { number: '示例办〔2026〕5号', source: '示例街道办事处' },
  ],
  ['【来源】：示例市医保局', { source: '示例市医保局' }],
])('labels tell: %s', (line, fields) => {
  expect(read('办事须知', line, '正文在这里。')).toMatchObject(fields)
})
