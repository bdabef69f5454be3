import type { Carriers } from './carriers.ts'
import { type Found, lookUp } from './look-up.ts'
import { createJudge, type Materials } from './materials.ts'
import { createNameIndex } from './name-index.ts'
import { createReader } from './read-question.ts'
import {
  categoryIn,
  categoryName,
  citiesApart,
  createCityFinder,
  type Regions,
  regionNames,
  rulesOf,
} from './regions.ts'
import type { GarbageBook, GarbageItem, Sorting } from './sorting.ts'
import { createStateJudge, type States } from './states.ts'

/** 电梯坏了 is no 竹梯: below this the alignment has found likeness, no thing. */
const leastConfidence = 0.5

export interface Rules {
  readonly carriers: Carriers
  readonly states: States
  readonly materials: Materials
  readonly regions: Regions
}

/** The names are indexed at the first question, their sounds at the first misspelling. */
export function createGarbageBook(items: readonly GarbageItem[], rules: Rules): GarbageBook {
  const { carriers, states, materials, regions } = rules
  const prepare = () => {
    const index = createNameIndex(items)
    const sources = {
      index,
      carriers,
      sameStates: states.same,
      judge: createJudge(materials, index.exact),
      states: createStateJudge(states, index.exact),
    }
    return { read: createReader(carriers, states, index), sources, cityIn: createCityFinder(regions) }
  }
  let prepared: ReturnType<typeof prepare> | undefined
  return {
    items,
    regions: regionNames(regions),
    categoryName: (category, region) => categoryName(category, rulesOf(regions, region)),
    sort(text, region) {
      rulesOf(regions, region)
      prepared ??= prepare()
      const asked = prepared.cityIn(text)
      const found = lookUp(prepared.read(asked?.rest ?? text), prepared.sources)
      if (found === undefined || found.confidence < leastConfidence)
        return { item: null, category: null, confidence: found?.confidence ?? 0 }
      return toSorting(found, regions, region, asked?.city)
    },
  }
}

function toSorting(
  { item, said, confidence, because, first }: Found,
  regions: Regions,
  region: string | undefined,
  city: string | undefined,
): Sorting {
  const rules = rulesOf(regions, city ?? region)
  const category = categoryIn(item, rules)
  // The hint belongs to the item in its own bin: not to another thing of its kind, and not to another bin.
  const isOwn = said === undefined && category === item.category
  const hint = first ?? (isOwn ? item.hint : undefined)
  const why = category === item.category ? because : rules.overrides.get(item.name)?.because
  const elsewhere = region === undefined && city === undefined ? citiesApart(item, regions) : []
  return {
    item: said ?? item.name,
    category,
    confidence,
    categoryName: categoryName(category, rules),
    ...(hint === undefined ? {} : { hint }),
    ...(why === undefined ? {} : { because: why }),
    ...(city === undefined ? {} : { city }),
    ...(elsewhere.length === 0 ? {} : { elsewhere }),
  }
}
