import { z } from 'zod'
import type { NoticeRules } from '../../bot/notices/rules.ts'
import { day, hour } from '../../tickets/shanghai-time.ts'
import { readSettings } from './settings-file.ts'
import { timeOfDayText } from './time-of-day.ts'

const words = z.string().trim().min(1).max(20)
const hours = z
  .number()
  .min(1)
  .max(24 * 365)
const role = z.enum(['grid_worker', 'grid_leader', 'department', 'admin'])

/** 24:00 is the end of a day. */
const endOfPart = z.union([z.literal('24:00').transform(() => day), timeOfDayText])

const noticesSchema = z
  .strictObject({
    longest: z
      .int()
      .min(50, 'at least 50 characters')
      .max(2_000, 'at most 2000: WeChat folds what is longer'),
    lasts: z.strictObject({ hours }),
    farthest: z.strictObject({ days: z.int().min(1).max(366) }),
    approval: z.strictObject({
      moreGroupsThan: z.int().min(0).max(100_000),
      outside: z.strictObject({ from: timeOfDayText, to: timeOfDayText }),
      templates: z.array(words).max(100),
      emergency: z.boolean(),
      repeated: z.boolean(),
      by: role,
      freeFrom: role,
    }),
    alike: z.strictObject({ hours, from: z.number().min(0.3, '0.3 to 1').max(1, '0.3 to 1') }),
    receipt: z.strictObject({
      days: z.number().min(0.1).max(60),
      names: z.array(words).max(100).default([]),
    }),
    partsOfDay: z
      .array(z.strictObject({ words: z.array(words).min(1), from: timeOfDayText, to: endOfPart }))
      .max(50),
  })
  .transform(
    ({ lasts, farthest, alike, receipt, ...rest }): NoticeRules => ({
      ...rest,
      lasts: lasts.hours * hour,
      farthest: farthest.days,
      alikeWithin: alike.hours * hour,
      alikeFrom: alike.from,
      receiptWithin: receipt.days * day,
      receiptNames: receipt.names,
    }),
  )

/** @throws SettingsError */
export function readNoticeRules(root: string, dataFolder: string | undefined): Promise<NoticeRules> {
  return readSettings(root, dataFolder, 'notices', noticesSchema)
}
