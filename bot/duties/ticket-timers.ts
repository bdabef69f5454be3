import { isAllowed } from '../../tickets/lifecycle.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import { ticketWords } from '../describe.ts'
import type { Group } from '../documents.ts'
import { dueAgain } from '../doors/tickets/work.ts'
import { hasNobodyToAsk } from '../follow-up/ask.ts'
import type { House } from '../house.ts'
import type { Outcome } from '../outcome.ts'
import { groupOfTicket } from '../people/group-of-ticket.ts'
import type { Reading } from '../reading.ts'
import { alertOwner } from '../sending/alert-owner.ts'
import { alertRole } from '../sending/alert-role.ts'
import type { Timer } from '../timer.ts'

/** Promises with a date: a hold ends, a follow-up stays unanswered, departments do not come, volunteers do not move. */
type Promised = 'hold' | 'followUp' | 'whistle' | 'firstHands'
export type TicketTimer = Timer & { readonly kind: Promised }

export async function keepPromise(house: House, reading: Reading, timer: TicketTimer): Promise<Outcome> {
  const over: Outcome = { cancelled: [timer.id] }
  const ticket = await reading.get('tickets', timer.ticket)
  if (!ticket) return over
  const group = await groupOfTicket(reading, ticket)
  const promised: Promised = timer.kind
  switch (promised) {
    case 'hold':
      return isAllowed(ticket.state, 'resumed') ? { ...over, ...(await goOn(house, reading, ticket)) } : over
    case 'followUp':
      return isAllowed(ticket.state, 'closed') ? { ...over, ...closeUnanswered(house, ticket) } : over
    case 'whistle':
      return isAllowed(ticket.state, 'escalated') && ticket.state !== 'done'
        ? { ...over, ...(await tellMissing(house, reading, ticket, group)) }
        : over
    case 'firstHands':
      return isAllowed(ticket.state, 'acknowledged') && ticket.responsible === undefined
        ? { ...over, ...(await tellOwner(house, reading, ticket)) }
        : over
  }
}

/** The day has come: the clock runs again, and whoever has it is told. */
async function goOn(house: House, reading: Reading, ticket: Ticket): Promise<Outcome> {
  const due = dueAgain(house, ticket)
  const text = house.texts.holdOver(ticketWords(house, { ...ticket, ...due }, house.now()))
  return {
    facts: [{ ticket: ticket.id, by: 'bot', fact: { type: 'resumed', ...due } }],
    sends: await alertOwner(reading, ticket, text),
    why: `the hold of ${ticket.id} is over`,
  }
}

function closeUnanswered(house: House, ticket: Ticket): Outcome {
  const days = house.desk.followUp.workingDays
  const remark = hasNobodyToAsk(ticket)
    ? house.texts.closedNobodyToAsk()
    : house.texts.closedUnanswered({ days })
  return {
    facts: [{ ticket: ticket.id, by: 'bot', fact: { type: 'closed', remark } }],
    why: `${ticket.id}: nobody answered the follow-up`,
  }
}

async function tellMissing(
  house: House,
  reading: Reading,
  ticket: Ticket,
  group: Group | undefined,
): Promise<Outcome> {
  const missing = (ticket.whistle?.departments ?? [])
    .filter(({ reportedAt }) => reportedAt === undefined)
    .map(({ department }) => department)
    .join('、')
  if (missing === '') return {}
  const text = house.texts.whistleMissing({
    ...ticketWords(house, ticket, house.now()),
    departments: missing,
  })
  const whistler = ticket.whistle?.by
  const also = whistler === 'operator' ? undefined : whistler
  const fact = {
    type: 'escalated',
    to: 'admin',
    reason: house.texts.reasonMissing({ departments: missing }),
    level: ticket.escalation,
  } as const
  return {
    facts: [{ ticket: ticket.id, by: 'bot', fact }],
    sends: await alertRole(reading, 'admin', group, text, { also }),
    why: `${ticket.id}: ${missing} did not report for duty`,
  }
}

async function tellOwner(house: House, reading: Reading, ticket: Ticket): Promise<Outcome> {
  const text = house.texts.nobodyFirst(ticketWords(house, ticket, house.now()))
  return { sends: await alertOwner(reading, ticket, text), why: `${ticket.id}: no volunteer took it` }
}
