import { beforeAll, describe, expect, it } from 'vitest'
import { normalize } from '../../intents/normalize.ts'
import { createTicketTalkReader, type TicketTalkReader } from '../../intents/ticket-talk.ts'
import { createFollowUpReader, createOwnTalkReader } from '../../intents/ticket-talk-answer.ts'
import type { TicketTalk } from '../../intents/understanding.ts'
import { shippedRules } from './fixtures.ts'

const sure: readonly [string, TicketTalk | undefined][] = [
  ['1120-003 到哪一步了', 'progress'],
  ['我的工单到哪了', 'progress'],
  ['帮我催一下', 'urge'],
  ['取消报修', 'withdraw'],
  ['不用派人了 自己修好了', 'withdraw'],
  ['满意', 'satisfied'],
  ['不满意', 'unsatisfied'],
  ['补充一下 是3单元', 'amend'],
  ['刚才报的忘说了 是7号楼', 'amend'],
  ['不用处理了', 'withdraw'],
  ['不用来了 自己修好了', 'withdraw'],
  ['修好了不用管了', 'withdraw'],
  ['查进度', 'progress'],
  ['进度', 'progress'],
  ['查一下进度', 'progress'],
  ['有信没', 'progress'],
  ['催一下', 'urge'],
  ['崔一下', 'urge'],
  ['上月反映的楼道灯 没音信', 'progress'],
  ['早上好', undefined],
  ['进度条卡住了', undefined],
  ['催娃写作业', undefined],
  ['这家店不错', undefined],
]

describe('ticket talk', () => {
  let reader: TicketTalkReader
  beforeAll(async () => {
    reader = createTicketTalkReader((await shippedRules()).ticketTalk)
  })

  it.each(sure)('reads %j by its words alone as %s', (text, kind) => {
    expect(reader.sure(text)).toBe(kind)
  })

  it.each([
    ['还是漏', 'unsatisfied'],
    ['都四天了 快点吧', 'urge'],
    ['邻居挪车了 撤了吧', 'withdraw'],
    ['那个事有信儿没', 'progress'],
  ])('given that it is about a ticket, %j is %s', (text, kind) => {
    expect(reader.kind(text)).toBe(kind)
  })
})

describe('an answer to 您看满意吗', () => {
  it.each([
    ['不太满意', 'unsatisfied'],
    ['满不满意等我看看再说', 'later'],
    ['1118-001 满意', 'satisfied'],
    ['很好，谢谢师傅', 'satisfied'],
    ['不是不满意', 'doubtful'],
    ['好的', undefined],
    ['满意度调查', undefined],
    ['修好了吗?', undefined],
    ['这家店的外卖不满意', undefined],
    ['不满18岁', undefined],
  ])('%j: %s', async (text, verdict) => {
    const followUpOf = createFollowUpReader((await shippedRules()).ticketTalk.answer)
    expect(followUpOf(normalize(text))?.verdict).toBe(verdict)
  })

  it('is read in no time, whatever is repeated', async () => {
    const followUpOf = createFollowUpReader((await shippedRules()).ticketTalk.answer)
    const began = performance.now()
    for (const word of ['好', '好了', '嗯', '很好', '谢谢', '不', '还是', '满', '太好'])
      for (const length of [9, 30, 60, 600]) followUpOf(`${word.repeat(length).slice(0, length)}x`)
    expect(performance.now() - began).toBeLessThan(500)
  })
})

describe('talk of a ticket of one’s own', () => {
  it.each([
    ['我的灯呢', 'progress'],
    ['灯还是没人修', 'urge'],
    ['那个灯的不用修了', 'withdraw'],
    ['说错了，是5栋', 'amend'],
    ['你说错了', undefined],
    ['大家早上好', undefined],
  ])('%j: %s', async (text, talk) => {
    expect(createOwnTalkReader((await shippedRules()).ticketTalk.own)(normalize(text))).toBe(talk)
  })
})
