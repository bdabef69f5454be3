import type { Category } from '../../intents/understanding.ts'
import type { SmallMatters } from '../../tickets/routing.ts'
import { hour } from '../../tickets/shanghai-time.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import { addWorkingTime } from '../../tickets/working-calendar.ts'
import { ticketWords } from '../describe.ts'
import type { Group, Person } from '../documents.ts'
import type { House } from '../house.ts'
import type { Outcome } from '../outcome.ts'
import { reachesPlace } from '../people/reaches-place.ts'
import { isPrivateMatter } from '../private-matters.ts'
import type { Reading } from '../reading.ts'
import { alertPeople } from '../sending/alert-department.ts'

/** 小事不出栋: volunteers and building leaders of the place are asked first; whoever says 接单 has it. */
export async function askFirstHands(
  house: House,
  reading: Reading,
  ticket: Ticket,
  group: Group | undefined,
): Promise<Pick<Outcome, 'sends' | 'timers'>> {
  const { smallMatters } = house.routing
  if (!group || ticket.urgency !== 'normal' || !isSmall(smallMatters, ticket.category)) return {}
  // an accusation, or somebody's illness: for staff alone
  if (ticket.sensitive === true) return {}
  const near = await firstHandsOf(reading, group)
  const people = near.filter((person) => isFirstHand(smallMatters, ticket.category, person, near))
  if (people.length === 0) return {}
  const dueAt = addWorkingTime(house.calendar, house.now(), smallMatters.workingHours * hour)
  const ids = people.map(({ id }) => id)
  const words = ticketWords(house, ticket, house.now())
  return {
    sends: alertPeople(
      ids,
      isPrivateMatter(ticket) ? house.texts.firstHandsPrivate(words) : house.texts.firstHands(words),
    ),
    timers: [{ id: `first-hands/${ticket.id}`, kind: 'firstHands', ticket: ticket.id, dueAt }],
  }
}

function isSmall({ categories, skills }: SmallMatters, category: Category): boolean {
  return categories.includes(category) || skills?.[category] !== undefined
}

/** Whoever is there for such matters goes first; what needs their skill is offered to nobody without it. */
function isFirstHand(
  matters: SmallMatters,
  category: Category,
  person: Person,
  near: readonly Person[],
): boolean {
  if (hasSkillFor(matters, category, person)) return true
  return matters.categories.includes(category) && !near.some((other) => hasSkillFor(matters, category, other))
}

/** Somebody may lend a hand: it is small for everybody, or they are there for just this. */
export function mayHelp(matters: SmallMatters, category: Category, person: Person): boolean {
  return matters.categories.includes(category) || hasSkillFor(matters, category, person)
}

function hasSkillFor({ skills }: SmallMatters, category: Category, person: Person): boolean {
  return skills?.[category]?.some((skill) => person.skills?.includes(skill)) ?? false
}

/** Only those of this very place: nobody is asked to look at the other end of town. */
async function firstHandsOf(reading: Reading, group: Group): Promise<readonly Person[]> {
  const { documents } = await reading.find('people', {
    where: { role: { in: ['volunteer', 'building_leader'] } },
    limit: 10_000,
  })
  const near = new Set<Person>()
  for (const person of documents)
    for (const place of group.places)
      if (!near.has(person) && (await reachesPlace(reading, person.places, place))) near.add(person)
  return [...near]
}
