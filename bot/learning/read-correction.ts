import type { Category, Intent } from '../../intents/understanding.ts'
import type { CorrectionOf } from '../documents.ts'
import type { CategoryTable } from '../house.ts'

/** What staff say behind 纠正: 噪声扰民 · 闲聊 · 地点 5号楼 · 公共设施：楼下的灯又不亮了 */
export interface ReadCorrection {
  readonly right: CorrectionOf
  /** The line that was meant, when it is quoted. */
  readonly text?: string
}

/** undefined: no word of it names a kind of message, a category or a place. */
export function readCorrection(words: string, categories: CategoryTable): ReadCorrection | undefined {
  const [, label = '', quoted = ''] = /^([^:：]*)[:：]?([\s\S]*)$/u.exec(words.trim()) ?? []
  const text = quoted.trim() === '' ? {} : { text: quoted.trim() }
  const said = label.replace(filler, '').trim()
  const place = /^(?:地点|位置|地址)\s*[是为在]?\s*(.{1,40})$/u.exec(said)?.[1]
  if (place !== undefined) return { right: { place }, ...text }
  if (wrongAnswer.test(said)) return { right: { answer: 'wrong' }, ...text }
  const category = categoryCalled(said, categories)
  if (category) return { right: { intent: 'complaint', category }, ...text }
  const intent = kinds.find(({ words: known }) => known.includes(said))?.intent
  return intent && { right: { intent }, ...text }
}

const wrongAnswer =
  /^(?:回?答[得的]?(?:错|不对)了?|答案(?:不对|错了?|有误)|答非所问|内容不对|政策不对|过时了?)$/u

/** 应该是噪声扰民, 改为闲聊吧 */
const filler = /^(?:一下|这[条个句])?(?:应该?|其实|改)?(?:是|为|成|归到?|算)?(?=.)|[吧呀啊。!！]+$/gu

const kinds: readonly { readonly intent: Intent; readonly words: readonly string[] }[] = [
  { intent: 'chatter', words: ['闲聊', '聊天', '不用回', '不该回', '别回', '不是投诉', '没事', '无关'] },
  { intent: 'complaint', words: ['投诉', '诉求', '报修', '反映', '反映问题', '要登记', '漏登记'] },
  { intent: 'policy', words: ['咨询', '政策', '问政策', '政策咨询', '办事'] },
  { intent: 'garbage', words: ['垃圾', '垃圾分类', '分类'] },
  { intent: 'quiz', words: ['答题', '竞赛', '游戏'] },
  { intent: 'ticket', words: ['工单', '进度', '问进度', '催办'] },
]

/** By its Chinese name or a part of it that no other has: 噪声扰民, 噪声. */
function categoryCalled(said: string, categories: CategoryTable): Category | undefined {
  const names = Object.entries(categories) as [Category, CategoryTable[Category]][]
  const exact = names.find(([id, { name }]) => name === said || id === said)
  if (exact) return exact[0]
  const fitting = names.filter(([, { name }]) => said.length >= 2 && name.includes(said))
  return fitting.length === 1 ? fitting[0]?.[0] : undefined
}
