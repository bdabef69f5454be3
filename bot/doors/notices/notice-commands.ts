import { z } from 'zod'

/** What can be done to a notice, from chat, API, console or command line. */
const id = z.string().min(1).max(80)
const name = z.string().trim().min(1).max(40)
const notice = z.string().regex(/^N[1-9]\d{0,8}$/u, 'the number of a notice, for example N12')
/** Until the year 2100: what is later is a mistake. */
const instant = z
  .int()
  .min(0)
  .max(Date.UTC(2100, 0, 1))
const note = z.string().trim().min(1).max(200)

const names = z.array(name).max(1_000).default([])

/** Places and groups by name or id. */
export const targetsSchema = z.strictObject({
  everywhere: z.boolean().exactOptional(),
  places: names,
  tags: names,
  groups: names,
  except: z.strictObject({ places: names, tags: names, groups: names }).exactOptional(),
})

export const attachmentSchema = z.strictObject({
  name: z.string().trim().min(1).max(120),
  file: z.string().min(1).max(120),
  kind: z.enum(['picture', 'file']),
})

const repeatSchema = z.strictObject({
  cron: z.string().min(9).max(60),
  words: z.string().min(1).max(40),
  workingDaysOnly: z.boolean().default(false),
  until: instant.exactOptional(),
})

/** Of what whoever asks was asked in turn; it comes back with the result. */
const print = z
  .string()
  .regex(/^[0-9a-f]{64}$/u)
  .exactOptional()

/** What is written. Its length is looked at with the template that it is put in. */
const written = {
  text: z.string().max(20_000).exactOptional(),
  /** Its text is made from these fields, then `text` stands below it. */
  template: name.exactOptional(),
  fields: z.record(z.string().max(20), z.string().max(200)).exactOptional(),
  attachment: attachmentSchema.exactOptional(),
  emergency: z.boolean().default(false),
  receipt: z.boolean().default(false),
  sendAt: instant.exactOptional(),
  expiresAt: instant.exactOptional(),
  repeat: repeatSchema.exactOptional(),
  print,
}

/** By whoever approves or refuses: what they have read (of `notices.awaiting`), and who it was in another system. */
const decided = { revision: z.string().max(64).exactOptional(), by: name.exactOptional(), print }

export const noticeCommands = [
  /** A draft with its preview; sends nothing. */
  z.strictObject({ type: z.literal('notice.write'), ...written, targets: targetsSchema }),
  /** A draft that takes the place of another one; what is not given stays as it was. */
  z.strictObject({
    type: z.literal('notice.revise'),
    notice,
    ...written,
    emergency: z.boolean().exactOptional(),
    receipt: z.boolean().exactOptional(),
    targets: targetsSchema.exactOptional(),
  }),
  /** A draft for exactly those who got that notice. Without words a retraction says so itself. */
  z.strictObject({
    type: z.literal('notice.follow'),
    notice,
    as: z.enum(['correction', 'retraction']),
    text: z.string().max(20_000).exactOptional(),
    print,
  }),
  /** Said by its author: it goes out, or to whoever has to approve. */
  z.strictObject({ type: z.literal('notice.submit'), notice }),
  z.strictObject({ type: z.literal('notice.approve'), notice, ...decided }),
  z.strictObject({ type: z.literal('notice.refuse'), notice, reason: note.exactOptional(), ...decided }),
  z.strictObject({ type: z.literal('notice.discard'), notice }),
  z.strictObject({ type: z.literal('notice.pause'), notice }),
  z.strictObject({ type: z.literal('notice.resume'), notice }),
  z.strictObject({ type: z.literal('notice.stop'), notice }),
  /** Staff have looked into a group whose copy was never confirmed, or failed: it is there; send it again; leave it. */
  z.strictObject({
    type: z.literal('notice.settle'),
    notice,
    /** Absent: every group that is unconfirmed. */
    group: id.exactOptional(),
    as: z.enum(['arrived', 'again', 'left']),
  }),
  /** One line to the groups of volunteers and staff in which some have not said 收到. */
  z.strictObject({ type: z.literal('notice.remind'), notice }),
  z.strictObject({ type: z.literal('account.pause'), account: name }),
  z.strictObject({ type: z.literal('account.resume'), account: name }),
] as const

export const noticeQueries = [
  /** The newest first. */
  z.strictObject({ type: z.literal('notices'), limit: z.int().min(1).max(1_000).default(50) }),
  /** What waits for the approval of whoever asks: AwaitingRow. */
  z.strictObject({ type: z.literal('notices.awaiting') }),
  /** One notice with its progress: NoticeProgress. */
  z.strictObject({ type: z.literal('notice'), notice }),
  /** What became of each group's copy: NoticeCopyRow. */
  z.strictObject({ type: z.literal('notice.groups'), notice }),
  /** Who has said 收到, by group: ReceiptRow. */
  z.strictObject({ type: z.literal('notice.receipts'), notice }),
  /** How many groups and people it would reach. */
  z.strictObject({ type: z.literal('notice.targets'), targets: targetsSchema }),
  z.strictObject({ type: z.literal('notice.templates') }),
  z.strictObject({ type: z.literal('accounts') }),
] as const
