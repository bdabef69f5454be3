import { describe, expect, test } from 'vitest'
import type { ForgottenTicket } from '../../tickets/anchor.ts'
import { genesis, seal } from '../../tickets/chain.ts'
import type { TicketEvent, TicketFact, UnsealedEvent } from '../../tickets/event.ts'
import { applyEvent } from '../../tickets/fold.ts'
import { day } from '../../tickets/shanghai-time.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import { verifyTicket } from '../../tickets/verify.ts'
import { forgottenFault, headFault } from '../../tickets/verify-anchors.ts'
import { at } from './instant.ts'

const id = '20261118-001'
const opened: TicketFact = {
  ...{ type: 'opened', group: 'g-1', category: 'facilities', urgency: 'normal', place: null },
  ...{ text: '路灯坏了', photos: [], department: '物业', deadline: 2, yellowAt: 1 },
}
const dispatched: TicketFact = { type: 'dispatched', department: '物业' }

type Said = readonly [fact: TicketFact, by: string]

/** Sealed by somebody who knows how, whether lawful or not. */
function sealed(...said: readonly Said[]): readonly TicketEvent[] {
  const events: TicketEvent[] = []
  for (const [index, [fact, by]] of said.entries()) {
    const sequence = index + 1
    const event = {
      ...fact,
      id: `${id}:${sequence}`,
      ticket: id,
      sequence,
      by,
      at: 1_000 + index,
      messages: [],
    }
    events.push(seal(event as UnsealedEvent, events.at(-1)?.hash ?? genesis, `salt-${sequence}`))
  }
  return events
}

function folded(events: readonly TicketEvent[]): Ticket | undefined {
  return events.reduce<Ticket | undefined>(applyEvent, undefined)
}

function faultsOf(...said: readonly Said[]): readonly string[] {
  const events = sealed(...said)
  const { faults } = verifyTicket({ id, document: undefined, events })
  return faults.filter(({ field }) => field !== 'ticket').map(({ event, field }) => `${event} ${field}`)
}

const base: readonly Said[] = [
  [opened, 'p-shi'],
  [dispatched, 'bot'],
]
const done: TicketFact = { type: 'done', note: '换了' }

describe('a history that is sealed but was never lawful', () => {
  test('is named at the event that the table does not allow in that state', () => {
    expect(faultsOf(...base, [done, 'p-zhao'])).toEqual([])
    expect(faultsOf(...base, [{ type: 'closed', remark: '满意' }, 'bot'])).toEqual(['3 unlawful'])
    expect(faultsOf(...base, [opened, 'p-shi'])).toEqual(['3 unlawful'])
    expect(faultsOf([dispatched, 'bot'])).toEqual(['1 unlawful'])
  })

  test('is named at the event that nobody like its author may make', () => {
    const finished: readonly Said[] = [...base, [done, 'p-zhao']]
    const rated: TicketFact = { type: 'rated', satisfied: true }
    expect(faultsOf(...finished, [rated, 'p-shi'])).toEqual([])
    expect(faultsOf(...finished, [rated, 'p-ma'])).toEqual(['4 unlawful'])
    expect(faultsOf(...finished, [{ type: 'closed', remark: '满意' }, 'p-zhao'])).toEqual(['4 unlawful'])
    expect(
      faultsOf(...base, [{ type: 'extended', days: 2, reason: '等', deadline: 3, yellowAt: 2 }, 'bot']),
    ).toEqual(['3 unlawful'])
    expect(faultsOf(...base, [{ type: 'escalated', to: 'admin', reason: '' }, 'system/fumes'])).toEqual([
      '3 unlawful',
    ])
  })
})

describe('a ticket', () => {
  const events = sealed(...base)
  const ticket = folded(events)

  test('agrees with its events, whatever the store counts in version', () => {
    expect(verifyTicket({ id, document: { ...ticket, version: 9 }, events })).toEqual({ faults: [], ticket })
  })

  test('is named with each field that its events tell otherwise, also when null became nothing', () => {
    const { place: _, ...less } = ticket as Ticket
    const document = { ...less, department: '城管', extra: null }
    const [fault] = verifyTicket({ id, document, events }).faults
    expect(fault).toMatchObject({ place: id, field: 'ticket' })
    expect(fault?.what).toMatch(/department, extra, place$/)
  })

  test('without events, without itself, or with an event that is missing, is named', () => {
    expect(verifyTicket({ id, document: ticket, events: [] }).faults).toMatchObject([{ field: 'order' }])
    expect(verifyTicket({ id, document: undefined, events }).faults).toMatchObject([{ field: 'ticket' }])
    expect(verifyTicket({ id, document: ticket, events: events.slice(1) }).faults).toMatchObject([
      { event: 1, field: 'order' },
    ])
  })
})

describe('what an anchor names', () => {
  const head = [id, 2, 'h2'] as const
  const forgotten: ForgottenTicket = { id, sequence: 3, head: 'h3', lastEventAt: 0, at: 0, keep: 0 }

  test('must be there as it was, or be forgotten at that event or a later one', () => {
    expect(headFault('a', head, { found: 'h2', forgotten: undefined })).toBeUndefined()
    expect(headFault('a', head, { found: undefined, forgotten })).toBeUndefined()
    expect(headFault('a', head, { found: 'other', forgotten: undefined })?.what).toMatch(/made anew/)
    expect(headFault('a', head, { found: undefined, forgotten: undefined })?.what).toMatch(/is not there/)
    expect(
      headFault('a', head, { found: undefined, forgotten: { ...forgotten, sequence: 1 } })?.what,
    ).toMatch(/record of its forgetting/)
  })

  test('was forgotten by a rule that was in force, and not before its time', () => {
    const record = {
      ...forgotten,
      lastEventAt: at('2026-11-20 09:00'),
      keep: 30 * day,
      at: at('2026-12-21 03:00'),
    }
    const keeps = new Set([30 * day])
    expect(forgottenFault(record, keeps, false)).toBeUndefined()
    expect(forgottenFault(record, keeps, true)?.what).toMatch(/still there/)
    expect(forgottenFault(record, new Set([90 * day]), false)?.what).toMatch(/never in force/)
    expect(forgottenFault({ ...record, at: at('2026-12-19 03:00') }, keeps, false)?.what).toMatch(
      /before its time/,
    )
    const before = { ...record, lastEventAt: 0, at: at('2026-12-10 03:00') }
    expect(forgottenFault(before, keeps, false)?.what, 'its number tells when it was opened').toMatch(
      /before its time/,
    )
  })
})
