import type { PublishedQuery } from '../../../bot/doors/published/find-published.ts'
import { categories } from '../../../intents/understanding.ts'
import { day } from '../../../tickets/shanghai-time.ts'
import { HttpError } from '../http-error.ts'
import { isService } from './service-list.ts'

/** GET requests: what is asked for. An empty parameter equals an absent one. */
export type RequestsQuery = { readonly numbers: readonly string[] } | { readonly span: PublishedQuery }

const longestSpan = 90 * day
const mostAnswered = 1_000
const mostNumbers = 200
/** Beyond this a narrower span is quicker for everybody. */
const deepest = 20_000

/** @param now ms since 1970 @throws HttpError 400 naming every fault; 404 for a service that does not exist */
export function readRequestsQuery(given: URLSearchParams, now: number): RequestsQuery {
  const numbers = listIn(given, 'service_request_id')
  if (numbers.length > mostNumbers)
    throw new HttpError(
      400,
      `expected at most ${mostNumbers} in service_request_id, but ${numbers.length} came`,
    )
  // overrides all others
  if (numbers.length > 0) return { numbers: [...new Set(numbers)] }
  const faults: string[] = []
  const services = listIn(given, 'service_code')
  const unknown = services.filter((code) => !isService(code))
  const states = statesIn(given, faults)
  const range = rangeIn(given, now, faults)
  const limit = wholeIn(given, 'page_size', mostAnswered, mostAnswered, faults)
  const page = wholeIn(given, 'page', 1, Math.floor(deepest / limit), faults)
  if (faults.length > 0) throw new HttpError(400, faults.join('; '), { details: faults })
  if (unknown.length > 0) throw new HttpError(404, `no service ${unknown.join(', ')}: see services`)
  const asked = services.length === 0 ? categories : services.filter(isService)
  return { span: { categories: [...new Set(asked)], states, ...range, limit, offset: (page - 1) * limit } }
}

/** Declared several times, or with commas. */
function listIn(given: URLSearchParams, name: string): readonly string[] {
  return given
    .getAll(name)
    .flatMap((each) => each.split(','))
    .map((each) => each.trim())
    .filter(Boolean)
}

function oneIn(given: URLSearchParams, name: string, faults: string[]): string | undefined {
  const all = given.getAll(name).filter((each) => each.trim() !== '')
  if (all.length > 1) faults.push(`expected ${name} once, but it came ${all.length} times`)
  return all[0]?.trim()
}

function statesIn(given: URLSearchParams, faults: string[]): PublishedQuery['states'] {
  const asked = new Set(listIn(given, 'status').map((each) => each.toLowerCase()))
  const wrong = [...asked].filter((each) => each !== 'open' && each !== 'closed')
  if (wrong.length > 0) faults.push(`expected status as open, closed or both, but ${wrong.join(', ')} came`)
  if (asked.size !== 1) return 'all'
  return asked.has('open') ? 'open' : 'ended'
}

function rangeIn(given: URLSearchParams, now: number, faults: string[]): Pick<PublishedQuery, 'from' | 'to'> {
  const start = instantIn(given, 'start_date', faults)
  const end = instantIn(given, 'end_date', faults)
  const to = end ?? (start === undefined ? now : start + longestSpan)
  const from = start ?? to - longestSpan
  if (from > to) faults.push('expected start_date before end_date, but it comes after')
  else if (to - from > longestSpan)
    faults.push('expected start_date and end_date at most 90 days apart, but they are further: ask in parts')
  // told are whole seconds, so the whole last second is meant
  return { from, to: to + 999 }
}

/** Date and time with an offset. In an address + is read as a space: 2026-11-01T00:00:00 08:00. */
const w3cInstant = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+ -]\d{2}:\d{2})$/iu

function instantIn(given: URLSearchParams, name: string, faults: string[]): number | undefined {
  const written = oneIn(given, name, faults)
  if (written === undefined) return undefined
  const [, time = '', offset = ''] = w3cInstant.exec(written) ?? []
  const at = Date.parse(`${time}${offset.replace(' ', '+')}`)
  // the 31st of April becomes a day in May: such a date was not meant
  if (!Number.isNaN(at) && isCalendarDay(time.slice(0, 10))) return at
  faults.push(
    `expected ${name} as a date with time and offset, such as 2026-11-20T00:00:00+08:00, but ${JSON.stringify(written.slice(0, 60))} came`,
  )
  return undefined
}

function isCalendarDay(date: string): boolean {
  const at = Date.parse(`${date}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(date)
}

function wholeIn(
  given: URLSearchParams,
  name: string,
  otherwise: number,
  most: number,
  faults: string[],
): number {
  const written = oneIn(given, name, faults)
  if (written === undefined) return otherwise
  const value = Number(written)
  if (/^\d{1,9}$/u.test(written) && value >= 1 && value <= most) return value
  faults.push(`expected ${name} as a whole number from 1 to ${most}, but ${written.slice(0, 20)} came`)
  return otherwise
}
