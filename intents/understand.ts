import { createEmergencyReader } from './emergencies.ts'
import { createEmergencyJudge, onlyCall, onlyPlace, stillInside } from './emergency-judge.ts'
import { createEvidenceJudge } from './evidence.ts'
import { extractHowOften } from './how-often.ts'
import { decide, type Model } from './linear-model.ts'
import { createMessageReader, type MessageReader } from './message-reader.ts'
import { readIntent } from './model-reading.ts'
import { normalize } from './normalize.ts'
import { maskPersonalData } from './personal-data.ts'
import { createPlaceExtractor } from './places.ts'
import { strongestReasons } from './reasons.ts'
import type { QuizRules, Rules } from './rules.ts'
import { createSigns, oneOf } from './signs.ts'
import { extractSince } from './since.ts'
import { createTicketTalkReader } from './ticket-talk.ts'
import { createParticipantReader } from './ticket-talk-answer.ts'
import type {
  Category,
  EmergencyKind,
  Intent,
  Understander,
  Understanding,
  Urgency,
} from './understanding.ts'

export interface UnderstanderParts {
  readonly model: Model
  readonly rules: Rules
}

/** `emergencyOf` looks at one line alone, before its burst is complete. */
export interface EmergencyAwareUnderstander extends Understander {
  emergencyOf(line: string): EmergencyKind | undefined
  /** Too little for an alert of its own, enough to join one that is running: 楼上还有个老人没下来. */
  soundsLikeDanger(line: string): boolean
}

/** 快来人啊 and no more: what it is about, the next line may say. */
const onlyCallRule = 'a call and no more'

/** 关于取消订单被扣款的投诉 is not about a ticket of ours. */
const plainlyLetter = 0.5

/** What one reading (the whole burst, or one of its lines) says. */
interface Reading {
  readonly normalized: string
  readonly intent: Intent
  readonly confidence: number
  readonly runnerUp?: Intent
  readonly rule?: string
}

/**
 * Understanding without a server: emergencies by rule, line by line; then clear words of the quiz and of
 * tickets; then the model, on the whole burst and on each line. Among the readings the surest that is not
 * chatter and has evidence wins: somebody who says good morning and then that the lift is broken complains.
 */
export function createUnderstander({ model, rules }: UnderstanderParts): EmergencyAwareUnderstander {
  const signs = createSigns(rules.signs)
  const reader = createMessageReader(model, signs)
  const judgeEmergency = createEmergencyJudge(createEmergencyReader(rules.emergencies, signs), reader)
  const ticketTalk = createTicketTalkReader(rules.ticketTalk)
  const fromParticipant = createParticipantReader(rules.ticketTalk)
  const placeOf = createPlaceExtractor(rules.places)
  const hasEvidence = createEvidenceJudge(rules.evidence, signs)
  const isQuiz = quizReader(rules.quiz)

  const read = (normalized: string): Reading => {
    const register = reader.registerOf(normalized)
    const talk = register.letter < plainlyLetter ? ticketTalk.sure(normalized) : undefined
    if (talk) return { normalized, intent: 'ticket', confidence: 0.97, rule: `ticket-talk: ${talk}` }
    if (onlyCall.test(normalized))
      return { normalized, intent: 'complaint', confidence: 0.6, rule: onlyCallRule }
    if (isQuiz(normalized)) return { normalized, intent: 'quiz', confidence: 0.97, rule: 'quiz' }
    return { normalized, ...readIntent(model, reader.vectorOf(normalized), register) }
  }

  const emergencyIn = (lines: readonly string[]) =>
    firstOf(lines, judgeEmergency) ?? (lines.length > 1 ? judgeEmergency(lines.join(',')) : undefined)

  return {
    emergencyOf: (line) => judgeEmergency(withoutPersonalData(line))?.kind,
    soundsLikeDanger: (line) => judgeEmergency.soundsLikeDanger(withoutPersonalData(line)),
    understand(said) {
      const text = withoutPersonalData(said)
      const place = placeOf(said)
      const since = extractSince(said)
      const howOften = extractHowOften(said)
      const told = { ...(place && { place }), ...(since && { since }), ...(howOften && { howOften }) }
      const lines = linesOf(text)
      const emergency = emergencyIn(lines)
      if (emergency)
        return {
          intent: 'complaint',
          confidence: 0.99,
          category: emergency.kind === 'gas' ? 'utilities' : 'safety',
          urgency: 'emergency',
          emergency: emergency.kind,
          ...told,
          evidence: true,
          why: emergency.why,
        }

      const whole = normalize(text)
      const givesGround = (reading: Reading) =>
        saysWhatIsWrong(reading) &&
        hasEvidence({ ...reading, place, since: since ?? howOften, ...reader.registerOf(reading.normalized) })
      const judge = (normalized: string): Judged => {
        const reading = read(normalized)
        return { ...reading, evidence: givesGround(reading) }
      }
      const alone = lines.length > 1 ? lines.map((line) => judge(normalize(line))) : []
      const { evidence, ...reading } = strongest(judge(whole), alone)
      const perhaps = evidence ? undefined : doubtOf(reading, givesGround)
      return {
        intent: reading.intent,
        confidence: round(reading.confidence),
        ...complaintParts(reading, whole, reader),
        ...(reading.intent === 'ticket' && { ticketTalk: ticketTalk.kind(whole) }),
        ...fromParticipant(whole),
        ...told,
        evidence,
        ...(perhaps && { perhaps }),
        why: whyOf(reading, evidence, reader),
      } satisfies Understanding
    },
  }
}

/** Above this there is no doubt worth a second opinion. */
const certain = 0.8
/** Whether the words give ground for something is asked as if that were meant. */
const supposed = 0.6

function doubtOf(reading: Reading, givesGround: (reading: Reading) => boolean): Intent | undefined {
  const { runnerUp, rule, confidence } = reading
  if (rule !== undefined || runnerUp === undefined || confidence >= certain) return undefined
  return givesGround({ ...reading, intent: runnerUp, confidence: supposed }) ? runnerUp : undefined
}

/** A mere call, and a mere place that answers somebody's question, do not. */
function saysWhatIsWrong({ rule, normalized }: Reading): boolean {
  return rule !== onlyCallRule && !onlyPlace.test(normalized)
}

/** From here on it is worth telling that a text sounds like a headline, a review or a description. */
const soundsForeign = 0.3

function whyOf({ normalized, intent, rule }: Reading, evidence: boolean, reader: MessageReader): string {
  const reasons = rule ? `rule ${rule}` : strongestReasons(normalized, intent, reader)
  const { foreign, letter } = reader.registerOf(normalized)
  if (!evidence && foreign > soundsForeign)
    return `${reasons}; sounds like a headline, a review or a description (${foreign.toFixed(2)})`
  return letter > plainlyLetter ? `${reasons}; written like a letter (${letter.toFixed(2)})` : reasons
}

/** 身份证, 电话 beside a number that was taken out would make a question of it. */
const maskMark =
  /(?:(?:我的?|本人|联系)?(?:身份证|电话|手机|座机|号码|联系方式|卡|微信|vx|qq)(?:号码?)?[是为:：\s]{0,3})?\[(?:电话|证件号|卡号|账号|车牌)\]|某室(?!友)/giu

/** What is meant, without phones and numbers: they say nothing about it and may drown it. */
function withoutPersonalData(text: string): string {
  const masked = maskPersonalData(text)
  return masked === text ? text : masked.replace(maskMark, '').replace(/^[\s,，;；]+|[\s,，;；]+$/gu, '')
}

function firstOf<Item, Found>(
  items: readonly Item[],
  find: (item: Item) => Found | undefined,
): Found | undefined {
  for (const item of items) {
    const found = find(item)
    if (found !== undefined) return found
  }
  return undefined
}

function linesOf(text: string): string[] {
  return text.split(/\r?\n/).filter((line) => line.trim() !== '')
}

type Judged = Reading & { readonly evidence: boolean }

/** The whole counts first; a line alone only speaks up when the whole has no evidence and the line is surer. */
function strongest(whole: Judged, alone: readonly Judged[]): Judged {
  const borneOut = isBorneOut(whole, alone)
  if (whole.intent !== 'chatter' && whole.evidence && borneOut) return whole
  const speaking = alone.filter((line) => line.evidence && line.confidence > 0.75)
  const surest = speaking.sort((left, right) => right.confidence - left.confidence)[0]
  return surest ?? { ...whole, evidence: whole.evidence && borneOut }
}

/** What no line says is read out of two matters that only stand together, unless the whole leaves no doubt. */
function isBorneOut({ intent, confidence }: Judged, alone: readonly Judged[]): boolean {
  return confidence >= certain || alone.length === 0 || alone.some((line) => line.intent === intent)
}

function complaintParts(
  reading: Reading,
  whole: string,
  { model, vectorOf }: MessageReader,
): { readonly category?: Category; readonly urgency: Urgency } {
  if (reading.intent !== 'complaint') return { urgency: 'normal' }
  if (reading.rule === onlyCallRule) return { category: 'other', urgency: 'high' }
  const vector = vectorOf(whole)
  return {
    category: decide(model.category, vector) as Category,
    urgency: stillInside.test(whole) ? 'high' : (decide(model.urgency, vector) as Urgency),
  }
}

function quizReader(rules: QuizRules): (normalized: string) => boolean {
  const sure = oneOf(rules.sure)
  const unless = oneOf(rules.unless)
  return (normalized) => sure.test(normalized) && !unless.test(normalized)
}

function round(confidence: number): number {
  return Math.round(confidence * 1000) / 1000
}
