import { z } from 'zod'
import { type Duty, type DutyDay, dayKinds, weekdays } from '../../tickets/duty.ts'
import { readSettings } from './settings-file.ts'
import { timeOfDayText } from './time-of-day.ts'

const words = z.string().trim().min(1).max(80)
const monthDay = z
  .string()
  .regex(/^(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/u, 'a day of the year, for example 06-01')
const dayWords: readonly string[] = [...weekdays, ...dayKinds]
const dutyDay = z.custom<DutyDay>(
  (value) => typeof value === 'string' && (dayWords.includes(value) || z.iso.date().safeParse(value).success),
  `expected ${[...dayKinds, ...weekdays].join(', ')}, or a date like 2026-10-01`,
)

const shift = z.strictObject({
  name: words,
  on: z.array(dutyDay).min(1, 'the days on which it begins'),
  from: timeOfDayText,
  to: timeOfDayText,
  season: z.strictObject({ from: monthDay, to: monthDay }).optional(),
  places: z.array(words).min(1).optional(),
  people: z.array(words).min(1, 'somebody who is on duty then'),
})

const dutySchema = z.strictObject({
  shifts: z.array(shift).max(500).default([]),
  fallback: z.enum(['grid_worker', 'grid_leader', 'department', 'admin']).default('grid_worker'),
})

/** @throws SettingsError */
export function readDuty(root: string, dataFolder: string | undefined): Promise<Duty> {
  return readSettings(root, dataFolder, 'duty', dutySchema)
}
