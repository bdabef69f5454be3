import { z } from 'zod'
import type { GarbageItem } from './sorting.ts'
import { wordList } from './word-list.ts'

/** Judging a thing that no list knows, by what it ends in and what it is made of; see materials.yaml. */

const like = z.string().min(1)

export const materialsFile = z.strictObject({
  because: z.strictObject({
    ending: z.string().includes('{like}'),
    material: z.string().includes('{material}'),
  }),
  endings: z.record(z.string(), wordList),
  materials: z.record(z.string(), z.strictObject({ like, first: z.string().min(1).optional() })),
})

export type Materials = z.output<typeof materialsFile>

export interface Judgement {
  readonly item: GarbageItem
  /** How often such a judgement is right. */
  readonly strength: number
  /** Judged by its end, which says what the thing is, and not by its material. */
  readonly atEnd: boolean
  /** For the asker: 看着是塑料的. */
  readonly because: string
  /** What to do before: 里面洗干净再投. */
  readonly first?: string | undefined
}

export type Judge = (name: string) => Judgement | undefined

/** The items that the file names; all must be known. */
export function likesOfMaterials({ endings, materials }: Materials): string[] {
  return [...Object.keys(endings), ...Object.values(materials).map((material) => material.like)]
}

const strengths = { wholeEnding: 0.82, longEnding: 0.7, material: 0.66, shortEnding: 0.62 }
const longestEnding = 4

export function createJudge(
  { because, endings, materials }: Materials,
  itemOf: (name: string) => GarbageItem | undefined,
): Judge {
  const byEnding = new Map<string, string>()
  for (const [name, ends] of Object.entries(endings)) for (const end of ends) byEnding.set(end, name)
  const byMaterial = Object.entries(materials).sort(([a], [b]) => b.length - a.length)

  const ending = (name: string, least: number): Judgement | undefined => {
    for (let length = Math.min(longestEnding, name.length); length >= least; length--) {
      const likeName = byEnding.get(name.slice(-length))
      const item = likeName === undefined ? undefined : itemOf(likeName)
      if (item === undefined) continue
      // 叶子 says no more than 叶.
      const weight = /[子儿]$/u.test(name) ? length - 1 : length
      const strength =
        weight > 2 ? strengths.wholeEnding : weight > 1 ? strengths.longEnding : strengths.shortEnding
      return { item, strength, atEnd: true, because: because.ending.replace('{like}', item.name) }
    }
    return undefined
  }
  const material = (name: string): Judgement | undefined => {
    const found = byMaterial.find(([word]) => name.includes(word) && name !== word)
    const item = found && itemOf(found[1].like)
    if (!(found && item)) return undefined
    const [word, { first }] = found
    const why = because.material.replace('{material}', word)
    return { item, strength: strengths.material, atEnd: false, because: why, first }
  }
  return (name) =>
    ending(name, 2) ?? material(name) ?? ending(name, 1) ?? ending(name.replace(/[子儿]$/u, ''), 1)
}
