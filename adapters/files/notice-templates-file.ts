import { z } from 'zod'
import { fieldKinds, gapsOf, type NoticeTemplate } from '../../bot/notices/writing/templates.ts'
import { readSettings } from './settings-file.ts'

const name = z
  .string()
  .trim()
  .min(1)
  .max(20)
  .regex(/^[^\s{}【】]+$/u, 'a name without spaces and braces')

const field = z.strictObject({
  name,
  kind: z.enum(fieldKinds).default('words'),
  example: z.string().trim().min(1).max(60),
  required: z.boolean().default(false),
})

const template = z
  .strictObject({
    name,
    also: z.array(name).max(20).default([]),
    fields: z.array(field).max(12),
    text: z.string().trim().min(1).max(600),
    lastsUntil: name.exactOptional(),
    receipt: z.boolean().exactOptional(),
    emergency: z.boolean().exactOptional(),
  })
  .check(({ value, issues }) => {
    const complain = (message: string) => {
      issues.push({ code: 'custom', input: value, message: `${value.name}: ${message}` })
    }
    const known = value.fields.map((each) => each.name)
    const gaps = gapsOf(value.text)
    for (const each of twice(known)) complain(`the field ${each} is there twice`)
    for (const gap of new Set(gaps))
      if (!known.includes(gap)) complain(`{${gap}} is no field: name it in fields`)
    for (const each of known) if (!gaps.includes(each)) complain(`{${each}} stands nowhere in the text`)
    if (value.lastsUntil !== undefined && !known.includes(value.lastsUntil))
      complain(`lastsUntil: expected one of its fields (${known.join(', ')}), found ${value.lastsUntil}`)
  })

const templatesSchema: z.ZodType<readonly NoticeTemplate[]> = z
  .strictObject({ templates: z.array(template).max(200) })
  .check(({ value, issues }) => {
    const names = value.templates.flatMap((each) => [each.name, ...each.also])
    for (const each of twice(names))
      issues.push({ code: 'custom', input: value, message: `two templates are called ${each}` })
  })
  .transform(({ templates }) => templates)

function twice(names: readonly string[]): readonly string[] {
  return [...new Set(names.filter((each, at) => names.indexOf(each) !== at))]
}

/** @throws SettingsError */
export function readNoticeTemplates(
  root: string,
  dataFolder: string | undefined,
): Promise<readonly NoticeTemplate[]> {
  return readSettings(root, dataFolder, 'notice-templates', templatesSchema)
}
