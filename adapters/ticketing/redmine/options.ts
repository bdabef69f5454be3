import { z } from 'zod'
import { urgencies } from '../../../intents/understanding.ts'

/** How one Redmine is set up; see docs/operator.md, "Redmine". Statuses are named as Redmine names them. */

const word = z.string().trim().min(1)

export const redmineOptionsSchema = z.strictObject({
  /** As tickets/forwarding.yaml calls it. */
  name: word.default('redmine'),
  /** Where it answers, with the path if it lies under one: https://tickets.example.org/redmine */
  url: z
    .url({ protocol: /^https?$/u, error: 'expected an address such as https://tickets.example.org/redmine' })
    .refine((url) => !/^https?:\/\/[^/]*@/iu.test(url), 'expected an address without user and password')
    .transform((url) => url.replace(/\/+$/u, '')),
  /** API key of an account that may see, add and edit issues of the project; it need not be an administrator. */
  key: z.string().regex(/^[\x21-\x7e]+$/u, 'expected the API key as Redmine shows it, without spaces'),
  /** Identifier, as in its address: xingfu */
  project: z.string().regex(/^[a-z0-9_-]+$/u, 'expected the identifier of the project, as in its address'),
  /** Name or id. */
  tracker: z.union([word, z.int().positive()]),
  /** Urgency → name of a priority; what is absent gets Redmine's default. Set at creation only. */
  priorityByUrgency: z.partialRecord(z.enum(urgencies), word).optional(),
  /** Name or id of the text field that holds our number. Without one the subject alone has it. */
  customField: z.union([word, z.int().positive()]).optional(),
  statuses: z.strictObject({
    open: word,
    handling: word,
    done: word,
    closed: word,
    declined: word,
    /** `handling` when absent. */
    on_hold: word.optional(),
    /** `declined` when absent. */
    withdrawn: word.optional(),
  }),
  /** What their other statuses mean to us: { 反馈: handling }. */
  states: z.record(word, z.enum(['open', 'handling', 'done', 'declined'])).default({}),
  /** For one request, in ms. A create that is only slow must not be taken for one that failed. */
  timeout: z.int().min(100).max(300_000).default(30_000),
})

/** As written in the configuration. */
export type RedmineOptions = z.input<typeof redmineOptionsSchema>
/** Checked, with its defaults. */
export type RedmineSettings = z.output<typeof redmineOptionsSchema>

/** @throws Error with everything that is wrong; never with the key */
export function readOptions(options: RedmineOptions): RedmineSettings {
  const checked = redmineOptionsSchema.safeParse(options)
  if (checked.success) return checked.data
  throw new Error(`the settings of Redmine: ${z.prettifyError(checked.error)}`)
}
