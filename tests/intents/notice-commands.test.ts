import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type NoticeOrder, parseNoticeCommand } from '../../intents/notice-commands.ts'

type Order = NoticeOrder['order']

/** 发送 → send; with N12 when it names one. */
const short: Readonly<Record<string, readonly [Order, string | undefined, ...string[]]>> = {
  'sends the draft': [
    'send',
    undefined,
    ...[
      '发送',
      '确认发送',
      '发 送',
      '发送！',
      '发出去',
      '发出去吧',
      '好的，发送',
      '可以发了',
      '就这样发',
      '直接发吧',
    ],
    ...['没问题，发送', '发送通知', '发布', '發送', '对 发送', '确认', '发吧', '嗯，发吧', '马上发', '发松'],
  ],
  'sends number 12': [
    'send',
    'N12',
    ...[
      '发送 12',
      '发送12',
      '发送通知12',
      '12发送',
      '发 12',
      '确认发送12',
      '发送N12',
      '发送 n12',
      '发送１２',
    ],
    ...[
      '把通知12发出去',
      '通知12 发送',
      '第12号通知发送',
      '发送第12条通知',
      '好，发送 12',
      '发送：12',
      '12 发吧',
    ],
    ...['发送12号', '通知12可以发了', '帮我发送12'],
  ],
  'drops it': [
    'discard',
    undefined,
    ...['取消', '取消发送', '不要了', '算了', '不发了', '先别发', '取消通知', '删掉', '取肖', '删除吧'],
  ],
  'drops number 12': [
    'discard',
    'N12',
    ...['取消 12', '取消12', '取消通知12', '12不要了', '通知12取消', '删除N12', '通知12不发了'],
  ],
  'approves 12': [
    'approve',
    'N12',
    ...[
      '同意 12',
      '同意12',
      '同意通知12',
      '同意 通知12',
      '通知12同意',
      '批准通知12',
      '12同意',
      '同意N12',
      '好的，同意通知12',
    ],
    ...['同意第12号通知', '通知12 通过', '我同意12', '审批通过 12', '通知12准了'],
  ],
  approves: ['approve', undefined, ...['同意', '批准', '审核通过', '同意通知']],
  'pauses 12': [
    'pause',
    'N12',
    ...['暂停通知12', '暂停 12', '通知12暂停', '12先停一下', '赞停通知12', '把通知12停了', '暂停N12'],
  ],
  pauses: ['pause', undefined, ...['暂停', '暂停发送', '暂停通知', '先停一下', '停一下']],
  'goes on with 12': [
    'resume',
    'N12',
    ...['继续 12', '继续通知12', '通知12继续', '12接着发', '恢复通知12', '继续发送通知12'],
  ],
  'goes on': ['resume', undefined, ...['继续', '继续发', '接着发', '继续通知']],
  'stops 12': [
    'stop',
    'N12',
    ...['停止 12', '停止通知12', '终止通知12', '通知12停止', '通知12别再发了', '停发通知12', '叫停通知12'],
  ],
  stops: ['stop', undefined, ...['停止', '停止发送', '停止通知', '终止发送']],
  'asks how far 12 is': [
    'show',
    'N12',
    ...[
      '通知12',
      '通知12进度',
      '通知12 进度',
      '12进度',
      '进度 12',
      '通知12发到哪了',
      '通知12发完了吗',
      'N12',
      '通知12怎么样了',
    ],
    ...[
      '看通知12',
      '查看通知12',
      '通知12发了没',
      '通知12的情况',
      '第12号通知进度',
      '通知12号',
      '通知１２进度',
      '看看 12',
    ],
  ],
  'asks how far it is': [
    'show',
    undefined,
    ...[
      '通知进度',
      '发送进度',
      '发到哪了',
      '发完了吗',
      '通知发完了没',
      '发了多少',
      '通知的进度',
      '通知进度？',
    ],
  ],
  'asks for the groups of 12': [
    'groups',
    'N12',
    ...['通知12 各群', '通知12明细', '通知12发到哪些群', '12哪些群没收到', '通知12失败的群'],
  ],
  'asks who has read 12': [
    'receipts',
    'N12',
    ...['通知12谁没回', '通知12回执', '12回执', '通知12谁还没回复', '通知12多少人回了', '通知12收到情况'],
  ],
  'lists them': [
    'list',
    undefined,
    ...[
      '通知列表',
      '通知记录',
      '最近的通知',
      '我的通知',
      '有哪些通知',
      '看看我的通知',
      '通知清单',
      '待发的通知',
    ],
  ],
  'asks how one is written': [
    'help',
    undefined,
    ...['通知', '发通知', '怎么发通知', '通知怎么写', '我要发通知', '发个通知', '通知怎么发', '写个通知'],
  ],
}

describe('short orders', () => {
  for (const [title, [order, notice, ...lines]] of Object.entries(short))
    it.each(lines)(`${title}: %j`, (text) => {
      const read = parseNoticeCommand(text)?.order
      expect(read).toEqual({ order, ...(notice && { notice }) })
      expect(parseNoticeCommand(`#${text}`)?.order).toEqual(read)
    })
})

const talk: readonly string[] = [
  ...[
    '通知书在哪领',
    '刚才的通知谁有',
    '昨天的通知作废了吗',
    '通知作废的那张在哪',
    '刚才的通知发错了',
    '收到通知了',
    '通知上写的几点',
    '通知单丢了怎么办',
    '通知里说的电话打不通',
  ],
  ...[
    '通知了吗',
    '没人通知我',
    '物业通知明天停水',
    '已通知物业',
    '通知我一下',
    '通知到位了',
    '通知的事怎么样了',
  ],
  ...[
    '通知是真的吗',
    '谁发的通知',
    '这个通知看不懂',
    '通知什么时候发',
    '通知栏坏了',
    '录取通知书到了',
    '通知发了没有人看',
  ],
  ...['今天有什么通知吗', '通知不通知都一样', '昨天的通知再发一遍', '通知函收到了', '等通知吧', '通知也没用'],
  ...[
    '发送失败怎么办',
    '取消预约怎么弄',
    '改天再说',
    '改造什么时候开始',
    '同意楼上的说法',
    '继续努力',
    '停水了',
    '停电通知看到了吗',
  ],
  ...[
    '12号楼停水了',
    '12点开门吗',
    '12月发工资',
    '进度怎么样',
    '进度',
    '回执在哪拿',
    '情况',
    '撤回',
    '作废',
    '不同意你说的',
  ],
  ...[
    '发票怎么开',
    '发热门诊在哪',
    '发现一个问题',
    '改一下地址可以吗',
    '补发身份证要多久',
    '补发工资了',
    '算了不说了',
    '明细在哪看',
  ],
  ...[
    '接单 1120-003',
    '同意 1120-003',
    '不同意 1120-003 再催催',
    '暂停 1120-003',
    '恢复 1120-003',
    '1120-003 办结 已换',
  ],
  ...[
    '3号楼都到了吗',
    '快递到了',
    '我到了',
    '继续教育怎么报名',
    '确认收货',
    '取消安静',
    '模板支撑坏了',
    '发了红包',
  ],
]

describe('ordinary talk', () => {
  it.each(talk)('is no order: %j', (text) => {
    const read = parseNoticeCommand(text)
    // what might be meant is decided by whether there is a notice; nothing here may be certain
    expect(read === undefined || (!read.sure && read.order.order === 'write' && read.order.glued)).toBe(true)
  })

  it('takes any text without throwing, and never for longer than a moment', () => {
    const pieces = fc.constantFrom(
      '通知',
      '发送',
      '12',
      '改',
      ' ',
      '群',
      '除',
      '：',
      '每周一',
      '8点',
      '#',
      '同意',
      '\n',
      'N',
    )
    const texts = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(pieces, { maxLength: 60 }).map((all) => all.join('')),
    )
    fc.assert(
      fc.property(texts, (text) => {
        const from = performance.now()
        parseNoticeCommand(text)
        expect(performance.now() - from).toBeLessThan(500)
      }),
      { numRuns: 2_000 },
    )
  })
})
