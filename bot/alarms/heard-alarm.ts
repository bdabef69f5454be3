import { formatPlace } from '../../intents/places.ts'
import type { Place } from '../../intents/understanding.ts'
import {
  type AlarmBinding,
  type AlarmWeight,
  alarmText,
  bindingOf,
  namedIn,
  weightOf,
} from '../../tickets/alarms.ts'
import { plainDateTime } from '../../tickets/shanghai-time.ts'
import { RefusedError } from '../doors/command.ts'
import type { House } from '../house.ts'
import type { AlarmReport } from './alarm-report.ts'

/** What another system said, in the words of this house. */
export interface HeardAlarm {
  /** Name of the api key. */
  readonly source: string
  /** Their id. */
  readonly id: string
  readonly kind: string
  readonly level?: string
  readonly weight: AlarmWeight
  /** ms since 1970, by their clock; never after it arrived, so that a clock that is ahead makes nothing later old. */
  readonly at: number
  readonly place: Place | null
  readonly text?: string
  readonly device?: string
  readonly binding: AlarmBinding
  /** What staff read of it. */
  readonly words: string
}

/** Clocks differ a little; hours ahead mean a wrong time zone. What is older than this is no alarm any more. */
const mostAhead = 15 * 60_000
const oldest = 7 * 86_400_000

/** @throws RefusedError when it cannot be understood: nothing is kept, and they hear what is expected */
export function heardAlarm(house: House, source: string, report: AlarmReport): HeardAlarm {
  const { alarms } = house
  const kind = namedIn(alarms.kinds, report.kind)
  if (kind === undefined) throw notKnown('kind', report.kind, alarms.kinds)
  const level = report.level === undefined ? undefined : namedIn(alarms.levels, report.level)
  if (report.level !== undefined && level === undefined) throw notKnown('level', report.level, alarms.levels)
  const binding = bindingOf(alarms, source, [report.device, report.id])
  const heard = {
    ...{ source, id: report.id, kind, at: instantIn(report, house.now()), binding },
    ...(level !== undefined && { level }),
    weight: weightOf(alarms, kind, level),
    place: placeIn(house, report.place ?? binding.place),
    ...(report.text !== undefined && { text: report.text }),
    ...(report.device !== undefined && { device: report.device }),
  }
  return { ...heard, words: wordsFor(house, report, heard) }
}

function notKnown(what: string, came: string, table: Readonly<Record<string, unknown>>): RefusedError {
  const known = Object.keys(table).join(', ')
  return new RefusedError(
    'incomplete',
    `no ${what} ${came} of an alarm is known here: expected one of ${known}, or another name that alarms.yaml gives them`,
  )
}

function instantIn({ at: said }: AlarmReport, now: number): number {
  const at = Date.parse(said)
  if (at > now + mostAhead)
    throw new RefusedError(
      'incomplete',
      `'at' lies ${Math.round((at - now) / 60_000)} minutes ahead of the clock here: send the time with its offset, for example +08:00`,
    )
  if (at < now - oldest)
    throw new RefusedError('incomplete', `'at' is more than 7 days ago: what is so old is no alarm any more`)
  return Math.min(at, now)
}

/** As people say it: 3号楼2单元, 幸福街88号; what is none of these is the name of a spot. */
function placeIn(house: House, said: AlarmReport['place']): Place | null {
  if (said === undefined) return null
  if (typeof said !== 'string') return said
  return house.understander.understand(said).place ?? { landmark: said.slice(0, 40) }
}

function wordsFor(
  { alarms }: House,
  report: AlarmReport,
  { kind, level, place, at }: Omit<HeardAlarm, 'words'>,
): string {
  const known = alarms.kinds[kind]
  const value = report.value === undefined ? '' : `${report.value}${report.unit ?? ''}`
  const line = alarmText(known?.text ?? alarms.text, {
    name: known?.name ?? kind,
    level: level === undefined ? '' : (alarms.levels[level]?.name ?? level),
    place: place ? formatPlace(place, { withRoom: true }) : '',
    text: report.text ?? '',
    value,
    time: plainDateTime(at),
    device: report.device ?? '',
  })
  return [line, ...(report.media ?? [])].join('\n')
}
