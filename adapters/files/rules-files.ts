import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { emergencySigns } from '../../intents/emergencies.ts'
import type { Rules } from '../../intents/rules.ts'
import { categories } from '../../intents/understanding.ts'

/** Patterns separated by white space: a block of a rule file as people edit it. */
const templates = z.string().transform((block) => block.split(/\s+/).filter(Boolean))
const patterns = templates.superRefine((sources, context) => {
  for (const source of sources) {
    const problem = problemOf(source)
    if (problem)
      context.addIssue({ code: 'custom', message: `"${source}" is no regular expression: ${problem}` })
  }
})
const talk = z.strictObject({ sure: patterns, likely: patterns.default([]) })
const weighed = z.strictObject({
  sure: patterns.optional(),
  rightAfter: patterns.optional(),
  alone: patterns.optional(),
})
const groups = z.record(z.string(), patterns)
const share = z.number().min(0).max(1)
const evidence = z.strictObject({
  least: share,
  all: z.array(z.array(z.string()).min(1)).min(1),
  none: z.array(z.string()),
  sure: share,
  sureNeeds: z.array(z.string()),
  never: z.array(z.string()),
  vetoes: z.array(z.strictObject({ when: z.array(z.string()).min(1), but: z.array(z.string()) })).default([]),
})

const schemas = {
  signs: groups,
  topics: z.record(z.enum(categories), groups),
  emergencies: z.strictObject({
    words: groups,
    kinds: z.strictObject({
      despair: templates,
      electric: templates,
      fire: templates,
      gas: templates,
      drowning: templates,
      collapse: templates,
      violence: templates,
      trapped: templates,
      medical: templates,
      falling: templates,
      missing: templates,
    }),
    vetoes: z.strictObject({ hard: groups, soft: groups }),
    pressing: patterns,
  }),
  places: z.strictObject({
    building: patterns,
    unit: patterns,
    floor: patterns,
    room: patterns,
    road: patterns,
    'not-road': patterns,
    'road-part': patterns,
    landmark: patterns,
    inside: patterns,
  }),
  ticketTalk: z.strictObject({
    withdraw: talk,
    unsatisfied: talk,
    satisfied: talk,
    amend: talk,
    urge: talk,
    progress: talk,
    answer: z.strictObject({
      not: patterns,
      unsatisfied: weighed,
      later: weighed,
      satisfied: weighed.extend({ around: patterns }),
      doubtful: weighed,
    }),
    own: z.strictObject({ withdraw: patterns, amend: patterns, urge: patterns, progress: patterns }),
  }),
  quiz: z.strictObject({ sure: patterns, unless: patterns }),
  evidence: z.strictObject({
    foreign: share,
    foreignHere: share,
    doubtful: share,
    bought: z.array(z.string()),
    here: z.array(z.string()),
    policy: evidence,
    complaint: evidence,
    garbage: evidence,
    quiz: evidence,
    ticket: evidence,
  }),
}

export class RulesError extends Error {
  override readonly name = 'RulesError'
  readonly code = 'rules.unreadable'
}

/** Reads and checks the folder intents/rules. Throws RulesError naming the file and everything wrong in it. */
export async function readRules(folder: string): Promise<Rules> {
  const read = async <T>(file: string, schema: z.ZodType<T>): Promise<T> => {
    const path = join(folder, file)
    const checked = schema.safeParse(parse(await readFile(path, 'utf8')))
    if (checked.success) return checked.data
    throw new RulesError(`${path}: ${z.prettifyError(checked.error)}`)
  }
  const [signs, topics, emergencies, places, ticketTalk, quiz, evidenceRules] = await Promise.all([
    read('signs.yaml', schemas.signs),
    read('topics.yaml', schemas.topics),
    read('emergencies.yaml', schemas.emergencies),
    read('places.yaml', schemas.places),
    read('ticket-talk.yaml', schemas.ticketTalk),
    read('quiz.yaml', schemas.quiz),
    read('evidence.yaml', schemas.evidence),
  ])
  return {
    signs: { ...signs, ...topicSigns(topics), ...emergencySigns(emergencies) },
    emergencies,
    places,
    ticketTalk,
    quiz,
    evidence: evidenceRules,
  }
}

/** Every sub-topic becomes a sign of its own: utilities-water. */
function topicSigns(
  topics: Readonly<Record<string, Readonly<Record<string, string[]>>>>,
): Record<string, string[]> {
  const named = Object.entries(topics).flatMap(([category, groupsOf]) =>
    Object.entries(groupsOf).map(([name, words]) => [`${category}-${name}`, words] as const),
  )
  return Object.fromEntries(named)
}

function problemOf(source: string): string | undefined {
  try {
    new RegExp(source, 'u')
    return undefined
  } catch (error) {
    if (error instanceof SyntaxError) return error.message
    throw error
  }
}
