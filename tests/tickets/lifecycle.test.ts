import { describe, expect, test } from 'vitest'
import type { TicketFactType } from '../../tickets/event.ts'
import {
  allowed,
  assertAllowed,
  assertAllowedBy,
  isAllowed,
  isAllowedBy,
  standings,
  UnlawfulChangeError,
} from '../../tickets/lifecycle.ts'
import { type Ticket, ticketStates } from '../../tickets/ticket.ts'

/**
 * The whole law, written out: each event against each state. `x` allowed, `.` refused.
 * `none` is a ticket that was never opened.
 */
const law = `
                  none accepted dispatched handling done closed declined on_hold withdrawn
opened            x    .        .          .        .    .      .        .       .
dispatched        .    x        .          .        .    .      .        .       .
amended           .    x        x          x        x    .      .        x       .
supported         .    x        x          x        x    .      .        x       .
urged             .    x        x          x        .    .      .        x       .
withdrawn         .    x        x          x        .    .      .        x       .
acknowledged      .    x        x          x        .    .      .        .       .
handling          .    .        x          .        .    .      .        .       .
reassigned        .    x        x          x        .    .      .        x       .
returned          .    x        x          x        .    .      .        .       .
declined          .    x        x          x        .    .      .        .       .
on_hold           .    x        x          x        .    .      .        .       .
resumed           .    .        .          .        .    .      .        x       .
extension_asked   .    x        x          x        .    .      .        .       .
extension_refused .    x        x          x        .    .      .        .       .
extended          .    x        x          x        .    .      .        .       .
whistled          .    x        x          x        .    .      .        .       .
reported_for_duty .    x        x          x        .    .      .        .       .
done              .    .        x          x        .    .      .        .       .
rated             .    .        .          .        x    x      x        .       .
closed            .    .        .          .        x    .      .        .       .
reopened          .    .        .          .        x    x      x        .       .
escalated         .    x        x          x        x    .      .        x       .
supervised        .    x        x          x        x    .      .        x       .
recurred          .    x        x          x        .    .      .        .       .
forwarded         .    x        x          x        x    x      x        x       x
erased            .    x        x          x        x    x      x        x       x
`

/** Who may do it, whatever the state; the columns are what somebody is to the ticket. */
const who = `
                  resident supporter reporter volunteer grid_worker grid_leader department admin operator system bot
opened            x        x         x        x         x           x           x          x     x        x      .
dispatched        .        .         .        .         .           .           .          .     .        .      x
amended           x        x         x        x         x           x           x          x     x        x      x
supported         x        x         x        x         x           x           x          x     x        x      .
urged             x        x         x        x         x           x           x          x     x        x      .
withdrawn         .        .         x        .         .           .           .          .     .        .      x
acknowledged      .        .         .        x         x           x           x          x     x        x      .
handling          .        .         .        x         x           x           x          x     x        x      .
reassigned        .        .         .        .         x           x           x          x     x        .      x
returned          .        .         .        x         x           x           x          x     x        x      .
declined          .        .         .        .         .           x           x          x     x        .      .
on_hold           .        .         .        .         x           x           x          x     x        .      .
resumed           .        .         .        .         x           x           x          x     x        .      x
extension_asked   .        .         .        .         x           x           x          x     x        .      .
extension_refused .        .         .        .         .           .           .          x     x        .      .
extended          .        .         .        .         .           .           .          x     x        .      .
whistled          .        .         .        .         x           x           x          x     x        .      .
reported_for_duty .        .         .        .         .           .           x          x     x        .      .
done              .        .         .        x         x           x           x          x     x        x      .
rated             .        x         x        .         .           .           .          .     .        .      .
closed            .        .         .        .         .           .           .          .     .        .      x
reopened          .        .         .        .         .           .           .          x     x        .      x
escalated         .        .         .        .         .           .           .          .     .        .      x
supervised        .        .         .        .         x           x           x          x     x        .      .
recurred          .        .         .        .         .           .           .          .     .        .      x
forwarded         .        .         .        .         .           .           .          .     .        .      x
erased            .        .         .        .         .           .           .          x     x        .      .
`

function read(text: string) {
  const [head = '', ...rows] = text.trim().split('\n')
  const columns = head.trim().split(/\s+/)
  const table = rows.map((row) => {
    const [event = '', ...marks] = row.trim().split(/\s+/)
    return { event: event as TicketFactType, marks }
  })
  const cases = table.flatMap(({ event, marks }) =>
    columns.map((column, index) => [event, column, marks[index] === 'x' ? 'allowed' : 'refused'] as const),
  )
  return { columns, table, cases }
}

const states = read(law)
const people = read(who)

describe('every event is lawful in the states that the table names, and in no other', () => {
  test.each(states.cases)('%s of a ticket that is %s is %s', (event, state, verdict) => {
    const known = ticketStates.find((each) => each === state)
    expect(isAllowed(known, event)).toBe(verdict === 'allowed')
  })
})

describe('every event may come from those that the table names, and from nobody else', () => {
  test.each(people.cases)('%s by a %s is %s', (event, standing, verdict) => {
    const known = standings.filter((each) => each === standing)
    expect(isAllowedBy(known, event)).toBe(verdict === 'allowed')
  })
})

describe('the two tables', () => {
  test.each([
    { ...states, all: ['none', ...ticketStates] },
    { ...people, all: [...standings] },
  ])('leave out nothing: %#', ({ columns, table, all }) => {
    expect(columns).toEqual(all)
    expect(table.map(({ event }) => event).sort()).toEqual(['opened', ...Object.keys(allowed)].sort())
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

  test('for somebody whose it is not to do', () => {
    const ticket = { id: '20261118-001', state: 'done' } as Ticket
    expect(() => assertAllowedBy(ticket, 'closed', ['grid_worker'])).toThrow(
      'closed of ticket 20261118-001 came from grid_worker: it is for bot',
    )
  })
})
