import { describe, expect, it } from 'vitest'
import type { Passage } from '../../knowledge/answer.ts'
import { createKnowledge } from '../../knowledge/knowledge-base.ts'

const today = '2026-11-18'

function passage(id: string, part: Partial<Passage>): Passage {
  return { id, title: '', heading: '', alsoAsked: [], text: '详见窗口公告。', tags: [], ...part }
}

/** Neighbours that every ranking has to keep apart. */
const neighbours: readonly Passage[] = [
  passage('card#带什么', {
    title: '老年证办理',
    heading: '办老年证要带什么？',
    text: '带身份证和一寸照片两张。',
  }),
  passage('card#去哪', { title: '老年证办理', heading: '老年证去哪里办？', text: '到社区便民服务站窗口。' }),
  passage('card#丢了', {
    title: '老年证办理',
    heading: '老年证丢了怎么补？',
    text: '带身份证到服务站补一本。',
  }),
  passage('parking#费', { title: '停车管理办法', heading: '小区停车多少钱？', text: '地面车位每月一百元。' }),
  passage('dogs#证', { title: '文明养犬规定', heading: '养狗要办证吗？', text: '三个月以上的狗要登记。' }),
  passage('heating#热', {
    title: '供暖指南',
    heading: '暖气不热怎么办？',
    text: '先看阀门开没开，再打热力公司报修。',
  }),
]

function best(question: string, passages = neighbours, synonyms: readonly (readonly string[])[] = []) {
  return createKnowledge(passages, synonyms).ask(question, { today }).sources[0]?.id
}

describe('the passage that wins', () => {
  it('is about the aspect that was asked, in whatever words: where', () => {
    expect(best('老年证在啥地方办')).toBe('card#去哪')
  })

  it('is about the aspect that was asked, in whatever words: what to bring', () => {
    expect(best('办老年证需要准备啥材料')).toBe('card#带什么')
  })

  it('is about the aspect that was asked, in whatever words: lost', () => {
    expect(best('老年证找不着了')).toBe('card#丢了')
  })

  it('is headed by the way to apply, when that is what is asked', () => {
    const articles = ['补贴对象', '补贴标准', '申请办法'].map((heading) =>
      passage(`shed#${heading}`, { title: '大棚补贴实施方案', heading }),
    )
    expect(best('大棚补贴怎么申请', articles)).toBe('shed#申请办法')
  })

  it('is asked for in the word that the documents have, though one of them has the other', () => {
    const bus = passage('bus#办', { title: '坐车', heading: '敬老卡坐公交', alsoAsked: ['敬老卡在哪儿办'] })
    expect(best('敬老卡在哪儿办', [...neighbours, bus], [['老年证', '敬老卡']])).toBe('card#去哪')
  })

  it('is found by a synonym that no document has', () => {
    expect(best('敬老卡丢了', neighbours, [['老年证', '敬老卡']])).toBe('card#丢了')
    expect(best('汽车泊位价钱', neighbours, [['停车', '泊位']])).toBe('parking#费')
  })

  it('is found by another way of asking that its author wrote down', () => {
    const asked = passage('fee#停', { title: '物业', heading: '欠费会怎样？', alsoAsked: ['门禁卡被停用了'] })
    expect(best('我的门禁卡停用了', [...neighbours, asked])).toBe('fee#停')
  })

  it('has the word in its question rather than somewhere in its text', () => {
    const mention = passage('other#提', { heading: '窗口几点开门？', text: '暖气不热的事另见供暖指南。' })
    expect(best('暖气不热', [mention, ...neighbours])).toBe('heating#热')
  })

  it('has the rare word rather than the common ones', () => {
    expect(best('办证窗口狗的登记')).toBe('dogs#证')
  })

  it('is valid rather than expired, when both say the same', () => {
    const old = passage('old#费', { title: '物业费', heading: '物业费多少钱？', validUntil: '2025-12-31' })
    const valid = passage('new#费', { title: '物业费', heading: '物业费多少钱？' })
    expect(best('物业费多少钱', [...neighbours, old, valid])).toBe('new#费')
  })

  it('is the newer of two editions', () => {
    const old = passage('2025#费', { title: '2025年医保', heading: '医保交多少钱？', issued: '2024-09-01' })
    const recent = passage('2026#费', {
      title: '2026年医保',
      heading: '医保交多少钱？',
      issued: '2025-09-01',
    })
    expect(best('医保交多少钱', [...neighbours, old, recent])).toBe('2026#费')
  })

  it('is the same in traditional characters', () => {
    expect(best('老年證丟了怎麼補')).toBe('card#丢了')
  })
})

describe('an answer', () => {
  const knowledge = createKnowledge(neighbours)

  it('is given when the passage names what was asked', () => {
    const answer = knowledge.ask('老年证丢了怎么补', { today })
    expect(answer.answered).toBe(true)
    expect(answer.text).toContain('带身份证到服务站补一本。')
  })

  it.each(['今天天气真好', '谁家的快递放错了', '护照去哪里办', '哈哈哈', '', '？？？', '👍👍'])(
    'is not given to “%s”, and then its text is empty',
    (question) => {
      const answer = knowledge.ask(question, { today })
      expect(answer).toMatchObject({ answered: false, text: '' })
      expect(answer.confidence).toBeLessThan(0.7)
    },
  )

  it('lists its sources best first, ten at most', () => {
    const many = Array.from({ length: 30 }, (_, at) =>
      passage(`p${at}`, { heading: `老年证的第${at}个问题` }),
    )
    const { sources } = createKnowledge(many).ask('老年证', { today })
    expect(sources).toHaveLength(10)
    expect(sources.map(({ score }) => score)).toEqual(
      sources.map(({ score }) => score).sort((one, other) => other - one),
    )
  })

  it('understands a follow-up by the question before', () => {
    const context = '请问老年证去哪里办'
    expect(knowledge.ask('那要带什么材料', { today, context }).sources[0]?.id).toBe('card#带什么')
    expect(knowledge.ask('丢了呢', { today, context }).sources[0]?.id).toBe('card#丢了')
  })

  it('does not drag the question before into one that stands by itself', () => {
    const answer = knowledge.ask('暖气不热怎么办', { today, context: '请问老年证去哪里办' })
    expect(answer.sources[0]?.id).toBe('heating#热')
  })

  it('is refused by an empty knowledge base', () => {
    const answer = createKnowledge([]).ask('老年证丢了怎么补', { today })
    expect(answer).toEqual({ answered: false, text: '', confidence: 0, sources: [] })
  })
})
