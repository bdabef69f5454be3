import type { Category } from '../intents/understanding.ts'

/** Accusations, disputes and need are nobody else's business: no word of them in a group. */
const privateMatters: readonly Category[] = ['neighbours', 'welfare', 'conduct']

export function isPrivateMatter(category: Category): boolean {
  return privateMatters.includes(category)
}
