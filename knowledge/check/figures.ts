import { chineseNumber } from '../documents/day.ts'

/** Figures that two answers to one question must agree on: amounts, days, ages, phones. */
export type FigureKind = 'amount' | 'days' | 'months' | 'years' | 'hours' | 'age' | 'share' | 'phone' | 'time'

export interface Figure {
  readonly kind: FigureKind
  /** Comparable: 100元 for 一百元 and 100 元. */
  readonly value: string
  /** As it stands in the text. */
  readonly written: string
  /** The characters before it, which say what it is the figure of. */
  readonly context: string
}

const number = '(\\d+(?:\\.\\d+)?|[零〇一二两三四五六七八九十百千]{1,7})'
const shapes: readonly (readonly [FigureKind, RegExp])[] = [
  [
    'phone',
    /(?<![\d-])((?:0\d{2,3}-?\d{7,8})|(?:1[3-9]\d{9})|(?:400-?\d{3,4}-?\d{3,4})|(?:\d{4}-\d{8})|(?:1[0-2]\d{3}(?=热线|电话|$|[，。；、])))(?!\d)/gu,
  ],
  ['time', /(?<!\d)(\d{1,2}:\d{2})(?!\d)/gu],
  ['share', /(\d+(?:\.\d+)?)\s*%/gu],
  ['amount', new RegExp(`${number}\\s*(万)?\\s*[元块](?!头)`, 'gu')],
  ['age', new RegExp(`${number}\\s*周?岁`, 'gu')],
  ['days', new RegExp(`${number}\\s*个?(工作日|自然日|日内|天)`, 'gu')],
  ['months', new RegExp(`${number}\\s*个月`, 'gu')],
  ['hours', new RegExp(`${number}\\s*个?小时`, 'gu')],
  [
    'years',
    /(?<!\d)(\d{1,2}|[一二两三四五六七八九十]{1,3})\s*年(?!级|代|\d|\s*[\d一二三四五六七八九十]+\s*月)/gu,
  ],
]
const contextLength = 6

/** Each figure once, in the order of their kinds. */
export function readFigures(text: string): Figure[] {
  const plain = text.normalize('NFKC')
  const found = new Map<string, Figure>()
  for (const [kind, shape] of shapes)
    for (const match of plain.matchAll(shape)) {
      const value = valueOfFigure(kind, match)
      if (value === undefined) continue
      const context = plain.slice(Math.max(0, match.index - 2 * contextLength), match.index)
      const words = context.replaceAll(/[^\p{Script=Han}A-Za-z]/gu, '').slice(-contextLength)
      if (!found.has(`${kind} ${value}`))
        found.set(`${kind} ${value}`, { kind, value, written: match[0].trim(), context: words })
    }
  return [...found.values()]
}

function valueOfFigure(
  kind: FigureKind,
  [, digits = '', unit]: readonly (string | undefined)[],
): string | undefined {
  const plain = /^\d/u.test(digits) ? Number(digits) : chineseNumber(digits.replaceAll('两', '二'))
  if (Number.isNaN(plain))
    return kind === 'phone' ? digits.replaceAll('-', '') : kind === 'time' ? digits : undefined
  switch (kind) {
    case 'phone':
      return digits.replaceAll('-', '')
    case 'time':
      return digits
    case 'amount':
      return `${unit === '万' ? plain * 10_000 : plain}元`
    case 'age':
      return `${plain}岁`
    case 'days':
      return `${plain}${unit === '工作日' ? '个工作日' : '天'}`
    case 'months':
      return `${plain}个月`
    case 'hours':
      return `${plain}小时`
    case 'years':
      return `${plain}年`
    case 'share':
      return `${plain}%`
  }
}

export interface Conflict {
  readonly one: Figure
  readonly other: Figure
}

/** How alike the words before two figures must be to speak of the same. */
const sameContext = 0.5
/** Where the question asks for no such figure, the words must say it alone. */
const surelySameContext = 0.75
const clearContext = 4

/**
 * The first two figures of one kind that cannot both hold: each side has one that the other does not. `asked`:
 * whether the question is about such figures. If so, one against one is enough; else they must stand behind the
 * same words. Phones of two offices differ as they should: they count only when they are asked for.
 */
export function conflictOf(
  one: readonly Figure[],
  other: readonly Figure[],
  asked: (kind: FigureKind) => boolean,
): Conflict | undefined {
  for (const kind of new Set(one.map((figure) => figure.kind))) {
    const isAsked = asked(kind)
    if (kind === 'phone' && !isAsked) continue
    const [mine, yours] = [one, other].map((figures) => figures.filter((figure) => figure.kind === kind))
    const conflict = conflictOfKind(mine ?? [], yours ?? [], isAsked)
    if (conflict) return conflict
  }
  return undefined
}

function conflictOfKind(
  mine: readonly Figure[],
  yours: readonly Figure[],
  isAsked: boolean,
): Conflict | undefined {
  const [left, right] = [without(mine, yours), without(yours, mine)]
  const nothingShared = left.length === mine.length && right.length === yours.length
  const oneEach = isAsked && nothingShared && left.length === 1 && right.length === 1
  for (const one of left)
    for (const other of right) {
      const likeness = alike(one.context, other.context)
      const clear = Math.min(one.context.length, other.context.length) >= clearContext
      if (oneEach || (isAsked ? likeness >= sameContext : clear && likeness >= surelySameContext))
        return { one, other }
    }
  return undefined
}

function without(figures: readonly Figure[], others: readonly Figure[]): Figure[] {
  return figures.filter(({ value }) => !others.some((each) => each.value === value))
}

/** Share of the characters of the shorter context that stand in the other as well. */
function alike(one: string, other: string): number {
  const [shorter, longer] = one.length <= other.length ? [one, other] : [other, one]
  if (shorter.length < 2) return 0
  return [...shorter].filter((each) => longer.includes(each)).length / shorter.length
}
