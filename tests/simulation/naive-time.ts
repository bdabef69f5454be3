import type { TicketEvent } from '../../tickets/event.ts'

/**
 * Working time once more, in another way than tickets/: a table of how much of the year's working time has passed
 * at the beginning of each day, from the notice of the State Council, and a search in it.
 */

const dayLength = 86_400_000
const hourLength = 3_600_000
const newYear = Date.parse('2026-01-01T00:00:00+08:00')
const offDays = ['01-01/01-03', '02-15/02-23', '04-04/04-06', '05-01/05-05', '06-19/06-21', '09-25/09-27']
const spans = [...offDays, '10-01/10-07'].map((span) => span.split('/') as [string, string])
const worked = ['01-04', '02-14', '02-28', '05-09', '09-20', '10-10']

function isWorked(day: number): boolean {
  const date = new Date(Date.UTC(2026, 0, 1 + day))
  const name = date.toISOString().slice(5, 10)
  if (worked.includes(name)) return true
  return date.getUTCDay() % 6 !== 0 && !spans.some(([from, to]) => name >= from && name <= to)
}

const days = Array.from({ length: 365 }, (_, day) => isWorked(day))
const before = [0]
for (const isWork of days) before.push((before.at(-1) ?? 0) + (isWork ? 9 * hourLength : 0))

/** Working ms from New Year to this instant of 2026. */
export function workedBy(at: number): number {
  const day = Math.floor((at - newYear) / dayLength)
  const total = before[day]
  if (total === undefined) throw new Error(`expected an instant of 2026, got ${new Date(at).toISOString()}`)
  if (!days[day]) return total
  const today = (at - newYear) % dayLength
  return total + Math.min(9 * hourLength, Math.max(0, today - 9 * hourLength))
}

/** The first instant at which so much of the year's working time has passed. */
function momentOf(total: number): number {
  let low = newYear
  let high = newYear + 365 * dayLength
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (workedBy(middle) >= total) high = middle
    else low = middle + 1
  }
  return low
}

/** 18:00 on the Nth working day after the day of this instant. */
export function endOfWorkingDay(at: number, count: number): number {
  let day = Math.floor((at - newYear) / dayLength)
  for (let found = 0; found < count; ) if (days[++day]) found++
  return newYear + day * dayLength + 18 * hourLength
}

export interface Due {
  readonly deadline: number
  readonly yellowAt: number
}

interface Course extends Partial<Due> {
  readonly urgent: boolean
  readonly days: number
  readonly left: number
  readonly leftToYellow: number
}

/** What each event of one ticket makes of its deadline; undefined for those that leave it alone. */
export function dueAfterEach(
  events: readonly TicketEvent[],
  daysOf: (category: string) => number,
): readonly (Due | undefined)[] {
  let course: Course = { urgent: false, days: 1, left: 0, leftToYellow: 0 }
  return events.map((event) => {
    // what a machine's alarm means for its time stands in tickets/alarms.yaml: taken as it was given
    const given = event.type === 'opened' && event.by.startsWith('system/') ? event : undefined
    if (event.type === 'opened')
      course = { ...course, urgent: event.urgency === 'emergency', days: daysOf(event.category) }
    if (event.type === 'amended') course = { ...course, ...amended(event, daysOf) }
    if (event.type === 'on_hold') course = { ...course, ...leftOf(course, event.at) }
    const due = given ?? dueOf(course, event)
    if (due) course = { ...course, ...due }
    return due
  })
}

/** Another category, or an alarm that has grown: its new time is taken as it was given. */
function amended(
  { category, urgency, deadline, yellowAt }: TicketEvent & { type: 'amended' },
  daysOf: (category: string) => number,
): Partial<Course> {
  return {
    ...(category && { days: daysOf(category) }),
    ...(urgency && { urgent: urgency === 'emergency' }),
    ...(deadline !== undefined && { deadline }),
    ...(yellowAt !== undefined && { yellowAt }),
  }
}

function dueOf(course: Course, event: TicketEvent): Due | undefined {
  switch (event.type) {
    case 'opened':
      return course.urgent ? byTheClock(event.at, 2) : ofDays(event.at, course.days)
    case 'reopened':
      return course.urgent ? byTheClock(event.at, 1) : ofDays(event.at, Math.max(1, course.days >> 1))
    case 'resumed':
      return {
        deadline: resumed(course, event.at, course.left),
        yellowAt: resumed(course, event.at, course.leftToYellow),
      }
    case 'extended':
      return extended(course, event.days)
    default:
      return undefined
  }
}

function byTheClock(at: number, hours: number): Due {
  const deadline = at + hours * hourLength
  return { deadline, yellowAt: deadline - (hours * hourLength) / 3 }
}

function ofDays(at: number, count: number): Due {
  const deadline = endOfWorkingDay(at, count)
  const whole = workedBy(deadline) - workedBy(at)
  return { deadline, yellowAt: momentOf(workedBy(at) + (whole * 2) / 3) }
}

function leftOf({ urgent, deadline = 0, yellowAt = 0 }: Course, at: number) {
  const left = (to: number) => (urgent ? to - at : workedBy(to) - workedBy(at))
  const atLeastOver = (to: number) => (at > to ? Math.min(-1, left(to)) : left(to))
  return { left: atLeastOver(deadline), leftToYellow: atLeastOver(yellowAt) }
}

function resumed({ urgent }: Course, at: number, left: number): number {
  return urgent ? at + left : momentOf(workedBy(at) + left)
}

function extended({ deadline: old = 0, yellowAt = 0 }: Course, count: number): Due {
  const deadline = endOfWorkingDay(old, count)
  const third = workedBy(old) - workedBy(yellowAt) + (workedBy(deadline) - workedBy(old)) / 3
  return { deadline, yellowAt: momentOf(workedBy(deadline) - third) }
}
