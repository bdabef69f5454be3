import { plainDate } from '../../tickets/shanghai-time.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import { lightWord, ticketWords } from '../describe.ts'
import { both, type Outcome } from '../outcome.ts'
import { isPrivateMatter } from '../private-matters.ts'
import { reply, type Situation } from '../situation.ts'

const mostListed = 10

/** 工单: the list, and what the bot remembers of it. */
export function ticketList(situation: Situation, tickets: readonly Ticket[]): Outcome {
  const { texts } = situation.house
  const shown = tickets.slice(0, mostListed)
  const more = tickets.length - shown.length
  const rest = more > 0 ? `\n${texts.staffTicketsMore({ count: more })}` : ''
  const said = reply(
    situation,
    texts.staffTickets({ count: tickets.length, lines: lines(situation, shown) + rest }),
  )
  return both(said, remembered(situation, shown))
}

/** Several fit: the answer may be the number of a line. @param order as it shall then be obeyed, without a number */
export function whichOfThem(situation: Situation, tickets: readonly Ticket[], order: string): Outcome {
  const shown = tickets.slice(0, mostListed)
  const said = reply(situation, situation.house.texts.staffWhich({ lines: lines(situation, shown) }))
  return both(said, remembered(situation, shown, order))
}

function remembered({ now }: Situation, tickets: readonly Ticket[], order?: string): Outcome {
  const ids = tickets.map(({ id }) => id)
  return { memory: { lastList: { tickets: ids, at: now, ...(order && { order }) } } }
}

/** Numbered where there are several: 第二个 is easier said than a number. */
function lines(situation: Situation, tickets: readonly Ticket[]): string {
  const { house, now } = situation
  return tickets
    .map((ticket, at) => {
      const words = { ...ticketWords(house, ticket, now), ...toldApart(situation, ticket) }
      const line = house.texts.staffTicketLine({ ...words, light: lightWord(house.texts, ticket, now) })
      return tickets.length > 1 ? `${at + 1}. ${line}` : line
    })
    .join('\n')
}

/** Four lines of "a private matter" help nobody who may see them; in a group they stay hidden. */
function toldApart({ house, isPrivate }: Situation, ticket: Ticket) {
  if (!isPrivate || !isPrivateMatter(ticket)) return {}
  const category = house.categories[ticket.category].name
  const what = house.texts.privateMatterInList({ category, date: plainDate(ticket.openedAt) })
  return { what, department: ticket.department }
}
