import { reopenedDeadline } from '../../../tickets/deadline.ts'
import { plainDateTime } from '../../../tickets/shanghai-time.ts'
import type { Ticket } from '../../../tickets/ticket.ts'
import { ticketWords } from '../../describe.ts'
import type { Person } from '../../documents.ts'
import type { House } from '../../house.ts'
import type { Send } from '../../outcome.ts'
import { groupOfTicket } from '../../people/group-of-ticket.ts'
import { ownerNow } from '../../people/hand-over.ts'
import { personNamed } from '../../people/person-named.ts'
import type { Reading } from '../../reading.ts'
import { departmentNamed, knownDepartments } from '../../routing/departments.ts'
import { fallbackOwner } from '../../routing/route.ts'
import { alertPeople, staffOfDepartment } from '../../sending/alert-department.ts'
import { tellWaiting } from '../../sending/tell-waiting.ts'
import { type Actor, byOf, type Command, RefusedError } from '../command.ts'
import type { Decided } from '../decided.ts'
import { mayHaveConduct } from './conduct.ts'
import { lawfulTicket } from './lawful-ticket.ts'

/** 转城管, 转张三: to another department or person, who is told. */
export async function reassign(
  house: House,
  reading: Reading,
  actor: Actor,
  {
    ticket: id,
    department: said,
    assigned,
    reason = house.texts.reasonReassigned(),
  }: Command & { type: 'ticket.reassign' },
): Promise<Decided> {
  const ticket = await lawfulTicket(house, reading, actor, id, 'reassigned')
  const { department = ticket.department, person } = await newOwner(house, reading, said, assigned)
  const group = await groupOfTicket(reading, ticket)
  const wanted = person ? [person] : await staffOfDepartment(reading, department, group)
  const people: Person[] = []
  for (const each of wanted) if (await mayHaveConduct(reading, ticket, each, house.now())) people.push(each)
  if (wanted.length > 0 && people.length === 0)
    throw new RefusedError(
      'incomplete',
      `ticket ${id} is about the conduct of staff: it goes to a grid leader or above, and to nobody it speaks of`,
      'higher',
    )
  const [owner] = people
  const fact = { type: 'reassigned', department, ...(owner && { assigned: owner.id }), reason } as const
  return {
    outcome: {
      facts: [{ ticket: id, by: byOf(actor), fact }],
      sends: handedOver(house, { ...ticket, department }, people, reason, byOf(actor)),
    },
    result: { ticket: id, department, assigned: owner?.name ?? null },
  }
}

/** 退单: whoever should have it does not; the fallback owner finds the right one. */
export async function giveBack(
  house: House,
  reading: Reading,
  actor: Actor,
  { ticket: id, reason }: Command & { type: 'ticket.return' },
): Promise<Decided> {
  const ticket = await lawfulTicket(house, reading, actor, id, 'returned')
  const owner = await fallbackOwner(reading, house, await groupOfTicket(reading, ticket))
  const { department } = house.routing.fallback
  const fact = { type: 'returned', department, ...(owner && { assigned: owner.id }), reason } as const
  const text = house.texts.returnedAlert({ ...ticketWords(house, ticket, house.now()), reason })
  const sends: readonly Send[] = owner
    ? alertPeople([owner.id], text)
    : [{ kind: 'alert', to: { role: house.routing.fallback.role }, text }]
  return {
    outcome: { facts: [{ ticket: id, by: byOf(actor), fact }], sends },
    result: { ticket: id, department, assigned: owner?.name ?? null },
  }
}

/** 不受理: the resident is told why, and what to do who disagrees. */
export async function decline(
  house: House,
  reading: Reading,
  actor: Actor,
  { ticket: id, reason }: Command & { type: 'ticket.decline' },
): Promise<Decided> {
  const ticket = await lawfulTicket(house, reading, actor, id, 'declined')
  const words = { ...ticketWords(house, ticket, house.now()), reason }
  return {
    outcome: {
      facts: [{ ticket: id, by: byOf(actor), fact: { type: 'declined', reason } }],
      sends: await tellWaiting(house, reading, ticket, house.texts.ticketDeclined(words)),
    },
    result: { ticket: id, state: 'declined' },
  }
}

/** An admin finds that it was ended too early. */
export async function reopen(
  house: House,
  reading: Reading,
  actor: Actor,
  { ticket: id, reason = house.texts.reasonReopened() }: Command & { type: 'ticket.reopen' },
): Promise<Decided> {
  const ticket = await lawfulTicket(house, reading, actor, id, 'reopened')
  const { workingDays } = house.categories[ticket.category]
  const due = reopenedDeadline(house.calendar, house.now(), workingDays, ticket.urgency)
  const { owner, facts: passedOn } = await ownerNow(house, reading, ticket)
  const words = ticketWords(house, { ...ticket, ...due }, house.now())
  return {
    outcome: {
      facts: [{ ticket: id, by: byOf(actor), fact: { type: 'reopened', ...due } }, ...passedOn],
      sends: owner === undefined ? [] : alertPeople([owner], house.texts.handedOver({ ...words, reason })),
    },
    result: { ticket: id, state: 'dispatched', deadline: plainDateTime(due.deadline) },
  }
}

function handedOver(
  house: House,
  ticket: Ticket,
  people: readonly Person[],
  reason: string,
  by: string,
): readonly Send[] {
  const text = house.texts.handedOver({ ...ticketWords(house, ticket, house.now()), reason })
  const others = people.filter(({ id }) => id !== by)
  return others.length > 0 || people.length > 0
    ? alertPeople(
        others.map(({ id }) => id),
        text,
      )
    : [{ kind: 'alert', to: { role: 'department' }, text }]
}

interface Wanted {
  readonly department?: string
  readonly person?: Person
}

/** In chat a department and a person are said in the same place: 转城管, 转张三. @throws RefusedError */
async function newOwner(
  house: House,
  reading: Reading,
  said: string | undefined,
  assigned: string | undefined,
): Promise<Wanted> {
  const departments = await knownDepartments(reading, house)
  const department = said === undefined ? undefined : departmentNamed(said, departments)
  const name = assigned ?? (department === undefined ? said : undefined)
  if (name === undefined) return department === undefined ? {} : { department }
  const person = await personNamed(reading, name)
  if (person) return { person, ...withDepartment(department ?? person.department) }
  throw new RefusedError(
    'incomplete',
    `${name} is no department and nobody's own name on the roster; departments are ${departments.join(', ')}`,
    assigned === undefined ? 'department' : 'person',
  )
}

function withDepartment(department: string | undefined): Wanted {
  return department === undefined ? {} : { department }
}
