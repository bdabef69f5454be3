import { findNumber, saidNumber } from '../../tickets/number.ts'
import { ownerOf, type Ticket } from '../../tickets/ticket.ts'
import { callOff, isCalledOff } from '../duties/called-off.ts'
import { toldOf } from '../duties/ladder.ts'
import { both, type Outcome } from '../outcome.ts'
import { answerTo, type Situation } from '../situation.ts'
import { openTickets } from '../tickets-of.ts'
import { emergenciesHere } from './running-emergency.ts'

/** So long after the first call its reporter may still say that it was nothing. */
const within = 2 * 3_600_000

/** 看错了，是人家放烟花, by whoever called, or by staff who have it in hand. */
export async function calledOff(situation: Situation): Promise<Outcome | undefined> {
  const { house, reading, person, text } = situation
  const line = text.split('\n').find(isCalledOff)
  if (line === undefined) return undefined
  const ticket = await meant(situation)
  if (!ticket || (!situation.staff && ticket.acknowledgedAt !== undefined && isGoodEnd(line)))
    return undefined
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

/** Of several, none without its number: the wrong ladder must not stop. */
async function meant(situation: Situation): Promise<Ticket | undefined> {
  const { person, staff, reading, text, isPrivate } = situation
  const here = await emergenciesHere(situation, { within })
  const all = staff && isPrivate ? await openTickets(reading) : here
  const theirs = all.filter(
    ({ reporter, responsible, urgency, openedAt }) =>
      urgency === 'emergency' &&
      situation.now - openedAt <= within &&
      (reporter === person.id || (staff && (!isPrivate || responsible === person.id))),
  )
  const number = findNumber(text)
  const named = number ? theirs.filter(({ id }) => number.said === saidNumber(id)) : theirs
  return named.length === 1 ? named[0] : undefined
}
