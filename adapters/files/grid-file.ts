import { z } from 'zod'
import type { GridSettings } from '../../tickets/grid.ts'
import { readSettings } from './settings-file.ts'

/** Tags stand side by side in one cell of a table: what separates them there cannot be part of one. */
const word = z
  .string()
  .trim()
  .min(1)
  .max(20)
  .regex(/^[^、,，;；/+\-\s]+$/u, 'a word without spaces and signs')
const words = z.array(word).min(1)

const gridSchema = z.strictObject({
  tags: z
    .array(z.strictObject({ name: word, also: z.array(word).default([]) }))
    .min(1)
    .superRefine((tags, context) => {
      const taken = new Set<string>()
      for (const each of tags.flatMap(({ name, also }) => [name, ...also])) {
        if (taken.has(each)) context.addIssue({ code: 'custom', message: `${each} stands there twice` })
        taken.add(each)
      }
    }),
  skills: z.strictObject({ patrol: words, service: words, mediation: words }),
})

/** @throws SettingsError */
export function readGrid(root: string, dataFolder: string | undefined): Promise<GridSettings> {
  return readSettings(root, dataFolder, 'grid', gridSchema)
}
