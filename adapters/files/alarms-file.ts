import { z } from 'zod'
import { categories, urgencies } from '../../intents/understanding.ts'
import { type AlarmRules, alarmWords } from '../../tickets/alarms.ts'
import { readSettings } from './settings-file.ts'

const words = z.string().trim().min(1).max(80)
const key = z.string().regex(/^[a-z0-9][a-z0-9.-]{0,39}$/u, 'a name of small letters, digits and dashes')

const pieces = z
  .array(
    z
      .string()
      .min(1)
      .max(200)
      .refine(
        (piece) => [...piece.matchAll(/\{([^}]*)\}/gu)].every(([, word]) => isAlarmWord(word)),
        `between braces only ${alarmWords.join(', ')}`,
      ),
  )
  .min(1, 'at least one piece')

const weight = {
  urgency: z.enum(urgencies),
  workingDays: z.int().min(1).max(60).optional(),
}

const binding = z
  .strictObject({ place: words.optional(), group: words.optional(), tell: z.boolean().default(false) })
  .refine(({ group, tell }) => !tell || group !== undefined, 'tell: true needs the group that is told')

const alarmsSchema: z.ZodType<AlarmRules> = z
  .strictObject({
    quietMinutes: z.number().min(0).max(1440).default(10),
    levels: z.record(key, z.strictObject({ name: words, also: z.array(words).default([]), ...weight })),
    text: pieces,
    kinds: z.record(
      key,
      z.strictObject({
        ...{ name: words, also: z.array(words).default([]), category: z.enum(categories) },
        ...{ ...weight, urgency: weight.urgency.default('normal') },
        levels: z.record(key, z.strictObject(weight)).default({}),
        text: pieces.optional(),
      }),
    ),
    devices: z.record(words, binding).default({}),
    systems: z.record(words, binding).default({}),
  })
  .superRefine(({ kinds, levels }, context) => {
    for (const [kind, { levels: own }] of Object.entries(kinds))
      for (const level of Object.keys(own))
        if (!Object.hasOwn(levels, level))
          context.addIssue({
            code: 'custom',
            path: ['kinds', kind, 'levels', level],
            message: `no such level: known are ${Object.keys(levels).join(', ')}`,
          })
    for (const [name, table] of Object.entries({ kinds, levels }))
      for (const [word, keys] of saidBy(table))
        if (keys.length > 1)
          context.addIssue({
            code: 'custom',
            path: [name],
            message: `${word} is meant by ${keys.join(' and ')}: leave it with one of them`,
          })
  })

/** @throws SettingsError */
export function readAlarms(root: string, dataFolder: string | undefined): Promise<AlarmRules> {
  return readSettings(root, dataFolder, 'alarms', alarmsSchema)
}

function isAlarmWord(word: string | undefined): boolean {
  return (alarmWords as readonly (string | undefined)[]).includes(word)
}

/** Each word that means an entry, with the keys of all whom it means. */
function saidBy(
  table: Readonly<Record<string, { readonly name: string; readonly also: readonly string[] }>>,
): Map<string, string[]> {
  const said = new Map<string, string[]>()
  for (const [own, { name, also }] of Object.entries(table))
    for (const word of new Set([own, name, ...also].map((each) => each.toLowerCase())))
      said.set(word, [...(said.get(word) ?? []), own])
  return said
}
