import { maskPersonalData } from '../../intents/personal-data.ts'
import type { TicketEvent } from '../../tickets/event.ts'
import { isoShanghai } from '../../tickets/shanghai-time.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import type { Reading } from '../reading.ts'
import type { OutboxEntry, OutboxState } from '../sending/outbox-documents.ts'
import { sendsOfTicket } from './related-sends.ts'
import { eventInWords, operatorName, roleNames } from './timeline-words.ts'

/** The history of one ticket as staff read it: what happened, and who was told of it. */
export interface TimelineRow {
  /** ms since 1970. */
  readonly at: number
  /** 2026-11-20 14:02 */
  readonly time: string
  /** An event of the ticket, or `alerted`. */
  readonly type: TicketEvent['type'] | 'alerted'
  /** Person id, bot, operator or system/NAME; null to those who may not know. */
  readonly by: string | null
  /** One sentence in Chinese. */
  readonly text: string
}

/** @param open whether the reader may see what was said, by whom, and the room */
export async function timelineOf(
  reading: Reading,
  ticket: Ticket,
  open: boolean,
): Promise<readonly TimelineRow[]> {
  const where = { ticket: ticket.id }
  const { documents } = await reading.find('ticketEvents', { where, order: 'sequence', limit: 10_000 })
  const alerts = alertsIn(await sendsOfTicket(reading, ticket))
  const rows: TimelineRow[] = []
  const emergency = ticket.urgency === 'emergency'
  let count = 0
  const tell = async (alert: Alert) => {
    const again = count > 0
    // the steps of the ladder are its escalations; what is told between them is news of the same
    if (!isWarning(alert)) count = Math.max(count, 1)
    rows.push(await alertRow(reading, alert, open, emergency && again))
  }
  for (const event of documents) {
    const escalated = event.type === 'escalated'
    // an alert that went out with an escalation is told with it, the others between the events
    const own = escalated ? takeAt(alerts, event.at) : []
    for (const alert of takeBefore(alerts, event.at)) await tell(alert)
    // the first alert of an emergency goes out as it is opened, and is kept for a week only
    if (escalated) count = Math.max(count, 1) + 1
    const told = await namesOf(reading, own.flat(), open)
    const assigned =
      'assigned' in event && event.assigned ? await nameOf(reading, event.assigned, ticket, open) : ''
    const text = eventInWords(event, {
      ...{ who: await nameOf(reading, event.by, ticket, open), told, open, emergency, alerts: count },
      assigned: assigned && `（${assigned}）`,
    })
    const by = open || !isResident(ticket, event.by) ? event.by : null
    rows.push({ at: event.at, time: timeOf(event.at), type: event.type, by, text })
  }
  for (const alert of alerts) await tell(alert)
  return rows
}

function isResident({ reporter, supporters }: Ticket, person: string): boolean {
  return reporter === person || supporters.includes(person)
}

/** What was sent by one cause at one moment. */
type Alert = readonly OutboxEntry[]

function alertsIn(sends: readonly OutboxEntry[]): Alert[] {
  const causes = new Map<string, OutboxEntry[]>()
  for (const send of sends) {
    if (send.kind !== 'alert') continue
    const cause = send.id.slice(0, send.id.lastIndexOf('/'))
    causes.set(cause, [...(causes.get(cause) ?? []), send])
  }
  return [...causes.values()].sort(([one], [other]) => momentOf(one) - momentOf(other))
}

function momentOf(send: OutboxEntry | undefined): number {
  return send?.queuedAt ?? 0
}

function takeAt(alerts: Alert[], at: number): readonly Alert[] {
  const taken = alerts.filter(([first]) => momentOf(first) === at)
  for (const each of taken) alerts.splice(alerts.indexOf(each), 1)
  return taken
}

/** Alerts of an earlier moment; what an event set off at its own moment follows it. */
function takeBefore(alerts: Alert[], at: number): readonly Alert[] {
  const end = alerts.findIndex(([first]) => momentOf(first) >= at)
  return alerts.splice(0, end === -1 ? alerts.length : end)
}

/** A light that turned, not the ladder of an emergency. */
function isWarning([first]: Alert): boolean {
  return first?.id.startsWith('light/') ?? false
}

async function alertRow(reading: Reading, alert: Alert, open: boolean, again: boolean): Promise<TimelineRow> {
  const at = momentOf(alert[0])
  const names = await namesOf(reading, alert, open)
  const how = isWarning(alert) ? '预警，通知' : again ? '补充情况告诉' : '通知'
  return { at, time: timeOf(at), type: 'alerted', by: 'bot', text: `${how}${names}` }
}

/** 网格员小赵（已送达）、网格员小钱（没发出去）; several parts of one text are one. */
async function namesOf(reading: Reading, sends: readonly OutboxEntry[], open: boolean): Promise<string> {
  const people = new Map<string, OutboxState>()
  for (const { to, state } of sends) people.set('person' in to ? to.person : `group/${to.group}`, state)
  const names: string[] = []
  for (const [id, state] of people) {
    const group = id.startsWith('group/') ? await reading.get('groups', id.slice('group/'.length)) : undefined
    const name = group ? group.name : await nameOf(reading, id, undefined, open)
    names.push(`${name}（${stateWords[state]}）`)
  }
  return names.join('、')
}

const stateWords: Readonly<Record<OutboxState, string>> = {
  ...{ queued: '待发', sending: '正在发', sent: '已发', confirmed: '已送达' },
  ...{ failed: '没发出去', unconfirmed: '不知是否送达', outdated: '没发，情况已变' },
  ...{ held: '先等着', skipped: '没发，不需要了' },
}

async function nameOf(
  reading: Reading,
  by: string,
  ticket: Ticket | undefined,
  open: boolean,
): Promise<string> {
  if (by === 'bot') return ''
  if (by === 'operator') return operatorName
  if (by.startsWith('system/')) return by.slice('system/'.length)
  const person = await reading.get('people', by)
  const role = person?.role ?? 'resident'
  const resident = role === 'resident' || by === ticket?.reporter
  if (resident && !open) return roleNames.resident
  const name = maskPersonalData(person?.name ?? '')
  // 网格员小赵 is often a name already
  if (role === 'resident' || name.startsWith(roleNames[role])) return name || roleNames.resident
  return `${roleNames[role]}${name}`
}

/** 2026-11-20 14:02 */
function timeOf(at: number): string {
  return isoShanghai(at).slice(0, 16).replace('T', ' ')
}
