import { addDays, instantOf, type LocalDate, localDate } from '../shanghai-time.ts'

/** What a report is about: a day, an ISO week, the half of a month, a month; always in Asia/Shanghai. */
export const reportKinds = ['daily', 'weekly', 'half_monthly', 'monthly'] as const
export type ReportKind = (typeof reportKinds)[number]

export interface Period {
  readonly kind: ReportKind
  /** First and last day, both inside. */
  readonly first: LocalDate
  readonly last: LocalDate
  /** ms since 1970: the first instant inside, and the first one after it. */
  readonly from: number
  readonly to: number
}

/** The period that holds this instant. */
export function periodAt(kind: ReportKind, at: number): Period {
  return periodOfDay(kind, localDate(at))
}

export function periodOfDay(kind: ReportKind, date: LocalDate): Period {
  const { first, last } = daysOf(kind, date)
  return { kind, first, last, from: instantOf(first, 0), to: instantOf(addDays(last, 1), 0) }
}

/** The one that ends where this one begins. */
export function periodBefore({ kind, first }: Period): Period {
  return periodOfDay(kind, addDays(first, -1))
}

function daysOf(kind: ReportKind, date: LocalDate): Pick<Period, 'first' | 'last'> {
  const dayOfMonth = Number(date.slice(8))
  const month = date.slice(0, 8)
  switch (kind) {
    case 'daily':
      return { first: date, last: date }
    case 'weekly': {
      const first = addDays(date, 1 - isoWeekday(date))
      return { first, last: addDays(first, 6) }
    }
    case 'half_monthly':
      return dayOfMonth <= 15
        ? { first: `${month}01`, last: `${month}15` }
        : { first: `${month}16`, last: lastOfMonth(date) }
    case 'monthly':
      return { first: `${month}01`, last: lastOfMonth(date) }
  }
}

/** 1 for Monday to 7 for Sunday. */
function isoWeekday(date: LocalDate): number {
  return new Date(`${date}T00:00:00.000Z`).getUTCDay() || 7
}

function lastOfMonth(date: LocalDate): LocalDate {
  // from the 28th, four days on is the next month, whichever month it is
  const next = addDays(`${date.slice(0, 8)}28`, 4)
  return addDays(`${next.slice(0, 8)}01`, -1)
}
