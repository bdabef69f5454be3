import { describe, expect, test } from 'vitest'
import { allowedIn, assertAllowed, isAllowed, UnlawfulChangeError } from '../../tickets/lifecycle.ts'
import { type Ticket, type TicketFactType, ticketStates } from '../../tickets/ticket.ts'

/**
 * The whole law, written out: each event against each state. `x` allowed, `.` refused.
 * `none` is a ticket that was never opened.
 */
const law = `
               none accepted dispatched handling done closed declined on_hold withdrawn
opened         x    .        .          .        .    .      .        .       .
dispatched     .    x        .          .        .    .      .        .       .
amended        .    x        x          x        x    .      .        x       .
supported      .    x        x          x        x    .      .        x       .
urged          .    x        x          x        .    .      .        x       .
withdrawn      .    x        x          x        .    .      .        x       .
acknowledged   .    x        x          x        .    .      .        .       .
handling       .    .        x          .        .    .      .        .       .
done           .    .        x          x        .    .      .        .       .
rated          .    .        .          .        x    x      .        .       .
closed         .    .        .          .        x    .      .        .       .
reopened       .    .        .          .        x    x      .        .       .
escalated      .    x        x          x        x    .      .        x       .
recurred       .    x        x          x        .    .      .        .       .
`
const [head = '', ...rows] = law.trim().split('\n')
const columns = head.trim().split(/\s+/)
const table = rows.map((row) => {
  const [event = '', ...marks] = row.trim().split(/\s+/)
  return { event: event as TicketFactType, marks }
})

describe('every event is lawful in the states that the table names, and in no other', () => {
  const cases = table.flatMap(({ event, marks }) =>
    columns.map((state, index) => [event, state, marks[index] === 'x' ? 'allowed' : 'refused'] as const),
  )

  test.each(cases)('%s of a ticket that is %s is %s', (event, state, verdict) => {
    const known = ticketStates.find((each) => each === state)
    expect(isAllowed(known, event)).toBe(verdict === 'allowed')
  })

  test('the table leaves out no state and no event', () => {
    expect(columns.slice(1)).toEqual([...ticketStates])
    expect(table.map(({ event }) => event).sort()).toEqual(['opened', ...Object.keys(allowedIn)].sort())
    expect(table.every(({ marks }) => marks.length === columns.length)).toBe(true)
  })
})

describe('an unlawful change is refused with the ticket, its state and what would be lawful', () => {
  test('for a ticket in the wrong state', () => {
    const ticket = { id: '20261118-001', state: 'closed' } as Ticket
    expect(() => assertAllowed(ticket, 'done')).toThrow(
      'ticket 20261118-001 is closed: done is lawful in dispatched, handling',
    )
    expect(() => assertAllowed(ticket, 'done')).toThrow(UnlawfulChangeError)
  })

  test('for a ticket that is opened twice', () => {
    const ticket = { id: '20261118-001', state: 'dispatched' } as Ticket
    expect(() => assertAllowed(ticket, 'opened')).toThrow('only for a new ticket')
  })

  test('for a ticket that was never opened', () => {
    expect(() => assertAllowed(undefined, 'done')).toThrow('never opened')
  })
})
