/** What the model is asked to fill in. Absent is null here: structured outputs know no optional fields. */
import { z } from 'zod'
import type { ModelUnderstanding } from '../../bot/ports/model.ts'
import { categories, intents, urgencies } from '../../intents/understanding.ts'

export const understandingShape = z.object({
  intent: z.enum(intents),
  category: z.enum(categories).nullable(),
  urgency: z.enum(urgencies),
  // Without bounds: not every server knows them in a schema. toUnderstanding checks.
  confidence: z.number(),
})

export const composedShape = z.object({
  /** null: the passages do not answer the question. */
  answer: z.string().nullable(),
})

/** @returns undefined when the values make no sense together */
export function toUnderstanding(answer: z.infer<typeof understandingShape>): ModelUnderstanding | undefined {
  const { intent, category, urgency, confidence } = answer
  if (!(confidence >= 0 && confidence <= 1)) return undefined
  if (urgency === 'emergency' && intent !== 'complaint') return undefined
  return { intent, urgency, confidence, ...(intent === 'complaint' && category !== null && { category }) }
}
