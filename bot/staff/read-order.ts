import { readDay } from '../../intents/read-day.ts'
import type { StaffCommand } from '../../intents/staff-commands.ts'
import type { TicketFactType } from '../../tickets/event.ts'
import { addDays, localDate } from '../../tickets/shanghai-time.ts'
import type { Ticket, TicketPhoto } from '../../tickets/ticket.ts'
import type { Person } from '../documents.ts'
import type { Lacking } from '../doors/command.ts'
import type { DeskCommand } from '../doors/tickets/ticket-commands.ts'
import type { House } from '../house.ts'

/** What staff order about one ticket: which change it is, and the command once the ticket is known. */
export interface Order {
  readonly change: TicketFactType
  readonly number?: string
  /** Among several that are lawful: which ones can be meant when no number is said. */
  fits(ticket: Ticket, person: Person): boolean
  /** undefined: something is missing, and `asksFor` names the sentence that asks for it. */
  command(ticket: Ticket): DeskCommand | undefined
  readonly asksFor?: Missing
  /** What is wrong with what was said, before any door is asked. */
  refuses?(ticket: Ticket): Lacking | undefined
}

export type Missing = 'note' | 'extension' | 'reassign' | 'whistle' | 'return' | 'decline' | 'hold'

export type TicketOrder = Extract<
  StaffCommand,
  {
    readonly command:
      | 'accept'
      | 'complete'
      | 'extend'
      | 'approve'
      | 'refuse'
      | 'reassign'
      | 'whistle'
      | 'report-for-duty'
      | 'return'
      | 'decline'
      | 'hold'
      | 'resume'
      | 'reopen'
  }
>

const ticketOrders: readonly string[] = [
  ...['accept', 'complete', 'extend', 'approve', 'refuse', 'reassign', 'whistle', 'report-for-duty'],
  ...['return', 'decline', 'hold', 'resume', 'reopen'],
]

export function isTicketOrder(command: StaffCommand): command is TicketOrder {
  return ticketOrders.includes(command.command)
}

/** @param photos that came with the words, or just before them */
export function readOrder(
  said: TicketOrder,
  photos: readonly TicketPhoto[],
  house: Pick<House, 'now' | 'calendar'>,
): Order {
  const number = said.number === undefined ? {} : { number: said.number }
  const any = () => true
  switch (said.command) {
    case 'accept':
      return {
        ...{ change: 'acknowledged', ...number, fits: (ticket) => ticket.responsible === undefined },
        command: ({ id }) => ({ type: 'ticket.acknowledge', ticket: id }),
      }
    case 'complete': {
      const { note } = said
      return {
        ...{ change: 'done', ...number, fits: any, asksFor: 'note' },
        command: ({ id }) =>
          note
            ? { type: 'ticket.done', ticket: id, note: note.slice(0, 500), photos: [...photos] }
            : undefined,
      }
    }
    case 'extend': {
      const asked = extensionAsked(said, house)
      return {
        ...{ change: 'extension_asked', ...number, fits: any, asksFor: 'extension' },
        refuses: (ticket) => {
          const days = asked.days(ticket)
          if (days === undefined || days > 0) return undefined
          return said.days === undefined ? 'day-after' : 'more-days'
        },
        command: (ticket) => {
          const [days, { reason }] = [asked.days(ticket), asked]
          return days === undefined || !reason
            ? undefined
            : { type: 'ticket.ask-extension', ticket: ticket.id, days, reason: reason.slice(0, longest) }
        },
      }
    }
    case 'approve':
      return {
        ...{ change: 'extended', ...number, fits: (ticket) => ticket.extension !== undefined },
        command: ({ id }) => ({ type: 'ticket.extend', ticket: id }),
      }
    case 'refuse':
      return {
        ...{ change: 'extension_refused', ...number, fits: (ticket) => ticket.extension !== undefined },
        command: ({ id }) => ({
          ...{ type: 'ticket.refuse-extension', ticket: id },
          ...reasonIn(said),
        }),
      }
    case 'whistle': {
      const departments = said.departments.map((name) => name.slice(0, 20)).slice(0, 8)
      return {
        ...{ change: 'whistled', ...number, fits: any, asksFor: 'whistle' },
        command: ({ id }) =>
          departments.length > 0 ? { type: 'ticket.whistle', ticket: id, departments } : undefined,
      }
    }
    case 'report-for-duty':
      return {
        ...{ change: 'reported_for_duty', ...number, fits: isCalled },
        command: ({ id }) => ({
          ...{ type: 'ticket.report-for-duty', ticket: id },
          ...(said.department !== undefined && { department: said.department }),
        }),
      }
    default:
      return readMove(said, number, house.now())
  }
}

const longest = 200

function readMove(
  said: Exclude<
    TicketOrder,
    { command: 'accept' | 'complete' | 'extend' | 'approve' | 'refuse' | 'whistle' | 'report-for-duty' }
  >,
  number: { readonly number?: string },
  now: number,
): Order {
  const any = () => true
  switch (said.command) {
    case 'reassign': {
      const { department } = said
      return {
        ...{ change: 'reassigned', ...number, fits: any, asksFor: 'reassign' },
        command: ({ id }) =>
          department ? { type: 'ticket.reassign', ticket: id, department, ...reasonIn(said) } : undefined,
      }
    }
    case 'return':
    case 'decline': {
      const reason = reasonOf(said)
      const type = said.command === 'return' ? 'ticket.return' : 'ticket.decline'
      const change = said.command === 'return' ? 'returned' : 'declined'
      return {
        ...{ change, ...number, fits: any, asksFor: said.command },
        command: ({ id }) => (reason ? { type, ticket: id, reason } : undefined),
      }
    }
    case 'hold': {
      const day = readDay(said.reason ?? '', localDate(now))
      const reason = day?.rest.slice(0, longest)
      return {
        ...{ change: 'on_hold', ...number, fits: any, asksFor: 'hold' },
        command: ({ id }) =>
          day && reason ? { type: 'ticket.hold', ticket: id, reason, until: day.date } : undefined,
      }
    }
    case 'reopen':
      return {
        ...{ change: 'reopened', ...number, fits: any },
        command: ({ id }) => ({ type: 'ticket.reopen', ticket: id, ...reasonIn(said) }),
      }
    case 'resume':
      return {
        ...{ change: 'resumed', ...number, fits: any },
        command: ({ id }) => ({ type: 'ticket.resume', ticket: id }),
      }
  }
}

function reasonOf({ reason }: { readonly reason?: string }): string | undefined {
  return reason?.slice(0, longest)
}

/** 2天, or 到11月30号: so many working days after the day on which the ticket is due. */
function extensionAsked(
  { days, reason }: TicketOrder & { readonly command: 'extend' },
  { now, calendar }: Pick<House, 'now' | 'calendar'>,
) {
  const day =
    days === undefined && toADay.test(reason ?? '') ? readDay(reason ?? '', localDate(now())) : undefined
  if (!day) return { days: () => days, reason }
  const until = (ticket: Ticket) => {
    let count = 0
    for (
      let date = addDays(localDate(ticket.deadline), 1);
      date <= day.date && count < mostDays;
      date = addDays(date, 1)
    )
      if (calendar.isWorkingDay(date)) count++
    return count
  }
  return { days: until, reason: day.rest }
}

const toADay = /[到至]|\d[月号日]|[周期拜][一二三四五六日天]|月底/u
/** More than any desk allows; a year that was mistyped must not be counted through. */
const mostDays = 999

/** Where none need be said, the door knows what to write. */
function reasonIn(said: { readonly reason?: string }): { readonly reason?: string } {
  const reason = reasonOf(said)
  return reason ? { reason } : {}
}

/** Their department was called, and has not reported for duty. */
export function isCalled(ticket: Ticket, person: Person): boolean {
  return (ticket.whistle?.departments ?? []).some(
    ({ department, reportedAt }) =>
      reportedAt === undefined && (person.department === undefined || person.department === department),
  )
}
