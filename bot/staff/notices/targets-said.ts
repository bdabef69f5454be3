import { isNobody, type KnownName, type Whom } from '../../../intents/notice-words/whom.ts'
import type { Situation } from '../../situation.ts'
import type { Addressees } from './known-names.ts'

/** What was said of whom, as a command names it: ids, and a name where several are called so. */
export interface TargetsSaid {
  readonly everywhere?: boolean
  readonly places: string[]
  readonly tags: string[]
  readonly groups: string[]
  readonly except?: { readonly places: string[]; readonly tags: string[]; readonly groups: string[] }
}

/** Undefined: nobody was named. */
export function targetsOf(
  { person, group }: Pick<Situation, 'person' | 'group'>,
  whom: Whom,
  known: Addressees,
): TargetsSaid | undefined {
  const { here, named, except, everywhere } = whom
  if (isNobody(whom) || (here && !group && named.length === 0 && everywhere === undefined)) return undefined
  const tags = meaningOf(named, 'tag')
  const groups = [...meaningOf(named, 'group'), ...(here && group ? [group.id] : [])]
  const places = narrowed(placeIds(named, known, person.places), known)
  // 业主群, and 所有群, of somebody who answers for places: those of these places
  const own = places.length === 0 && (tags.length > 0 || everywhere === 'all') && everywhere !== 'district'
  const within = own ? [...person.places] : places
  const anywhere = everywhere !== undefined && within.length === 0
  return {
    ...(anywhere && { everywhere: true }),
    ...{ places: within, tags, groups },
    ...(except.length > 0 && {
      except: {
        places: placeIds(except, known, within.length > 0 ? within : person.places),
        tags: meaningOf(except, 'tag'),
        groups: meaningOf(except, 'group'),
      },
    }),
  }
}

function meaningOf(named: readonly KnownName[], kind: KnownName['kind']): string[] {
  return [...new Set(named.filter((each) => each.kind === kind).map(({ means }) => means))]
}

/** 3号楼 of the community that was named with it, or of theirs; its bare name when that leaves several. */
function placeIds(named: readonly KnownName[], known: Addressees, own: readonly string[]): string[] {
  const { tree } = known
  const said = named.filter(({ kind }) => kind === 'place')
  const ids = said.map(({ means }) => means)
  const isBelow = (place: string, uppers: readonly string[]) => {
    const above = tree.above([place])
    return uppers.some((upper) => upper !== place && above.has(upper))
  }
  return [...new Set(said.map(({ means }) => oneOf(means, ids)))]

  function oneOf(means: string, together: readonly string[]): string {
    const name = tree.places.find(({ id }) => id === means)?.name
    const same = tree.places.filter((place) => place.name === name).map(({ id }) => id)
    if (same.length < 2) return means
    const others = together.filter((id) => !same.includes(id))
    for (const uppers of [others, own]) {
      const fitting = same.filter((id) => isBelow(id, uppers))
      if (fitting.length === 1) return fitting[0] ?? means
    }
    return name ?? means
  }
}

/** 幸福里社区3号楼 is the building, not the whole community. */
function narrowed(places: readonly string[], { tree }: Addressees): string[] {
  return places.filter((place) => !places.some((other) => other !== place && tree.above([other]).has(place)))
}
