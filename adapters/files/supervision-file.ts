import { z } from 'zod'
import type { Supervision } from '../../tickets/supervision.ts'
import { readSettings } from './settings-file.ts'
import { timeOfDayText } from './time-of-day.ts'

const audience = z.string().trim().min(1).max(80)
const points = z.number().min(0).max(100)

const ladder = z
  .array(z.strictObject({ after: z.number().min(0).max(60), to: z.array(audience).min(1) }))
  .min(1, 'one level at least')
  .max(9)
  .refine(
    (levels) => levels.every(({ after }, at) => after >= (levels[at - 1]?.after ?? 0)),
    'a higher level is told later: the numbers `after` must not fall',
  )

const supervisionSchema = z.strictObject({
  lights: z.strictObject({ yellow: z.array(audience), red: z.array(audience) }),
  atOnceBelowHours: z.number().min(0).max(90),
  ladder,
  summaries: z.strictObject({
    at: z.array(timeOfDayText).max(6),
    everyDay: z.boolean().default(false),
    most: z.int().min(1).max(20).default(10),
    latest: z.int().min(1).max(600).default(120),
  }),
  recurrence: z.strictObject({ days: z.int().min(1).max(365), reopenings: z.int().min(1).max(20) }),
  weight: z.strictObject({
    ...{ high: points, emergency: points, supporter: points, urge: points },
    ...{ reopening: points, recurrence: points, heavy: z.number().positive().max(1000) },
    heavyShare: z.number().positive().max(1),
  }),
})

/** @throws SettingsError */
export async function readSupervision(root: string, dataFolder: string | undefined): Promise<Supervision> {
  const read = await readSettings(root, dataFolder, 'supervision', supervisionSchema)
  const at = [...new Set(read.summaries.at)].sort((one, other) => one - other)
  return { ...read, summaries: { ...read.summaries, at } }
}
