/** Which bin a thing goes into. */

export const garbageCategories = ['recyclable', 'hazardous', 'kitchen', 'residual', 'bulky'] as const
export type GarbageCategory = (typeof garbageCategories)[number]

export interface GarbageItem {
  readonly name: string
  readonly aliases: readonly string[]
  readonly category: GarbageCategory
  /** How to hand it in: 倒空冲一冲，压扁. */
  readonly hint: string
}

export interface Sorting {
  /** The item's name, or the asker's words for a thing judged by what it is made of; null when nothing fits. */
  readonly item: string | null
  readonly category: GarbageCategory | null
  /** One of several things, in the asker's words: 旧报纸. */
  readonly said?: string
  /** 0 to 1. */
  readonly confidence: number
  /** How to hand it in. */
  readonly hint?: string
  /** Why, where no list says so: 看着是塑料的, 沾脏了，没法回收. */
  readonly because?: string
  /** In the words of the region: 湿垃圾, 厨余垃圾. */
  readonly categoryName?: string
  /** The city that the asker named, whose rules were used. */
  readonly city?: string
  /** Asked without a region: the cities that sort it in another way. */
  readonly elsewhere?: readonly { readonly city: string; readonly categoryName: string }[]
}

export interface GarbageBook {
  /** `text` is a whole sentence: 请问喝剩的豆浆扔哪. Of several things the first. A city named in it comes before `region`. @throws UnknownRegionError */
  sort(text: string, region?: string): Sorting
  /**
   * Two to five things of one question: 旧报纸和剩菜扔哪; none when it is about one. A hint only where it names
   * another bin. @throws UnknownRegionError
   */
  sortEach(text: string, region?: string): readonly Sorting[]
  /** In the words of the region: 厨余垃圾, 湿垃圾. @throws UnknownRegionError */
  categoryName(category: GarbageCategory, region?: string): string
  /** Regions with rules of their own: 上海, 郑州. */
  readonly regions: readonly string[]
  /** For quiz questions. */
  readonly items: readonly GarbageItem[]
}

export class UnknownRegionError extends Error {
  readonly code = 'unknown-region'

  constructor(region: string, known: readonly string[]) {
    super(`no garbage rules for ${JSON.stringify(region)}; known: ${known.join(', ')}`)
    this.name = 'UnknownRegionError'
  }
}
