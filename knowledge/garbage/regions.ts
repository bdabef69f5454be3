import { z } from 'zod'
import { type GarbageCategory, type GarbageItem, garbageCategories, UnknownRegionError } from './sorting.ts'
import { wordList } from './word-list.ts'

/** What a city calls the categories, and the items that it sorts in its own way. */
export interface RegionRules {
  readonly names: Readonly<Record<GarbageCategory, string>>
  /** The rule that this follows. */
  readonly source: string
  /** By item name. */
  readonly overrides: ReadonlyMap<string, Override>
}

export interface Override {
  readonly category: GarbageCategory
  /** For the asker: 硬壳会卡住机器. */
  readonly because?: string | undefined
}

/** The key of the rules that hold where no city has its own. */
const everywhere = 'national'

const words = z.string().min(1)

const regionSchema = z.strictObject({
  names: z.strictObject({
    recyclable: words,
    hazardous: words,
    kitchen: words,
    residual: words,
    bulky: words,
  }),
  source: words,
  overrides: z
    .array(z.strictObject({ bin: z.enum(garbageCategories), items: wordList, because: words.optional() }))
    .superRefine((rules, context) => {
      for (const name of twice(rules.flatMap(({ items }) => items)))
        context.addIssue({ code: 'custom', message: `expected every item once, but '${name}' stands twice` })
    })
    .transform(
      (rules) =>
        new Map(
          rules.flatMap(({ bin, items, because }) =>
            items.map((name): [string, Override] => [name, { category: bin, because }]),
          ),
        ),
    ),
})

export const regionsFile = z
  .record(z.string(), regionSchema)
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
  return rules.overrides.get(item.name)?.category ?? item.category
}

/** In the words of the region: 湿垃圾 in Shanghai, 厨余垃圾 elsewhere. */
export function categoryName(category: GarbageCategory, rules: RegionRules): string {
  return rules.names[category]
}

/** The cities that sort an item in another way than most of the country. */
export function citiesApart(
  item: GarbageItem,
  regions: Regions,
): { readonly city: string; readonly categoryName: string }[] {
  return regionNames(regions).flatMap((city) => {
    const rules = rulesOf(regions, city)
    const category = categoryIn(item, rules)
    return category === item.category ? [] : [{ city, categoryName: categoryName(category, rules) }]
  })
}

/**
 * Finds the city that somebody asks about: 核桃壳在上海呢. A city inside a name is none: 上海青, 北京烤鸭.
 * @param before what is said of a thing before it, as 旧 and 过期的: 上海旧毛巾 is no kind of towel.
 * @returns a function from a text to the city and the text without it.
 */
export function createCityFinder(
  regions: Regions,
  before: readonly string[],
): (text: string) => CityAsked | undefined {
  const cities = regionNames(regions).join('|')
  const found = new RegExp(
    `(?:(?:要是|如果)?(?:人?在|按照?|到了?|搬到|换成)(${cities})市?(?:这边|那边|这里|那里|的话|的?(?:规定|标准|规矩|分法))?|` +
      `(${cities})市?(?:这边|那边|这里|那里|的话|的?(?:规定|标准|规矩|分法)(?:里|是)?|呢|(?=[,，、 ])|(?=(?:是|算|属于|归|怎么|咋|该|要|往|扔|丢|投)))|` +
      `(?<=[,，。 ])(${cities})市?$)`,
    'u',
  )
  const states = [...before].sort((one, other) => other.length - one.length).join('|')
  const notWhose = '(?!市?的?(?:朋友|亲戚|同事|同学|家人|女儿|儿子|闺女|孩子))'
  const front = `(?<=^|[\\s,，。!！?？]|请问|想问|问下|问一下)(${cities})${notWhose}市?`
  const inFront = new RegExp(`${front}(?:的|(?=${states}))`, 'u')
  const perhaps = new RegExp(front, 'u')
  return (text) => {
    const surely = found.exec(text) ?? inFront.exec(text)
    const match = surely ?? perhaps.exec(text)
    const city = match?.slice(1).find((name) => name !== undefined)
    if (!match || city === undefined) return undefined
    const rest = `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`
    return { city, rest, ...(surely ? {} : { ifApart: true }) }
  }
}

export interface CityAsked {
  readonly city: string
  readonly rest: string
  /** Only where the city sorts the thing otherwise: in 上海核桃壳 it may be where the thing is from. */
  readonly ifApart?: boolean
}

function twice(names: readonly string[]): string[] {
  return names.filter((name, at) => names.indexOf(name) !== at)
}

// Names come from residents and operators: `constructor` must not find what every object has.
function ownValue<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}
