import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonical, faultIn, genesis, remainsOf, seal } from '../../tickets/chain.ts'
import type { TicketEvent, TicketFact, UnsealedEvent } from '../../tickets/event.ts'

const circumstances = { at: 1_763_600_000_000, by: 'p-shi', messages: ['main/m1'] }

function sealed(...facts: readonly TicketFact[]): TicketEvent[] {
  const events: TicketEvent[] = []
  for (const [at, fact] of facts.entries()) {
    const sequence = at + 1
    const event = {
      ...fact,
      ...circumstances,
      id: `20261120-001:${sequence}`,
      ticket: '20261120-001',
      sequence,
    }
    events.push(seal(event as UnsealedEvent, events.at(-1)?.hash ?? genesis, `salt-${sequence}`))
  }
  return events
}

const opened: TicketFact = {
  ...{ type: 'opened', group: 'g-1', category: 'facilities', urgency: 'normal' },
  ...{ place: { building: '3', room: '501' }, text: '路灯坏了', photos: [], department: '物业' },
  ...{ deadline: 1, yellowAt: 0 },
}
const noted: TicketFact = { type: 'done', note: '换了灯泡' }

describe('a sealed event', () => {
  test('holds on the chain that it was sealed onto, and on no other', () => {
    const [first, second] = sealed(opened, noted) as [TicketEvent, TicketEvent]
    expect(faultIn(first, genesis)).toBeUndefined()
    expect(faultIn(second, first.hash)).toBeUndefined()
    expect(faultIn(second, genesis)).toBe('hash')
  })

  test('holds in whatever order its keys are written, and after it went through a file', () => {
    const [event] = sealed(opened) as [TicketEvent]
    const turned = Object.fromEntries(Object.entries(event).reverse()) as unknown as TicketEvent
    expect(faultIn(turned, genesis)).toBeUndefined()
    const stored = { ...(JSON.parse(JSON.stringify(event)) as TicketEvent), ...{ version: 7 } }
    expect(faultIn(stored, genesis)).toBeUndefined()
  })

  test('tells a change of what happened from a change of the words', () => {
    const [event] = sealed(opened) as [TicketEvent & { type: 'opened' }]
    expect(faultIn({ ...event, by: 'p-ma' }, genesis)).toBe('hash')
    expect(faultIn({ ...event, deadline: 2 }, genesis)).toBe('hash')
    expect(faultIn({ ...event, text: '路灯好了' }, genesis)).toBe('words')
    expect(faultIn({ ...event, place: { building: '3', room: '502' } }, genesis)).toBe('words')
    expect(faultIn({ ...event, salt: 'another' }, genesis)).toBe('words')
  })

  test('does not hold with any field changed, added or taken away', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string({ minLength: 1 }), (value, name) => {
        const [event] = sealed(opened) as [TicketEvent]
        fc.pre(JSON.stringify((event as unknown as Record<string, unknown>)[name]) !== JSON.stringify(value))
        fc.pre(name !== 'version' && name !== '__proto__')
        expect(faultIn({ ...event, [name]: value } as TicketEvent, genesis)).toBeDefined()
      }),
    )
    for (const name of Object.keys(sealed(opened)[0] as object)) {
      const { [name]: _, ...less } = sealed(opened)[0] as unknown as Record<string, unknown>
      expect(faultIn(less as unknown as TicketEvent, genesis), name).toBeDefined()
    }
  })
})

describe('an erased event', () => {
  const [event] = sealed(opened) as [TicketEvent & { type: 'opened' }]
  const { salt: _, ...unsalted } = event
  const left: TicketEvent = { ...unsalted, text: '（已删除）', place: { building: '3' }, messages: [] }

  test('holds with what the record says is left of it, and keeps its hash, so that the chain goes on', () => {
    expect(faultIn(left, genesis, remainsOf(left))).toBeUndefined()
    expect(left.hash).toBe(event.hash)
  })

  test('does not hold without a record, with other words, or with its salt back', () => {
    expect(faultIn(left, genesis)).toBe('erased without record')
    expect(faultIn({ ...left, text: '从来没坏过' }, genesis, remainsOf(left))).toBe('words')
    expect(faultIn({ ...left, by: 'p-ma' }, genesis, remainsOf(left))).toBe('hash')
    expect(faultIn(event, genesis, remainsOf(left))).toBe('words came back')
  })

  test('keeps nothing that its words could be tried against: the seal needs the salt', () => {
    const again = seal({ ...unsalted } as UnsealedEvent, genesis, 'guessed')
    expect(again.seal).not.toBe(event.seal)
    expect(JSON.stringify(left)).not.toContain('salt-1')
  })
})

test('the text of data does not depend on the order of its keys, and differs when the data differ', () => {
  const sorted = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(sorted)
    if (value === null || typeof value !== 'object') return value
    const entries = Object.entries(value).map(([key, member]) => [key, sorted(member)] as const)
    return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? 1 : -1)))
  }
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
      expect(canonical(sorted(one))).toBe(canonical(one))
      expect(JSON.parse(canonical(one))).toEqual(JSON.parse(JSON.stringify(one)))
      const same = JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))
      expect(canonical(one) === canonical(other)).toBe(same)
    }),
  )
  expect(canonical({ text: undefined, note: null })).toBe('{"note":null}')
})
