import { z } from 'zod'
import { categories, urgencies } from '../../intents/understanding.ts'
import { type Routing, volunteerSkills } from '../../tickets/routing.ts'
import { readSettings } from './settings-file.ts'

const words = z.string().trim().min(1).max(40)

const rule = z
  .strictObject({
    category: z.enum(categories).optional(),
    urgency: z.enum(urgencies).optional(),
    place: words.optional(),
    words: z.array(words).min(1).optional(),
    department: words.optional(),
    responsible: words.optional(),
  })
  .refine(
    ({ department, responsible }) => department !== undefined || responsible !== undefined,
    'a rule names a department, a responsible person, or both',
  )

const routingSchema = z.strictObject({
  rules: z.array(rule).default([]),
  departments: z.array(words).default([]),
  fallback: z.strictObject({
    department: words,
    responsible: words.optional(),
    role: z.enum(['grid_leader', 'admin']).default('grid_leader'),
  }),
  smallMatters: z
    .strictObject({
      categories: z.array(z.enum(categories)).default([]),
      skills: z.partialRecord(z.enum(categories), z.array(z.enum(volunteerSkills)).min(1)).optional(),
      workingHours: z.number().positive().max(90).default(4),
    })
    .default({ categories: [], workingHours: 4 }),
})

/** @throws SettingsError */
export function readRouting(root: string, dataFolder: string | undefined): Promise<Routing> {
  return readSettings(root, dataFolder, 'routing', routingSchema)
}
