import { readFile } from 'node:fs/promises'
import type { GarbageBook } from '../../knowledge/garbage/sorting.ts'

/** How well the garbage lookup does on sentences of which the right category is known. */

export interface GarbageQuestion {
  /** A category; null when the sentence does not ask about sorting. */
  readonly category: string | null
  readonly item: string
  readonly text: string
}

export interface GarbageFigures {
  readonly questions: number
  /** Share of the questions that are answered, rightly or not. */
  readonly answered: number
  /** Share of the answers that are right. */
  readonly rightWhenAnswered: number
  /** Share of the questions that are answered rightly. */
  readonly overall: number
  /** Share of the sentences that ask nothing and are answered all the same. */
  readonly falseHits: number
  /** For a person to read: what went wrong. */
  readonly mistakes: readonly string[]
}

/** From here on the bot speaks unasked. */
const sureEnough = 0.6

/** `garbage-compounds`: things that no list has, in a state and of a material, written before the rules. */
export const garbageFiles = ['garbage-questions', 'questions-heldout', 'garbage-compounds'] as const

/** Rows of category (or `none`), item, sentence. */
export async function loadGarbageQuestions(file: (typeof garbageFiles)[number]) {
  const text = await readFile(new URL(`./${file}.tsv`, import.meta.url), 'utf8')
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): GarbageQuestion => {
      const [category = '', item = '', sentence = ''] = line.split('\t')
      return { category: category === 'none' ? null : category, item, text: sentence }
    })
}

export function measureGarbage(book: GarbageBook, questions: readonly GarbageQuestion[]): GarbageFigures {
  const counts = { asking: 0, answered: 0, right: 0, idle: 0, falseHits: 0 }
  const mistakes: string[] = []
  for (const { category, text, item } of questions) {
    const sorting = book.sort(text)
    const answered = sorting.confidence >= sureEnough
    const right = answered && sorting.category === category
    if (category === null) {
      counts.idle++
      counts.falseHits += Number(answered)
    } else {
      counts.asking++
      counts.answered += Number(answered)
      counts.right += Number(right)
    }
    if (answered !== (category !== null) || (answered && !right)) {
      mistakes.push(
        `${text}: ${item || 'nothing'} expected, ${sorting.item} (${sorting.confidence.toFixed(2)}) came`,
      )
    }
  }
  return {
    questions: questions.length,
    answered: counts.answered / counts.asking,
    rightWhenAnswered: counts.right / counts.answered,
    overall: counts.right / counts.asking,
    falseHits: counts.falseHits / counts.idle,
    mistakes,
  }
}
