import { z } from 'zod'
import { intents } from '../../intents/understanding.ts'

/** The words of bot/learning/correction-words.yaml: what staff call things when they correct the bot. */

const words = z.array(z.string().trim().min(1)).min(1)
const kind = z.strictObject({ name: z.string().trim().min(1), words })

const schema = z.strictObject({
  /** Every intent: what the bot calls it, and what staff may. */
  kinds: z.record(z.enum(intents), kind),
  place: words,
  wrongAnswer: words,
})
export type CorrectionWords = z.infer<typeof schema>

/** @throws Error naming the file and each mistake */
export function parseCorrectionWords(value: unknown): CorrectionWords {
  const parsed = schema.safeParse(value)
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    throw new Error(`bot/learning/correction-words.yaml: ${faults.join('; ')}`)
  }
  const twice = repeatedWord(parsed.data)
  if (twice !== undefined)
    throw new Error(`bot/learning/correction-words.yaml: ${twice} stands there twice: leave it in one place`)
  return parsed.data
}

/** A word with two meanings would silently have the first. */
function repeatedWord({ kinds, place, wrongAnswer }: CorrectionWords): string | undefined {
  const all = [...Object.values(kinds).flatMap((each) => each.words), ...place, ...wrongAnswer]
  return all.find((word, index) => all.indexOf(word) !== index)
}
