import type { Ticket } from '../../tickets/ticket.ts'
import { progressOf, roleWord, ticketWords } from '../describe.ts'
import { leastRole } from '../doors/authority.ts'
import type { Lacking, RefusedError } from '../doors/command.ts'
import type { DeskCommand } from '../doors/tickets/ticket-commands.ts'
import type { House } from '../house.ts'
import type { Missing } from './read-order.ts'

/** Why nothing was done, and what to say instead. */
export function refusalWords(
  house: House,
  error: RefusedError,
  ticket: Ticket,
  command: DeskCommand,
  known: readonly string[],
): string {
  const { texts } = house
  const words = ticketWords(house, ticket, house.now())
  switch (error.code) {
    case 'unknown':
    case 'exists':
      return texts.ticketUnknown()
    case 'unlawful':
      if (ticket.state === 'on_hold') return texts.staffOnHold({ number: words.number })
      return texts.staffUnlawful({ number: words.number, state: progressOf(texts, ticket, house.now()) })
    case 'authority':
      return texts.staffNeedsRole({ role: roleWord(texts, leastRole[command.type]) })
    case 'elsewhere':
      return texts.staffElsewhere({ number: words.number, department: words.department })
    case 'incomplete':
      return lackingWords(house, error.lacks ?? 'request', ticket, known)
  }
}

export function lackingWords(house: House, lacks: Lacking, ticket: Ticket, known: readonly string[]): string {
  const { texts, desk } = house
  const { number, deadline } = ticketWords(house, ticket, house.now())
  switch (lacks) {
    case 'photo':
      return texts.lacksPhoto({ number })
    case 'department':
    case 'person':
      return texts.lacksDepartment({ number, departments: known.join('、') })
    case 'which-department':
      return texts.lacksWhichDepartment({ number })
    case 'own-department':
      return texts.lacksOwnDepartment({ number })
    case 'time':
      return texts.lacksTime({ number, deadline })
    case 'hold-in-time':
      return texts.lacksHoldInTime({ number })
    case 'later-day':
      return texts.lacksLaterDay()
    case 'sooner-day':
      return texts.lacksSoonerDay({ days: desk.hold.most })
    case 'fewer-days':
      return texts.lacksFewerDays({ days: desk.extension.most })
    case 'more-days':
      return texts.lacksMoreDays({ number, days: desk.extension.most })
    case 'day-after':
      return texts.lacksDayAfter({ number, deadline })
    case 'higher':
      return texts.lacksHigher({ number })
    case 'request':
      return texts.lacksRequest({ number })
    case 'whistle':
      return texts.lacksWhistle({ number })
  }
}

/** What is still to be said, by an example that can be copied. */
export function missingWords(house: House, missing: Missing, ticket: Ticket): string {
  const { texts } = house
  const words = ticketWords(house, ticket, house.now())
  const sentences = {
    note: texts.staffNoteMissing,
    extension: texts.missingExtension,
    reassign: texts.missingReassign,
    whistle: texts.missingWhistle,
    return: texts.missingReturn,
    decline: texts.missingDecline,
    hold: texts.missingHold,
  }
  return sentences[missing](words)
}
