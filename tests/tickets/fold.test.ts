import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { TicketEvent, TicketFact } from '../../tickets/event.ts'
import { applyEvent, fold } from '../../tickets/fold.ts'
import { isAllowed } from '../../tickets/lifecycle.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import { at } from './instant.ts'

const id = '20261118-001'
const start = at('2026-11-18 09:00')
const minute = 60_000

const opened: TicketFact = {
  ...{ type: 'opened', group: 'g-1', category: 'facilities', urgency: 'normal' },
  ...{ place: { building: '11' }, text: '电梯又停了', photos: [], department: '物业' },
  ...{ deadline: at('2026-11-23 18:00'), yellowAt: at('2026-11-20 18:00') },
}
const photo = { name: 'lift.jpg', file: 'a.jpg' }

/** The facts as a chain of events, one a minute; `by` defaults to the reporter. */
function history(...facts: readonly (TicketFact | readonly [TicketFact, by: string])[]): TicketEvent[] {
  return facts.map((each, index) => {
    const [fact, by] = 'type' in each ? [each, 'p-reporter'] : each
    const sequence = index + 1
    const event = { ...fact, id: `${id}:${sequence}`, ticket: id, sequence, by }
    return {
      ...event,
      at: start + index * minute,
      messages: [`m-${sequence}`],
      hash: `h-${sequence}`,
      seal: '',
    }
  })
}

describe('a ticket is the fold of its events', () => {
  test('opened and dispatched, it has everything that was reported', () => {
    const ticket = fold(history(opened, { type: 'dispatched', department: '住建' }))
    expect(ticket).toMatchObject({
      ...{
        id,
        state: 'dispatched',
        group: 'g-1',
        reporter: 'p-reporter',
        supporters: [],
        text: '电梯又停了',
      },
      ...{ department: '住建', openedAt: start, lastEventAt: start + minute, sequence: 2, urges: 0 },
    })
    expect(ticket?.messages).toEqual(['m-1', 'm-2'])
  })

  test('what is amended is added, and a place is completed rather than replaced', () => {
    const more: TicketFact = { type: 'amended', place: { unit: '1' }, photos: [photo], text: '三楼也停' }
    const ticket = fold(history(opened, more, { type: 'amended', photos: [{ ...photo, file: 'b.jpg' }] }))
    expect(ticket?.place).toEqual({ building: '11', unit: '1' })
    expect(ticket?.photos.map(({ file }) => file)).toEqual(['a.jpg', 'b.jpg'])
    expect(ticket?.text).toBe('电梯又停了\n三楼也停')
  })

  test('a supporter counts once, and urging is counted', () => {
    const supported: TicketFact = { type: 'supported' }
    const ticket = fold(
      history(opened, [supported, 'p-a'], [supported, 'p-b'], [supported, 'p-a'], { type: 'urged' }),
    )
    expect(ticket?.supporters).toEqual(['p-a', 'p-b'])
    expect(ticket?.urges).toBe(1)
  })

  test('who takes it first stays responsible', () => {
    const acknowledged: TicketFact = { type: 'acknowledged' }
    const ticket = fold(history(opened, [acknowledged, 'p-zhao'], [acknowledged, 'p-qian']))
    expect(ticket?.responsible).toBe('p-zhao')
  })

  test('not satisfied, it is dispatched again with a new deadline', () => {
    const again = { deadline: at('2026-11-25 18:00'), yellowAt: at('2026-11-25 15:00') }
    const ticket = fold(
      history(
        opened,
        { type: 'dispatched', department: '物业' },
        { type: 'done', note: '换了' },
        { type: 'rated', satisfied: false },
        { type: 'reopened', ...again },
      ),
    )
    expect(ticket).toMatchObject({ state: 'dispatched', ...again })
  })

  test('nothing at all is no ticket, and an unlawful event is refused', () => {
    expect(fold([])).toBeUndefined()
    expect(() => fold(history({ type: 'urged' }))).toThrow('never opened')
    expect(() => fold(history(opened, { type: 'closed', remark: '满意' }))).toThrow('is accepted')
  })
})

const laterFacts: readonly TicketFact[] = [
  { type: 'dispatched', department: '住建' },
  { type: 'amended', place: { unit: '2' } },
  { type: 'amended', photos: [photo] },
  { type: 'supported' },
  { type: 'urged' },
  { type: 'withdrawn' },
  { type: 'acknowledged' },
  { type: 'handling' },
  { type: 'done', note: '修好了', photos: [photo] },
  { type: 'rated', satisfied: false },
  { type: 'closed', remark: '满意' },
  { type: 'reopened', deadline: start, yellowAt: start },
  { type: 'escalated', to: 'grid_leader', reason: 'not satisfied' },
  { type: 'recurred', earlier: '20261101-002' },
]

/** Of random facts those that are lawful when their turn comes. */
const lawfulHistory = fc
  .array(fc.tuple(fc.constantFrom(...laterFacts), fc.constantFrom('p-a', 'p-b', 'bot')), { maxLength: 40 })
  .map((wanted) => {
    const facts: (readonly [TicketFact, string])[] = [[opened, 'p-reporter']]
    for (const [fact, by] of wanted) {
      const ticket = fold(history(...facts))
      if (isAllowed(ticket?.state, fact.type)) facts.push([fact, by])
    }
    return history(...facts)
  })

test('folding in two parts gives the same ticket as folding the whole, wherever it is cut', () => {
  fc.assert(
    fc.property(lawfulHistory, fc.nat(), (events, anywhere) => {
      const cut = anywhere % (events.length + 1)
      const first = fold(events.slice(0, cut))
      const whole = events.slice(cut).reduce<Ticket | undefined>(applyEvent, first)
      expect(whole).toEqual(fold(events))
      expect(whole?.sequence).toBe(events.length)
    }),
  )
})

test('folding changes neither the ticket before nor the event', () => {
  fc.assert(
    fc.property(lawfulHistory, (events) => {
      const before = JSON.stringify(events)
      const frozen = events.reduce<Ticket | undefined>(
        (ticket, event) => Object.freeze(applyEvent(ticket, Object.freeze(event))),
        undefined,
      )
      expect(frozen?.id).toBe(id)
      expect(JSON.stringify(events)).toBe(before)
    }),
  )
})
