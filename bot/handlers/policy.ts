import { maskPersonalData } from '../../intents/personal-data.ts'
import type { Answer } from '../../knowledge/answer.ts'
import { isElliptical } from '../../knowledge/question.ts'
import { localDate } from '../../tickets/shanghai-time.ts'
import { type Outcome, silence } from '../outcome.ts'
import { audienceOf } from '../questions/audience-of.ts'
import { isDismissed } from '../questions/list-question.ts'
import { askStaffAnswers } from '../questions/staff-knowledge.ts'
import { type Handler, reply, type Situation } from '../situation.ts'
import { isSureEnough, sayIfFitting, whyNotSpeak } from '../speak.ts'
import { wordAnswer } from '../word-answer.ts'

/** A question about a rule or service: the passage that answers it with its source, or an honest word. */
export const policy: Handler = async (situation) => {
  const { understanding, addressed, staff } = situation
  if (understanding.intent !== 'policy') return undefined
  if (staff && !addressed) return silence('staffSpeaking')
  // that staff answered this very question is evidence enough
  const said = await askStaffAnswers(situation)
  if (!said && !addressed && !understanding.evidence) return silence('noEvidence')
  const answer = said ?? (await askDocuments(situation))
  const { passage } = answer
  if (!passage || !isSure(situation, answer)) return unanswered(situation, answer)
  const asked = { memory: { lastQuestion: { text: subjectOf(situation), at: situation.now } } }
  const why = `policy ${understanding.confidence.toFixed(2)}, ${answer.confidence.toFixed(2)} from ${passage.id}`
  const key = `policy/${passage.id}`
  const reason = whyNotSpeak(situation, key)
  if (reason) return silence(reason, { ...asked, why })
  return { ...sayIfFitting(situation, key, await wordAnswer(situation, passage), asked), why }
}

/** Below the measured threshold of the search an answer is too often wrong, however certainly a rule was asked about. */
function isSure(situation: Situation, answer: Answer): boolean {
  return isSureEnough('policy', situation.understanding.confidence, situation) && answer.answered
}

/** A follow-up counts as one for this long. */
const followUpFor = 10 * 60_000
const mostTitles = 3
/** What ranks below this share of the best is not what was meant. Down to here no right title was lost. */
const nearTheBest = 0.75

/** What staff answered comes first where it surely answers this; else the documents. */
export async function askKnowledge(situation: Situation): Promise<Answer> {
  return (await askStaffAnswers(situation)) ?? askDocuments(situation)
}

async function askDocuments(situation: Situation): Promise<Answer> {
  const { house, text, memory, now } = situation
  const last = memory?.lastQuestion
  const context = last && now - last.at < followUpFor ? { context: last.text } : {}
  const audience = await audienceOf(situation)
  const likeness = await house.likenessTo?.(maskPersonalData(text))
  const today = localDate(now)
  return house.knowledge.ask(text, { today, ...context, ...audience, ...(likeness && { likeness }) })
}

/** "那要带什么材料" keeps the subject of the question before it. */
function subjectOf({ text, memory, now }: Situation): string {
  const last = memory?.lastQuestion
  const follows = last && now - last.at < followUpFor && text.length <= 12
  return follows ? last.text : text
}

/** Staff who read "那要带什么材料" on a list must know what for. */
function wholeQuestion({ text, memory, now }: Situation): string {
  const last = memory?.lastQuestion
  const follows = last && last.text !== text && now - last.at < followUpFor && isElliptical(text)
  return follows ? `${last.text} ${text}` : text
}

/** Listed in any case; said only to somebody who asked the bot. Nobody looks at what staff dismissed. */
export async function unanswered(situation: Situation, answer: Answer): Promise<Outcome> {
  const { addressed, house, text, now, reading, group, person } = situation
  const question = { text: wholeQuestion(situation) }
  const listed = { question, memory: { lastQuestion: { text, at: now } } }
  if (!addressed) return silence('notAnswered', listed)
  const { texts } = house
  const asked = { text: maskPersonalData(question.text), group: group?.id ?? null, person: person.id }
  const isLookedAt = !(await isDismissed(house, reading, asked))
  const found = likelyTitles(answer)
  if (found.length === 0 || !isSureEnough('offer', answer.confidence, situation))
    return reply(situation, isLookedAt ? texts.policyUnknown() : texts.policyUnknownAskCommunity(), listed)
  const titles = found.map((title) => `《${title}》`).join('、')
  const maybe = isLookedAt ? texts.policyMaybe : texts.policyMaybeAskCommunity
  return reply(situation, maybe({ titles }), listed)
}

/** Named as people name them: that a document is a sample is said where it answers. */
function likelyTitles({ sources }: Answer): string[] {
  const near = sources.filter(({ score }) => score >= nearTheBest * (sources[0]?.score ?? 0))
  const titles = near
    .map(({ title }) => title.replaceAll('（示例）', '').trim())
    .filter((title) => title !== '')
  return [...new Set(titles)].slice(0, mostTitles)
}
