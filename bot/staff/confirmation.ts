import { instantOf, plainDate } from '../../tickets/shanghai-time.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import { ticketWords } from '../describe.ts'
import type { CommandResult } from '../doors/decided.ts'
import type { DeskCommand } from '../doors/tickets/ticket-commands.ts'
import type { House } from '../house.ts'

/** What was understood and done, said back to whoever asked for it. */
export function confirmation(
  house: House,
  ticket: Ticket,
  command: DeskCommand,
  result: CommandResult,
): string {
  const { texts, desk } = house
  const words = ticketWords(house, ticket, house.now())
  const deadline = String(result['deadline'] ?? words.deadline)
  const to = [result['department'], result['assigned']].filter(Boolean).join(' ')
  switch (command.type) {
    case 'ticket.acknowledge':
      return texts.staffAcknowledged(words)
    case 'ticket.done':
      return texts.staffHandled(words)
    case 'ticket.reassign':
      return result['assigned'] === null
        ? texts.staffReassignedNobody({ ...words, to })
        : texts.staffReassigned({ ...words, to })
    case 'ticket.return':
      return texts.staffReturned({ ...words, to })
    case 'ticket.decline':
      return texts.staffDeclined(words)
    case 'ticket.hold':
      return texts.staffHeld({ ...words, day: plainDate(instantOf(command.until, 0)) })
    case 'ticket.resume':
      return texts.staffResumed({ ...words, deadline })
    case 'ticket.ask-extension':
      return texts.staffExtensionAsked({ ...words, days: command.days })
    case 'ticket.extend':
      return texts.staffExtended({ ...words, deadline })
    case 'ticket.refuse-extension':
      return texts.staffExtensionRefused(words)
    case 'ticket.whistle': {
      const called = { ...words, departments: String(result['departments']), minutes: desk.whistle.minutes }
      const unreached = String(result['unreached'])
      return unreached === ''
        ? texts.staffWhistled(called)
        : texts.staffWhistledInPart({ ...called, unreached })
    }
    case 'ticket.report-for-duty':
      return texts.staffReported({ ...words, called: String(result['department']) })
    case 'ticket.reopen':
      return texts.staffResumed({ ...words, deadline })
  }
}
