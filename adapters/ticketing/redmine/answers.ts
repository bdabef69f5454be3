import { z } from 'zod'

/** What Redmine answers, as far as it is read. Made from the answers of Redmine 5.0; other fields are left alone. */

const named = z.object({ id: z.int(), name: z.string() })

const customValue = z.object({
  id: z.int(),
  name: z.string(),
  // a field with several values answers with a list, one that was never filled with null or nothing
  value: z.union([z.string(), z.array(z.string())]).nullish(),
})

const journal = z.object({
  notes: z.string().nullish(),
  private_notes: z.boolean().default(false),
  created_on: z.string().default(''),
  details: z.array(z.object({ property: z.string(), name: z.string() })).default([]),
})

const issue = z.object({
  id: z.int().positive(),
  status: named,
  tracker: named,
  subject: z.string(),
  description: z.string().nullish(),
  due_date: z.string().nullish(),
  custom_fields: z.array(customValue).default([]),
  updated_on: z.string().nullish(),
  journals: z.array(journal).default([]),
  /** Where the workflow lets this account go from here; since Redmine 5.0. */
  allowed_statuses: z.array(named).optional(),
})

export type Issue = z.output<typeof issue>

export const issueAnswer = z.object({ issue })
export const createdAnswer = z.object({ issue: z.object({ id: z.int().positive() }) })
export const issuesAnswer = z.object({ issues: z.array(issue) })
export const statusesAnswer = z.object({ issue_statuses: z.array(named) })
export const trackersAnswer = z.object({ trackers: z.array(named) })
export const prioritiesAnswer = z.object({ issue_priorities: z.array(named) })
export const customFieldsAnswer = z.object({
  custom_fields: z.array(named.extend({ customized_type: z.string() })),
})
export const projectAnswer = z.object({
  project: z.object({ issue_custom_fields: z.array(named).default([]) }),
})
export const errorsAnswer = z.object({ errors: z.array(z.string()) })
