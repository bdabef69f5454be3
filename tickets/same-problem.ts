import type { Category, Place } from '../intents/understanding.ts'
import { sharedPieces } from './text-pieces.ts'

/** When are two reports the same problem? The second reporter then supports the first one's ticket. */

interface Report {
  readonly category: Category
  readonly place: Place | null
  readonly text: string
  /** Our group id, null in private. */
  readonly group: string | null
  /** Person id, or `system/NAME`. */
  readonly reporter: string
  /** ms since 1970. */
  readonly openedAt: number
}

/** Two who name no place speak of the same within this time; where only one names it, right after each other. */
const withoutPlaces = 2 * 3_600_000
const oneWithoutPlace = 10 * 60_000
/** At one place, for things that the list does not know: 减速, 速带. */
const enoughPieces = 2

/** A thing that breaks or annoys (tickets/things.txt): what people read, and the words residents use for it. */
export interface Thing {
  readonly name: string
  readonly words: readonly string[]
}
export type ThingList = readonly Thing[]

export function mentions(text: string, thing: Thing): boolean {
  return thing.words.some((word) => text.includes(word))
}

export function isSameProblem(one: Report, other: Report, things: ThingList): boolean {
  if (one.category !== other.category) return false
  const shared = sharedByNeighbours.includes(one.category)
  const place = shared
    ? comparePlaces(withoutRoom(one.place), withoutRoom(other.place))
    : comparePlaces(one.place, other.place)
  if (place === 'different') return false
  // a platform speaks for many people
  const samePerson = one.reporter === other.reporter && !one.reporter.startsWith('system/')
  if (place === 'same')
    return sharesThing(one.text, other.text, things) || sharedPieces(one.text, other.text) >= enoughPieces
  if (one.group !== other.group || !sharesThing(one.text, other.text, things)) return false
  const limit = one.place === null && other.place === null ? withoutPlaces : oneWithoutPlace
  return samePerson || Math.abs(one.openedAt - other.openedAt) <= limit
}

/** The unit's door is one door, from whichever flat it is reported; a leak or a quarrel has its own flats. */
const sharedByNeighbours: readonly Category[] = [
  'utilities',
  'facilities',
  'sanitation',
  'environment',
  'traffic',
  'streetscape',
  'safety',
]

function withoutRoom(place: Place | null): Place | null {
  if (!place) return null
  const { room: _, ...rest } = place
  return rest
}

/** `same`: one contains the other (11号楼 holds 11号楼1单元); `unknown`: nothing said that could differ. */
export function comparePlaces(one: Place | null, other: Place | null): 'same' | 'different' | 'unknown' {
  let agreed = false
  for (const part of ['building', 'unit', 'floor', 'room', 'road', 'landmark'] as const) {
    const left = one?.[part]
    const right = other?.[part]
    if (left === undefined || right === undefined) continue
    if (left !== right) return 'different'
    agreed = true
  }
  return agreed ? 'same' : 'unknown'
}

function sharesThing(one: string, other: string, things: ThingList): boolean {
  return things.some((thing) => mentions(one, thing) && mentions(other, thing))
}
