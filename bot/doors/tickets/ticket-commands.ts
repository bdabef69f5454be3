import { z } from 'zod'
import { categories } from '../../../intents/understanding.ts'

/** What can be asked of a ticket's life, from chat, console, API or command line. See tickets/lifecycle.ts. */
const ticket = z.string().regex(/^20\d{6}-\d{3,6}$/u, 'a whole ticket number, for example 20261120-003')
const reason = z.string().trim().min(1, 'a reason, in a few words').max(200)
const department = z.string().trim().min(1).max(20)
const note = z.string().trim().min(1, 'how it was handled, in a few words').max(500)
const photo = z.strictObject({
  name: z.string().min(1).max(200),
  /** In the photos folder; never out of it. */
  file: z.string().regex(/^(?!.*\.\.)[\w-][\w./-]{0,199}$/u, 'the name that the photos folder gave'),
})

export const ticketCommands = [
  /** Not said in chat: from another system, the console, the command line. */
  z.strictObject({
    type: z.literal('ticket.open'),
    category: z.enum(categories),
    /** For staff; may hold personal data. */
    text: z.string().trim().min(1, 'what is wrong, in a few words').max(14_000),
    /** Where, in words. */
    where: z.string().trim().max(1_000).default(''),
    /** Hash of all that was sent; told back, so that a door sees when one id comes with two things. */
    print: z.string().max(100).exactOptional(),
  }),
  /** The words of a report that came through another system: who reported it has no id to be erased by. */
  z.strictObject({ type: z.literal('ticket.erase'), ticket }),
  z.strictObject({ type: z.literal('ticket.acknowledge'), ticket }),
  z.strictObject({
    type: z.literal('ticket.done'),
    ticket,
    note,
    photos: z.array(photo).max(9).default([]),
  }),
  z
    .strictObject({
      type: z.literal('ticket.reassign'),
      ticket,
      department: department.exactOptional(),
      /** Person id, or a name that only one on the roster has. */
      assigned: z.string().trim().min(1).max(80).exactOptional(),
      /** Without one, bot/texts.yaml says why: the same for the two others. */
      reason: reason.exactOptional(),
    })
    .refine(
      (asked) => asked.department !== undefined || asked.assigned !== undefined,
      'a department, or a person',
    ),
  z.strictObject({ type: z.literal('ticket.return'), ticket, reason }),
  z.strictObject({ type: z.literal('ticket.decline'), ticket, reason }),
  z.strictObject({
    type: z.literal('ticket.hold'),
    ticket,
    reason,
    /** The day on which it goes on by itself. */
    until: z.iso.date('the day on which it goes on, for example 2026-11-25'),
  }),
  z.strictObject({ type: z.literal('ticket.resume'), ticket }),
  z.strictObject({
    type: z.literal('ticket.ask-extension'),
    ticket,
    /** Working days. */
    days: z.int().min(1).max(60),
    reason,
  }),
  z.strictObject({ type: z.literal('ticket.extend'), ticket }),
  z.strictObject({ type: z.literal('ticket.refuse-extension'), ticket, reason: reason.exactOptional() }),
  z.strictObject({
    type: z.literal('ticket.whistle'),
    ticket,
    departments: z.array(department).min(1).max(8),
  }),
  z.strictObject({
    type: z.literal('ticket.report-for-duty'),
    ticket,
    /** Default: the department of whoever says it. */
    department: department.exactOptional(),
  }),
  z.strictObject({ type: z.literal('ticket.reopen'), ticket, reason: reason.exactOptional() }),
] as const

/** What staff ask of a ticket, whole: defaults filled in. */
export type DeskCommand = Exclude<
  z.infer<(typeof ticketCommands)[number]>,
  { readonly type: 'ticket.open' | 'ticket.erase' }
>
