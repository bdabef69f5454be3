import { z } from 'zod'
import type { Action } from '../../bot/replay/actions.ts'

/** What a transcript must lead to, one promise a line; the words are explained in README.md beside this file. */

const pattern = z.looseObject({ type: z.string().optional() })
export const expectationSchema = z.union([
  z.strictObject({
    say: z.string().min(8),
    /** Default 1. */
    times: z.int().min(1).optional(),
    within: z.strictObject({ line: z.int().min(1), seconds: z.number().min(0) }).optional(),
    action: pattern,
  }),
  z.strictObject({ say: z.string().min(8), never: pattern }),
  z.strictObject({ say: z.string().min(8), silent: z.array(z.int().min(1)).min(1) }),
  z.strictObject({ say: z.string().min(8), order: z.array(pattern).min(2) }),
])
export type Expectation = z.infer<typeof expectationSchema>

type Lines = readonly { readonly at: string }[]

/** What is wrong, in words; nothing when the promise was kept. */
export function differences(
  wanted: Expectation,
  actions: readonly Action[],
  lines: Lines,
): readonly string[] {
  if ('never' in wanted) return actions.filter((action) => fits(action, wanted.never)).map(shown)
  if ('silent' in wanted) return notSilent(wanted.silent, actions)
  if ('order' in wanted) return outOfOrder(wanted.order, actions)
  const { action: sought, times = 1, within } = wanted
  const found = actions.filter((action) => fits(action, sought) && isSoon(action, within, lines))
  if (found.length === times) return []
  const instead = found.length > 0 ? found : actions.filter((action) => action['type'] === sought['type'])
  return [`expected ${times}, found ${found.length} of ${JSON.stringify(sought)}`, ...instead.map(shown)]
}

function notSilent(wanted: readonly number[], actions: readonly Action[]): string[] {
  const silent = new Set(actions.filter(({ type }) => type === 'silence').map(({ line }) => line))
  return wanted.filter((line) => !silent.has(line)).map((line) => `line ${line} led to something`)
}

function outOfOrder(wanted: readonly object[], actions: readonly Action[]): string[] {
  let from = 0
  for (const sought of wanted) {
    const at = actions.findIndex((action, index) => index >= from && fits(action, sought))
    if (at < 0) return [`after action ${from} nothing fits ${JSON.stringify(sought)}`, ...actions.map(shown)]
    from = at + 1
  }
  return []
}

function isSoon(
  action: Action,
  within: { readonly line: number; readonly seconds: number } | undefined,
  lines: Lines,
): boolean {
  if (!within) return true
  const passed = Date.parse(String(action['at'])) - Date.parse(lines[within.line - 1]?.at ?? '')
  return passed >= 0 && passed <= within.seconds * 1000
}

/** Every named field agrees; "/…/" is a regular expression, everything else must be equal. */
function fits(action: Action, sought: object): boolean {
  return Object.entries(sought).every(([field, wanted]) => {
    const expression = typeof wanted === 'string' ? /^\/(.+)\/(s?)$/s.exec(wanted) : null
    const found = action[field]
    if (expression) return new RegExp(expression[1] ?? '', `u${expression[2] ?? ''}`).test(String(found))
    return JSON.stringify(found) === JSON.stringify(wanted)
  })
}

function shown(action: Action): string {
  return JSON.stringify(action)
}
