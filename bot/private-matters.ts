import type { Category } from '../intents/understanding.ts'
import type { Ticket } from '../tickets/ticket.ts'

/** Accusations, disputes and need are nobody else's business: no word of them in a group. */
const privateCategories: readonly Category[] = ['neighbours', 'welfare', 'conduct']

export function isPrivateCategory(category: Category): boolean {
  return privateCategories.includes(category)
}

export function isPrivateMatter({ category, sensitive }: Pick<Ticket, 'category' | 'sensitive'>): boolean {
  return sensitive === true || isPrivateCategory(category)
}

/** tickets/sensitive.yaml */
export interface SensitiveWords {
  readonly words: RegExp
  /** Against people in office. */
  readonly ofStaff: RegExp
}
