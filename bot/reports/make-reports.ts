import { setImmediate as breathe } from 'node:timers/promises'
import { reportKinds } from '../../tickets/reports/period.ts'
import { nextReport, periodOfDue, type ReportDue } from '../../tickets/reports/schedule.ts'
import type { Person } from '../documents.ts'
import type { House } from '../house.ts'
import type { Outcome, Send } from '../outcome.ts'
import type { Reading } from '../reading.ts'
import { routeAlert } from '../sending/alert-route.ts'
import type { Timer } from '../timer.ts'
import { chatText } from './chat-text.ts'
import { gatherReports } from './gather.ts'
import { keepFiles } from './keep-files.ts'
import type { Report } from './report.ts'

/**
 * Reports that make themselves. One timer a kind, found again after a restart; whoever was away gets the last one
 * that was missed, late but once.
 */
type ReportTimer = Timer & { readonly kind: 'report' }

export async function makeReports(house: House, reading: Reading, timer: ReportTimer): Promise<Outcome> {
  const scheduled = house.reports.schedule[timer.report]
  const { due, next } = dueAndNext(house, timer)
  const period = periodOfDue(timer.report, due.day)
  const receivers = await receiversOf(reading, scheduled.to)
  const places = [...receivers.keys()]
  const reports = await gatherReports(house, { period, now: house.now() }, places)
  const sends: Send[] = []
  for (const [at, report] of reports.entries()) {
    const picture = await keepFiles(house, report, { picture: scheduled.picture })
    const people = receivers.get(places[at] ?? null) ?? []
    sends.push(...(await sendsTo(reading, people, report, picture)))
    await breathe()
  }
  return { sends, timers: [next], why: `${timer.report} report of ${period.first}: ${reports.length} places` }
}

/** Called at every start: sets what is not set, follows a schedule that was edited, leaves alone what was missed. */
export async function setReportTimers(house: House): Promise<void> {
  for (const kind of reportKinds) {
    const id = timerId(kind)
    const before = await house.store.get<ReportTimer>('timers', id)
    const wanted = house.settings.scheduledDuties && house.reports.schedule[kind].to.length > 0
    if (!wanted) {
      if (before) await house.store.commit([{ collection: 'timers', id, remove: true }])
      continue
    }
    if (before && before.dueAt <= house.now()) continue
    const put = timerOf(kind, nextOf(house, kind, house.now()))
    if (before?.dueAt !== put.dueAt) await house.store.commit([{ collection: 'timers', id, put }])
  }
}

/** The newest one that is due by now, and the timer of the one after it. */
function dueAndNext(house: House, timer: ReportTimer): { readonly due: ReportDue; readonly next: Timer } {
  let due: ReportDue = { day: timer.day, at: timer.dueAt }
  let next = nextOf(house, timer.report, timer.dueAt)
  while (next.at <= house.now()) {
    due = next
    next = nextOf(house, timer.report, due.at)
  }
  return { due, next: timerOf(timer.report, next) }
}

function nextOf(house: House, kind: ReportTimer['report'], after: number): ReportDue {
  return nextReport(kind, house.reports.schedule[kind], house.calendar, after)
}

function timerOf(report: ReportTimer['report'], { day, at }: ReportDue): ReportTimer {
  return { id: timerId(report), kind: 'report', report, day, dueAt: at }
}

function timerId(kind: ReportTimer['report']): string {
  return `report/${kind}`
}

/** Each is told of the places they answer for; who answers for none, of everything. */
async function receiversOf(
  reading: Reading,
  roles: readonly Person['role'][],
): Promise<ReadonlyMap<string | null, readonly Person[]>> {
  const byPlace = new Map<string | null, Person[]>()
  if (roles.length === 0) return byPlace
  const { documents } = await reading.find('people', { where: { role: { in: roles } }, limit: 10_000 })
  for (const person of documents) {
    const known = await Promise.all(person.places.map((place) => reading.get('places', place)))
    const places = known.flatMap((place) => (place ? [place.id] : []))
    for (const place of places.length > 0 ? places : [null])
      byPlace.set(place, [...(byPlace.get(place) ?? []), person])
  }
  return byPlace
}

async function sendsTo(
  reading: Reading,
  people: readonly Person[],
  report: Report,
  picture: Awaited<ReturnType<typeof keepFiles>>,
): Promise<readonly Send[]> {
  const sends: Send[] = []
  const told = new Set<string>()
  for (const { id } of people) {
    const route = await routeAlert(reading, id, '')
    if (!route) {
      // there is no way to this person: on record, as an alert that reached nobody
      sends.push({ kind: 'alert', to: { person: id }, text: chatText(report) })
      continue
    }
    const to = 'person' in route.to ? route.to.person : route.to.group
    // several who are reached through the group of staff: it is said there once
    if (told.has(to)) continue
    told.add(to)
    // in the small hours nobody wants figures
    const text = chatText(report, { inGroup: 'group' in route.to })
    sends.push({ kind: 'reply', to: route.to, text, canWait: true, ...(picture && { picture }) })
  }
  return sends
}
