import { z } from 'zod'

/** The written questions of the quiz, as people edit them in quiz-questions.yaml. */

export interface KnowledgeQuestion {
  readonly question: string
  readonly choices: readonly string[]
  /** 0 to 3. */
  readonly answer: number
  /** Without a full stop at its end. */
  readonly why: string
  /** Asked in this city only. */
  readonly region?: string
  /** Not asked in these cities. */
  readonly except: readonly string[]
}

const letters = ['A', 'B', 'C', 'D'] as const

const words = (most: number) =>
  z
    .string({ error: `expected a text of at most ${most} characters` })
    .trim()
    .min(2, 'expected at least 2 characters')
    .max(most, `expected at most ${most} characters: it is read on a phone`)

const questionSchema = z
  .strictObject({
    question: words(50),
    /** Two characters and more: a single one cannot be told from talk. */
    choices: z.array(words(16)).length(4, 'expected four choices'),
    answer: z.enum(letters, { error: 'expected the letter of the right choice: A, B, C or D' }),
    why: words(80).refine((why) => !/[。.!！]$/u.test(why), 'expected no full stop at the end: it is added'),
    region: z.string().min(1).optional(),
    except: z.array(z.string().min(1)).default([]),
  })
  .refine(({ choices }) => new Set(choices).size === choices.length, {
    message: 'expected four different choices',
    path: ['choices'],
  })

export const quizQuestionsFile = z
  .array(questionSchema, { error: 'expected a list of questions' })
  .min(1, 'expected at least one question')
  .superRefine((questions, context) => {
    const seen = new Set<string>()
    for (const [index, { question }] of questions.entries()) {
      const message = `expected every question once, but this one stands above already: ${question}`
      if (seen.has(question)) context.addIssue({ code: 'custom', path: [index, 'question'], message })
      seen.add(question)
    }
  })
  .transform((questions) =>
    questions.map(({ answer, region, ...rest }): KnowledgeQuestion => {
      return { ...rest, answer: letters.indexOf(answer), ...(region !== undefined && { region }) }
    }),
  )

/** Those that are right in this city; without a city those that are right everywhere. */
export function questionsOf(
  questions: readonly KnowledgeQuestion[],
  city: string | undefined,
): readonly KnowledgeQuestion[] {
  const name = city?.replace(/市$/u, '')
  return questions.filter(({ region, except }) =>
    region === undefined ? name === undefined || !except.includes(name) : region === name,
  )
}
