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
import { findEach, type Thing } from './several.ts'
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
    return {
      read: createReader(carriers, states, index),
      sources,
      cityIn: createCityFinder(regions, states.before),
    }
  }
  let prepared: ReturnType<typeof prepare> | undefined
  return {
    items,
    regions: regionNames(regions),
    categoryName: (category, region) => categoryName(category, rulesOf(regions, region)),
    sort(text, region) {
      rulesOf(regions, region)
      prepared ??= prepare()
      const { read, sources, cityIn } = prepared
      const find = (said: string) => {
        const reading = read(said)
        const first = reading.asks ? findEach(said, read, sources)[0] : undefined
        return first?.found ?? lookUp(reading, sources)
      }
      const asked = cityIn(text)
      const inCity = asked && find(asked.rest)
      const isCityMeant = asked && !(asked.ifApart && !isApart(inCity, regions, asked.city, region))
      const found = isCityMeant ? inCity : find(text)
      if (found === undefined || found.confidence < leastConfidence)
        return { item: null, category: null, confidence: found?.confidence ?? 0 }
      return toSorting(found, regions, region, isCityMeant ? asked.city : undefined)
    },
    sortEach(text, region) {
      rulesOf(regions, region)
      prepared ??= prepare()
      const { read, sources, cityIn } = prepared
      const asked = cityIn(text)
      const city = asked?.ifApart ? undefined : asked?.city
      const things = findEach(city !== undefined && asked ? asked.rest : text, read, sources)
      return things.map((thing) => toSortingOfThing(thing, regions, region, city))
    },
  }
}

/** 说的是干电池；充电电池是有害垃圾. */
const namesABin = /有害|可回收|厨余|其他|大件/u

/** Of several things only what keeps somebody from the wrong bin is said. */
function toSortingOfThing(
  { said, found }: Thing,
  regions: Regions,
  region: string | undefined,
  city: string | undefined,
): Sorting {
  const { hint, because: _, ...sorting } = toSorting(found, regions, region, city)
  return { ...sorting, said, ...(hint !== undefined && namesABin.test(hint) && { hint }) }
}

function isApart(
  found: Found | undefined,
  regions: Regions,
  city: string,
  region: string | undefined,
): boolean {
  if (found === undefined || found.confidence < leastConfidence) return false
  return categoryIn(found.item, rulesOf(regions, city)) !== categoryIn(found.item, rulesOf(regions, region))
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
