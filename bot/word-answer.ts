import { maskPersonalData } from '../intents/personal-data.ts'
import type { Passage } from '../knowledge/answer.ts'
import { answerText, attribution } from '../knowledge/answer-text.ts'
import { localDate } from '../tickets/shanghai-time.ts'
import { isStaffAnswer } from './questions/staff-knowledge.ts'
import type { Situation } from './situation.ts'

/** In characters; what is as short as this is best said in the words of its office, and costs no call. */
const shortEnough = 150

/**
 * The passage as an answer with its source. A long one may be worded by a model server, out of this passage
 * only and checked by the adapter; the source below it is always ours. Else the passage itself is quoted.
 */
export async function wordAnswer({ house, text, now }: Situation, passage: Passage): Promise<string> {
  const today = localDate(now)
  const wordable = passage.text.length > shortEnough && !isStaffAnswer(passage)
  const worded = wordable ? await wording(house, text, passage) : undefined
  return worded ? `${worded}\n${attribution(passage, today)}` : answerText(passage, text, today)
}

function wording({ model }: Situation['house'], question: string, { title, heading, text }: Passage) {
  return model?.compose(maskPersonalData(question), [{ title, heading, text }])
}
