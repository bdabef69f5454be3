import type { Category } from '../../intents/understanding.ts'
import type { CategoryTable } from '../house.ts'
import type { CorrectionOf } from './correction-documents.ts'
import type { CorrectionWords } from './correction-words.ts'

/** What staff say behind 纠正: 噪声扰民 · 闲聊 · 地点 5号楼 · 公共设施：楼下的灯又不亮了 */
export interface ReadCorrection {
  readonly right: CorrectionOf
  /** The line that was meant, when it is quoted. */
  readonly text?: string
}

interface Known {
  readonly categories: CategoryTable
  readonly correctionWords: CorrectionWords
}

/** undefined: no word of it names a kind of message, a category or a place. */
export function readCorrection(words: string, known: Known): ReadCorrection | undefined {
  const said = words.trim()
  const place = placeIn(said, known.correctionWords)
  if (place) return place
  const [, label = '', quoted = ''] = /^([^:：]*)[:：]?([\s\S]*)$/u.exec(said) ?? []
  const right = rightIn(label.replace(filler, '').trim(), known)
  return right && { right, ...quotedWords(quoted) }
}

function quotedWords(quoted: string): Pick<ReadCorrection, 'text'> {
  return quoted.trim() === '' ? {} : { text: quoted.trim() }
}

function rightIn(said: string, { categories, correctionWords }: Known): CorrectionOf | undefined {
  if (correctionWords.wrongAnswer.includes(said)) return { answer: 'wrong' }
  const category = categoryCalled(said, categories)
  if (category) return { intent: 'complaint', category }
  const kinds = Object.entries(correctionWords.kinds) as [
    keyof CorrectionWords['kinds'],
    { words: string[] },
  ][]
  const kind = kinds.find(([, { words }]) => words.includes(said))
  return kind && { intent: kind[0] }
}

/** 地点 5号楼, 地点：5号楼, 地址应该是5号楼, 地点 老槐树底下：树底下又堆了垃圾 */
function placeIn(said: string, { place: words }: CorrectionWords): ReadCorrection | undefined {
  const bare = said.replace(filler, '')
  const word = words.find((each) => bare.startsWith(each))
  if (word === undefined) return undefined
  const rest = bare.slice(word.length).replace(/^[\s:：,，]*(?:应该)?[是为在]?[\s:：]*/u, '')
  const [, place, quoted = ''] = /^([^:：]{1,40})(?:[:：]([\s\S]*))?$/u.exec(rest) ?? []
  return place === undefined ? undefined : { right: { place: place.trim() }, ...quotedWords(quoted) }
}

/** 应该是噪声扰民, 改为闲聊吧 */
const filler = /^(?:一下|这[条个句])?(?:应该?|其实|改)?(?:是|为|成|归到?|算)?(?=.)|[吧呀啊。!！]+$/gu

/** By its Chinese name or a part of it that no other has: 噪声扰民, 噪声. */
function categoryCalled(said: string, categories: CategoryTable): Category | undefined {
  const names = Object.entries(categories) as [Category, CategoryTable[Category]][]
  const exact = names.find(([id, { name }]) => name === said || id === said)
  if (exact) return exact[0]
  const fitting = names.filter(([, { name }]) => said.length >= 2 && name.includes(said))
  return fitting.length === 1 ? fitting[0]?.[0] : undefined
}
