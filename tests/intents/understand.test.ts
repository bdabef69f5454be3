import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { decodeModel, encodeModel } from '../../intents/model-codec.ts'
import { trainModel } from '../../intents/model-training.ts'
import { createSigns } from '../../intents/signs.ts'
import { createUnderstander } from '../../intents/understand.ts'
import type { Understander } from '../../intents/understanding.ts'
import { parseLabelledMessages } from '../eval/labelled-messages.ts'
import { describeFigures, measureUnderstanding } from '../eval/understanding.ts'
import { shippedCorpus, shippedRules } from './fixtures.ts'

describe('understanding, trained on the shipped corpus', () => {
  let understander: Understander
  let again: Understander
  beforeAll(async () => {
    const rules = await shippedRules()
    const model = trainModel(await shippedCorpus(), createSigns(rules.signs))
    understander = createUnderstander({ model, rules })
    again = createUnderstander({ model: decodeModel(encodeModel(model)), rules })
  }, 60_000)

  it('keeps its floor on the development messages', async () => {
    const content = await readFile(new URL('../eval/messages.tsv', import.meta.url), 'utf8')
    const figures = measureUnderstanding(understander, parseLabelledMessages(content))
    const report = describeFigures(figures)
    expect(figures.macroF1, report).toBeGreaterThan(0.93)
    expect(figures.complaintRecall, report).toBeGreaterThan(0.95)
    expect(figures.categoryAccuracy, report).toBeGreaterThan(0.9)
    expect(figures.spokenChatter / figures.chatter, report).toBeLessThan(0.03)
    expect(figures.emergencies, report).toMatchObject({ missed: 0, false: 0 })
  })

  it('finds the complaint behind a greeting of several lines', () => {
    const understanding = understander.understand('大家好\n打扰一下\n3号楼2单元电梯坏了三天了没人修')
    expect(understanding).toMatchObject({
      intent: 'complaint',
      category: 'facilities',
      evidence: true,
      place: { building: '3', unit: '2' },
      since: '三天',
    })
  })

  it('hears an emergency in any line', () => {
    expect(understander.understand('早上好\n对了\n我家燃气管漏了 呲呲响')).toMatchObject({
      intent: 'complaint',
      category: 'utilities',
      urgency: 'emergency',
      emergency: 'gas',
      evidence: true,
    })
  })

  it.each([
    '找火了 快点下楼',
    '草堆站着了 旁边停满了车',
    '冒烟冒烟 二楼超市没人',
    '孩子一个人在家抽风 我赶不回去 求哪位去砸门',
    '我爸摔了 腿断了起不来 我抬不动',
    '奶奶喘不上气了',
    '楼上往下扔菜刀 还在扔',
    '救命',
  ])('hears the call in %j', (text) => {
    expect(understander.understand(text)).toMatchObject({ urgency: 'emergency', evidence: true })
  })

  it.each([
    '头发都快着火了哈哈',
    '心肺复苏把人按回来了 点赞',
    '没有漏气 师傅测过了',
    '出租 两室一厅 电梯房',
    '着火了往楼上跑还是往楼下跑',
  ])('hears no call in %j', (text) => {
    expect(understander.understand(text).urgency).not.toBe('emergency')
  })

  it('says why in one short line', () => {
    const { why } = understander.understand('楼道灯不亮')
    expect(why).toMatch(/^\S.{5,200}$/u)
  })

  it('decides alike after the model was written and read', () => {
    for (const text of ['电梯坏了', '社保怎么交', '谢谢', '过期药扔哪', '我的工单到哪了', '来一题'])
      expect(again.understand(text)).toEqual(understander.understand(text))
  })

  it('takes any text without throwing, and gives a confidence between 0 and 1', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.string({ unit: 'grapheme', maxLength: 200 }),
    )
    fc.assert(
      fc.property(text, (said) => {
        const { confidence } = understander.understand(said)
        expect(confidence).toBeGreaterThanOrEqual(0)
        expect(confidence).toBeLessThanOrEqual(1)
      }),
    )
  })
})
