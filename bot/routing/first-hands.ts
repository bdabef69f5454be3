import { hour } from '../../tickets/shanghai-time.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import { addWorkingTime } from '../../tickets/working-calendar.ts'
import { ticketWords } from '../describe.ts'
import type { Group } from '../documents.ts'
import type { House } from '../house.ts'
import type { Outcome } from '../outcome.ts'
import { reachesPlace } from '../people/reaches-place.ts'
import type { Reading } from '../reading.ts'
import { alertPeople } from '../sending/alert-department.ts'

/** 小事不出栋: volunteers and building leaders of the place are asked first; whoever says 接单 has it. */
export async function askFirstHands(
  house: House,
  reading: Reading,
  ticket: Ticket,
  group: Group | undefined,
): Promise<Pick<Outcome, 'sends' | 'timers'>> {
  const { categories, workingHours } = house.routing.smallMatters
  if (!group || ticket.urgency !== 'normal' || !categories.includes(ticket.category)) return {}
  const people = await firstHandsOf(reading, group)
  if (people.length === 0) return {}
  const dueAt = addWorkingTime(house.calendar, house.now(), workingHours * hour)
  return {
    sends: alertPeople(people, house.texts.firstHands(ticketWords(house, ticket, house.now()))),
    timers: [{ id: `first-hands/${ticket.id}`, kind: 'firstHands', ticket: ticket.id, dueAt }],
  }
}

/** Only those of this very place: nobody is asked to look at the other end of town. */
async function firstHandsOf(reading: Reading, group: Group): Promise<readonly string[]> {
  const { documents } = await reading.find('people', {
    where: { role: { in: ['volunteer', 'building_leader'] } },
    limit: 10_000,
  })
  const near: string[] = []
  for (const person of documents)
    for (const place of group.places)
      if (!near.includes(person.id) && (await reachesPlace(reading, person.places, place)))
        near.push(person.id)
  return near
}
