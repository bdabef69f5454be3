import { gatherReports } from '../../bot/reports/gather.ts'
import type { TicketEvent } from '../../tickets/event.ts'
import { type Period, periodOfDay } from '../../tickets/reports/period.ts'
import type { District } from './district.ts'
import { historiesOf } from './lawful.ts'
import type { Lived } from './month.ts'

/** Reports against a recount from the raw events, by somebody who knows only what each word means. */
export async function faultsOfReports(lived: Lived, date: string): Promise<readonly string[]> {
  const { stage, district, ends } = lived
  const now = ends - 1
  const histories = byPlace(district, [...(await historiesOf(lived)).values()])
  const faults: string[] = []
  for (const kind of ['monthly', 'half_monthly', 'weekly', 'daily'] as const) {
    const period = periodOfDay(kind, date)
    const places = [null, ...district.places.map(({ id }) => id)]
    const reports = await gatherReports(stage.house, { period, now }, places)
    for (const [index, place] of places.entries()) {
      const expected = recounted(histories.get(place) ?? [], period, Math.min(period.to, ends))
      const figures = { ...reports[index]?.figures }
      for (const [name, count] of Object.entries(expected))
        if (figures[name as keyof typeof figures] !== count)
          faults.push(
            `${kind} report of ${place ?? 'everything'}: ${name} is ${figures[name as keyof typeof figures]}, counted ${count}`,
          )
    }
  }
  return faults
}

/** Place id, or null for everything → the histories of its tickets. */
function byPlace(district: District, histories: readonly History[]): ReadonlyMap<string | null, History[]> {
  const parents = new Map(district.places.map(({ id, parent }) => [id, parent]))
  const found = new Map<string | null, History[]>([[null, [...histories]]])
  for (const events of histories) {
    const [first] = events
    const group = first?.type === 'opened' ? district.groupById(first.group) : undefined
    for (let at = group?.grid ?? null; at !== null; at = parents.get(at) ?? null)
      found.set(at, [...(found.get(at) ?? []), events])
  }
  return found
}

type History = readonly TicketEvent[]

/** Each count in its own words, one ticket after the other, with nothing remembered in between. */
function recounted(histories: readonly History[], period: Period, end: number): Record<string, number> {
  const known = histories
    .map((events) => events.filter(({ at }) => at < end))
    .filter((events) => events.length > 0)
  const inside = ({ at }: TicketEvent) => at >= period.from && at < period.to
  const how = (holds: (events: History) => boolean) => known.filter(holds).length
  const has = (events: History, ...types: readonly TicketEvent['type'][]) =>
    events.some(({ type }) => types.includes(type))
  const opened = (events: History) => events[0] !== undefined && inside(events[0])
  const answered = (events: History) => has(events, 'acknowledged', 'done', 'declined')
  const endedBy = (events: History, type: TicketEvent['type']) => {
    const last = events.findLast((event) => ends.has(event.type) || event.type === 'reopened')
    return last?.type === type && inside(last)
  }
  const workDone = (events: History) => {
    const last = events.findLast(({ type }) => type === 'done' || type === 'reopened')
    return last?.type === 'done' && inside(last) ? last : undefined
  }
  const ratings = (events: History) => events.filter((event) => event.type === 'rated').filter(inside)
  return {
    opened: how(opened),
    emergencies: how((events) => opened(events) && events.some(isEmergency)),
    recurred: how((events) => opened(events) && has(events, 'recurred')),
    answerable: how((events) => opened(events) && (answered(events) || !has(events, 'withdrawn'))),
    answered: how((events) => opened(events) && answered(events)),
    acknowledged: how((events) => opened(events) && has(events, 'acknowledged')),
    answerTime: known
      .filter(opened)
      .map(
        (events) =>
          (events.find(({ type }) => type === 'acknowledged')?.at ?? events[0]?.at ?? 0) -
          (events[0]?.at ?? 0),
      )
      .reduce((sum, time) => sum + time, 0),
    done: how((events) => workDone(events) !== undefined),
    onTime: how((events) => (workDone(events)?.at ?? Number.POSITIVE_INFINITY) <= deadlineOf(events)),
    closed: how((events) => endedBy(events, 'closed')),
    declined: how((events) => endedBy(events, 'declined')),
    withdrawn: how((events) => endedBy(events, 'withdrawn')),
    unsolved: how(
      (events) =>
        events.some((event) => event.type === 'reopened' && inside(event)) && stateOf(events) !== 'closed',
    ),
    rated: how((events) => ratings(events).length > 0),
    satisfied: how((events) => ratings(events).at(-1)?.satisfied === true),
    escalated: how((events) => events.some((event) => event.type === 'escalated' && inside(event))),
    open: how((events) => !ends.has(stateOf(events))),
    running: how((events) => stateOf(events) === 'running'),
    waiting: how((events) => stateOf(events) === 'done'),
    onHold: how((events) => stateOf(events) === 'on_hold'),
    red: how((events) => isRed(events, end)),
  }
}

const ends: ReadonlySet<string> = new Set(['closed', 'declined', 'withdrawn'])

function isEmergency(event: TicketEvent): boolean {
  return (event.type === 'opened' || event.type === 'amended') && event.urgency === 'emergency'
}

/** The last event that says what it is now. */
function stateOf(events: History): string {
  const last = events.findLast(
    ({ type }) => ends.has(type) || ['done', 'on_hold', 'resumed', 'reopened', 'opened'].includes(type),
  )
  return last && (ends.has(last.type) || ['done', 'on_hold'].includes(last.type)) ? last.type : 'running'
}

/** On hold the time stands still: it is what it was. */
function isRed(events: History, end: number): boolean {
  const held = events.findLast((event) => event.type === 'on_hold')
  if (stateOf(events) === 'on_hold') return held !== undefined && held.left < 0
  return stateOf(events) === 'running' && end > deadlineOf(events)
}

function deadlineOf(events: History): number {
  const last = events.findLast((event) => 'deadline' in event)
  return last && 'deadline' in last ? last.deadline : Number.NaN
}
