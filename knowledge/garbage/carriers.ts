import { z } from 'zod'
import { wordList } from './word-list.ts'

/** The words around the thing in a question; carriers.yaml says what each list is for. */
/** A regular expression in its own words. */
const pattern = z
  .string()
  .min(1)
  .refine((source) => problemOf(source, {}) === undefined, 'expected a regular expression')
  .transform((source) => new RegExp(source, 'u'))

export const carriersFile = z
  .strictObject({
    before: wordList,
    holding: wordList,
    inside: wordList,
    after: wordList,
    measure: wordList,
    words: z.record(z.string(), z.string()),
    asking: z.array(z.string().min(1)),
    talk: z.string().min(1),
    lost: pattern,
    scolded: pattern,
    nothing: z.string().min(1),
  })
  .superRefine(({ words, asking, nothing }, context) => {
    for (const template of asking) {
      const problem = problemOf(template, words)
      if (problem) context.addIssue({ code: 'custom', path: ['asking'], message: `${template}: ${problem}` })
    }
    const problem = problemOf(oneLine(nothing), {})
    if (problem) context.addIssue({ code: 'custom', path: ['nothing'], message: problem })
  })
  .transform(({ words, asking, talk, nothing, ...carriers }) => ({
    ...carriers,
    talk: new RegExp(`[${talk}]`, 'u'),
    /** What is asked about is nobody's rubbish: 我老公, 这部电影. */
    nothing: new RegExp(oneLine(nothing), 'u'),
    asking: asking.map((template) => new RegExp(expand(template, words), 'ug')),
  }))

export type Carriers = z.output<typeof carriersFile>

/** A long pattern goes over several lines, broken before or after a bar. */
function oneLine(pattern: string): string {
  return pattern.replace(/\|?\s+\|?/gu, '|')
}

function expand(template: string, words: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/gu, (_, name: string) => `(?:${words[name] ?? ''})`)
}

function problemOf(template: string, words: Readonly<Record<string, string>>): string | undefined {
  const unknown = [...template.matchAll(/\{(\w+)\}/gu)].find(([, name = '']) => !(name in words))
  if (unknown) return `expected {${Object.keys(words).join('}, {')}}, but ${unknown[0]} came`
  try {
    return new RegExp(expand(template, words), 'u').test('') ? 'matches the empty text' : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return error.message
    throw error
  }
}
