import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openLowdbStore } from '../../adapters/storage/lowdb/store.ts'
import type { OpenQuestion, QuestionTopic } from '../../bot/questions/question-documents.ts'
import { schema } from '../../bot/schema.ts'
import { linli, ownDataFolder } from './terminal.ts'

const at = Date.parse('2026-11-18T09:00:00+08:00')

/** Two questions that a bot has listed before it was stopped. */
async function listed(): Promise<void> {
  const folder = await ownDataFolder()
  const store = await openLowdbStore({ folder: join(folder, 'data'), schema })
  const changes = ['养鸽子要办什么证', '社区陶艺班几点开课'].flatMap((text, index) => {
    const id = `Q${index + 1}`
    const topic: QuestionTopic = {
      ...{
        id,
        state: 'open',
        place: null,
        phrasings: [{ question: `said/${id}`, text, terms: [`*/${id}`] }],
      },
      ...{ askers: 3 - index, groups: [], firstAt: at, lastAt: at, rank: 3 - index, answers: 0 },
    }
    const question: OpenQuestion = {
      ...{ id: `said/${id}`, text, topic: id, group: null, person: 'p-1', at, mentioned: true },
      ...{ state: 'open', forgetAt: at + 1 },
    }
    return [
      { collection: 'questionTopics', id, put: topic },
      { collection: 'questions', id: question.id, put: question },
      { collection: 'questionTerms', id: `*/${id}`, put: { id: `*/${id}`, topics: [id] } },
    ]
  })
  await store.commit(changes)
  await store.close()
}

describe('linli questions', () => {
  test('lists the most asked first, and says so when there is none', async () => {
    await ownDataFolder()
    expect((await linli(['questions'])).out).toEqual(['no question is open'])
    await listed()
    expect((await linli(['questions'])).out).toEqual([
      'Q1  养鸽子要办什么证  3 people  in private  last 2026-11-18T09:00',
      'Q2  社区陶艺班几点开课  2 people  in private  last 2026-11-18T09:00',
    ])
    const [row] = (await linli(['questions', 'list', '--json'])).out
    expect(JSON.parse(row ?? '')).toMatchObject({ id: 'Q1', text: '养鸽子要办什么证', askers: 3, groups: [] })
  })

  test('answers, words anew, takes back and dismisses, while no bot runs', async () => {
    await listed()
    const answered = await linli(['questions', 'answer', 'q1', '先到社区登记', '--until', '2099-12-31'])
    expect(answered.out).toEqual([
      'Q1 is answered: it holds everywhere until 2099-12-31; who asked within 14 days is told once',
    ])
    expect((await linli(['questions', 'revise', '1', '不用登记了'])).out[0]).toMatch(/^Q1 is answered/)
    expect((await linli(['questions', '--state', 'answered'])).out[1]).toMatch(/→ 不用登记了$/)
    const withdrawn = await linli(['questions', 'withdraw', 'Q1', '--json'])
    expect(JSON.parse(withdrawn.out[0] ?? '')).toEqual({ question: 'Q1', state: 'open' })
    expect((await linli(['questions', 'dismiss', 'Q2', '不归社区管'])).out[0]).toMatch(/^Q2 is dismissed/)
    expect((await linli(['questions'])).out).toEqual([expect.stringMatching(/^Q1 /)])
    expect((await linli(['doctor'])).out).toContain('– questions: 1 without an answer; most asked: Q1, by 3')
  })

  const mistakes: readonly [words: readonly string[], told: RegExp][] = [
    [['answer', 'Q9', '好'], /no question Q9: see linli questions/],
    [['answer', 'nine', '好'], /'question': a number of the list, for example Q12/],
    [['answer', 'Q1', ' '], /is empty: write what residents are to be told/],
    [['answer', 'Q1', '长'.repeat(1001)], /at most 1000 characters, this one has 1001: shorten it/],
    [['answer', 'Q1', '证件410105198001011234'], /take it out/],
    [['answer', 'Q1', '好', '--until', '2026-02-30'], /2026-02-30 is no day.*2026-12-31/],
    [['answer', 'Q1'], /missing required argument 'text'/],
    [['revise', 'Q1', '好'], /Q1 is not answered: answer it with linli questions answer Q1/],
    [['withdraw', 'Q1'], /Q1 is not answered/],
    [['list', '--state', 'lost'], /expected a state, one of open, answered, dismissed/],
  ]

  test.each(mistakes)('%j is refused with what to do, and nothing is changed', async (words, told) => {
    await listed()
    const before = (await linli(['questions', '--json'])).out
    const { status, errors } = await linli(['questions', ...words])
    expect(errors).toMatch(told)
    expect(status).not.toBe(0)
    expect((await linli(['questions', '--json'])).out).toEqual(before)
  })

  test('an answer that is there already is shown with who gave it', async () => {
    await listed()
    await linli(['questions', 'answer', 'Q1', '先到社区登记'])
    const { errors } = await linli(['questions', 'answer', 'Q1', '不用登记'])
    expect(errors).toMatch(/Q1 was answered by operator on .*先到社区登记.*revise/s)
  })
})
