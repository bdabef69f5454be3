import { z } from 'zod'

/** The words around the thing in a question; carriers.yaml says what each list is for. */

const list = z.array(z.string().min(1))

export const carriersFile = z
  .strictObject({
    before: list,
    inside: list,
    after: list,
    states_before: list,
    states_after: list,
    measure: list,
    words: z.record(z.string(), z.string()),
    asking: list,
    same_state: z.array(list),
    talk: z.string().min(1),
  })
  .superRefine(({ words, asking }, context) => {
    for (const template of asking) {
      const problem = problemOf(template, words)
      if (problem) context.addIssue({ code: 'custom', path: ['asking'], message: `${template}: ${problem}` })
    }
  })

  .transform(({ states_before, states_after, same_state, words, asking, talk, ...carriers }) => ({
    ...carriers,
    statesBefore: states_before,
    statesAfter: states_after,
    sameState: same_state,
    talk: new RegExp(`[${talk}]`, 'u'),
    asking: asking.map((template) => new RegExp(expand(template, words), 'ug')),
  }))

export type Carriers = z.output<typeof carriersFile>

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
