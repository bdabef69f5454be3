import { z } from 'zod'
import { remoteStates } from '../ports/ticket-system.ts'

/** What another system says of a ticket that was forwarded to it. */
export const statusCommand = z.strictObject({
  type: z.literal('ticket.system-status'),
  ticket: z.string().regex(/^20\d{6}-\d{3,6}$/u, 'a whole ticket number, for example 20261120-003'),
  state: z.enum(remoteStates),
  /** Their own word for it. */
  said: z.string().max(200),
  /** What they did, or why they declined. */
  note: z.string().trim().max(2_000).exactOptional(),
  /** When it became so, ms since 1970 by our clock. */
  at: z.int().min(0).exactOptional(),
  /** Their id, when they say it: it has to be the one that we know. */
  remoteId: z.string().min(1).max(200).exactOptional(),
  /** It was read by us just now, after all that is settled had been brought over. */
  read: z.boolean().default(false),
})
