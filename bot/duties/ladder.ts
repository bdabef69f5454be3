import { maskPersonalData } from '../../intents/personal-data.ts'
import { formatPlace } from '../../intents/places.ts'
import { isAllowed } from '../../tickets/lifecycle.ts'
import { findNumber, saidNumber } from '../../tickets/number.ts'
import { isOpen, type Ticket } from '../../tickets/ticket.ts'
import { decideAndCommit } from '../commit.ts'
import { placeInPublic } from '../describe.ts'
import type { Group, InboxEntry, Person, Role } from '../documents.ts'
import type { House } from '../house.ts'
import { both, type Outcome, type Send, type TicketChange } from '../outcome.ts'
import { isStaff } from '../people/directory.ts'
import { groupOfTicket } from '../people/group-of-ticket.ts'
import { homeGroup } from '../people/home-group.ts'
import { reachesPlace } from '../people/reaches-place.ts'
import type { Reading } from '../reading.ts'
import { alertPeople, staffOfDepartment } from '../sending/alert-department.ts'
import { alertRole } from '../sending/alert-role.ts'
import { isStaffGroup } from '../sending/alert-route.ts'
import { subjectTakenBy } from '../staff-floor.ts'
import { superviseFor } from '../supervision/supervise.ts'
import type { Timer } from '../timer.ts'
import { isCalledOff } from './called-off.ts'
import { peopleOnDuty } from './duty-roster.ts'
import { isAboutNotices } from './notice-order.ts'
import { passingOn, passOn } from './pass-on.ts'
import { ladderId } from './promises-over.ts'

/**
 * The alert ladder of an emergency: staff are told at once, and 2, 5 and 10 minutes after the first alert,
 * each time higher, until any line of staff in that group or in private shows that somebody has it.
 */
const steps: readonly { readonly role: Role; readonly after: number }[] = [
  { role: 'grid_worker', after: 0 },
  { role: 'grid_leader', after: 2 * 60_000 },
  { role: 'department', after: 5 * 60_000 },
  { role: 'admin', after: 10 * 60_000 },
]

/** After the last step the house still listens this long for somebody who says that they have it. */
const listensFor = 2 * 3_600_000

type LadderTimer = Timer & { readonly kind: 'ladder' }

/** The first alert and the timer of the second. */
export async function startLadder(
  house: House,
  reading: Reading,
  ticket: Ticket,
  group: Group | undefined,
  reporterName: string,
): Promise<Pick<Outcome, 'sends' | 'timers'>> {
  const told = await tellStaff(house, reading, ticket, group, reporterName)
  return { ...told, timers: [timerFor(ticket.id, 1, house.now(), peopleIn(told.sends))] }
}

/** To those who stand on the first step: the alert, or what has become known since. */
export async function tellStaff(
  house: House,
  reading: Reading,
  ticket: Ticket,
  group: Group | undefined,
  reporterName: string,
  where = ticket.place ? formatPlace(ticket.place, { withRoom: true }) : house.texts.placeUnknown(),
): Promise<Pick<Outcome, 'sends'>> {
  const text = house.texts.emergencyAlert({
    ...{ group: whereSaid(house, ticket, group), person: reporterName, text: ticket.text },
    place: where,
    number: saidNumber(ticket.id),
  })
  return { sends: await alertStep(house, reading, ticket, steps[0]?.role ?? 'grid_worker', group, text) }
}

/** Who was alerted: by the running ladder; once somebody has it, those of the first step. */
export async function toldOf(house: House, reading: Reading, ticket: Ticket): Promise<readonly string[]> {
  const timer = await reading.get('timers', ladderId(ticket.id))
  if (timer?.kind === 'ladder' && timer.told) return timer.told
  const group = await groupOfTicket(reading, ticket)
  return peopleIn(await alertStep(house, reading, ticket, steps[0]?.role ?? 'grid_worker', group, ''))
}

/** A device speaks in no chat. */
function whereSaid(house: House, { reporter }: Ticket, group: Group | undefined): string {
  if (group) return group.name
  return reporter.startsWith('system/') ? '' : house.texts.privateChat()
}

/** Those on duty, and those of the step. Where nobody keeps a duty roster, the step alone. */
async function alertStep(
  house: House,
  reading: Reading,
  ticket: Ticket,
  role: Role,
  group: Group | undefined,
  text: string,
): Promise<readonly Send[]> {
  const near = group ?? (await homeGroup(reading, ticket.reporter))
  const onDuty = (await peopleOnDuty(house, reading, near)).map(({ id }) => id)
  const ofStep = await sendsOfStep(reading, ticket, role, near, text)
  // a role that nobody holds is told on record only while nobody at all is told
  if (onDuty.length === 0) return ofStep
  return alertPeople([...onDuty, ...peopleIn(ofStep)], text, { urgent: true })
}

/** Of the departments the ticket's own; everybody of that role only where its department has nobody on the roster. */
async function sendsOfStep(
  reading: Reading,
  { department }: Ticket,
  role: Role,
  group: Group | undefined,
  text: string,
): Promise<readonly Send[]> {
  const own = role === 'department' ? await staffOfDepartment(reading, department, group) : []
  if (own.length === 0) return alertRole(reading, role, group, text, { urgent: true })
  return alertPeople(
    own.map(({ id }) => id),
    text,
    { urgent: true },
  )
}

function peopleIn(sends: readonly Send[] = []): readonly string[] {
  return sends.flatMap(({ to }) => ('person' in to ? [to.person] : []))
}

/** The ladder's timer is due: one step higher, unless the ticket has ended. */
export async function climbLadder(house: House, reading: Reading, timer: LadderTimer): Promise<Outcome> {
  const ticket = await reading.get('tickets', timer.ticket)
  const step = steps[timer.step]
  if (!ticket || !step || !isOpen(ticket)) return { cancelled: [timer.id] }
  const group = await groupOfTicket(reading, ticket)
  const text = house.texts.emergencyAlertAgain({
    ...{
      step: timer.step + 1,
      number: saidNumber(ticket.id),
      group: whereSaid(house, ticket, group),
    },
    ...{ place: placeInPublic(ticket.place) ?? '', text: maskPersonalData(ticket.text) },
  })
  const sends = await alertStep(house, reading, ticket, step.role, group, text)
  const told = timer.told && [...new Set([...timer.told, ...peopleIn(sends)])]
  return {
    sends,
    timers: [timerFor(ticket.id, timer.step + 1, timer.firstAt, told)],
    facts: [
      { ticket: ticket.id, by: 'bot', fact: { type: 'escalated', to: step.role, reason: 'no answer' } },
    ],
    why: `nobody answered: step ${timer.step + 1} of the alert ladder`,
  }
}

/** Seen at once, not when the burst is over: staff have the floor, and an alert they answer is answered. */
export async function noteStaffLine(house: House, entry: InboxEntry): Promise<void> {
  const person = await house.store.get<Person>('people', entry.person)
  if (!person || !isStaff(person)) return
  await decideAndCommit(house, async (reading) => {
    const heard = await heardOfAlerts(house, reading, entry, person)
    const sentOn = (heard.sends?.length ?? 0) > 0
    const { group } = entry
    if (group === null && !heard.cancelled?.length && !sentOn) return undefined
    // sent on, the line is settled: nobody else need look at it
    const line = sentOn ? await reading.get('inbox', entry.id) : undefined
    const lines = line ? [line] : []
    const cause = { id: `staff/${entry.id}`, group, person: person.id, lines, messages: [entry.id] }
    return { cause, outcome: both(heard, await floorTaken(reading, entry)) }
  })
}

/** What a line of staff means for the alerts that wait for one: an answer, or that somebody else shall have it. */
async function heardOfAlerts(
  house: House,
  reading: Reading,
  entry: InboxEntry,
  person: Person,
): Promise<Outcome> {
  const running = await runningLadders(reading)
  // 收到 is an answer whatever was said before
  if (running.length > 0 && !isReceipt(entry.text) && (await isAboutNotices(house, reading, entry))) return {}
  const passing = await passingOn(reading, person, entry)
  const numbers: string[] = []
  let heard: Outcome = {}
  for (const timer of running) {
    const ticket = await reading.get('tickets', timer.ticket)
    if (!(await speaksOf(reading, entry, person, timer, ticket))) continue
    // the handler has the whole utterance: what is called off is told to whoever was alerted
    if (ticket && isCalledOff(entry.text)) continue
    const more = passing && ticket ? passOn(house, timer, ticket, passing) : answered(timer, ticket, person)
    heard = both(heard, more)
    if (ticket && !passing) numbers.push(saidNumber(ticket.id))
  }
  if (numbers.length === 0 || entry.group !== null || !isReceipt(entry.text)) return heard
  // whoever also has red tickets to see is answered about those
  if (await superviseFor(reading, person.id)) return heard
  const text = house.texts.emergencyHeard({ number: numbers.join('、') })
  return both(heard, { sends: [{ kind: 'reply', to: { person: person.id }, text, urgent: true }] })
}

/** 收到，马上到: no more than that. */
function isReceipt(text: string): boolean {
  return /^[#＃]?\s*(?:收到|知道了|明白|好的?|ok|马上|这就|我去|我来|在路上|来了|已经?到|到了)[^办转退销？?]{0,14}$/iu.test(
    text.trim(),
  )
}

function answered({ id }: LadderTimer, ticket: Ticket | undefined, person: Person): Outcome {
  const acknowledged: TicketChange[] =
    ticket && isAllowed(ticket.state, 'acknowledged')
      ? [{ ticket: ticket.id, by: person.id, fact: { type: 'acknowledged' } }]
      : []
  return { facts: acknowledged, cancelled: [id] }
}

/**
 * A line in the group of the emergency, of one that came from nowhere (an alarm, a private call) in a group of staff;
 * in private, or among staff, of those only who were told of it or answer for its place: a clerk at the other end of
 * the district who asks for the day's tickets has not heard of the fire.
 */
async function speaksOf(
  reading: Reading,
  { group, text }: InboxEntry,
  person: Person,
  { told }: LadderTimer,
  ticket: Ticket | undefined,
): Promise<boolean> {
  if (!ticket) return group === null
  const number = findNumber(text)
  // 办结 1120-003 speaks of that, whatever burns elsewhere
  if (number && number.said !== saidNumber(ticket.id)) return false
  if (group !== null && group === ticket.group) return true
  if (group !== null && !isStaffGroup(await reading.get('groups', group))) return false
  if (!told || told.includes(person.id) || (group !== null && ticket.group === null)) return true
  const { places = [] } = (ticket.group && (await reading.get('groups', ticket.group))) || {}
  for (const place of places) if (await reachesPlace(reading, person.places, place)) return true
  return ticket.group !== null && places.length === 0
}

/** Staff who speak to the bot do not take the floor by it. */
async function floorTaken(reading: Reading, entry: InboxEntry): Promise<Pick<Outcome, 'groupState'>> {
  if (entry.group === null || entry.mentioned || entry.text.startsWith('#')) return {}
  return { groupState: { lastStaffAt: entry.at, staffSubject: await subjectTakenBy(reading, entry) } }
}

async function runningLadders(reading: Reading): Promise<readonly LadderTimer[]> {
  const { documents } = await reading.find('timers', { where: { kind: 'ladder' }, order: 'dueAt' })
  return documents as readonly LadderTimer[]
}

/** The timer of the next step; behind the last one it alerts nobody, and only waits for an answer. */
function timerFor(
  ticket: string,
  step: number,
  firstAt: number,
  told: readonly string[] | undefined,
): LadderTimer {
  const dueAt = firstAt + (steps[step]?.after ?? listensFor)
  return { id: ladderId(ticket), kind: 'ladder', ticket, step, firstAt, dueAt, ...(told && { told }) }
}
