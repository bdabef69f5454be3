import type { Audience } from '../../knowledge/audience.ts'
import type { Situation } from '../situation.ts'
import { whereaboutsOf } from './whereabouts.ts'

/** For whom an answer is: the names of the places around, and the tags of the group. Staff in private see all groups'. */
export async function audienceOf({ reading, group, person, staff }: Situation): Promise<Audience> {
  const { near } = await whereaboutsOf(reading, { group: group?.id ?? null, person: person.id })
  const places = await Promise.all([...near].map((id) => reading.get('places', id)))
  const names = places.flatMap((place) => (place ? [place.name] : []))
  const groupTags = group ? group.tags : staff ? undefined : []
  return { places: names, ...(groupTags && { groupTags }) }
}
