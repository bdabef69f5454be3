import { findNumber, saidNumber } from '../../tickets/number.ts'
import { isRunning, ownerOf, type Ticket } from '../../tickets/ticket.ts'
import { callOff, isCalledOff } from '../duties/called-off.ts'
import { toldOf } from '../duties/ladder.ts'
import { both, type Outcome } from '../outcome.ts'
import { answerTo, reply, type Situation } from '../situation.ts'
import { openTickets } from '../tickets-of.ts'
import { emergenciesHere } from './running-emergency.ts'

/** So long after the first call its reporter may still say that it was nothing. */
const within = 2 * 3_600_000

/** 看错了，是人家放烟花, by whoever called, or by staff who were alerted. */
export async function calledOff(situation: Situation): Promise<Outcome | undefined> {
  const { house, reading, person, text, staff } = situation
  const line = text.split('\n').find(isCalledOff)
  if (line === undefined) return undefined
  const tickets = await meant(situation)
  const [ticket] = tickets
  if (!ticket || (!staff && ticket.acknowledgedAt !== undefined && isGoodEnd(line))) return undefined
  // the wrong ladder must not stop
  if (tickets.length > 1)
    return reply(
      situation,
      house.texts.emergencyWhichOver({ count: tickets.length, number: saidNumber(ticket.id) }),
    )
  const owner = ownerOf(ticket)
  const told = [...(await toldOf(house, reading, ticket)), ...(owner === undefined ? [] : [owner])]
  return both(callOff(house, ticket, { person, text: line, told }), {
    sends: [
      { kind: 'reply', to: answerTo(situation), text: house.texts.emergencyCallOffHeard(), urgent: true },
    ],
  })
}

/** The fire is out: whoever has it in hand stands before it. A false alarm, and a child that came home, they do not see. */
function isGoodEnd(line: string): boolean {
  return /灭了|没(?:什么|啥|多大)?事/u.test(line) && !/[误错找]|不是|放|回来/u.test(line)
}

/** Of residents what they reported; of staff what burns in this group, and what they were alerted of or have taken. */
async function meant(situation: Situation): Promise<readonly Ticket[]> {
  const { house, person, staff, reading, text, group, now } = situation
  const all = staff ? await openTickets(reading) : await emergenciesHere(situation, { within })
  const recent = all.filter(
    (each) => each.urgency === 'emergency' && isRunning(each) && now - each.openedAt <= within,
  )
  const number = findNumber(text)
  const theirs: Ticket[] = []
  for (const ticket of recent) {
    if (number && number.said !== saidNumber(ticket.id)) continue
    const own = ticket.reporter === person.id || ticket.responsible === person.id
    const here = staff && group !== undefined && ticket.group === group.id
    if (own || here || (staff && (await toldOf(house, reading, ticket)).includes(person.id)))
      theirs.push(ticket)
  }
  return theirs
}
