/** The prompts of prompts.yaml, checked at start, and filled without ever reading data as a prompt. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { projectRoot } from '../files/project-root.ts'

const placeholders = { understand: ['text'], compose: ['question', 'passages'] } as const

const promptShape = z.strictObject({ system: z.string().min(1), user: z.string().min(1) })
const promptsShape = z.strictObject({ understand: promptShape, compose: promptShape })

type Prompt = z.infer<typeof promptShape>
export type Prompts = z.infer<typeof promptsShape>

export class PromptsError extends Error {
  readonly code = 'prompts'

  constructor(faults: readonly string[]) {
    super(`adapters/llm/prompts.yaml: ${faults.join('; ')}`)
    this.name = 'PromptsError'
  }
}

/** The file as it is shipped, the same for sources and for dist/. */
export function readPrompts(): string {
  return readFileSync(join(projectRoot(), 'adapters/llm/prompts.yaml'), 'utf8')
}

/** @throws PromptsError naming everything that is wrong */
export function parsePrompts(yaml: string): Prompts {
  const parsed = promptsShape.safeParse(parse(yaml))
  if (!parsed.success)
    throw new PromptsError(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`))
  const faults = Object.entries(placeholders).flatMap(([name, words]) =>
    faultsOf(name, parsed.data[name as keyof Prompts], words),
  )
  if (faults.length > 0) throw new PromptsError(faults)
  return parsed.data
}

/** One pass: a {word} inside a value stays as it is. */
export function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, word: string) => values[word] ?? whole)
}

function faultsOf(name: string, { system, user }: Prompt, words: readonly string[]): string[] {
  const unfenced = words.filter((word) => !new RegExp(`<([^<>/]+)>\\s*\\{${word}\\}\\s*</\\1>`).test(user))
  return [
    ...unfenced.map((word) => `${name}.user needs {${word}} between <tag> and </tag>`),
    ...(/json/i.test(system) ? [] : [`${name}.system must say that the answer is JSON`]),
  ]
}
