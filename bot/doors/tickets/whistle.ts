import type { Ticket, Whistle } from '../../../tickets/ticket.ts'
import { ticketWords } from '../../describe.ts'
import type { House } from '../../house.ts'
import type { Send } from '../../outcome.ts'
import { groupOfTicket } from '../../people/group-of-ticket.ts'
import type { Reading } from '../../reading.ts'
import { departmentNamed, knownDepartments } from '../../routing/departments.ts'
import { alertPeople, staffOfDepartment } from '../../sending/alert-department.ts'
import { type Actor, byOf, type Command, RefusedError } from '../command.ts'
import type { Decided } from '../decided.ts'
import { lawfulTicket } from './lawful-ticket.ts'

/** 吹哨: several departments are called to one ticket; each reports for duty in time, the lead one concludes. */
export async function whistle(
  house: House,
  reading: Reading,
  actor: Actor,
  { ticket: id, departments: said }: Command & { type: 'ticket.whistle' },
): Promise<Decided> {
  const ticket = await lawfulTicket(house, reading, actor, id, 'whistled')
  const known = await knownDepartments(reading, house)
  const departments = [...new Set(said.map((name) => meant(name, known)))]
  const dueAt = house.now() + house.desk.whistle.minutes * 60_000
  const sends: Send[] = []
  const unreached: string[] = []
  for (const department of departments) {
    const alerts = await call(house, reading, ticket, department)
    if (alerts.length === 0) unreached.push(department)
    sends.push(...alerts)
  }
  if (unreached.length > 0) {
    const words = { ...ticketWords(house, ticket, house.now()), departments: unreached.join('、') }
    sends.push({ kind: 'alert', to: { role: 'admin' }, text: house.texts.whistleUnreached(words) })
  }
  return {
    outcome: {
      facts: [{ ticket: id, by: byOf(actor), fact: { type: 'whistled', departments, dueAt } }],
      sends,
      timers: [{ id: `whistle/${id}`, kind: 'whistle', ticket: id, dueAt }],
    },
    result: { ticket: id, departments: departments.join(' '), unreached: unreached.join(' ') },
  }
}

async function call(
  house: House,
  reading: Reading,
  ticket: Ticket,
  department: string,
): Promise<readonly Send[]> {
  const staff = await staffOfDepartment(reading, department, await groupOfTicket(reading, ticket))
  const { minutes } = house.desk.whistle
  const text = house.texts.whistled({
    ...ticketWords(house, ticket, house.now()),
    called: department,
    minutes,
  })
  return alertPeople(
    staff.map(({ id }) => id),
    text,
  )
}

/** 报到: one word is enough. Whoever whistled hears who is there. */
export async function reportForDuty(
  house: House,
  reading: Reading,
  actor: Actor,
  { ticket: id, department: said }: Command & { type: 'ticket.report-for-duty' },
): Promise<Decided> {
  const ticket = await lawfulTicket(house, reading, actor, id, 'reported_for_duty')
  const { whistle: blown } = ticket
  if (!blown) throw new RefusedError('incomplete', `nobody has whistled for ticket ${id}`, 'whistle')
  const department = await whose(house, reading, actor, blown, said)
  const called = blown.departments.find((each) => each.department === department)
  if (!called)
    throw new RefusedError('incomplete', `${department} was not called to ticket ${id}`, 'own-department')
  const there = blown.departments.filter(
    (each) => each.reportedAt !== undefined || each.department === department,
  )
  const missing = blown.departments.filter((each) => !there.includes(each)).map((each) => each.department)
  const words = {
    ...ticketWords(house, ticket, house.now()),
    called: department,
    missing: missing.join('、'),
  }
  const told = missing.length > 0 ? house.texts.reportedForDuty(words) : house.texts.allReportedForDuty(words)
  const by = byOf(actor)
  const first = called.reportedAt === undefined
  return {
    outcome: {
      facts: first ? [{ ticket: id, by, fact: { type: 'reported_for_duty', department } }] : [],
      sends: first && blown.by !== by && blown.by !== 'operator' ? alertPeople([blown.by], told) : [],
      cancelled: missing.length === 0 ? [`whistle/${id}`] : [],
    },
    result: { ticket: id, department, missing: missing.join(' ') },
  }
}

/** A department speaks for itself; admins and the operator note the arrival of others. @throws RefusedError */
async function whose(
  house: House,
  reading: Reading,
  actor: Actor,
  blown: Whistle,
  said: string | undefined,
): Promise<string> {
  const person = actor.kind === 'person' ? await reading.get('people', actor.id) : undefined
  if (person?.role === 'department' && person.department !== undefined) return person.department
  if (said !== undefined) return meant(said, await knownDepartments(reading, house))
  if (person?.department !== undefined) return person.department
  // the roster does not say which: when only one is missing, it is that
  const missing = blown.departments.filter(({ reportedAt }) => reportedAt === undefined)
  if (missing.length === 1 && missing[0]) return missing[0].department
  throw new RefusedError('incomplete', 'which department reports for duty? name it', 'which-department')
}

function meant(name: string, known: readonly string[]): string {
  const department = departmentNamed(name, known)
  if (department !== undefined) return department
  throw new RefusedError('incomplete', `no department ${name}: known are ${known.join(', ')}`, 'department')
}
