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
  ['回答 Q12 九点 至2027年1月1号', answer('九点', { until: '2027-01-01' })],
  ['回答 Q12 九点。有效期至2027年1月1号。', answer('九点', { until: '2027-01-01' })],
  ['回答 Q12 九点至2027-01-01', answer('九点至2027-01-01', { unread: '至2027-01-01' })],
  ['回答 Q12 九点，到2027年1月1号', answer('九点，到2027年1月1号', { unread: '到2027年1月1号' })],
  ['回答 Q12 周末休息 至12月31日', answer('周末休息 至12月31日', { unread: '至12月31日' })],
  ['回答 Q12 周末休息 至明年年底', answer('周末休息 至明年年底', { unread: '至明年年底' })],
  ['回答 Q12 自2026年9月1日，至2026年12月31日', answer('自2026年9月1日，至2026年12月31日')],
  ['回答 Q12 报名到2027-01-01为止都可以', answer('报名到2027-01-01为止都可以')],
  ['回答 Q12 开门时间上午9点 至12点', answer('开门时间上午9点 至12点')],
  ['回答 Q12 送到3-2', answer('送到3-2')],
  ['回答 Q12 周末休息 2027-01-01', answer('周末休息 2027-01-01', { unread: '2027-01-01' })],
  ['回答 q12。周末休息', answer('周末休息')],
  ['回答 Q12、周末休息', answer('周末休息')],
  ['回答 Q12） 周末休息', answer('周末休息')],
  ['回答 12。周末休息', answer('周末休息')],
  ['回答 Q12 -5度以下停课', answer('-5度以下停课')],
  ['答 Q12 周末休息', answer('周末休息')],
  ['答q12：周末休息', answer('周末休息')],
  ['Q12答：周末休息', answer('周末休息')],
  ['Q12', { command: 'question', question: 'Q12' }],
  ['ｑ１２。', { command: 'question', question: 'Q12' }],
  ['问题12', { command: 'question', question: 'Q12' }],
  ['Q12 周末休息', { command: 'question', question: 'Q12' }],
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
    '有问题',
    '答 3',
    '答3号楼的',
    '答对了',
    'Q12季度的表',
    'Q12-3',
  ])('%j is talk', (text) => {
    expect(parseStaffCommand(text)).toBeUndefined()
  })

  test('a ticket number is no question', () => {
    expect(parseQuestionCommand('回答 1120-003 已修好')).toMatchObject({ text: '1120-003 已修好' })
    expect(parseQuestionCommand('回答 1120-003 已修好')).not.toHaveProperty('question')
  })

  test.each(['#未答', '#未答问题', '#回答 q12', '＃忽略12', '#问题', '#答 Q1 上午', '#q1'])(
    '%j is meant for the bot',
    (text) => {
      expect(startsLikeStaffCommand(text)).toBe(true)
    },
  )

  test.each(['#问题反馈', '#回答一下大家', '#忽略广告', '回答 Q12', '#答 3', '#Q群'])(
    '%j is somebody’s own',
    (text) => {
      expect(startsLikeStaffCommand(text)).toBe(false)
    },
  )

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
