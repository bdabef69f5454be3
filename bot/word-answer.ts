import { maskPersonalData } from '../intents/personal-data.ts'
import type { Passage } from '../knowledge/answer.ts'
import { answerText, attribution } from '../knowledge/answer-text.ts'
import { localDate } from '../tickets/shanghai-time.ts'
import type { Situation } from './situation.ts'

/**
 * The passage as an answer with its source. A model server may word the body, out of this passage only and
 * checked by the adapter; the source below it is always ours. Without one the passage itself is quoted.
 */
export async function wordAnswer({ house, text, now }: Situation, passage: Passage): Promise<string> {
  const today = localDate(now)
  const { title, heading } = passage
  const worded = await house.model?.compose(maskPersonalData(text), [{ title, heading, text: passage.text }])
  return worded ? `${worded}\n${attribution(passage, today)}` : answerText(passage, text, today)
}
