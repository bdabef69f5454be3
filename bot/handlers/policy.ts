import { maskPersonalData } from '../../intents/personal-data.ts'
import type { Answer } from '../../knowledge/answer.ts'
import { localDate } from '../../tickets/shanghai-time.ts'
import { type Outcome, silence } from '../outcome.ts'
import { type Handler, reply, type Situation } from '../situation.ts'
import { sayIfFitting } from '../speak.ts'

/** A question about a rule or service: the passage that answers it with its source, or an honest word. */
export const policy: Handler = async (situation) => {
  const { understanding, addressed, staff, text } = situation
  if (understanding.intent !== 'policy') return undefined
  if (staff && !addressed) return silence('staffSpeaking')
  if (!addressed && !understanding.evidence) return silence('noEvidence')
  const answer = askKnowledge(situation)
  if (!answer.answered || (!addressed && understanding.confidence < sureEnough))
    return unanswered(situation, answer)
  const asked = { memory: { lastQuestion: { text: subjectOf(situation), at: situation.now } } }
  const outcome = sayIfFitting(situation, `policy/${answer.passage?.id}`, answer.text, asked)
  return {
    ...outcome,
    why: `policy ${understanding.confidence.toFixed(2)}, answered from ${answer.passage?.id} for ${JSON.stringify(maskPersonalData(text))}`,
  }
}

/** A follow-up counts as one for this long. */
const followUpFor = 10 * 60_000
const sureEnough = 0.4
/** Offered instead of asserted: at least this likely. */
const worthOffering = 0.3
const mostTitles = 3

export function askKnowledge({ house, text, memory, now }: Situation): Answer {
  const last = memory?.lastQuestion
  const context = last && now - last.at < followUpFor ? { context: last.text } : {}
  return house.knowledge.ask(text, { today: localDate(now), ...context })
}

/** "那要带什么材料" keeps the subject of the question before it. */
function subjectOf({ text, memory, now }: Situation): string {
  const last = memory?.lastQuestion
  const follows = last && now - last.at < followUpFor && text.length <= 12
  return follows ? last.text : text
}

/** Listed in any case; said only to somebody who asked the bot. */
function unanswered(situation: Situation, answer: Answer): Outcome {
  const { addressed, house, text, now } = situation
  const listed = { question: { text: maskPersonalData(text) }, memory: { lastQuestion: { text, at: now } } }
  if (!addressed) return silence('notAnswered', listed)
  const titles = [...new Set(answer.sources.map((source) => source.title))].slice(0, mostTitles)
  if (answer.confidence < worthOffering || titles.length === 0)
    return reply(situation, house.texts.policyUnknown(), listed)
  return reply(
    situation,
    house.texts.policyMaybe({ titles: titles.map((title) => `《${title}》`).join('、') }),
    listed,
  )
}
