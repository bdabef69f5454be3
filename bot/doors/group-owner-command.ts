import { z } from 'zod'

/** Another account of ours speaks in a group from now on: the one that did is gone for good, or has too much to do. */
export const groupOwnerCommand = z.strictObject({
  type: z.literal('group.owner'),
  /** By name or id. */
  group: z.string().min(1).max(80),
  account: z.string().min(1).max(40),
})
