import { chineseNumber } from './day.ts'

/** What numbered headings begin with: 第三章, 第十二条, 一、, （二）, 3. and （4）, the smaller rank above the larger. */

export interface Marker {
  readonly rank: number
  /** 第十二条, （二） */
  readonly mark: string
  readonly number: number
  /** What stands behind the mark. */
  readonly rest: string
}

export const articleRank = 4
/** 一、 and what comes below it may as well number a list. */
export const firstListRank = 5
/** A question without a number. */
export const questionRank = 9

const counted = '[一二三四五六七八九十百零〇]{1,6}'
const shapes: readonly (readonly [rank: number, shape: RegExp])[] = [
  [1, new RegExp(`^第(${counted}|\\d{1,3})[编篇]`, 'u')],
  [2, new RegExp(`^第(${counted}|\\d{1,3})章`, 'u')],
  [3, new RegExp(`^第(${counted}|\\d{1,3})节`, 'u')],
  [articleRank, new RegExp(`^第(${counted}|\\d{1,4})条`, 'u')],
  [firstListRank, new RegExp(`^(${counted})[、.．]`, 'u')],
  [6, new RegExp(`^[（(](${counted})[）)][、.．]?`, 'u')],
  [7, /^(\d{1,2})(?:[、．]|\.(?!\d))/u],
  [8, /^[（(](\d{1,2})[）)][、.．]?/u],
]

export function readMarker(text: string): Marker | undefined {
  for (const [rank, shape] of shapes) {
    const found = shape.exec(text)
    if (!found) continue
    const number = chineseNumber(found[1] ?? '')
    if (Number.isNaN(number)) return undefined
    return { rank, mark: found[0], number, rest: text.slice(found[0].length).replace(/^[\s　]+/u, '') }
  }
  return undefined
}
