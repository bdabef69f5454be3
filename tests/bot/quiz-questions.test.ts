import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { projectRoot } from '../../adapters/files/project-root.ts'
import { loadQuizQuestions } from '../../adapters/files/quiz-questions-file.ts'
import { questionsOf } from '../../knowledge/garbage/quiz-questions.ts'
import { temporaryFolder } from '../storage/temporary-folder.ts'
import { realLore } from './stage.ts'

const cities = ['上海', '北京', '广州', '深圳', '郑州']
const good =
  '- question: 蓝桶收什么？\n  choices: [旧报纸, 菜叶子, 过期药, 脏纸巾]\n  answer: A\n  why: 蓝桶收可回收物\n'

async function load(text: string) {
  const folder = await temporaryFolder()
  await writeFile(join(folder, 'quiz-questions.yaml'), text)
  return loadQuizQuestions(folder, cities)
}

describe('the written questions', () => {
  test('are at least eighty everywhere, each with an answer that is no other choice', async () => {
    const questions = await loadQuizQuestions(join(projectRoot(), 'knowledge/garbage'), cities)
    expect(questionsOf(questions, undefined).length).toBeGreaterThanOrEqual(80)
    for (const { question, choices, answer } of questions) {
      expect(choices[answer], question).toBeDefined()
      expect(question).toMatch(/[？?]$/u)
    }
  })

  test('of a city are asked there only, and what a city has otherwise is left out there', async () => {
    const { quizQuestions } = await realLore()
    const of = (city?: string) => questionsOf(quizQuestions, city).map(({ question }) => question)
    expect(of('上海').some((question) => question.includes('干垃圾'))).toBe(true)
    expect(of('上海市')).toEqual(of('上海'))
    expect(of('郑州').some((question) => question.includes('干垃圾'))).toBe(false)
    expect(of().some((question) => question.includes('绿色的垃圾桶'))).toBe(true)
    expect(of('上海').some((question) => question.includes('绿色的垃圾桶'))).toBe(false)
  })

  test('are read from a file as people write it', async () => {
    expect(await load(good)).toEqual([
      {
        ...{ question: '蓝桶收什么？', choices: ['旧报纸', '菜叶子', '过期药', '脏纸巾'] },
        ...{ answer: 0, why: '蓝桶收可回收物', except: [] },
      },
    ])
  })

  test.each([
    ['three choices', good.replace(', 脏纸巾', ''), 'expected four choices'],
    ['two equal choices', good.replace('菜叶子', '旧报纸'), 'expected four different choices'],
    [
      'a letter that is none',
      good.replace('answer: A', 'answer: E'),
      'expected the letter of the right choice',
    ],
    ['a choice of one character', good.replace('菜叶子', '对'), 'expected at least 2 characters'],
    ['an unknown field', `${good}  hint: 无\n`, 'hint'],
    ['the same question twice', good + good, 'expected every question once'],
    ['an unknown city', `${good}  region: 月球\n`, '月球'],
    ['no list', '蓝桶', 'expected a list of questions'],
    ['an empty list', '[]', 'expected at least one question'],
    ['no YAML', '- question: [', 'expected YAML'],
  ])('with %s are refused, and it is said why', async (_, text, reason) => {
    await expect(load(text)).rejects.toThrow(reason)
  })
})
