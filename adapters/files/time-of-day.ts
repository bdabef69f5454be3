import { z } from 'zod'
import { hour, minute } from '../../tickets/shanghai-time.ts'

/** 08:30 → ms since midnight. */
export const timeOfDayText = z
  .string('a time of day, for example 08:30')
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/u, 'a time of day from 00:00 to 23:59, for example 08:30')
  .transform((text) => Number(text.slice(0, 2)) * hour + Number(text.slice(3)) * minute)
