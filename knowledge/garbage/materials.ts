import { z } from 'zod'
import type { GarbageItem } from './sorting.ts'

/** Judging a thing that no list knows, by what it ends in and what it is made of; see materials.yaml. */

const like = z.string().min(1)
const words = z.array(z.string().min(1)).min(1)

export const materialsFile = z.strictObject({
  marks: z.array(z.strictObject({ words, things: words.optional(), like })),
  endings: z.record(z.string(), like),
  materials: z.record(z.string(), like),
})

export type Materials = z.output<typeof materialsFile>

export interface Judgement {
  readonly item: GarbageItem
  /** How often such a judgement is right. */
  readonly strength: number
  /** Judged by its end, which says what the thing is, and not by its material. */
  readonly atEnd: boolean
}

export interface Judge {
  unknownThing(name: string): Judgement | undefined
  /** What a mark makes of a recyclable thing: 沾油的纸盒 is no longer paper. */
  marked(description: string): GarbageItem | undefined
}

/** The items that the file names; all must be known. */
export function namesIn({ marks, endings, materials }: Materials): string[] {
  return [...marks.map((mark) => mark.like), ...Object.values(endings), ...Object.values(materials)]
}

const strengths = { wholeEnding: 0.82, longEnding: 0.7, material: 0.66, shortEnding: 0.62 }

export function createJudge(
  { marks, endings, materials }: Materials,
  itemOf: (name: string) => GarbageItem | undefined,
): Judge {
  const byEnding = new Map(Object.entries(endings))
  const byMaterial = Object.entries(materials).sort(([a], [b]) => b.length - a.length)
  const judgement = (name: string | undefined, strength: number, atEnd: boolean) => {
    const item = name === undefined ? undefined : itemOf(name)
    return item && { item, strength, atEnd }
  }
  return {
    unknownThing(name) {
      const longEnding = longestEnding(name, byEnding, 2)
      if (longEnding) {
        const strength = longEnding.length > 2 ? strengths.wholeEnding : strengths.longEnding
        return judgement(byEnding.get(longEnding), strength, true)
      }
      const material = byMaterial.find(([word]) => name.includes(word) && name !== word)
      if (material) return judgement(material[1], strengths.material, false)
      const shortEnding = longestEnding(name, byEnding, 1)
      return judgement(shortEnding && byEnding.get(shortEnding), strengths.shortEnding, true)
    },
    marked(description) {
      const said = description.replace(/[没不未][脏油沾污][染油损]?/gu, '')
      const mark = marks.find(
        ({ words, things }) =>
          words.some((word) => said.includes(word)) &&
          (things === undefined || things.some((thing) => description.includes(thing))),
      )
      return mark && itemOf(mark.like)
    },
  }
}

function longestEnding(
  name: string,
  endings: ReadonlyMap<string, string>,
  least: number,
): string | undefined {
  for (let length = Math.min(4, name.length); length >= least; length--) {
    const ending = name.slice(-length)
    if (endings.has(ending)) return ending
  }
  return undefined
}
