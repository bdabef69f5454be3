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

const strengths = { longEnding: 0.7, material: 0.66, shortEnding: 0.62 }

export function createJudge(
  { marks, endings, materials }: Materials,
  itemOf: (name: string) => GarbageItem | undefined,
): Judge {
  const byEnding = new Map(Object.entries(endings))
  const byMaterial = Object.entries(materials).sort(([a], [b]) => b.length - a.length)
  const judgement = (name: string | undefined, strength: number) => {
    const item = name === undefined ? undefined : itemOf(name)
    return item && { item, strength }
  }
  return {
    unknownThing(name) {
      const longEnding = longestEnding(name, byEnding, 2)
      if (longEnding) return judgement(longEnding, strengths.longEnding)
      const material = byMaterial.find(([word]) => name.includes(word) && name !== word)
      if (material) return judgement(material[1], strengths.material)
      return name.length < 2 ? undefined : judgement(longestEnding(name, byEnding, 1), strengths.shortEnding)
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
    const found = endings.get(name.slice(-length))
    if (found) return found
  }
  return undefined
}
