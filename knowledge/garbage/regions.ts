import { z } from 'zod'
import { type GarbageCategory, type GarbageItem, garbageCategories, UnknownRegionError } from './sorting.ts'

/** What a city calls the categories, and the items that it sorts in its own way. */
export interface RegionRules {
  readonly names: Readonly<Record<GarbageCategory, string>>
  /** The rule that this follows. */
  readonly source: string
  /** By item name. */
  readonly overrides: Readonly<Record<string, GarbageCategory>>
}

/** The key of the rules that hold where no city has its own. */
const everywhere = 'national'

const category = z.enum(garbageCategories)
const words = z.string().min(1)

export const regionsFile = z
  .record(
    z.string(),
    z.strictObject({
      names: z.strictObject({
        recyclable: words,
        hazardous: words,
        kitchen: words,
        residual: words,
        bulky: words,
      }),
      source: words,
      overrides: z.record(z.string(), category),
    }),
  )
  .refine((regions) => everywhere in regions, `expected rules under '${everywhere}'`)

export type Regions = Readonly<Record<string, RegionRules>>

/** The cities with rules of their own. */
export function regionNames(regions: Regions): string[] {
  return Object.keys(regions).filter((name) => name !== everywhere)
}

/** 上海 and 上海市 are the same; without a name the national rules hold. @throws UnknownRegionError */
export function rulesOf(regions: Regions, name: string = everywhere): RegionRules {
  const rules = ownValue(regions, name) ?? ownValue(regions, name.replace(/市$/u, ''))
  if (rules === undefined) throw new UnknownRegionError(name, regionNames(regions))
  return rules
}

export function categoryIn(item: GarbageItem, rules: RegionRules): GarbageCategory {
  return ownValue(rules.overrides, item.name) ?? item.category
}

/** In the words of the region: 湿垃圾 in Shanghai, 厨余垃圾 elsewhere. */
export function categoryName(category: GarbageCategory, rules: RegionRules): string {
  return rules.names[category]
}

// Names come from residents and operators: `constructor` must not find what every object has.
function ownValue<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}
