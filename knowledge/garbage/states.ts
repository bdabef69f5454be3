import { z } from 'zod'
import { type GarbageCategory, type GarbageItem, garbageCategories } from './sorting.ts'
import { wordList } from './word-list.ts'

/** What became of a thing: wet, oily, broken, with contents. states.yaml says how each is said and what follows. */

const bins = z.array(z.enum(garbageCategories))

const rule = z
  .strictObject({
    state: z.string().min(1),
    words: wordList,
    not: wordList.optional(),
    things: wordList.optional(),
    except: wordList.optional(),
    from: bins.default(['recyclable']),
    like: z.string().min(1).optional(),
    because: z.string().min(1).optional(),
    bins: bins.optional(),
    first: z.string().min(1).optional(),
  })
  .refine(
    ({ like, because, bins, first }) =>
      like !== undefined
        ? because !== undefined && !bins && !first
        : bins !== undefined && first !== undefined,
    { error: 'expected either like and because, or bins and first' },
  )

export const statesFile = z.strictObject({
  before: wordList,
  after: wordList,
  same: z.array(wordList),
  rules: z.array(rule),
})

export type States = z.output<typeof statesFile>
type Rule = z.output<typeof rule>

export interface Change {
  readonly item: GarbageItem
  readonly because: string
}

export interface StateJudge {
  /** The bin that a state puts a thing of this category into: 沾油的纸盒 is no longer paper. */
  changed(description: string, category: GarbageCategory): Change | undefined
  /** What to do before a thing in this state goes into the bin. */
  first(description: string, category: GarbageCategory): string | undefined
}

/** The items that the file names; all must be known. */
export function likesOfStates({ rules }: States): string[] {
  return rules.flatMap(({ like }) => like ?? [])
}

export function createStateJudge(
  { rules }: States,
  itemOf: (name: string) => GarbageItem | undefined,
): StateJudge {
  return {
    changed(description, category) {
      for (const rule of rules) {
        if (rule.like === undefined || rule.because === undefined) continue
        if (!(rule.from.includes(category) && holds(rule, description))) continue
        const item = itemOf(rule.like)
        if (item) return { item, because: rule.because }
      }
      return undefined
    },
    first: (description, category) =>
      rules.find((rule) => rule.bins?.includes(category) && holds(rule, description))?.first,
  }
}

function holds({ words, not = [], things, except = [] }: Rule, description: string): boolean {
  const has = (word: string) => description.includes(word)
  if (!words.some(has) || except.some(has) || (things && !things.some(has))) return false
  if (!not.some(has)) return true
  const said = not.reduce((text, word) => text.replaceAll(word, ''), description)
  return words.some((word) => said.includes(word))
}
