import type { TicketFact } from '../../tickets/event.ts'
import { isAllowed } from '../../tickets/lifecycle.ts'
import { comparePlaces } from '../../tickets/same-problem.ts'
import { type Ticket, takesPart } from '../../tickets/ticket.ts'
import { ticketWords } from '../describe.ts'
import type { Outcome } from '../outcome.ts'
import type { Handler, Situation } from '../situation.ts'
import { sayIfFitting } from '../speak.ts'

/** 我家也是 right after a ticket was opened here: one more who has the problem, not one more ticket. */
export const supportRightAfter: Handler = async (situation) => {
  const { groupState, reading, text, now, person, understanding } = situation
  const last = groupState?.lastTicket
  if (!last || now - last.at > rightAfter || !meToo.test(text)) return undefined
  const ticket = await reading.get('tickets', last.ticket)
  if (!ticket || !isAllowed(ticket.state, 'supported')) return undefined
  if (takesPart(ticket, person.id)) return undefined
  if (comparePlaces(ticket.place, understanding.place ?? null) === 'different') return undefined
  return supportTicket(situation, ticket)
}

const rightAfter = 10 * 60_000
/** The whole line, or its beginning, says no more than "me too". */
const meToo =
  /^(?:(?:(?:我|俺|咱|我们|俺们|咱们)(?:家|楼|单元|这|这边|这里|这儿|楼上|楼下)?|(?:[\da-z一二三四五六七八九十]+(?:号楼|栋|幢|单元|楼|层))+)也(?:是|一样|有|遇到|停|没|不|坏|漏|堵|黑|断)|同上|同$|同问|一样$|同求|附议|\+\s*1(?!\d)|加一|同感|一样一样|(?:同样|一样)的(?:问题|情况)|支持反映)/u

/** One short word to the first supporter; the others are counted without a word. */
export function supportTicket(situation: Situation, ticket: Ticket): Outcome {
  const { person, house, now, photos } = situation
  const by = person.id
  const done: Outcome = {
    facts: [
      { ticket: ticket.id, by, fact: supportFrom(situation.group?.id ?? null, ticket) },
      ...(photos.length > 0 ? [{ ticket: ticket.id, by, fact: { type: 'amended', photos } as const }] : []),
    ],
    memory: { lastTicket: { ticket: ticket.id, at: now } },
    why: `supports ${ticket.id}`,
  }
  const text = house.texts.ticketSupported(ticketWords(house, ticket, now))
  return sayIfFitting(situation, `support/${ticket.id}`, text, done)
}

/** Whoever joins in from another group, or in private, is told of the end there. */
export function supportFrom(group: string | null, ticket: Ticket): TicketFact {
  return { type: 'supported', ...(group !== ticket.group && { in: group }) }
}
