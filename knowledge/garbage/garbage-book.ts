import type { Carriers } from './carriers.ts'
import { lookUp } from './look-up.ts'
import { createNameIndex } from './name-index.ts'
import { createReader } from './read-question.ts'
import { categoryIn, categoryName, type Regions, regionNames, rulesOf } from './regions.ts'
import type { GarbageBook, GarbageItem } from './sorting.ts'

/** The names are indexed at once (some 10 ms), their sounds at the first misspelling. */
export function createGarbageBook(
  items: readonly GarbageItem[],
  carriers: Carriers,
  regions: Regions,
): GarbageBook {
  const index = createNameIndex(items)
  const read = createReader(carriers, index.isName)
  return {
    items,
    regions: regionNames(regions),
    categoryName: (category, region) => categoryName(category, rulesOf(regions, region)),
    sort(text, region) {
      const rules = rulesOf(regions, region)
      const found = lookUp(read(text), index, carriers)
      if (found === undefined) return { item: null, category: null, confidence: 0 }
      const category = categoryIn(found.item, rules)
      return {
        item: found.item.name,
        category,
        confidence: found.confidence,
        hint: found.item.hint,
        categoryName: categoryName(category, rules),
      }
    },
  }
}
