import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseQuestionCommand, type QuestionCommand } from '../../intents/question-commands.ts'
import { parseStaffCommand, startsLikeStaffCommand } from '../../intents/staff-commands.ts'

const answer = (text: string, more: object = {}) => ({
  ...{ command: 'answer', question: 'Q12', text, everywhere: false },
  ...more,
})

const commands: readonly [text: string, command: object][] = [
  ['问题', { command: 'questions' }],
  ['未答问题', { command: 'questions' }],
  ['未答', { command: 'questions' }],
  ['还有没答的问题', { command: 'questions' }],
  ['回答 Q12 周一到周五上午8点半开门', answer('周一到周五上午8点半开门')],
  ['回答q12：周末休息', answer('周末休息')],
  ['回答Ｑ１２周末休息', answer('周末休息')],
  ['回答 12 周末休息', answer('周末休息')],
  ['回复Q12 周末休息', answer('周末休息')],
  ['回答 问题12 周末休息', answer('周末休息')],
  ['Q12 回答 周末休息', answer('周末休息')],
  ['q 12 答复：周末休息', answer('周末休息')],
  ['回答 Q12 第一行\n第二行：拨打12345', answer('第一行\n第二行：拨打12345')],
  ['回答 Q12 全区 周末休息', answer('周末休息', { everywhere: true })],
  ['回答 Q12 全区都能办', answer('全区都能办')],
  ['回答 Q12 周末休息 至2026-12-31', answer('周末休息', { until: '2026-12-31' })],
  ['回答 Q12 周末休息（有效期至2026年3月1日）', answer('周末休息', { until: '2026-03-01' })],
  ['回答 Q12 周末休息\n有效至 2026.12.31', answer('周末休息', { until: '2026-12-31' })],
  ['回答 Q12 缴费从9月1日起至2026-12-31', answer('缴费从9月1日起至2026-12-31')],
  ['回答 Q12', answer('')],
  ['回答 周末休息', { command: 'answer', text: '周末休息', everywhere: false }],
  ['改答 Q12 改成周六开门', { ...answer('改成周六开门'), command: 'revise' }],
  ['Q12改答 周六开门', { ...answer('周六开门'), command: 'revise' }],
  ['撤答 Q12', { command: 'withdraw', question: 'Q12' }],
  ['撤回答复 q12', { command: 'withdraw', question: 'Q12' }],
  ['忽略 Q12', { command: 'dismiss', question: 'Q12' }],
  ['Q12 忽略', { command: 'dismiss', question: 'Q12' }],
  ['忽略Q12 不归社区管', { command: 'dismiss', question: 'Q12', reason: '不归社区管' }],
  ['回答 Q12 周末休息\n回答 Q13 周六开门', { command: 'several' }],
  ['忽略 Q12\nQ13 忽略', { command: 'several' }],
]

describe('staff speak of open questions', () => {
  test.each(commands)('%j is understood, also behind #', (text, command) => {
    expect(parseStaffCommand(text)).toEqual({ command, flagged: false })
    expect(parseStaffCommand(`#${text}`)).toEqual({ command, flagged: true })
  })

  test.each([
    '回答得很好',
    '回复：收到',
    '答复了没有',
    '忽略我吧',
    '问题不大',
    '这个问题谁知道',
    '回答12月的问题',
    'Q12',
    '有问题',
  ])('%j is talk', (text) => {
    expect(parseStaffCommand(text)).toBeUndefined()
  })

  test('a ticket number is no question', () => {
    expect(parseQuestionCommand('回答 1120-003 已修好')).toMatchObject({ text: '1120-003 已修好' })
    expect(parseQuestionCommand('回答 1120-003 已修好')).not.toHaveProperty('question')
  })

  test.each(['#未答', '#未答问题', '#回答 q12', '＃忽略12', '#问题'])('%j is meant for the bot', (text) => {
    expect(startsLikeStaffCommand(text)).toBe(true)
  })

  test.each(['#问题反馈', '#回答一下大家', '#忽略广告', '回答 Q12'])('%j is somebody’s own', (text) => {
    expect(startsLikeStaffCommand(text)).toBe(false)
  })

  test('nothing that is written makes it throw, and an answer is never longer than what was said', () => {
    const text = fc.string({ unit: 'grapheme' })
    fc.assert(
      fc.property(text, (rest) => {
        const command: QuestionCommand | undefined = parseQuestionCommand(`回答 Q12 ${rest}`)
        if (command && 'text' in command) expect(rest).toContain(command.text)
      }),
    )
  })
})
