/** The documents that the store contract is tried with. */
import type { Change, Schema } from '../../bot/ports/store.ts'

export interface Ticket {
  readonly id: string
  readonly state?: string | null
  readonly street?: string
  readonly dueAt?: number | null
  readonly open?: boolean
  readonly text?: string
}

export const schema: Schema = {
  tickets: [
    { equal: ['state'], order: 'dueAt' },
    { equal: ['state', 'street'] },
    { equal: ['open'], order: 'dueAt' },
    { equal: [], order: 'dueAt' },
  ],
  messages: [],
}

export function put(ticket: Ticket, expected?: number | 'absent'): Change {
  const change = { collection: 'tickets', id: ticket.id, put: ticket }
  return expected === undefined ? change : { ...change, expect: expected }
}

export function remove(id: string, expected?: number): Change {
  const change = { collection: 'tickets', id, remove: true } as const
  return expected === undefined ? change : { ...change, expect: expected }
}
