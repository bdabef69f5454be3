import { z } from 'zod'

/** What a system posts when a ticket that was forwarded to it moved. */
export const statusBodySchema = z.strictObject({
  id: z
    .string('our ticket number, for example 20261120-003; it is missing, or no text')
    .regex(/^20\d{6}-\d{3,6}$/u, 'our ticket number, for example 20261120-003')
    .describe('Our number: 20261120-003'),
  remoteId: z.string().min(1).max(200).optional().describe('Yours; it has to be the one that we know'),
  status: z
    .string('how it stands, such as "handling" or "done"; it is missing, or no text')
    .trim()
    .min(1)
    .max(200)
    .describe('open, handling, done or declined, or a word that the states of tickets/forwarding.yaml map'),
  note: z.string().trim().max(2_000).optional().describe('What was done, or why it was declined'),
  at: z.iso
    .datetime({ offset: true, error: 'when it became so, for example 2026-11-20T09:30:00+08:00' })
    .describe('When it became so; older than what is known changes nothing'),
})

export const takenSchema = z.strictObject({
  ticket: z.string(),
  moved: z.boolean().describe('Whether our ticket moved'),
  said: z.string().optional(),
  why: z.string().optional().describe('Why nothing changed'),
})
