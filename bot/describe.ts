import { maskPersonalData } from '../intents/personal-data.ts'
import { formatPlace } from '../intents/places.ts'
import type { Place } from '../intents/understanding.ts'
import { lightOf } from '../tickets/deadline.ts'
import { saidNumber } from '../tickets/number.ts'
import { mentions } from '../tickets/same-problem.ts'
import { plainDate, plainDateTime } from '../tickets/shanghai-time.ts'
import type { Ticket, TicketState } from '../tickets/ticket.ts'
import type { Role } from './documents.ts'
import type { Lore } from './house.ts'
import { isPrivateMatter } from './private-matters.ts'
import type { Texts } from './texts.ts'

/** Tickets in words that may be read by two hundred people: no name, no room, nothing as it was said. */

export function ticketWords(
  lore: Pick<Lore, 'texts' | 'categories' | 'things'>,
  ticket: Ticket,
  now: number,
) {
  return {
    number: saidNumber(ticket.id),
    what: whatOf(lore, ticket),
    department: departmentWord(lore.texts, ticket),
    deadline: plainDateTime(ticket.deadline),
    progress: progressOf(lore.texts, ticket, now),
  }
}

/** 11号楼1单元电梯问题; the category's name where no known thing was named; of a private matter nothing at all. */
export function whatOf(
  { categories, things, texts }: Pick<Lore, 'categories' | 'things' | 'texts'>,
  ticket: Pick<Ticket, 'category' | 'sensitive' | 'place' | 'text'>,
): string {
  if (isPrivateMatter(ticket)) return texts.privateMatter()
  const thing = things.find((each) => mentions(ticket.text, each))
  return texts.matterAtPlace({
    place: placeInPublic(ticket.place) ?? '',
    thing: thing?.name ?? categories[ticket.category].name,
  })
}

/**
 * Building and unit at most, as the law of the house says; undefined when nothing is known. A floor of a known
 * building means two or three households, and 501楼下 reads like a floor: it is shown only alone and low.
 */
export function placeInPublic(place: Place | null): string | undefined {
  if (!place) return undefined
  const { floor, ...rest } = place
  const harmless = floor !== undefined && floor.length <= 2 && rest.building === undefined
  return formatPlace(harmless ? place : rest, { withRoom: false }) || undefined
}

/** Who has it would say what it is about: 纪检. */
export function departmentWord(texts: Texts, ticket: Ticket): string {
  return isPrivateMatter(ticket) ? texts.privateDepartment() : ticket.department
}

export function progressOf(texts: Texts, ticket: Ticket, now: number): string {
  const words = { department: departmentWord(texts, ticket), deadline: plainDateTime(ticket.deadline) }
  const late = lightOf(ticket, now) === 'red'
  switch (ticket.state) {
    case 'accepted':
      return texts.progressAccepted(words)
    case 'dispatched':
      return late ? texts.progressOverdue(words) : texts.progressDispatched(words)
    case 'handling':
      return late ? texts.progressOverdue(words) : texts.progressHandling(words)
    case 'done':
      return texts.progressDone(words)
    case 'closed':
      return texts.progressClosed()
    case 'declined':
      return texts.progressDeclined()
    case 'on_hold':
      return onHoldWord(texts, ticket)
    case 'withdrawn':
      return texts.progressWithdrawn()
  }
}

/** Why and until when; why a private matter waits is nobody else's business. */
function onHoldWord(texts: Texts, ticket: Ticket): string {
  const { hold } = ticket
  if (!hold || isPrivateMatter(ticket)) return texts.progressOnHold()
  return texts.progressOnHoldWhy({ reason: maskPersonalData(hold.reason), day: plainDate(hold.until) })
}

export function lightWord(texts: Texts, ticket: Ticket, now: number): string {
  switch (lightOf(ticket, now)) {
    case 'blue':
      return texts.lightBlue()
    case 'yellow':
      return texts.lightYellow()
    case 'red':
      return texts.lightRed()
  }
}

export function stateWord(texts: Texts, state: TicketState): string {
  const words: Readonly<Record<TicketState, () => string>> = {
    ...{ accepted: texts.stateAccepted, dispatched: texts.stateDispatched, handling: texts.stateHandling },
    ...{ done: texts.stateDone, closed: texts.stateClosed, declined: texts.stateDeclined },
    ...{ on_hold: texts.stateOnHold, withdrawn: texts.stateWithdrawn },
  }
  return words[state]()
}

export function roleWord(texts: Texts, role: Role): string {
  const words = {
    resident: texts.roleResident,
    volunteer: texts.roleVolunteer,
    building_leader: texts.roleBuildingLeader,
    grid_worker: texts.roleGridWorker,
    grid_leader: texts.roleGridLeader,
    department: texts.roleDepartment,
    admin: texts.roleAdmin,
  }
  return words[role]()
}
