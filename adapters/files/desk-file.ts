import { z } from 'zod'
import type { Desk } from '../../tickets/desk.ts'
import { readSettings } from './settings-file.ts'

const days = z.int().min(1).max(365)

const deskSchema = z.strictObject({
  followUp: z.strictObject({ workingDays: z.int().min(1).max(30) }),
  whistle: z.strictObject({ minutes: z.int().min(1).max(1440) }),
  extension: z.strictObject({ most: z.int().min(1).max(60) }),
  hold: z.strictObject({ most: days }),
})

/** @throws SettingsError */
export function readDesk(root: string, dataFolder: string | undefined): Promise<Desk> {
  return readSettings(root, dataFolder, 'desk', deskSchema)
}
