import type { TicketEvent, UnsealedEvent } from './event.ts'
import { assertAllowed } from './lifecycle.ts'
import type { Ticket, TicketState, Whereabouts, Whistle } from './ticket.ts'

/** The ticket after one more event; `ticket` is undefined before `opened`. @throws UnlawfulChangeError */
export function applyEvent(ticket: Ticket | undefined, event: TicketEvent): Ticket {
  assertAllowed(ticket, event.type)
  if (event.type === 'opened') return open(event)
  // assertAllowed has refused everything but `opened` for a ticket that is not there
  const before = ticket as Ticket
  return {
    ...without(before, ended(event)),
    ...consequence(before, event),
    messages: [...new Set([...before.messages, ...event.messages])],
    lastEventAt: event.at,
    sequence: event.sequence,
    head: event.hash,
  }
}

export function fold(events: readonly TicketEvent[]): Ticket | undefined {
  return events.reduce<Ticket | undefined>(applyEvent, undefined)
}

function open(event: TicketEvent & { type: 'opened' }): Ticket {
  const { group, category, urgency, place, text, photos, department, deadline, yellowAt } = event
  return {
    ...{ id: event.ticket, state: 'accepted', group, reporter: event.by, supporters: [] },
    ...(event.sensitive && { sensitive: true }),
    ...{ category, urgency, place, text, photos, department, openedAt: event.at, deadline, yellowAt },
    ...{ urges: 0, reopenings: 0, escalation: 0, messages: event.messages },
    ...{ lastEventAt: event.at, sequence: event.sequence, head: event.hash },
  }
}

type Passing =
  | 'assigned'
  | 'responsible'
  | 'extension'
  | 'hold'
  | 'doneAt'
  | 'endedAt'
  | 'remark'
  | 'satisfied'

/** What is over with this event. */
function ended(event: UnsealedEvent): readonly Passing[] {
  switch (event.type) {
    case 'reassigned':
    case 'returned':
      return ['assigned', 'responsible', 'extension']
    case 'extended':
    case 'extension_refused':
      return ['extension']
    case 'resumed':
      return ['hold']
    case 'reopened':
      return ['doneAt', 'endedAt', 'remark', 'extension']
    default:
      return []
  }
}

function without(ticket: Ticket, keys: readonly Passing[]): Ticket {
  if (keys.length === 0) return ticket
  return Object.fromEntries(
    Object.entries(ticket).filter(([key]) => !keys.includes(key as Passing)),
  ) as unknown as Ticket
}

function consequence(before: Ticket, event: Exclude<TicketEvent, { type: 'opened' }>): Partial<Ticket> {
  return {
    ...ofReport(before, event),
    ...ofWork(before, event),
    ...ofEnd(event),
    ...ofSupervision(before, event),
  }
}

/** What residents add. */
function ofReport(before: Ticket, event: TicketEvent): Partial<Ticket> {
  switch (event.type) {
    case 'amended':
      return {
        ...(event.place && { place: { ...before.place, ...event.place } }),
        ...(event.photos && { photos: [...before.photos, ...event.photos] }),
        ...(event.text && { text: `${before.text}\n${event.text}` }),
        ...(event.category && { category: event.category }),
        ...(event.department && { department: event.department }),
        ...(event.urgency && { urgency: event.urgency }),
        ...(event.deadline !== undefined && { deadline: event.deadline }),
        ...(event.yellowAt !== undefined && { yellowAt: event.yellowAt }),
      }
    case 'supported':
      return {
        supporters: [...new Set([...before.supporters, event.by])],
        ...(event.in !== undefined && { elsewhere: joined(before.elsewhere ?? [], event.in, event.by) }),
      }
    case 'urged':
      return { urges: before.urges + 1 }
    case 'rated':
      return { satisfied: event.satisfied }
    default:
      return {}
  }
}

function joined(known: readonly Whereabouts[], group: string | null, person: string): readonly Whereabouts[] {
  const here: Whereabouts = group === null ? { person } : { group }
  const isKnown = known.some((each) => ('group' in each ? each.group === group : each.person === person))
  return isKnown ? known : [...known, here]
}

/** What those do who answer for it. */
function ofWork(before: Ticket, event: TicketEvent): Partial<Ticket> {
  switch (event.type) {
    case 'dispatched':
      return { state: 'dispatched', department: event.department, ...assignment(event) }
    case 'reassigned':
    case 'returned': {
      const state = before.state === 'on_hold' ? before.state : 'dispatched'
      return { state, department: event.department, ...assignment(event) }
    }
    case 'acknowledged':
      return {
        responsible: before.responsible ?? event.by,
        acknowledgedAt: before.acknowledgedAt ?? event.at,
      }
    case 'handling':
      return { state: 'handling' }
    case 'on_hold': {
      const { reason, until, left, leftToYellow } = event
      return {
        state: 'on_hold',
        hold: { reason, since: event.at, until, left, leftToYellow, before: before.state },
      }
    }
    case 'resumed':
      return {
        ...{ state: before.hold?.before ?? 'dispatched', deadline: event.deadline, yellowAt: event.yellowAt },
        heldFor: (before.heldFor ?? 0) + (before.hold ? event.at - before.hold.since : 0),
      }
    case 'extension_asked':
      return { extension: { days: event.days, reason: event.reason, by: event.by, at: event.at } }
    case 'extended':
      return { deadline: event.deadline, yellowAt: event.yellowAt }
    case 'forwarded': {
      const { system, remoteId, url } = event
      const others = (before.forwarded ?? []).filter((each) => each.system !== system)
      return { forwarded: [...others, { system, remoteId, ...(url !== undefined && { url }) }] }
    }
    default:
      return {}
  }
}

function assignment({ assigned }: { readonly assigned?: string }): Partial<Ticket> {
  return assigned === undefined ? {} : { assigned }
}

function ofEnd(event: TicketEvent): Partial<Ticket> {
  switch (event.type) {
    case 'done':
      return { state: 'done', note: event.note, doneAt: event.at }
    case 'closed':
      return { state: 'closed', endedAt: event.at, remark: event.remark }
    case 'declined':
      return { state: 'declined', endedAt: event.at, remark: event.reason }
    case 'withdrawn':
      return {
        state: 'withdrawn' satisfies TicketState,
        endedAt: event.at,
        ...(event.remark !== undefined && { remark: event.remark }),
      }
    default:
      return {}
  }
}

function ofSupervision(before: Ticket, event: TicketEvent): Partial<Ticket> {
  switch (event.type) {
    case 'reopened':
      return {
        ...{ state: 'dispatched', deadline: event.deadline, yellowAt: event.yellowAt },
        reopenings: before.reopenings + 1,
      }
    case 'done':
      return event.photos ? { photos: [...before.photos, ...event.photos] } : {}
    case 'escalated':
      return { escalation: Math.max(before.escalation, event.level ?? before.escalation + 1) }
    case 'recurred':
      return { recurredFrom: event.earlier }
    case 'whistled':
      return { whistle: whistle(before, event) }
    case 'reported_for_duty':
      return before.whistle ? { whistle: reported(before.whistle, event) } : {}
    default:
      return {}
  }
}

/** A second whistle calls more departments; those who are there already need not come again. */
function whistle(before: Ticket, event: TicketEvent & { type: 'whistled' }): Whistle {
  const called = before.whistle?.departments ?? []
  const fresh = event.departments.filter((name) => !called.some(({ department }) => department === name))
  const departments = [...called, ...fresh.map((department) => ({ department }))]
  return { by: event.by, at: event.at, dueAt: event.dueAt, departments }
}

function reported(before: Whistle, event: TicketEvent & { type: 'reported_for_duty' }): Whistle {
  const departments = before.departments.map((each) =>
    each.department === event.department && each.reportedAt === undefined
      ? { ...each, reportedBy: event.by, reportedAt: event.at }
      : each,
  )
  return { ...before, departments }
}
