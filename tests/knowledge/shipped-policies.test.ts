import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadKnowledgeFolder } from '../../adapters/files/knowledge-folder.ts'
import { createKnowledge, type KnowledgeBase } from '../../knowledge/knowledge-base.ts'
import { parseSynonyms } from '../../knowledge/phrases.ts'

/** The shipped documents have editions of 2024 that are over, beside those that hold. */
const today = '2026-11-18'
let knowledge: KnowledgeBase

beforeAll(async () => {
  const folder = new URL('../../knowledge/policies', import.meta.url)
  const synonyms = parseSynonyms(
    await readFile(new URL('../../knowledge/synonyms.txt', import.meta.url), 'utf8'),
  )
  knowledge = createKnowledge(await loadKnowledgeFolder(fileURLToPath(folder)), synonyms)
})

const documentOf = (question: string) =>
  knowledge.ask(question, { today }).sources[0]?.id.split('#', 1)[0] ?? ''

describe('of two editions', () => {
  it.each([
    ['最低工资是多少', 'minimum-wage-and-overtime'],
    ['高温津贴一个月多少钱', 'heat-allowance'],
    ['高温津贴几月到几月发', 'heat-allowance'],
    ['租房补贴一个月多少钱', 'rent-allowance'],
  ])('the one that holds answers “%s”', (question, document) => {
    expect(documentOf(question)).toBe(document)
  })

  it('the old one answers who names its year, and the answer says that it is over', () => {
    const { sources, passage, answered, text } = knowledge.ask('2024年最低工资是多少', { today })
    expect(sources[0]?.id).toMatch(/^minimum-wage-and-overtime-2024#/)
    expect(passage?.validUntil).toBe('2025-12-31')
    expect(answered).toBe(true)
    expect(text).toContain('到期')
  })
})

describe('an expired document', () => {
  it('is never quoted without saying so, whatever is asked', () => {
    const expired = knowledge
      .find('2024年', { today })
      .candidates.filter(({ passage }) => (passage.validUntil ?? today) < today)
    const questions = expired.flatMap(({ passage }) => [passage.heading, ...passage.alsoAsked])
    expect(questions.length).toBeGreaterThan(5)
    const quoted = questions
      .map((question) => knowledge.ask(question, { today }))
      .filter(({ answered, passage }) => answered && (passage?.validUntil ?? today) < today)
    expect(quoted.length).toBeGreaterThan(0)
    for (const { text, passage } of quoted) expect(text).toContain(`（已于${passage?.validUntil}到期`)
  })
})

describe('numbers and dates', () => {
  it.each([
    ['示例民政〔2026〕6号说的是什么', 'senior-citizen-card'],
    ['65岁坐公交免费不', 'senior-citizen-card'],
  ])('are searched for as they are: %s', (question, document) => {
    const { sources } = knowledge.ask(question, { today })
    expect(sources.map(({ id }) => id.split('#', 1)[0])).toContain(document)
  })
})

describe('of sections of like documents', () => {
  it.each([
    ['老年证办一个要多少钱', 'senior-citizen-card#办老年证要带什么多少钱'],
    ['老年卡多少钱', 'senior-citizen-card#办老年证要带什么多少钱'],
    ['老年卡在哪儿办', 'senior-citizen-card#老年证去哪里办几天能拿到'],
    ['老年证在哪儿办', 'senior-citizen-card#老年证去哪里办几天能拿到'],
    ['老年公交卡在哪儿办', 'elderly-bus-and-parks#老年公交卡在哪里办几天拿到'],
    ['居住证咋办', 'residence-permit#办居住证要带什么材料去哪里'],
    ['狗咬了人谁出钱', 'dogs#狗咬人了怎么办谁赔钱'],
  ])('the one on what is asked answers “%s”', (question, id) => {
    const { answered, sources } = knowledge.ask(question, { today })
    expect({ answered, best: sources[0]?.id }).toEqual({ answered: true, best: id })
  })
})

describe('a bare subject', () => {
  it.each([
    ['高龄津贴', 'elderly-age-allowance#多大年纪能领高龄津贴'],
    ['老年卡', 'senior-citizen-card#多大能办老年证'],
    ['低保', 'minimum-living-guarantee#什么样的家庭能吃低保'],
    ['长护险', 'long-term-care-insurance#长护险是什么谁能享受'],
  ])('%s is answered by the section that opens its document', (question, id) => {
    const { answered, sources } = knowledge.ask(question, { today })
    expect({ answered, best: sources[0]?.id }).toEqual({ answered: true, best: id })
  })

  it.each(['中', '我没闻到', '收到', '好的知道了'])('is not heard in “%s”', (line) => {
    expect(knowledge.ask(line, { today }).answered).toBe(false)
  })
})

describe('a question that names no subject', () => {
  it.each(['带啥东西去', '要带什么材料', '在哪里办', '多少钱'])(
    '“%s” gets no answer by chance',
    (question) => {
      expect(knowledge.ask(question, { today }).answered).toBe(false)
    },
  )

  it('gets the answer on the subject of the question before', () => {
    const context = '居住证怎么办'
    expect(knowledge.ask('带啥东西去', { today, context }).sources[0]?.id).toMatch(/^residence-permit#/)
  })
})
