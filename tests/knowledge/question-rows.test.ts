import { describe, expect, it } from 'vitest'
import { parseQuestionTable, writeQuestionTable } from '../../knowledge/question-rows.ts'

describe('a table of questions', () => {
  it('gives one passage for each row, by the row’s id, with a byte order mark or without', () => {
    const { passages, problems } = parseQuestionTable(
      'faq.csv',
      '\uFEFFid,question,answer,title\nq1,几点开门？,"八点，\n周末九点。",服务站\nq2,电话？,12345,\n',
    )
    expect(problems).toEqual([])
    expect(passages).toEqual([
      {
        id: 'q1',
        title: '服务站',
        heading: '几点开门？',
        alsoAsked: [],
        text: '八点，\n周末九点。',
        tags: [],
      },
      { id: 'q2', title: '', heading: '电话？', alsoAsked: [], text: '12345', tags: [] },
    ])
  })

  it('may name its columns in Chinese, and say where an answer comes from', () => {
    const text =
      '问题,问法,答案,来源,文号,日期,有效期,标签,电话,地区\n几点开门？,啥时候开门；开门时间,八点。,站,示例办〔2026〕1号,2026年3月1日,长期,老人、孩子,12345,甲社区\n'
    expect(parseQuestionTable('dir/faq.csv', text)).toEqual({
      problems: [],
      lines: [2],
      passages: [
        {
          ...{
            id: 'dir/faq-2',
            title: '',
            heading: '几点开门？',
            alsoAsked: ['啥时候开门', '开门时间'],
            text: '八点。',
          },
          ...{
            source: '站',
            number: '示例办〔2026〕1号',
            issued: '2026-03-01',
            tags: ['老人', '孩子'],
            phone: '12345',
            region: '甲社区',
          },
        },
      ],
    })
  })

  it('comes back the same after it was written', () => {
    const row = {
      id: 'q1',
      question: '“几点”,开门？',
      answer: '八点，\n周末九点。',
      asked: ['a', 'b'],
      tags: ['老人'],
      issued: '2026-03-01',
    }
    const { passages, problems } = parseQuestionTable(
      'faq.csv',
      writeQuestionTable([row, { id: 'q2', question: '问', answer: '答' }]),
    )
    expect(problems).toEqual([])
    expect(passages).toEqual([
      {
        id: 'q1',
        title: '',
        heading: '“几点”,开门？',
        text: '八点，\n周末九点。',
        alsoAsked: ['a', 'b'],
        tags: ['老人'],
        issued: '2026-03-01',
      },
      { id: 'q2', title: '', heading: '问', text: '答', alsoAsked: [], tags: [] },
    ])
  })

  const table: readonly (readonly [what: string, text: string, line: number, message: RegExp])[] = [
    ['an empty answer', 'id,question,answer\nq1,问,答\nq2,问,\n', 3, /'answer'/],
    ['a missing column', 'id,question\nq1,问\n', 1, /id,question,answer.* but came "id,question"/],
    [
      'a column of another name',
      'id,question,answer,colour\nq1,问,答,x\n',
      1,
      /found 'colour'.*knowledge import/,
    ],
    [
      'a day that is none',
      'id,question,answer,issued\nq1,问,答,去年\n',
      2,
      /'issued' as a day such as 2026-03-01, but came '去年'/,
    ],
    ['a row with too many cells', 'id,question,answer\nq1,问,答,多\n', 2, /expected CSV/],
    ['no rows', 'id,question,answer\n', 1, /has none/],
  ]
  it.each(table)('tells of %s', (_, text, line, message) => {
    const { problems } = parseQuestionTable('faq.csv', text)
    expect(problems).toMatchObject([{ file: 'faq.csv', line, message: expect.stringMatching(message) }])
  })
})
