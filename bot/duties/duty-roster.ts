import { nextWatches, type Watch, watchesAt } from '../../tickets/duty.ts'
import type { Group, Person } from '../documents.ts'
import type { House } from '../house.ts'
import { ancestorsOf, staffFor } from '../people/directory.ts'
import { personNamed } from '../people/person-named.ts'
import type { Reading } from '../reading.ts'

/** The duty roster (tickets/duty.yaml) with the people of the roster in it. */

export interface StaffedWatch {
  readonly watch: Watch
  readonly people: readonly Person[]
  /** Named in the file, and not (or twice) on the roster. */
  readonly unknown: readonly string[]
}

/**
 * Who is told of an emergency besides the ladder's own roles: those on duty now, or, when nobody who can be told
 * is, those who hold the fallback role. [] where there is no duty roster.
 */
export async function peopleOnDuty(
  house: House,
  reading: Reading,
  group: Group | undefined,
): Promise<readonly Person[]> {
  if (house.duty.shifts.length === 0) return []
  const people = (await dutyNow(house, reading, group)).flatMap((watch) => watch.people)
  return people.length > 0 ? people : staffFor(reading, house.duty.fallback, group)
}

export async function dutyNow(
  house: House,
  reading: Reading,
  group: Group | undefined,
): Promise<readonly StaffedWatch[]> {
  const places = await placesOf(reading, group)
  return staffed(reading, watchesAt(house.duty, house.calendar, house.now(), places))
}

export async function dutyNext(
  house: House,
  reading: Reading,
  group: Group | undefined,
): Promise<readonly StaffedWatch[]> {
  const places = await placesOf(reading, group)
  return staffed(reading, nextWatches(house.duty, house.calendar, house.now(), places))
}

function staffed(reading: Reading, watches: readonly Watch[]): Promise<readonly StaffedWatch[]> {
  return Promise.all(
    watches.map(async (watch) => {
      const found = await Promise.all(watch.shift.people.map((name) => personNamed(reading, name)))
      const unknown = watch.shift.people.filter((_, at) => found[at] === undefined)
      return { watch, people: found.filter((person) => person !== undefined), unknown }
    }),
  )
}

/** Names and ids of the group's places and all above them; undefined when it is bound to none: it may be anywhere. */
async function placesOf(
  reading: Reading,
  group: Group | undefined,
): Promise<ReadonlySet<string> | undefined> {
  if (!group || group.places.length === 0) return undefined
  const ids = [...(await ancestorsOf(reading, group.places))]
  const places = await Promise.all(ids.map((id) => reading.get('places', id)))
  return new Set([...ids, ...places.flatMap((place) => (place ? [place.name] : []))])
}
