import { describe, expect, it } from 'vitest'
import type { Passage } from '../../knowledge/answer.ts'
import { answerText } from '../../knowledge/answer-text.ts'

const today = '2026-11-18'
const plain: Passage = {
  id: 'a#b',
  title: '',
  heading: '',
  alsoAsked: [],
  text: '年满60周岁就能办。',
  tags: [],
}

describe('the text of an answer', () => {
  it('is the passage, then its source, number and day', () => {
    const passage = {
      ...plain,
      title: '老年证办理',
      source: '服务站',
      number: '民政〔2026〕6号',
      issued: '2026-03-01',
    }
    expect(answerText(passage, '老年证', today)).toBe(
      '年满60周岁就能办。\n——《老年证办理》 服务站 民政〔2026〕6号，2026-03-01发布',
    )
  })

  it('says once that a document is a sample', () => {
    const passage = { ...plain, title: '老年证办理（示例）', source: '服务站（示例）' }
    expect(answerText(passage, '老年证', today)).toBe('年满60周岁就能办。\n——《老年证办理》 服务站（示例）')
    expect(answerText({ ...passage, number: '示例民政〔2026〕6号' }, '老年证', today)).toBe(
      '年满60周岁就能办。\n——《老年证办理》 服务站 示例民政〔2026〕6号',
    )
  })

  it('says that a row without a source is from here, not which file it stands in', () => {
    expect(answerText({ ...plain, id: '市场-2' }, '老年证', today)).toBe('年满60周岁就能办。\n——本社区资料')
    expect(answerText({ ...plain, issued: '2026-03-01' }, '老年证', today)).toBe(
      '年满60周岁就能办。\n——本社区资料，2026-03-01发布',
    )
  })

  it('has no gap between a title and its day when there is no source', () => {
    const passage = { ...plain, title: '幸福院入住须知', issued: '2026-06-01' }
    expect(answerText(passage, '幸福院', today)).toMatch(/\n——《幸福院入住须知》，2026-06-01发布$/u)
  })

  it('never has the number of a card in it, not even where a long text is cut', () => {
    const text = `${'甲'.repeat(270)}。老年证归李大爷，身份证410105195001011234，电话0371-88001234。`
    const answer = answerText({ ...plain, text }, '老年证电话', today)
    expect(answer).toContain('身份证（证件号不公开），电话0371-88001234')
    expect(answer).not.toMatch(/4101|1950/u)
  })

  it('says that a document has expired, from the day after its last', () => {
    const passage = { ...plain, title: '甲', validUntil: '2026-11-17' }
    expect(answerText(passage, '甲', today)).toContain('（已于2026-11-17到期，请以最新通知为准）')
    expect(answerText(passage, '甲', '2026-11-17')).not.toContain('到期')
  })

  it('quotes the sentences that were asked about when the text is long', () => {
    const text = `${'您好，来信收悉，感谢关心。'.repeat(30)}补办老年证带身份证到窗口。${'祝您生活愉快。'.repeat(30)}`
    const answer = answerText({ ...plain, text }, '怎么补办老年证', today)
    expect(answer).toContain('补办老年证带身份证到窗口。')
    expect(answer.length).toBeLessThanOrEqual(300)
    expect(answer.startsWith('…')).toBe(true)
  })

  it('cuts a sentence only when it is too long by itself', () => {
    const answer = answerText({ ...plain, text: '很'.repeat(1000) }, '甲', today)
    expect(answer.length).toBeLessThanOrEqual(300)
    expect(answer).toContain('很…\n')
  })
})
