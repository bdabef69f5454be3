import { describe, expect, test } from 'vitest'
import type { Block } from '../../../knowledge/documents/block.ts'
import { cutIntoSections } from '../../../knowledge/documents/sections.ts'

const text = (...lines: readonly string[]): Block[] =>
  lines.map((line) => ({ kind: 'paragraph', text: line }))
const heading = (level: number, words: string): Block => ({ kind: 'heading', level, text: words })

function pathsOf(blocks: readonly Block[]): string[] {
  return cutIntoSections(blocks).sections.map(({ path }) => path.join(' > '))
}

describe('numbered headings', () => {
  test('make a path from the outermost to their own', () => {
    const blocks = text(
      '一、适用范围',
      '（一）本地户籍',
      '凭户口簿。',
      '（二）外地老人',
      '凭居住证。',
      '二、标准',
      '每月一百元。',
    )
    expect(pathsOf(blocks)).toEqual([
      '一、适用范围 > （一）本地户籍',
      '一、适用范围 > （二）外地老人',
      '二、标准',
    ])
  })

  test('of a law are its chapters and articles; what an article lists stays in it', () => {
    const blocks = text(
      ...[
        '第一章　总则',
        '第一条　为了管好犬只，制定本办法。',
        '第二条　下列犬只不得饲养：',
        '（一）烈性犬；',
      ],
      ...['（二）没有免疫的犬。', '第二章　登记', '第三条（材料）　带身份证。', '依照第二条规定处罚。'],
    )
    expect(cutIntoSections(blocks).sections).toEqual([
      { path: ['第一章 总则', '第一条 为了管好犬只'], paragraphs: ['第一条　为了管好犬只，制定本办法。'] },
      {
        path: ['第一章 总则', '第二条 下列犬只不得饲养'],
        paragraphs: ['第二条　下列犬只不得饲养：', '（一）烈性犬；', '（二）没有免疫的犬。'],
      },
      {
        path: ['第二章 登记', '第三条（材料）'],
        paragraphs: ['第三条（材料）　带身份证。', '依照第二条规定处罚。'],
      },
    ])
  })

  test('of articles have their first clause, of at most 20 characters', () => {
    const blocks = text(
      '第一条　本市行政区域内养犬登记年检免疫和收容留检管理等活动，适用本办法。',
      '第二条　适用范围',
      '全体居民。',
      '第三条',
      '没有别的。',
    )
    expect(pathsOf(blocks)).toEqual([
      '第一条 本市行政区域内养犬登记年检免疫和收容留检',
      '第二条 适用范围',
      '第三条',
    ])
  })

  test('that are only the items of a list stay text', () => {
    const blocks = text('所需材料', '1. 身份证', '2. 户口簿', '3. 照片两张', '都要原件。')
    expect(pathsOf(blocks)).toEqual([''])
  })

  test('with their text in the same paragraph end at the first full stop', () => {
    const blocks = text(
      '一、办理时间。周一到周五上午八点半到十二点。',
      '二、办理地点。社区服务站一楼大厅三号窗口。',
    )
    expect(cutIntoSections(blocks).sections).toEqual([
      { path: ['一、办理时间'], paragraphs: ['周一到周五上午八点半到十二点。'] },
      { path: ['二、办理地点'], paragraphs: ['社区服务站一楼大厅三号窗口。'] },
    ])
  })

  test('give way to those that the writer has marked', () => {
    const blocks = [
      heading(1, '材料'),
      ...text('一、身份证', '原件。'),
      heading(1, '时间'),
      ...text('五天。'),
    ]
    expect(pathsOf(blocks)).toEqual(['材料', '时间'])
  })
})

describe('questions', () => {
  test('before their answers are headings, without 问 and 答', () => {
    const blocks = text('问：几点上班？', '答：八点半。', '问：周末呢？', '答：不上班。')
    expect(cutIntoSections(blocks).sections).toEqual([
      { path: ['几点上班？'], paragraphs: ['八点半。'] },
      { path: ['周末呢？'], paragraphs: ['不上班。'] },
    ])
  })

  test('with a number lose it', () => {
    expect(pathsOf(text('1、几点上班？', '八点半。', '2、周末呢？', '不上班。'))).toEqual([
      '几点上班？',
      '周末呢？',
    ])
  })
})

test('a short line in bold above one that is not is a heading, unless the writer has marked others', () => {
  const bold = (words: string): Block => ({ kind: 'paragraph', text: words, bold: true })
  const blocks = [
    bold('办理材料'),
    ...text('身份证。'),
    bold('办理时间：'),
    ...text('五天。'),
    bold('请注意，别迟到。'),
  ]
  expect(pathsOf(blocks)).toEqual(['办理材料', '办理时间'])
  expect(pathsOf([heading(1, '甲'), ...blocks, heading(1, '乙'), ...text('文。')])).toEqual(['甲', '乙'])
})

test('headings without text are told, and none of them becomes a section', () => {
  const { sections, empty } = cutIntoSections([
    heading(1, '甲'),
    heading(2, '乙'),
    ...text('文'),
    heading(1, '丙'),
  ])
  expect(sections.map(({ path }) => path)).toEqual([['甲', '乙']])
  expect(empty).toEqual(['丙'])
})
