import type { Category, Understanding } from '../intents/understanding.ts'

/**
 * Whoever waits for help does not ask about pensions, nor speak of the music on the square: that is a matter of
 * its own. A stuck lift, a blocked lane or a broken extinguisher belongs to the emergency.
 */
export function isForeignToEmergency({ intent, evidence, confidence, category }: Understanding): boolean {
  if (!evidence) return false
  if (intent === 'policy' || intent === 'garbage' || intent === 'quiz') return true
  return intent === 'complaint' && confidence >= sure && category !== undefined && foreign.includes(category)
}

const sure = 0.75
const foreign: readonly Category[] = [
  ...(['sanitation', 'noise', 'construction', 'streetscape', 'pets', 'consumer'] as const),
  ...(['property', 'neighbours', 'welfare', 'conduct'] as const),
]
