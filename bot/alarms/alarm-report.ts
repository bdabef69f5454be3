import { z } from 'zod'

/** What another system says of its alarm: the body of POST /api/v1/alarms, and the command `alarm.report`. */

const part = z.string().trim().min(1).max(40)

const placeParts = z
  .strictObject({
    building: part.exactOptional(),
    unit: part.exactOptional(),
    floor: part.exactOptional(),
    room: part.exactOptional(),
    road: part.exactOptional(),
    landmark: part.exactOptional(),
  })
  .refine((place) => Object.keys(place).length > 0, 'at least one part, for example {"building": "3"}')

export const alarmReportSchema = z.strictObject({
  id: z
    .string('your own id of the alarm, such as "S-0042"; it is missing, or no text')
    .trim()
    .min(1)
    .max(80)
    .regex(/^[^\s/]+$/u, 'your own id of the alarm, without spaces and slashes')
    .describe('Your own id of the alarm: the same from its beginning to its end'),
  kind: z
    .string('a kind that tickets/alarms.yaml knows, such as "fume" or "烟感"; it is missing, or no text')
    .trim()
    .min(1)
    .max(40)
    .describe('As tickets/alarms.yaml knows it: fume, 烟感, …'),
  state: z
    .enum(['raised', 'updated', 'ended'])
    .describe('updated: still on, with another level, place or text'),
  at: z.iso
    .datetime({ offset: true, error: 'a time with its offset, for example 2026-11-20T08:30:00+08:00' })
    .describe('When it was so by your clock'),
  level: z
    .string()
    .trim()
    .min(1)
    .max(20)
    .exactOptional()
    .describe('As tickets/alarms.yaml knows it: blue, 黄色, …'),
  place: z.union([z.string().trim().min(1).max(80), placeParts]).exactOptional(),
  device: z.string().trim().min(1).max(80).exactOptional().describe('Your id of what measures or sees'),
  text: z.string().trim().min(1).max(500).exactOptional().describe('What it is about, in Chinese, for staff'),
  value: z
    .union([z.number(), z.string().trim().min(1).max(20)])
    .exactOptional()
    .describe('What was measured'),
  unit: z.string().trim().min(1).max(20).exactOptional(),
  media: z
    .array(
      z.url({ protocol: /^https?$/u, error: 'an address that begins with http:// or https://' }).max(500),
    )
    .max(5)
    .exactOptional()
    .describe('Addresses of pictures, for staff; they are kept as addresses'),
})
export type AlarmReport = z.infer<typeof alarmReportSchema>
