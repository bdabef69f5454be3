import { describe, expect, it } from 'vitest'
import { readNoticeTemplates } from '../../../adapters/files/notice-templates-file.ts'
import { readNoticeRules } from '../../../adapters/files/notices-file.ts'
import { projectRoot } from '../../../adapters/files/project-root.ts'
import { NoticeRefusedError } from '../../../bot/notices/refusal.ts'
import { readFields } from '../../../bot/notices/writing/read-fields.ts'
import { endOfField, fillTemplate, gapsOf, templateNamed } from '../../../bot/notices/writing/templates.ts'
import { instant } from '../stage.ts'

const templates = await readNoticeTemplates(projectRoot(), undefined)
const rules = await readNoticeRules(projectRoot(), undefined)

function faultOf(work: () => unknown): unknown {
  try {
    work()
  } catch (error) {
    if (error instanceof NoticeRefusedError) return error.fault
    throw error
  }
  return undefined
}

function examplesOf(name: string, onlyRequired = false): Record<string, string> {
  const { fields } = templateNamed(templates, name)
  return Object.fromEntries(
    fields.filter(({ required }) => required || !onlyRequired).map((field) => [field.name, field.example]),
  )
}

describe('the shipped templates', () => {
  it('are there for what communities write about most', () => {
    expect(templates.map(({ name }) => name)).toEqual([
      ...['停水', '停电', '停气', '防汛', '防溺水', '疫苗', '义诊', '医保缴费', '垃圾分类', '消防'],
    ])
  })

  it.each(templates.map(({ name }) => name))(
    '%s: filled with its examples, it has no hole and is short',
    (name) => {
      const text = fillTemplate(templateNamed(templates, name), examplesOf(name))
      for (const example of Object.values(examplesOf(name))) expect(text).toContain(example)
      expect(gapsOf(text)).toEqual([])
      expect([...text].length).toBeLessThanOrEqual(320)
      expect(text.split('\n').every((line) => [...line].length <= 60)).toBe(true)
      expect(text).not.toMatch(/[!！]/u)
      expect(text.split('\n')[0]).toMatch(/^【.+】$/u)
    },
  )

  it.each(templates.map(({ name }) => name))(
    '%s: without what is not required, those lines are gone',
    (name) => {
      const template = templateNamed(templates, name)
      const text = fillTemplate(template, examplesOf(name, true))
      expect(gapsOf(text)).toEqual([])
      expect(text).not.toMatch(/[：:，]\s*$/mu)
      expect(text).not.toMatch(/\n\n/u)
      const lines = template.text.trim().split('\n')
      const optional = lines.filter((line) => gapsOf(line).some((gap) => !(gap in examplesOf(name, true))))
      expect(text.split('\n')).toHaveLength(lines.length - optional.length)
    },
  )
})

describe('a template', () => {
  const water = templateNamed(templates, '停水')

  it('is found by its name and by what else people call it', () => {
    expect(templateNamed(templates, '断水').name).toBe('停水')
    expect(templateNamed(templates, ' 电动车充电 ').name).toBe('消防')
    expect(faultOf(() => templateNamed(templates, '停网'))).toMatchObject({
      ...{ kind: 'unknown-template', name: '停网', known: expect.arrayContaining(['停水']) },
    })
  })

  it('names all that is missing and all that it does not know', () => {
    expect(faultOf(() => fillTemplate(water, { 原因: '检修' }))).toMatchObject({
      ...{ kind: 'missing-fields', fields: ['时间', '范围'] },
    })
    expect(faultOf(() => fillTemplate(water, { 时间: '明早', 范围: ' ' }))).toMatchObject({
      ...{ kind: 'missing-fields', fields: ['范围'] },
    })
    expect(faultOf(() => fillTemplate(water, { 时间: '明早', 范围: '1号楼', 地址: 'x' }))).toMatchObject({
      ...{ kind: 'unknown-fields', fields: ['地址'] },
    })
  })

  it('takes what is written into a field as it is, on one line', () => {
    const text = fillTemplate(water, { 时间: '明早8点\n到12点', 范围: '{原因}$&1号楼' }, '  王师傅在现场。 ')
    expect(text).toContain('时间：明早8点 到12点\n范围：{原因}$&1号楼\n')
    expect(text.endsWith('\n王师傅在现场。')).toBe(true)
  })

  it('tells its end by the field that stands for it, whatever other lines say', () => {
    const said = instant('2026-11-20 10:00')
    const fields = { 时间: '明早8点到12点', 范围: '1号楼', 原因: '月底前要换完水管' }
    expect(endOfField(water, fields, said, rules)).toBe(instant('2026-11-21 12:00'))
    expect(endOfField(templateNamed(templates, '消防'), { 时间: '明早8点' }, said, rules)).toBeUndefined()
  })
})

describe('fields are read from words typed freely', () => {
  it.each([
    [
      '停水',
      '停水 明早8点到12点 1-6号楼 管道检修',
      { 时间: '明早8点到12点', 范围: '1-6号楼', 原因: '管道检修' },
    ],
    ['停水', '明早8点到12点1-6号楼停水', { 时间: '明早8点到12点', 范围: '1-6号楼' }],
    [
      '停水',
      '停水：11月25日 8:00-17:00，幸福里小区，水管爆裂，电话8331 2200',
      { 时间: '11月25日 8:00-17:00', 范围: '幸福里小区', 原因: '水管爆裂', 电话: '8331 2200' },
    ],
    [
      '停电',
      '周六9点到16点 3号楼、5号楼 线路检修 供电服务热线95598',
      { 时间: '周六9点到16点', 范围: '3号楼、5号楼', 原因: '线路检修', 电话: '供电服务热线95598' },
    ],
    ['停电', '明天停一天 全小区', undefined],
    [
      '停气',
      '后天上午 全小区 燃气管道检修 请联系王师傅83315500',
      { 时间: '后天上午', 范围: '全小区', 原因: '燃气管道检修', 电话: '王师傅83315500' },
    ],
    [
      '疫苗',
      '打疫苗 周三上午8点半到11点 社区卫生服务站 流感疫苗（60岁以上免费）',
      { 时间: '周三上午8点半到11点', 地点: '社区卫生服务站', 疫苗: '流感疫苗（60岁以上免费）' },
    ],
    [
      '义诊',
      '周六上午9点到11点半 社区服务中心一楼 量血压、测血糖',
      { 时间: '周六上午9点到11点半', 地点: '社区服务中心一楼', 内容: '量血压、测血糖' },
    ],
    [
      '医保缴费',
      '医保 12月31日前 每人400元 社区服务大厅2号窗口 12393',
      { 截止: '12月31日前', 金额: '每人400元', 地点: '社区服务大厅2号窗口', 电话: '12393' },
    ],
    [
      '垃圾分类',
      '早上6点半到8点半，晚上6点半到8点半 3号楼东侧投放点',
      { 时间: '早上6点半到8点半，晚上6点半到8点半', 地点: '3号楼东侧投放点' },
    ],
    [
      '防汛',
      '今晚8点到明早8点 大到暴雨 沿河一带和地下车库',
      { 时间: '今晚8点到明早8点', 情况: '大到暴雨', 范围: '沿河一带和地下车库' },
    ],
    ['消防', '2号楼北面的充电棚', { 地点: '2号楼北面的充电棚' }],
    // something required is missing
    ['停水', '停水 明早8点到12点', undefined],
    ['停水', '停水 1-6号楼 管道检修', undefined],
    ['停水', '停水', undefined],
    // two ways to read it
    ['停水', '明早8点到12点 1号楼 检修 3号楼', undefined],
    ['停水', '明早8点到12点 1号楼 检修 后天再停一次 后天下午', undefined],
    ['停水', '明早8点到12点 1号楼 检修 83312200 83312201', undefined],
  ])('%s: %s', (name, words, fields) => {
    const found = readFields(templateNamed(templates, name), words, rules.partsOfDay)
    expect(found).toEqual(fields)
  })

  it('what is read fills its template', () => {
    for (const { name } of templates) {
      const template = templateNamed(templates, name)
      const words = [name, ...Object.values(examplesOf(name))].join(' ')
      const fields = readFields(template, words, rules.partsOfDay)
      if (fields) expect(fillTemplate(template, fields)).toContain('【')
    }
    const readable = templates.filter((template) =>
      readFields(
        template,
        [template.name, ...Object.values(examplesOf(template.name))].join(' '),
        rules.partsOfDay,
      ),
    )
    expect(readable.map(({ name }) => name)).toEqual(templates.map(({ name }) => name))
  })
})
