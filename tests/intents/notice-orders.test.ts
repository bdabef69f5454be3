import { describe, expect, it } from 'vitest'
import {
  type NoticeOrder,
  parseNoticeCommand,
  startsLikeNoticeCommand,
} from '../../intents/notice-commands.ts'
import { parseStaffCommand } from '../../intents/staff-commands.ts'

const worded: readonly [text: string, order: NoticeOrder][] = [
  ['改 12 明早9点停水', { order: 'revise', notice: 'N12', words: '明早9点停水' }],
  ['改12 明早9点停水', { order: 'revise', notice: 'N12', words: '明早9点停水' }],
  ['改通知12：明早9点停水', { order: 'revise', notice: 'N12', words: '明早9点停水' }],
  ['修改通知12 明早9点停水', { order: 'revise', notice: 'N12', words: '明早9点停水' }],
  ['通知12改成明早9点停水', { order: 'revise', notice: 'N12', words: '明早9点停水' }],
  ['12 改成 明早9点停水', { order: 'revise', notice: 'N12', words: '明早9点停水' }],
  ['通知12：改为 明早9点停水', { order: 'revise', notice: 'N12', words: '明早9点停水' }],
  ['改 明早9点停水', { order: 'revise', words: '明早9点停水' }],
  ['改成明早9点停水', { order: 'revise', words: '明早9点停水' }],
  ['内容改成：明早9点停水', { order: 'revise', words: '明早9点停水' }],
  ['改 12', { order: 'revise', notice: 'N12', words: '' }],
  ['改 12 第一行\n第二行', { order: 'revise', notice: 'N12', words: '第一行\n第二行' }],
  ['改时间 12 明天9点', { order: 'retime', notice: 'N12', words: '明天9点' }],
  ['改时间12 明天9点', { order: 'retime', notice: 'N12', words: '明天9点' }],
  ['通知12改时间 明天9点', { order: 'retime', notice: 'N12', words: '明天9点' }],
  ['12 时间改到明天9点', { order: 'retime', notice: 'N12', words: '明天9点' }],
  ['通知12改到明天9点发', { order: 'retime', notice: 'N12', words: '明天9点发' }],
  ['通知12推迟到明天9点', { order: 'retime', notice: 'N12', words: '明天9点' }],
  ['改时间 明天9点', { order: 'retime', words: '明天9点' }],
  ['改时间', { order: 'retime', words: '' }],
  ['改范围 12 幸福里社区 业主群', { order: 'retarget', notice: 'N12', words: '幸福里社区 业主群' }],
  ['改对象 12 所有群', { order: 'retarget', notice: 'N12', words: '所有群' }],
  ['通知12改范围 幸福里社区', { order: 'retarget', notice: 'N12', words: '幸福里社区' }],
  ['改范围 幸福里社区', { order: 'retarget', words: '幸福里社区' }],
  ['更正通知12：停水改到后天', { order: 'correct', notice: 'N12', words: '停水改到后天' }],
  ['更正通知12 停水改到后天', { order: 'correct', notice: 'N12', words: '停水改到后天' }],
  ['更正12：停水改到后天', { order: 'correct', notice: 'N12', words: '停水改到后天' }],
  ['更正 12 停水改到后天', { order: 'correct', notice: 'N12', words: '停水改到后天' }],
  ['通知12更正：停水改到后天', { order: 'correct', notice: 'N12', words: '停水改到后天' }],
  ['更正刚才的通知：停水改到后天', { order: 'correct', words: '停水改到后天' }],
  ['更正通知：停水改到后天', { order: 'correct', words: '停水改到后天' }],
  ['更证通知12：停水改到后天', { order: 'correct', notice: 'N12', words: '停水改到后天' }],
  ['纠正通知12：停水改到后天', { order: 'correct', notice: 'N12', words: '停水改到后天' }],
  ['更正通知12', { order: 'correct', notice: 'N12', words: '' }],
  ['撤回通知12', { order: 'retract', notice: 'N12', words: '' }],
  ['撤回 12', { order: 'retract', notice: 'N12', words: '' }],
  ['作废通知12', { order: 'retract', notice: 'N12', words: '' }],
  ['作废通知12 时间写错了', { order: 'retract', notice: 'N12', words: '时间写错了' }],
  ['通知12作废', { order: 'retract', notice: 'N12', words: '' }],
  ['把通知12撤回', { order: 'retract', notice: 'N12', words: '' }],
  ['撤回刚才的通知', { order: 'retract', words: '' }],
  ['撤回刚刚发的通知', { order: 'retract', words: '' }],
  ['刚才那条通知作废', { order: 'retract', words: '' }],
  ['刚发的通知撤回', { order: 'retract', words: '' }],
  ['把刚才的通知撤了', { order: 'retract', words: '' }],
  ['刚才的通知作废 时间写错了', { order: 'retract', words: '时间写错了' }],
  ['通知12撤了', { order: 'retract', notice: 'N12', words: '' }],
  ['刚才的通知更正：后天停水', { order: 'correct', words: '后天停水' }],
  ['不同意 12 时间不对', { order: 'refuse', notice: 'N12', words: '时间不对' }],
  ['不同意通知12 时间不对', { order: 'refuse', notice: 'N12', words: '时间不对' }],
  ['不同意通知12，时间不对', { order: 'refuse', notice: 'N12', words: '时间不对' }],
  ['通知12不同意 时间不对', { order: 'refuse', notice: 'N12', words: '时间不对' }],
  ['驳回通知12', { order: 'refuse', notice: 'N12', words: '' }],
  ['不同意12', { order: 'refuse', notice: 'N12', words: '' }],
  ['不批通知12 太晚了', { order: 'refuse', notice: 'N12', words: '太晚了' }],
  ['不同意', { order: 'refuse', words: '' }],
  ['12 已到 幸福里业主群', { order: 'settle', notice: 'N12', as: 'arrived', words: '幸福里业主群' }],
  ['12 幸福里业主群 已到', { order: 'settle', notice: 'N12', as: 'arrived', words: '幸福里业主群' }],
  ['通知12 都到了', { order: 'settle', notice: 'N12', as: 'arrived', words: '' }],
  ['12到了 幸福里业主群', { order: 'settle', notice: 'N12', as: 'arrived', words: '幸福里业主群' }],
  ['幸福里业主群 已到', { order: 'settle', as: 'arrived', words: '幸福里业主群' }],
  ['12 补发', { order: 'settle', notice: 'N12', as: 'again', words: '' }],
  ['12 补发 幸福里业主群', { order: 'settle', notice: 'N12', as: 'again', words: '幸福里业主群' }],
  ['补发 12 幸福里业主群', { order: 'settle', notice: 'N12', as: 'again', words: '幸福里业主群' }],
  ['补发通知12', { order: 'settle', notice: 'N12', as: 'again', words: '' }],
  ['补发', { order: 'settle', as: 'again', words: '' }],
  ['补发 幸福里业主群', { order: 'settle', as: 'again', words: '幸福里业主群' }],
  ['12 不发了 幸福里业主群', { order: 'settle', notice: 'N12', as: 'left', words: '幸福里业主群' }],
  ['通知12：今晚八点前来水', { order: 'unclear', notice: 'N12', words: '今晚八点前来水' }],
  ['通知模板', { order: 'templates' }],
  ['有什么模板', { order: 'templates' }],
  ['停水模板', { order: 'templates', template: '停水' }],
  ['通知模板 停水', { order: 'templates', template: '停水' }],
  ['模版 停水', { order: 'templates', template: '停水' }],
]

describe('orders that carry words', () => {
  it.each(worded)('%j', (text, order) => {
    expect(parseNoticeCommand(text)?.order).toEqual(order)
  })
})

const written: readonly [text: string, words: string, emergency?: boolean][] = [
  ['通知 幸福里社区 业主群 明早停水', '幸福里社区 业主群 明早停水'],
  ['通知：幸福里社区 明早停水', '幸福里社区 明早停水'],
  ['＃通知 幸福里社区 明早停水', '幸福里社区 明早停水'],
  ['#通知，幸福里社区 明早停水', '幸福里社区 明早停水'],
  ['发通知 幸福里社区 明早停水', '幸福里社区 明早停水'],
  ['发个通知：幸福里社区 明早停水', '幸福里社区 明早停水'],
  ['帮我发条通知 幸福里社区 明早停水', '幸福里社区 明早停水'],
  ['群发 幸福里社区 明早停水', '幸福里社区 明早停水'],
  ['群发通知：幸福里社区 明早停水', '幸福里社区 明早停水'],
  ['公告 幸福里社区 明早停水', '幸福里社区 明早停水'],
  ['发布公告：幸福里社区 明早停水', '幸福里社区 明早停水'],
  ['通之 幸福里社区 明早停水', '幸福里社区 明早停水'],
  ['同知 幸福里社区 明早停水', '幸福里社区 明早停水'],
  ['紧急通知 幸福里社区 管道爆了', '幸福里社区 管道爆了', true],
  ['紧急通知：幸福里社区 管道爆了', '幸福里社区 管道爆了', true],
  ['【紧急】通知 幸福里社区 管道爆了', '幸福里社区 管道爆了', true],
  ['发个紧急通知 幸福里社区 管道爆了', '幸福里社区 管道爆了', true],
  ['急！通知 幸福里社区 管道爆了', '幸福里社区 管道爆了', true],
  ['加急通知 幸福里社区 管道爆了', '幸福里社区 管道爆了', true],
  ['通知幸福里社区业主群明早停水', '幸福里社区业主群明早停水'],
  ['通知12号楼今晚停水', '12号楼今晚停水'],
  ['通知 12号停水', '12号停水'],
  ['通知大家明天停水', '明天停水'],
  ['通知一下各位业主：明天停水', '明天停水'],
  ['给幸福里业主群发通知：明早停水', '幸福里业主群：明早停水'],
  ['给幸福里社区发个通知 明早停水', '幸福里社区：明早停水'],
  ['在幸福里业主群通知一下：明早停水', '幸福里业主群：明早停水'],
  ['往各群发通知：明早停水', '各群：明早停水'],
  ['给各群发紧急通知：管道爆了', '各群：管道爆了', true],
  ['通 知 幸福里社区 明早停水', '幸福里社区 明早停水'],
  ['发到幸福里社区：明早停水', '幸福里社区：明早停水'],
  ['把这个通知发到幸福里社区所有群：明早停水', '幸福里社区所有群：明早停水'],
  ['通知到各群：明早停水', '到各群：明早停水'],
  ['通知\n幸福里社区\n明早停水', '幸福里社区\n明早停水'],
  ['通知 幸福里社区\n第一行\n第二行', '幸福里社区\n第一行\n第二行'],
]

describe('a notice that is written', () => {
  it.each(written)('%j', (text, words, emergency = false) => {
    expect(parseNoticeCommand(text)?.order).toMatchObject({ order: 'write', words, emergency })
  })

  it('may begin with the name of a template', () => {
    expect(parseNoticeCommand('停水通知 幸福里社区 时间：明早')?.order).toEqual({
      ...{ order: 'write', words: '幸福里社区 时间：明早', emergency: false },
      ...{ template: '停水', glued: true },
    })
  })

  it('keeps its words as they were typed, with their wide signs and line breaks', () => {
    const words = '幸福里社区 电话：８３３１２２００\n\n谢谢！ＡＢ'
    expect(parseNoticeCommand(`通知 ${words}`)?.order).toMatchObject({ words })
  })
})

describe('beside the other orders of staff', () => {
  it.each(['办结 1120-003 通知已贴', '工单', '安静', '报到', '收到', '挂起 1120-003 等通知'])(
    '%j stays what it was',
    (text) => {
      expect(parseStaffCommand(text)?.command.command).not.toBe('notice')
    },
  )

  it.each(['同意', '不同意', '暂停'])('%j alone is of tickets, unless a notice waits', (text) => {
    expect(parseStaffCommand(text)?.command.command).not.toBe('notice')
    expect(parseNoticeCommand(text)?.sure).toBe(false)
  })

  it.each(['#通知', '#通知 停水', '#紧急通知', '#群发', '#更正通知12', '#同意 12', '＃发送 12', '#撤回12'])(
    '%j is meant for the bot',
    (text) => expect(startsLikeNoticeCommand(text)).toBe(true),
  )

  it.each(['#通知书在哪领', '通知', '#同意楼上', '#撤回', '#发送', '#同意 1120-003'])(
    '%j may be anything',
    (text) => expect(startsLikeNoticeCommand(text)).toBe(false),
  )
})
