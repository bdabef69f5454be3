import { createEmergencyDetector } from './emergencies.ts'
import { createEvidenceJudge } from './evidence.ts'
import { extractFeatures, nameFeatures } from './features.ts'
import { at, decide, type Model, vectorOf } from './linear-model.ts'
import { normalize } from './normalize.ts'
import { createPlaceExtractor } from './places.ts'
import type { QuizRules, Rules } from './rules.ts'
import { createSigns, oneOf, type Signs } from './signs.ts'
import { extractSince } from './since.ts'
import { createTicketTalkReader } from './ticket-talk.ts'
import type { Category, Intent, Understander, Understanding, Urgency } from './understanding.ts'

export interface UnderstanderParts {
  readonly model: Model
  readonly rules: Rules
}

/** What one reading (the whole burst, or one of its lines) says. */
interface Reading {
  readonly normalized: string
  readonly intent: Intent
  readonly confidence: number
  readonly rule?: string
}

/**
 * Understanding without a server: emergencies by rule, line by line; then clear words of the quiz and of
 * tickets; then the model, on the whole burst and on each line. Among the readings the surest that is not
 * chatter and has evidence wins: somebody who says good morning and then that the lift is broken complains.
 */
export function createUnderstander({ model, rules }: UnderstanderParts): Understander {
  const signs = createSigns(rules.signs)
  const emergencies = createEmergencyDetector(rules.emergencies)
  const ticketTalk = createTicketTalkReader(rules.ticketTalk)
  const placeOf = createPlaceExtractor(rules.places)
  const hasEvidence = createEvidenceJudge(rules.evidence, signs)
  const isQuiz = quizReader(rules.quiz)

  const read = (normalized: string): Reading => {
    const talk = ticketTalk.sure(normalized)
    if (talk) return { normalized, intent: 'ticket', confidence: 0.97, rule: `ticket-talk: ${talk}` }
    if (isQuiz(normalized)) return { normalized, intent: 'quiz', confidence: 0.97, rule: 'quiz' }
    const { label, confidence } = decide(
      model.intent,
      vectorOf(extractFeatures(normalized, signs), model.rarity),
    )
    return { normalized, intent: label as Intent, confidence }
  }

  return {
    understand(text) {
      const place = placeOf(text)
      const since = extractSince(text)
      const where = { ...(place && { place }), ...(since && { since }) }
      const lines = linesOf(text)
      const emergency =
        lines.map(emergencies.emergencyOf).find(Boolean) ?? emergencies.emergencyOf(lines.join(','))
      if (emergency)
        return {
          intent: 'complaint',
          confidence: 0.99,
          category: emergency === 'gas' ? 'utilities' : 'safety',
          urgency: 'emergency',
          emergency,
          ...where,
          evidence: true,
          why: `rule emergencies: ${emergency}`,
        }

      const whole = normalize(text)
      const judge = (normalized: string): Judged => {
        const reading = read(normalized)
        return { ...reading, evidence: hasEvidence({ ...reading, place, since }) }
      }
      const alone = lines.length > 1 ? lines.map((line) => judge(normalize(line))) : []
      const { evidence, ...reading } = strongest(judge(whole), alone)
      return {
        intent: reading.intent,
        confidence: round(reading.confidence),
        ...complaintParts(reading, whole, model, signs),
        ...(reading.intent === 'ticket' && { ticketTalk: ticketTalk.kind(whole) }),
        ...where,
        evidence,
        why: whyOf(reading, model, signs),
      } satisfies Understanding
    },
  }
}

function linesOf(text: string): string[] {
  return text.split(/\r?\n/).filter((line) => line.trim() !== '')
}

type Judged = Reading & { readonly evidence: boolean }

/** The whole counts first; a line alone only speaks up when the whole has no evidence and the line is surer. */
function strongest(whole: Judged, alone: readonly Judged[]): Judged {
  if (whole.intent !== 'chatter' && whole.evidence) return whole
  const speaking = alone.filter((line) => line.evidence && line.confidence > 0.75)
  return speaking.sort((left, right) => right.confidence - left.confidence)[0] ?? whole
}

function complaintParts(
  reading: Reading,
  whole: string,
  model: Model,
  signs: Signs,
): { readonly category?: Category; readonly urgency: Urgency } {
  if (reading.intent !== 'complaint') return { urgency: 'normal' }
  const vector = vectorOf(extractFeatures(whole, signs), model.rarity)
  return {
    category: decide(model.category, vector).label as Category,
    urgency: decide(model.urgency, vector).label as Urgency,
  }
}

/** `rule ticket-talk: urge`, or the grams that spoke for the intent: `路灯 +0.41, 不亮 +0.33`. */
function whyOf(reading: Reading, model: Model, signs: Signs): string {
  if (reading.rule) return `rule ${reading.rule}`
  const head = model.intent
  const label = head.labels.indexOf(reading.intent)
  const features = nameFeatures(reading.normalized, signs)
  const { strengths } = vectorOf(
    Uint32Array.from(features, ({ bucket }) => bucket),
    model.rarity,
  )
  const strongestGrams = features
    .map(({ name, bucket }, index) => ({
      name,
      weight: at(head.weights, bucket * head.labels.length + label) * head.scale * at(strengths, index),
    }))
    .sort((left, right) => right.weight - left.weight)
    .slice(0, 4)
    .filter(({ weight }) => weight > 0)
  return (
    strongestGrams.map(({ name, weight }) => `${readable(name)} +${weight.toFixed(2)}`).join(', ') ||
    'nothing known'
  )
}

function readable(gram: string): string {
  return gram.replaceAll('\n', '↵').trim() || '␣'
}

function quizReader(rules: QuizRules): (normalized: string) => boolean {
  const sure = oneOf(rules.sure)
  const unless = oneOf(rules.unless)
  return (normalized) => sure.test(normalized) && !unless.test(normalized)
}

function round(confidence: number): number {
  return Math.round(confidence * 1000) / 1000
}
