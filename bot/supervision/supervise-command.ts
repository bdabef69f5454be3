import type { StaffCommand } from '../../intents/staff-commands.ts'
import { saidNumber } from '../../tickets/number.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import { ticketWords } from '../describe.ts'
import { maySee } from '../doors/tickets/scope.ts'
import type { Outcome } from '../outcome.ts'
import { reply, type Situation } from '../situation.ts'
import { ticketByNumber } from '../tickets-of.ts'
import { superviseFor } from './supervise.ts'

/**
 * 收到, 知道了, 督办: whoever was told of a red ticket has seen it. Without a number, all that were reported to them.
 * Undefined when no number is said and nothing waits: then it was only a kind word.
 */
export async function supervise(
  situation: Situation,
  { number }: StaffCommand & { readonly command: 'supervise' },
): Promise<Outcome | undefined> {
  const { house, reading, person, now } = situation
  const named = number === undefined ? undefined : await ticketByNumber(reading, number, now)
  if (number !== undefined && !named) return reply(situation, house.texts.ticketUnknown())
  const seen = await superviseFor(reading, person.id, named?.id)
  if (seen)
    return reply(situation, house.texts.supervised({ numbers: numbersOf(seen.tickets) }), {
      facts: seen.facts,
    })
  if (!named) return undefined
  if (!(await maySee(house, reading, person, named))) return reply(situation, house.texts.ticketUnknown())
  return reply(situation, house.texts.supervisedNothing(ticketWords(house, named, now)))
}

/** One screen. */
const mostNamed = 10

function numbersOf(tickets: readonly Ticket[]): string {
  const named = tickets.slice(0, mostNamed).map(({ id }) => saidNumber(id))
  return named.join('、') + (tickets.length > mostNamed ? '…' : '')
}
