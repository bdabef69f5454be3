import { maskPersonalData } from '../intents/personal-data.ts'
import { looksLikeStaffRequest, parseStaffCommand } from '../intents/staff-commands.ts'
import type { Understanding } from '../intents/understanding.ts'
import type { House } from './house.ts'
import type { ModelUnderstanding } from './ports/model.ts'

/** Between these the local model is unsure, and the model server (when there is one) may be asked. */
const unsureBand = { from: 0.3, to: 0.8 }

interface Said {
  readonly text: string
  /** Mentioned, or in private. */
  readonly addressed: boolean
}

/** Local first; the same words are understood once, however often a decision is made anew. */
export function understand(house: House): (said: Said) => Promise<Understanding> {
  const known = new Map<string, Promise<Understanding>>()
  return (said) => {
    let understanding = known.get(said.text)
    if (!understanding) {
      understanding = understandNow(house, said)
      known.set(said.text, understanding)
    }
    return understanding
  }
}

async function understandNow(house: House, said: Said): Promise<Understanding> {
  const { text } = said
  const local = house.understander.understand(text)
  if (!house.model || !isWorthAsking(local, said)) return local
  const remote = await house.model.understand(maskPersonalData(text))
  return remote && remote.confidence > local.confidence ? agreed(local, remote) : local
}

/**
 * A call costs money and seconds: only where the answer could change what happens. Unasked, without ground in
 * the words for anything, the bot keeps quiet whatever a server says.
 */
function isWorthAsking(local: Understanding, { text, addressed }: Said): boolean {
  const unsure = local.confidence >= unsureBand.from && local.confidence < unsureBand.to
  if (!unsure || local.urgency === 'emergency' || isOrder(text)) return false
  return addressed || local.evidence || local.perhaps !== undefined
}

/** Orders of staff, and what sounds like one, are read by rule. */
function isOrder(text: string): boolean {
  const said = text.trim()
  if (said === '' || said.startsWith('#') || looksLikeStaffRequest(said)) return true
  return parseStaffCommand(said) !== undefined
}

function agreed(local: Understanding, remote: ModelUnderstanding): Understanding {
  const { category: _, perhaps, ...rest } = local
  return {
    ...rest,
    intent: remote.intent,
    confidence: remote.confidence,
    // only the local rules may call something an emergency: a resident's words must not reach 119 through a model
    urgency: remote.urgency === 'emergency' ? 'high' : remote.urgency,
    // the ground for speaking stays ours: a server only says which of the two it is
    evidence: remote.intent === local.intent ? local.evidence : remote.intent === perhaps,
    ...(remote.intent === 'complaint' && { category: remote.category ?? local.category ?? 'other' }),
    why: `model server (local: ${local.intent} ${local.confidence.toFixed(2)}, ${local.why})`,
  }
}
