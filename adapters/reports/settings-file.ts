import { z } from 'zod'
import { type ReportKind, reportKinds } from '../../tickets/reports/period.ts'
import { type RateName, rateNames } from '../../tickets/reports/rates.ts'
import { type ReportSettings, reportReceivers } from '../../tickets/reports/settings.ts'
import { readSettings } from '../files/settings-file.ts'
import { timeOfDayText } from '../files/time-of-day.ts'

const points = z.number().min(0).max(100)

const scheduled = z.strictObject({
  at: timeOfDayText,
  days: z.enum(['working', 'all']),
  to: z.array(z.enum(reportReceivers)),
  picture: z.boolean(),
})

const schema = z.strictObject({
  score: z.strictObject({
    weights: z
      .strictObject(forEach<RateName, typeof points>(rateNames, points))
      .refine((weights) => Object.values(weights).some((each) => each > 0), 'at least one weight above 0'),
    overdue: points,
    recurred: points,
    mostOff: points,
    fewest: z.int().min(0).max(10_000),
  }),
  hot: z.strictObject({ least: z.int().min(1).max(1_000), most: z.int().min(1).max(20) }),
  schedule: z.strictObject(forEach<ReportKind, typeof scheduled>(reportKinds, scheduled)),
})

/** @throws SettingsError */
export function readReportSettings(root: string, dataFolder: string | undefined): Promise<ReportSettings> {
  return readSettings<ReportSettings>(root, dataFolder, 'reports', schema)
}

function forEach<K extends string, V>(keys: readonly K[], value: V): Record<K, V> {
  return Object.fromEntries(keys.map((key) => [key, value])) as Record<K, V>
}
