import { maskPersonalData } from '../intents/personal-data.ts'
import type { Understanding } from '../intents/understanding.ts'
import type { House } from './house.ts'

/** Between these the local model is unsure, and the model server (when there is one) is asked. */
const unsureBand = { from: 0.35, to: 0.75 }

/** Local first; the same text is understood once, however often a decision is made anew. */
export function understand(house: House): (text: string) => Promise<Understanding> {
  const known = new Map<string, Promise<Understanding>>()
  return (text) => {
    let understanding = known.get(text)
    if (!understanding) {
      understanding = understandNow(house, text)
      known.set(text, understanding)
    }
    return understanding
  }
}

async function understandNow(house: House, text: string): Promise<Understanding> {
  const local = house.understander.understand(text)
  const unsure = local.confidence >= unsureBand.from && local.confidence < unsureBand.to
  if (!house.model || !unsure || local.urgency === 'emergency') return local
  const remote = await house.model.understand(maskPersonalData(text))
  if (!remote || remote.confidence <= local.confidence) return local
  const { category: _, ...rest } = local
  return {
    ...rest,
    intent: remote.intent,
    confidence: remote.confidence,
    // only the local rules may call something an emergency: a resident's words must not reach 119 through a model
    urgency: remote.urgency === 'emergency' ? 'high' : remote.urgency,
    ...(remote.intent === 'complaint' && { category: remote.category ?? local.category ?? 'other' }),
    why: `model server (local: ${local.intent} ${local.confidence.toFixed(2)}, ${local.why})`,
  }
}
