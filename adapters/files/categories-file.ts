import { z } from 'zod'
import type { CategoryTable } from '../../bot/house.ts'
import { categories } from '../../intents/understanding.ts'
import { createWorkingCalendar, type WorkingCalendar } from '../../tickets/working-calendar.ts'
import { readSettings } from './settings-file.ts'

const category = z.strictObject({
  name: z.string().min(1),
  department: z.string().min(1),
  workingDays: z.int().min(1).max(60),
  photo: z.boolean().default(false),
})

const date = z.iso.date()
const exceptions = z.strictObject({
  holidays: z.array(date).default([]),
  workingDays: z.array(date).default([]),
})

/** @throws SettingsError */
export function readCategories(root: string, dataFolder: string | undefined): Promise<CategoryTable> {
  return readSettings(root, dataFolder, 'categories', z.record(z.enum(categories), category))
}

/** The official calendar with this community's own days off and days worked. @throws SettingsError */
export async function readCalendar(root: string, dataFolder: string | undefined): Promise<WorkingCalendar> {
  return createWorkingCalendar(await readSettings(root, dataFolder, 'calendar', exceptions))
}
