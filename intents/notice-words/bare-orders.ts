import type { NoticeCommand } from '../notice-commands.ts'
import { readBrake } from './brake.ts'
import { anyNumber, type NumberGroups, namedNumber, numberIn } from './number.ts'

/** Orders that are a word and perhaps a number: 发送 12, 通知12进度, 暂停通知12. */
export type BareOrder = {
  [Verb in BareVerb]: { readonly order: Verb; readonly notice?: string }
}[BareVerb]

export type BareVerb =
  | 'send'
  | 'discard'
  | 'approve'
  | 'pause'
  | 'resume'
  | 'stop'
  /** 停, 发错了, while one's own is going out: bot/staff/notices/halt.ts. */
  | 'halt'
  | 'show'
  | 'groups'
  | 'receipts'
  | 'remind'
  | 'list'
  | 'help'

interface Verb {
  readonly order: BareVerb
  readonly words: string
  /** Needs the number, or 通知: 进度 alone is asked of tickets. */
  readonly alone: boolean
}

const verbs: readonly Verb[] = [
  {
    order: 'send',
    words:
      '(?:确认|确定|同意)?发送(?:出去)?|确认发(?:出|布)?|确定发|(?:就)?(?:这样|照这样|照此)发送?|发(?:出去|出|布)|发\\s送|发[松宋颂送淞]|发吧|发了?吧|可以发(?:送|了)?|直接发|马上发|立即发|现在发|确认|发',
    alone: true,
  },
  {
    order: 'discard',
    words:
      '取消(?:发送)?|取销|取肖|删除|删掉|删了|不要了|不用发了?|不发了?|(?:先)?别发了?|先不发了?|算了|作罢|丢掉',
    alone: true,
  },
  {
    order: 'approve',
    words: '同意(?:发送?)?|批准(?:发送?)?|(?:审核|审批)?通过|准了?发?|同易|同义',
    alone: true,
  },
  {
    order: 'pause',
    words:
      '暂停(?:发送)?|赞停|先停(?:一?下)?|停一?下|先别发了|先缓一?缓|等[一等]下?再发|晚点再发|缓发|等会儿?再发',
    alone: true,
  },
  // 12停了: what can be taken back is done first
  { order: 'pause', words: '停(?:了|掉)?', alone: false },
  { order: 'resume', words: '继续(?:发送?)?|接着发|恢复(?:发送?)?|继绪|再接着发', alone: true },
  {
    order: 'stop',
    words: '停止(?:发送)?|停发|终止(?:发送)?|中止(?:发送)?|叫停|不再发了?|别再发了?',
    alone: true,
  },
  {
    order: 'groups',
    words:
      '明细|明细表|各个?群|每个群|发到(?:了)?(?:哪些|哪几个)群|发给了?(?:哪些|哪几个|谁)|(?:还有)?(?:哪些|哪几个)群(?:没发|收到了?|没收到|没发到?|没有收到|失败了?)?|群清单|失败的群|失败|没发到的群?|待确认|没确认的',
    alone: false,
  },
  {
    order: 'remind',
    words:
      '催(?:一?催|一?下|个|要)?(?:回执|回复|收到)|(?:再)?(?:提醒|催)(?:一?下|一?催)?(?:还)?(?:没|未)(?:有)?(?:回复?|看|确认)的(?:人)?',
    alone: true,
  },
  {
    order: 'receipts',
    words:
      '谁(?:还)?没(?:有)?(?:回复?|收到|看|确认|回收到)|谁(?:都)?(?:回|收到|看)了?|回执|回执情况|收到(?:情况|人数|名单|统计)|回复情况|多少人(?:回|收到|看)了?|几个人(?:回|收到)了?|还有谁没回|收到了?多少',
    alone: false,
  },
  {
    order: 'show',
    words:
      '进度|发送进度|发送情况|情况|状态|到哪(?:里|儿|了)?了?|发到哪(?:里|儿|了)?了?|发到几个群了?|发得?(?:咋样|怎么?样|如何)了?|咋样了?|怎么?样了?|发完了?(?:没|没有|吗)?|发了(?:没|没有|吗|多少|几个群)|发送了?(?:没|没有|吗)|发出去了?(?:没|没有|吗)|好了(?:没|吗)|看看?|看一下|查看?|查一下|详情|内容|全文',
    alone: false,
  },
]

const lists =
  /^(?:看看?|查看?|查一下|看一下|给我看?)?(?:(?:我的|最近的?|发过的|所有的?|全部的?|历史|待发的?|定时的?|没发的|等着发的)通知|通知(?:列表|记录|清单|目录|台账|历史)|有(?:哪些|什么)通知|通知有(?:哪些|什么)|今天(?:发)?的通知)$/u
const helps =
  /^(?:我?(?:要|想)?(?:发|群发|写)(?:个|一个|一条|条)?通知|通知|群发|怎[么样]?(?:群?发|写)(?:个|一个)?通知|通知(?:怎[么样]?|咋|如何)(?:群?发|写|弄|用|说)|如何(?:群?发|写)通知|通知帮助|群发怎么(?:用|发|写)|怎[么样]群发|发通知怎么(?:说|写|弄))$/u

const lead =
  '(?:(?:好的?|好吧|行|可以|没问题|对|对的|是的?|嗯+|恩|我|OK|ok|没错|那就?|请|麻烦|帮我|你|就|先)[,，、。!\\s]*)*'
const behind = '(?:了|吧|啊|呀|哦|哈|掉|一下|下|谢谢)*'
const gap = '[\\s:：,，、]*'

const patterns = verbs.map(({ order, words, alone }) => ({
  order,
  alone,
  /** 发送 12; 发送 alone; 通知: 发送通知 */
  first: new RegExp(
    `^${lead}(?:把)?(?:${words})${gap}(?:(?:这|那)(?:个|条))?(?:${anyNumber}|(?<bareWord>通知))?${behind}$`,
    'iu',
  ),
  /** 12 发送; 通知12进度; 把通知12停了 */
  last: new RegExp(
    `^${lead}(?:把|将)?(?:${anyNumber}|(?<bareWord>(?:这|那|刚才)?(?:个|条)?(?:的)?通知))(?:的)?${gap}(?:${words})${behind}$`,
    'iu',
  ),
}))

const numberAlone = new RegExp(`^(?:(?:看看?|查看?|查一下|看一下)\\s*)?${namedNumber}$`, 'iu')

export function readBareOrder(line: string): NoticeCommand | undefined {
  const asks = /[?？]$/u.test(line)
  const words = line.replace(/[\s。.!！~～?？]+$/u, '')
  if (lists.test(words)) return { command: 'notice', order: { order: 'list' }, sure: true }
  if (helps.test(words)) return { command: 'notice', order: { order: 'help' }, sure: words !== '群发' }
  const alone = numberAlone.exec(words)?.groups
  if (alone) return { command: 'notice', order: { order: 'show', ...said(alone) }, sure: true }
  for (const { order, first, last, alone: mayStandAlone } of patterns) {
    const groups = first.exec(words)?.groups ?? last.exec(words)?.groups
    if (!groups) continue
    // 发送？ asks whether it has been sent, and orders nothing
    if (asks && !questions.has(order)) return undefined
    const { notice, named } = numberIn(groups)
    const ofNotices = named || groups['bareWord'] !== undefined
    if (!mayStandAlone && notice === undefined && !ofNotices && !ofSending.test(words)) continue
    return { command: 'notice', order: { order, ...(notice && { notice }) }, sure: ofNotices }
  }
  // those that have another meaning as well keep it where nothing is going out
  return !asks && !/^撤./u.test(words) && readBrake(words)
    ? { command: 'notice', order: { order: 'halt' }, sure: false }
    : undefined
}

/** 发到哪了, 哪些群没发到 can hardly be said of a ticket. */
const ofSending = /^(?:发|还有哪|哪[些几]个?群)/u
const questions: ReadonlySet<BareVerb> = new Set(['show', 'groups', 'receipts'])

function said(groups: NumberGroups): { readonly notice?: string } {
  const { notice } = numberIn(groups)
  return notice === undefined ? {} : { notice }
}
