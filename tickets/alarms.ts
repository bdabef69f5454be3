import type { Category, Urgency } from '../intents/understanding.ts'

/** Alarms of other systems: what each kind and level becomes. tickets/alarms.yaml is what admins edit. */
export interface AlarmRules {
  /** Raised again within so many minutes after its end, it is still the same. */
  readonly quietMinutes: number
  /** From low to high. */
  readonly levels: Readonly<Record<string, AlarmLevel>>
  readonly kinds: Readonly<Record<string, AlarmKind>>
  /** Pieces of what staff read; one with nothing to put in is left out. */
  readonly text: readonly string[]
  readonly devices: Readonly<Record<string, AlarmBinding>>
  /** By the name of the api key. */
  readonly systems: Readonly<Record<string, AlarmBinding>>
}

/** How soon it has to be done. */
export interface AlarmWeight {
  readonly urgency: Urgency
  /** Instead of those of the category. */
  readonly workingDays?: number | undefined
}

export interface AlarmLevel extends AlarmWeight {
  readonly name: string
  /** How platforms say it. */
  readonly also: readonly string[]
}

export interface AlarmKind extends AlarmWeight {
  readonly name: string
  readonly also: readonly string[]
  readonly category: Category
  /** What a level means for this kind. */
  readonly levels: Readonly<Record<string, AlarmWeight>>
  readonly text?: readonly string[] | undefined
}

export interface AlarmBinding {
  readonly place?: string | undefined
  /** Name or id. */
  readonly group?: string | undefined
  /** The group reads one line at the beginning and one at the end. */
  readonly tell: boolean
}

/** What may stand between braces in a text. */
export const alarmWords = ['name', 'level', 'place', 'text', 'value', 'time', 'device'] as const
export type AlarmWord = (typeof alarmWords)[number]

/** The key of what is meant by `said`, whether by its key or as platforms say it. */
export function namedIn(
  table: Readonly<Record<string, { readonly name: string; readonly also: readonly string[] }>>,
  said: string,
): string | undefined {
  const wanted = said.trim().toLowerCase()
  return Object.entries(table).find(
    ([key, { name, also }]) =>
      key === wanted || name.toLowerCase() === wanted || also.some((word) => word.toLowerCase() === wanted),
  )?.[0]
}

/**
 * What the kind says of this level holds; what levels mean in general never makes a kind less urgent, or slower, than
 * it is without one.
 * @param kind a key of `rules.kinds` @param level a key of `rules.levels`
 */
export function weightOf(rules: AlarmRules, kind: string, level: string | undefined): AlarmWeight {
  const known = rules.kinds[kind]
  if (!known) throw new Error(`alarms.yaml has no kind ${kind}`)
  const general = level === undefined ? undefined : rules.levels[level]
  if (level === undefined || !general) return known
  const own = known.levels[level]
  if (own) return own
  const days = [known, general].flatMap(({ workingDays }) => (workingDays === undefined ? [] : [workingDays]))
  return {
    urgency: isMoreUrgent(known.urgency, general.urgency) ? known.urgency : general.urgency,
    ...(days.length > 0 && { workingDays: Math.min(...days) }),
  }
}

/** 0 for none, then one for each level of the file. */
export function rankOfLevel(rules: AlarmRules, level: string | undefined): number {
  return level === undefined ? 0 : Object.keys(rules.levels).indexOf(level) + 1
}

const order: readonly Urgency[] = ['normal', 'high', 'emergency']

export function isMoreUrgent(one: Urgency, other: Urgency): boolean {
  return order.indexOf(one) > order.indexOf(other)
}

/** A device's own binding goes before that of the whole system, part by part. */
export function bindingOf(
  rules: AlarmRules,
  system: string,
  devices: readonly (string | undefined)[],
): AlarmBinding {
  const ofSystem = rules.systems[system]
  const device = devices.find((each) => each !== undefined && Object.hasOwn(rules.devices, each))
  const own = device === undefined ? undefined : rules.devices[device]
  const place = own?.place ?? ofSystem?.place
  const group = own?.group ?? ofSystem?.group
  const { tell = false } = (own?.group === undefined ? ofSystem : own) ?? {}
  return { ...(place !== undefined && { place }), ...(group !== undefined && { group }), tell }
}

/** What staff read. */
export function alarmText(pieces: readonly string[], words: Readonly<Record<AlarmWord, string>>): string {
  const filled = pieces.map((piece) => {
    const wanted = [...piece.matchAll(/\{(\w+)\}/gu)].map(([, word]) => words[word as AlarmWord])
    return wanted.includes('') ? '' : piece.replace(/\{(\w+)\}/gu, (_, word: AlarmWord) => words[word])
  })
  return filled.join('').replace(/】[，、]/u, '】')
}
