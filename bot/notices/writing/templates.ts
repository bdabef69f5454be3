import type { Instant } from '../../ports/chat.ts'
import { NoticeRefusedError } from '../refusal.ts'
import type { NoticeRules } from '../rules.ts'
import { lastMomentIn } from '../times/last-moment.ts'

/** Words with gaps, filled by whoever writes a notice: tickets/notice-templates.yaml is what admins edit. */
export interface NoticeTemplate {
  /** 停水 */
  readonly name: string
  /** What else people call it. */
  readonly also: readonly string[]
  readonly fields: readonly TemplateField[]
  /** {时间} is where that field stands. A line whose field is missing is left out. */
  readonly text: string
  /** The field that says until when it is true. */
  readonly lastsUntil?: string
  readonly receipt?: boolean
  readonly emergency?: boolean
}

/** What a field is recognised by when it is written freely; `words` is whatever else was written. */
export const fieldKinds = ['time', 'place', 'phone', 'words'] as const
export type FieldKind = (typeof fieldKinds)[number]

export interface TemplateField {
  readonly name: string
  readonly kind: FieldKind
  /** Shown to whoever fills it in. */
  readonly example: string
  readonly required: boolean
}

/** @throws NoticeRefusedError unknown-template */
export function templateNamed(templates: readonly NoticeTemplate[], name: string): NoticeTemplate {
  const wanted = name.trim()
  const found =
    templates.find((template) => template.name === wanted) ??
    templates.find((template) => template.also.includes(wanted))
  if (found) return found
  const known = templates.map((template) => template.name)
  throw new NoticeRefusedError(
    { kind: 'unknown-template', name: wanted, known },
    `no template is called ${JSON.stringify(wanted)}; known are: ${known.join(', ')}`,
  )
}

/**
 * @param extra stands below, in the writer's own words
 * @throws NoticeRefusedError missing-fields, unknown-fields
 */
export function fillTemplate(
  template: NoticeTemplate,
  fields: Readonly<Record<string, string>>,
  extra = '',
): string {
  const values = new Map<string, string>()
  for (const [name, value] of Object.entries(fields))
    if (value.trim() !== '') values.set(name, oneLine(value))
  assertFields(template, values, Object.keys(fields))
  const lines = template.text
    .split('\n')
    .filter((line) => gapsOf(line).every((gap) => values.has(gap)))
    .map((line) => line.replaceAll(gapPattern, (_, name: string) => values.get(name) ?? ''))
  return [lines.join('\n').trim(), extra.trim()].filter((part) => part !== '').join('\n')
}

function assertFields(
  template: NoticeTemplate,
  values: ReadonlyMap<string, string>,
  given: readonly string[],
): void {
  const known = template.fields.map(({ name }) => name)
  const unknown = given.filter((name) => !known.includes(name))
  if (unknown.length > 0)
    throw new NoticeRefusedError(
      { kind: 'unknown-fields', template: template.name, fields: unknown },
      `the template ${template.name} has no ${unknown.join(', ')}; its fields are: ${known.join(', ')}`,
    )
  const missing = template.fields.filter(({ name, required }) => required && !values.has(name))
  if (missing.length > 0)
    throw new NoticeRefusedError(
      { kind: 'missing-fields', template: template.name, fields: missing.map(({ name }) => name) },
      `the template ${template.name} needs ${missing.map(({ name, example }) => `${name} (${example})`).join(', ')}`,
    )
}

const gapPattern = /\{([^{}]+)\}/gu

/** Names of the gaps of a text, in the order in which they stand. */
export function gapsOf(text: string): readonly string[] {
  return [...text.matchAll(gapPattern)].map(([, name = '']) => name)
}

function oneLine(value: string): string {
  return value.trim().replace(/\s*\n\s*/gu, ' ')
}

/**
 * The end of what the template tells of, where one of its fields says so: what stands in other lines does not count then.
 *
 * @param said from when 今天 and 明早 are counted
 */
export function endOfField(
  { lastsUntil }: NoticeTemplate,
  fields: Readonly<Record<string, string>>,
  said: Instant,
  { partsOfDay }: Pick<NoticeRules, 'partsOfDay'>,
): Instant | undefined {
  const words = lastsUntil === undefined ? undefined : fields[lastsUntil]
  return words === undefined ? undefined : lastMomentIn(words, said, partsOfDay)
}
