import type { Carriers } from './carriers.ts'
import { lookUp } from './look-up.ts'
import { createJudge, type Materials } from './materials.ts'
import { createNameIndex } from './name-index.ts'
import { createReader } from './read-question.ts'
import { categoryIn, categoryName, type Regions, regionNames, rulesOf } from './regions.ts'
import type { GarbageBook, GarbageItem } from './sorting.ts'

/** 电梯坏了 is no 竹梯: below this the alignment has found likeness, no thing. */
const leastConfidence = 0.3

/** The names are indexed at the first question, their sounds at the first misspelling. */
export function createGarbageBook(
  items: readonly GarbageItem[],
  carriers: Carriers,
  regions: Regions,
  materials: Materials,
): GarbageBook {
  const prepare = () => {
    const index = createNameIndex(items)
    const judge = createJudge(materials, index.exact)
    return { read: createReader(carriers, index), sources: { index, carriers, judge } }
  }
  let prepared: ReturnType<typeof prepare> | undefined
  return {
    items,
    regions: regionNames(regions),
    categoryName: (category, region) => categoryName(category, rulesOf(regions, region)),
    sort(text, region) {
      const rules = rulesOf(regions, region)
      prepared ??= prepare()
      const found = lookUp(prepared.read(text), prepared.sources)
      if (found === undefined) return { item: null, category: null, confidence: 0 }
      const { item, said, confidence } = found
      if (confidence < leastConfidence) return { item: null, category: null, confidence }
      const category = categoryIn(item, rules)
      const answer = {
        item: said ?? item.name,
        category,
        confidence,
        categoryName: categoryName(category, rules),
      }
      // The hint belongs to the item, not to another thing of its kind.
      return said === undefined ? { ...answer, hint: item.hint } : answer
    },
  }
}
