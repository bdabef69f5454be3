import { describe, expect, it } from 'vitest'
import { parseQuestionTable } from '../../knowledge/question-rows.ts'

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

  const table: readonly (readonly [what: string, text: string, line: number, message: RegExp])[] = [
    ['an empty answer', 'id,question,answer\nq1,问,答\nq2,问,\n', 3, /'answer'/],
    ['a missing column', 'id,question\nq1,问\n', 2, /'answer'/],
    ['a column of another name', 'id,question,answer,url\nq1,问,答,x\n', 2, /found 'url'/],
    ['a row with too many cells', 'id,question,answer\nq1,问,答,多\n', 2, /expected CSV/],
    ['no rows', 'id,question,answer\n', 1, /has none/],
  ]
  it.each(table)('tells of %s', (_, text, line, message) => {
    const { problems } = parseQuestionTable('faq.csv', text)
    expect(problems).toMatchObject([{ file: 'faq.csv', line, message: expect.stringMatching(message) }])
  })
})
