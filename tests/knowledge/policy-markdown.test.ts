import { describe, expect, it } from 'vitest'
import { describeProblem } from '../../knowledge/document-problem.ts'
import { parsePolicy } from '../../knowledge/policy-markdown.ts'

const policy = `---
title: 老年证办理
source: 便民服务站
number: 民政〔2026〕6号
issued: 2026-03-01
valid_until: 2027-12-31
region: 槐荫社区
tags: [老年证, "12345"]
---

# 老年证办理

## 多大能办老年证？
问法：几岁办｜60岁能办啥证
年满60周岁就能办。

## 去哪办？
社区便民服务站。
`

describe('a policy in Markdown', () => {
  it('becomes one passage for each section', () => {
    const { passages, problems } = parsePolicy('senior.md', policy)
    expect(problems).toEqual([])
    expect(passages).toEqual([
      {
        id: 'senior#多大能办老年证',
        title: '老年证办理',
        heading: '多大能办老年证？',
        alsoAsked: ['几岁办', '60岁能办啥证'],
        text: '年满60周岁就能办。',
        source: '便民服务站',
        number: '民政〔2026〕6号',
        issued: '2026-03-01',
        validUntil: '2027-12-31',
        region: '槐荫社区',
        tags: ['老年证', '12345'],
      },
      expect.objectContaining({ id: 'senior#去哪办', alsoAsked: [], text: '社区便民服务站。' }),
    ])
  })

  it('may have line ends of Windows and a byte order mark', () => {
    const { passages, problems } = parsePolicy('senior.md', `\uFEFF${policy.replaceAll('\n', '\r\n')}`)
    expect(problems).toEqual([])
    expect(passages.map(({ text }) => text)).toEqual(['年满60周岁就能办。', '社区便民服务站。'])
  })

  it('takes its title from the first heading when it has no front matter', () => {
    const { passages } = parsePolicy('notes.txt', '# 装修须知\n\n晚上八点后不许施工。\n')
    expect(passages).toMatchObject([{ title: '装修须知', heading: '', text: '晚上八点后不许施工。' }])
  })

  it('gives sections of the same name ids of their own', () => {
    const { passages } = parsePolicy('a.md', '# 题\n## 费用\n一元。\n## 费用\n二元。\n')
    expect(passages.map(({ id }) => id)).toEqual(['a#费用', 'a#费用-2'])
  })

  it('puts the question above a smaller heading before it', () => {
    const { passages } = parsePolicy('a.md', '# 题\n## 老年证\n### 材料\n身份证。\n')
    expect(passages.map(({ heading }) => heading)).toEqual(['老年证 > 材料'])
  })

  it('keeps the whole path of a heading however deep', () => {
    const { passages } = parsePolicy(
      'a.md',
      '# 题\n## 甲\n### 乙\n#### 丙\n一。\n### 丁\n二。\n## 戊\n三。\n',
    )
    expect(passages.map(({ heading }) => heading)).toEqual(['甲 > 乙 > 丙', '甲 > 丁', '戊'])
  })

  it('cuts a paragraph that is far too long after a sentence, and loses nothing', () => {
    const long = '很长的一句话。'.repeat(500)
    const { passages } = parsePolicy('a.md', `# 题\n## 条文\n${long}\n`)
    expect(passages.map(({ heading }) => heading)).toEqual(['条文', '条文', '条文'])
    expect(passages.map(({ text }) => text).join('')).toBe(long)
  })

  it('cuts a section that is too long for one answer at a blank line', () => {
    const long = '很长的一段话。'.repeat(120)
    const { passages } = parsePolicy('a.md', `# 题\n## 条文\n${long}\n\n${long}\n`)
    expect(passages.map(({ id }) => id)).toEqual(['a#条文', 'a#条文-2'])
  })
})

describe('a bad policy is told by file, line and remedy', () => {
  const table: readonly (readonly [what: string, text: string, problem: RegExp])[] = [
    ['no title', '---\nsource: 站\n---\n## 问\n答', /^bad\.md:2: title: /],
    [
      'a day that is none',
      '---\ntitle: 甲\nissued: 2026-13-01\n---\n## 问\n答',
      /^bad\.md:3: issued: expected a day/,
    ],
    [
      'an unknown name',
      '---\ntitle: 甲\nvalid_untill: x\n---\n## 问\n答',
      /^bad\.md:3: expected one of title.*'valid_untill'/,
    ],
    ['broken YAML', '---\ntitle: "甲\n---\n## 问\n答', /^bad\.md:2: expected YAML/],
    ['front matter without an end', '---\ntitle: 甲\n## 问\n答', /^bad\.md:1: expected a second line '---'/],
    ['tags that are no list', '---\ntitle: 甲\ntags: 乙\n---\n## 问\n答', /^bad\.md:3: tags: /],
    [
      'a question without an answer',
      '---\ntitle: 甲\n---\n## 问\n\n## 又问\n答',
      /^bad\.md:4: expected an answer under '问'/,
    ],
    [
      'ways of asking but no answer',
      '---\ntitle: 甲\n---\n## 问\n问法：啥\n',
      /^bad\.md:4: expected an answer under '问'/,
    ],
    ['neither front matter nor title', '只有一句话', /^bad\.md:1: expected front matter/],
    ['an empty file', '', /^bad\.md:1: expected /],
  ]
  it.each(table)('%s', (_, text, expected) => {
    const { passages, problems } = parsePolicy('bad.md', text)
    expect(passages).toEqual([])
    expect(problems.map(describeProblem).join('\n')).toMatch(expected)
  })
})
