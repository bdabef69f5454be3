import { reopenedDeadline } from '../../tickets/deadline.ts'
import { findNumber } from '../../tickets/number.ts'
import { day } from '../../tickets/shanghai-time.ts'
import { isOpen, ownerOf, type Ticket, takesPart } from '../../tickets/ticket.ts'
import { ticketWords } from '../describe.ts'
import type { Role } from '../documents.ts'
import { photosFor } from '../loose-photos.ts'
import { both, type Outcome, silence, type TicketChange } from '../outcome.ts'
import { ownerNow } from '../people/hand-over.ts'
import { alertPeople } from '../sending/alert-department.ts'
import { alertRole } from '../sending/alert-role.ts'
import { reply, type Situation } from '../situation.ts'
import { audiencesIn } from '../supervision/audience.ts'
import { climb } from '../supervision/climb.ts'
import { progress, urge } from '../ticket-progress.ts'

/**
 * 满意 and 不满意. Only work that was reported as done can be rated; before that, dissatisfaction is urging. The word
 * of whoever reported closes a ticket, a supporter's alone does not; anybody's dissatisfaction opens it again.
 */
export async function rate(situation: Situation, ticket: Ticket, satisfied: boolean): Promise<Outcome> {
  const { person, addressed } = situation
  if (!takesPart(ticket, person.id)) return addressed ? progress(situation, ticket) : silence('noTicket')
  // whoever did the work does not speak for those who wait for it
  if (situation.staff && ownerOf(ticket) === person.id) return progress(situation, ticket)
  if (ticket.state === 'declined' && !satisfied) return dispute(situation, ticket)
  if (isLongClosed(situation, ticket) && !satisfied) return closedLongAgo(situation, ticket)
  if (ticket.state !== 'done' && ticket.state !== 'closed')
    return satisfied || !isOpen(ticket) ? progress(situation, ticket) : urge(situation, ticket)
  const rated = { ticket: ticket.id, by: person.id, fact: { type: 'rated', satisfied } } as const
  return satisfied ? close(situation, ticket, rated) : reopen(situation, ticket, rated)
}

/** Whoever says 不满意 and no number so long after the end may speak of anything. */
function isLongClosed({ now, text }: Situation, { state, endedAt }: Ticket): boolean {
  return state === 'closed' && now - (endedAt ?? now) > reopensByItself && !findNumber(text)
}

const reopensByItself = 7 * day

function closedLongAgo(situation: Situation, ticket: Ticket): Outcome {
  const { addressed, house, now } = situation
  if (!addressed) return silence('noTicket')
  return reply(situation, house.texts.ticketClosedLongAgo(ticketWords(house, ticket, now)))
}

function close(situation: Situation, ticket: Ticket, rated: TicketChange): Outcome {
  const { house, now, person } = situation
  const words = ticketWords(house, ticket, now)
  if (ticket.state === 'closed')
    return reply(situation, house.texts.ticketClosedThanks(words), { facts: [rated] })
  // a machine that reported cannot be asked: then the first neighbour who joined in decides
  const decides = ticket.reporter === person.id || ticket.reporter.startsWith('system/')
  if (!decides) return reply(situation, house.texts.ticketRatedThanks(words), { facts: [rated] })
  const closed = {
    ticket: ticket.id,
    by: 'bot',
    fact: { type: 'closed', remark: house.texts.closedSatisfied() },
  } as const
  return reply(situation, house.texts.ticketClosedThanks(words), { facts: [rated, closed] })
}

async function reopen(situation: Situation, ticket: Ticket, rated: TicketChange): Promise<Outcome> {
  const { house, now, reading, person } = situation
  const photos = photosFor(situation)
  const { workingDays } = house.categories[ticket.category]
  const due = reopenedDeadline(house.calendar, now, workingDays, ticket.urgency)
  const { owner, facts: passedOn } = await ownerNow(house, reading, ticket)
  const reopened = { ...ticket, ...due, state: 'dispatched' as const }
  const words = ticketWords(house, reopened, now)
  const higher = await reportHigher(situation, reopened, house.texts.reopenedAlert(words), owner)
  const facts: readonly TicketChange[] = [
    rated,
    { ticket: ticket.id, by: 'bot', fact: { type: 'reopened', ...due } },
    ...passedOn,
    ...higher.facts,
    ...(photos.length > 0 ? [photosOf(ticket, person.id, photos)] : []),
  ]
  return both(reply(situation, house.texts.ticketReopened(words), { facts }), {
    sends: higher.sends,
    // the picture that proves it often comes right behind the words
    memory: { lastTicket: { ticket: ticket.id, at: now }, loosePhotos: { photos: [], at: now } },
  })
}

function photosOf({ id }: Ticket, by: string, photos: Situation['photos']): TicketChange {
  return { ticket: id, by, fact: { type: 'amended', photos } }
}

/** Each time one level higher on the ladder, or the next one that somebody holds; and to whoever has it. */
async function reportHigher(
  { house, reading, group, now }: Situation,
  ticket: Ticket,
  text: string,
  owner: string | undefined,
): Promise<Required<Pick<Outcome, 'facts' | 'sends'>>> {
  const { facts, people } = await climb(house, audiencesIn(reading), ticket, now, { reason: 'not satisfied' })
  const told = alertPeople([...people, ...(owner === undefined ? [] : [owner])], text)
  if (facts.length > 0) return { facts, sends: told }
  // nobody holds any level: it stands on record all the same, with the role that should have heard
  const level = ticket.escalation + 1
  const fact = { type: 'escalated', to: nobodyHolds, reason: 'not satisfied', level } as const
  return {
    facts: [{ ticket: ticket.id, by: 'bot', fact }],
    sends: [...(await alertRole(reading, nobodyHolds, group, text)), ...told],
  }
}

const nobodyHolds: Role = 'grid_leader'

/** Whoever does not accept that it was declined is on record, and heard by somebody higher, once. */
async function dispute(situation: Situation, ticket: Ticket): Promise<Outcome> {
  const { house, now, reading, group, person } = situation
  const words = ticketWords(house, ticket, now)
  const facts = [{ ticket: ticket.id, by: person.id, fact: { type: 'rated', satisfied: false } } as const]
  const heard = ticket.satisfied === false
  const sends = heard ? [] : await alertRole(reading, 'admin', group, house.texts.declineDisputed(words))
  return both(reply(situation, house.texts.declineReview(words), { facts }), { sends })
}
