import { z } from 'zod'
import { attachmentSchema, targetsSchema } from '../../../bot/doors/notices/notice-commands.ts'
import { noticeStates } from '../../../bot/notices/notice.ts'

/** What is posted about notices, and what is answered. */

const moment = (what: string) =>
  z.iso
    .datetime({ offset: true, error: 'a time with its offset, for example 2026-11-20T08:30:00+08:00' })
    .describe(what)

const instant = z.iso.datetime({ offset: true })

const keptFile = attachmentSchema.extend({
  name: attachmentSchema.shape.name.describe('As whoever gets it sees it'),
  file: z
    .string()
    .regex(/^[0-9a-f]{64}\.[a-z]{3,4}$/u, '`file` of the answer of POST /api/v1/attachments')
    .describe('Its name here: the hash of its content'),
})

const written = {
  text: z
    .string()
    .max(20_000)
    .optional()
    .describe('As the groups read it; with a template: what stands below it'),
  template: z.string().trim().min(1).max(40).optional().describe('One of GET /notices/templates'),
  fields: z.record(z.string().max(20), z.string().max(200)).optional().describe('Of the template, by name'),
  attachment: keptFile.optional().describe('The answer of POST /attachments'),
  emergency: z
    .boolean()
    .optional()
    .describe('Passes the quiet hours and goes first; as a rule somebody has to approve'),
  receipt: z.boolean().optional().describe('收到请回复: who has read it is counted'),
  sendAt: moment('Not before it; left out: at once').optional(),
  expiresAt: moment('Not after it; left out: as the rules of the house say').optional(),
  repeat: z
    .strictObject({
      cron: z
        .string()
        .min(9)
        .max(60)
        .describe('minute, hour, day of month, month, day of week; Asia/Shanghai'),
      words: z.string().trim().min(1).max(40).describe('The same for people: 每周一 08:30'),
      workingDaysOnly: z.boolean().default(false),
      until: moment('The last time at which it may begin').optional(),
    })
    .optional()
    .describe('Again and again; each time makes a notice of its own'),
}

const targets = targetsSchema.describe(
  'Groups at or below these places that have one of these tags, and these groups, without those of except; by name or id',
)

const evenIfAlike = z
  .boolean()
  .default(false)
  .describe('Submit it also when nearly the same was just sent to some of its groups')

export const postedNotice = z.strictObject({
  ...written,
  targets,
  submit: z.boolean().default(false).describe('Send it, too, as far as the rules let it'),
  evenIfAlike,
})
export type PostedNotice = z.output<typeof postedNotice>

export const patchedNotice = z
  .strictObject({ ...written, targets: targets.optional() })
  .refine((change) => Object.keys(change).length > 0, 'expected what is to be different, but nothing came')
export type PatchedNotice = z.output<typeof patchedNotice>

const submitAtOnce = z.boolean().default(false).describe('Send it at once, as far as the rules let it')
export const postedCorrection = z.strictObject({
  text: z
    .string('what is right now; it is missing, or no text')
    .max(20_000)
    .describe('What is right now; the beginning of the first notice is quoted before it'),
  submit: submitAtOnce,
})
export const postedRetraction = z.strictObject({
  text: z
    .string()
    .max(20_000)
    .optional()
    .describe('Why; left out, the notice says itself that the first one is void'),
  submit: submitAtOnce,
})

export const postedTargets = z.strictObject({ targets })

const number = z.string().describe('The number of a notice: N12')
const state = z.enum(noticeStates)
const count = z.int().min(0)

export const approvalReasons = ['groups', 'template', 'hours', 'emergency', 'repeated'] as const

export const writtenSchema = z.strictObject({
  notice: number,
  state,
  text: z.string().describe('As the groups will read it'),
  targets: z.string().describe('In words'),
  groups: count,
  people: count.describe('About; whoever is in two groups counts twice'),
  minutes: count.describe('How long sending takes, about'),
  beginsAt: instant,
  expiresAt: instant,
  approval: z.array(z.enum(approvalReasons)).describe('Why somebody has to approve; empty: nobody has to'),
  approvers: count.nullable().describe('How many people were asked to approve; null when nobody was'),
  attachment: z.string().nullable(),
  alike: z
    .strictObject({ notice: number.nullable().describe('null: of somebody else') })
    .nullable()
    .describe('Nearly the same was just written for some of these groups'),
})

export const movedSchema = z.strictObject({
  notice: number,
  state,
  groups: count,
  beginsAt: instant.optional(),
  approvers: count.optional().describe('How many people were asked to approve'),
})

const listed = {
  notice: number,
  state,
  text: z.string(),
  targets: z.string().describe('In words'),
  groups: count,
  writtenAt: instant,
  sendAt: instant.nullable(),
  startedAt: instant.nullable(),
  endedAt: instant.nullable(),
  expiresAt: instant,
  emergency: z.boolean(),
  receipt: z.boolean(),
  approved: z.boolean().describe('Somebody has approved it'),
  attachment: z.string().nullable(),
  repeat: z.string().nullable(),
  follows: z.string().nullable().describe('correction N12, retraction N12'),
  series: number.nullable().describe('The repeated notice it was made by'),
}
export const listSchema = z.strictObject({ notices: z.array(z.strictObject(listed)) })

export const copyStates = [
  'queued',
  'sending',
  'sent',
  'confirmed',
  'unconfirmed',
  'failed',
  'skipped',
] as const
const copyState = z.enum(copyStates)

export const progressSchema = z.strictObject({
  ...listed,
  copies: z
    .strictObject(
      Object.fromEntries(copyStates.map((each) => [each, count])) as Record<
        (typeof copyStates)[number],
        typeof count
      >,
    )
    .describe('Groups by what became of their copy; all 0 before it has begun'),
  remainingSeconds: count.describe('Until the last one has gone out, by the gaps alone'),
  history: z.array(z.strictObject({ at: instant, event: z.string(), note: z.string().optional() })),
})

export const groupsSchema = z.strictObject({
  groups: z.array(
    z.strictObject({
      group: z.string().describe('Its id'),
      name: z.string(),
      state: copyState,
      reason: z.string().nullable().describe('Why it failed or was skipped'),
      at: instant.nullable(),
    }),
  ),
})

export const receiptsSchema = z.strictObject({
  read: count.describe('How many have said 收到, in all groups'),
  groups: z.array(
    z.strictObject({
      group: z.string().describe('Its id'),
      name: z.string(),
      members: count.nullable().describe('People in it, as last seen; null: nobody has looked yet'),
      read: count,
    }),
  ),
})

export const targetsAnswer = z.strictObject({
  targets: z.string().describe('In words'),
  groups: count,
  people: count,
  minutes: count,
  names: z.array(z.string()).describe('Of the groups'),
})

export const templatesSchema = z.strictObject({
  templates: z.array(
    z.strictObject({
      name: z.string(),
      also: z.array(z.string()).describe('What else it is called'),
      text: z.string().describe('{时间} is where that field stands; a line without its field is left out'),
      fields: z.array(
        z.strictObject({
          name: z.string(),
          kind: z.enum(['time', 'place', 'phone', 'words']),
          example: z.string(),
          required: z.boolean(),
        }),
      ),
      receipt: z.boolean(),
      emergency: z.boolean(),
    }),
  ),
})

export const keptSchema = keptFile
