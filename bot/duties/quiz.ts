import { type GarbageCategory, type GarbageItem, garbageCategories } from '../../knowledge/garbage/sorting.ts'
import type { QuizRound } from '../documents.ts'
import type { House } from '../house.ts'

/** The rules of the game: one question at a time in a conversation, four choices, one answer a person. */

const asked = garbageCategories.filter((category) => category !== 'bulky')
const letters = ['A', 'B', 'C', 'D'] as const
/** Items asked lately in a conversation do not come again soon. */
const remembered = 100
export const pointsForRight = 1

export function newRound(house: House, id: string, before: QuizRound | undefined): QuizRound {
  const recent = before?.recent ?? []
  const item = drawItem(house, new Set(recent))
  const now = house.now()
  return {
    ...{ id, item: item.name, choices: asked.map((category) => house.categoryName(category)) },
    ...{ answer: asked.indexOf(item.category as (typeof asked)[number]), askedAt: now },
    ...{ closesAt: now + house.settings.quizTime, answers: {}, right: [], open: true },
    recent: [...recent, item.name].slice(-remembered),
  }
}

function drawItem(house: House, recent: ReadonlySet<string>): GarbageItem {
  const items = house.garbage.items.filter((item) => item.category !== 'bulky')
  const fresh = items.filter((item) => !recent.has(item.name))
  const pool = fresh.length > 0 ? fresh : items
  const item = pool[Math.floor(house.random() * pool.length)]
  if (!item) throw new Error('the garbage list is empty: add items to knowledge/garbage/items')
  return item
}

/** 0 to 3, when the text is an answer: a letter, or the name of a bin. */
export function choiceIn(text: string, round: QuizRound): number | undefined {
  const plain = text.normalize('NFKC').trim().toUpperCase()
  const letter = letterIn(plain)
  if (letter) return letters.indexOf(letter as (typeof letters)[number])
  const named = round.choices.indexOf(plain.replace(/[吧呀啊!！。.]+$/u, ''))
  return named < 0 ? undefined : named
}

/** A letter alone, also when no question is open. */
export function isLetter(text: string): boolean {
  return letterIn(text.normalize('NFKC').trim().toUpperCase()) !== undefined
}

function letterIn(plain: string): string | undefined {
  return /^(?:我?选?|答案是?)\s*([ABCD])[吧呀啊!！。.~\s]*$/u.exec(plain)?.[1]
}

/** The first answer of a person counts; undefined when this one does not. */
export function answered(
  round: QuizRound,
  person: string,
  choice: number,
): { readonly round: QuizRound; readonly right: boolean; readonly first: boolean } | undefined {
  if (!round.open || person in round.answers) return undefined
  const right = choice === round.answer
  const after = {
    ...round,
    answers: { ...round.answers, [person]: choice },
    right: right ? [...round.right, person] : round.right,
  }
  return { round: after, right, first: right && round.right.length === 0 }
}

export function choicesText(round: QuizRound): string {
  return round.choices.map((choice, index) => `${letters[index]} ${choice}`).join('　')
}

export function rightLetter(round: QuizRound): string {
  return letters[round.answer] ?? ''
}

export function categoryOfChoice(index: number): GarbageCategory {
  return asked[index] ?? 'residual'
}
