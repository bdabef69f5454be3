import { z } from 'zod'
import { categories, urgencies } from '../../intents/understanding.ts'
import { ticketStates } from '../../tickets/ticket.ts'

/** What the routes of /api/v1 answer, for the OpenAPI document and the test that holds them to it. */

const instant = z.iso.datetime({ offset: true })

export const errorSchema = z.strictObject({
  error: z.strictObject({
    code: z.string().describe('For machines: bad-request, unauthorized, too-many, …'),
    message: z.string().describe('What was expected, what came, what to do'),
    details: z.array(z.string()).describe('One for each fault of the body'),
    candidates: z.array(z.string()).optional().describe('What may have been meant, the likeliest first'),
  }),
})

export const ticketSchema = z.strictObject({
  ticket: z.string().describe('The whole number: 20261120-003'),
  said: z.string().describe('As people say it: 1120-003'),
  state: z.enum(ticketStates),
  urgency: z.enum(urgencies),
  category: z.enum(categories),
  categoryName: z.string(),
  what: z.string().nullable().describe('null when the matter is private'),
  place: z.string().nullable().describe('Building and unit at most'),
  department: z.string(),
  light: z.enum(['blue', 'yellow', 'red']).nullable().describe('null once the work is done'),
  supporters: z.int(),
  urges: z.int(),
  reopenings: z.int(),
  recurredFrom: z.string().nullable(),
  satisfied: z.boolean().nullable().describe('null while nobody has rated'),
  openedAt: instant,
  deadline: instant,
  acknowledgedAt: instant.nullable(),
  doneAt: instant.nullable(),
  endedAt: instant.nullable(),
})

export const reportedSchema = z.strictObject({
  alarm: z.string().describe('Your id of it'),
  state: z.enum(['raised', 'ended']),
  ticket: z.string().nullable().describe('null when only its end was ever heard of'),
  done: z
    .enum(['opened', 'amended', 'kept', 'ended', 'nothing'])
    .describe('kept: on again before its ticket was closed; nothing: old news, or no news'),
})

export const alarmSchema = z.strictObject({
  alarm: z.string().describe('Your id of it'),
  kind: z.string(),
  state: z.enum(['raised', 'ended']),
  level: z.string().nullable(),
  raisedAt: instant.nullable(),
  endedAt: instant.nullable(),
  ticket: ticketSchema.nullable(),
})
