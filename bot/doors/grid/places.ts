import { shortHash } from '../../people/directory.ts'
import type { Reading } from '../../reading.ts'
import { RefusedError } from '../command.ts'
import type { Decided } from '../decided.ts'
import type { GridCommand } from './grid-commands.ts'

export async function addPlace(
  reading: Reading,
  { name, kind, parent }: GridCommand & { type: 'place.add' },
): Promise<Decided> {
  const [parentId = null] = parent === null ? [] : await placesNamed(reading, [parent])
  const id = `place-${shortHash(`${parentId ?? ''}/${name}`)}`
  if (await reading.get('places', id))
    throw new RefusedError('exists', `the place ${name} stands there already`)
  return {
    outcome: { puts: [{ collection: 'places', document: { id, name, kind, parent: parentId } }] },
    result: { place: id },
  }
}

/** Names or ids of places → ids. @throws RefusedError naming what is unknown or not unique */
export async function placesNamed(reading: Reading, names: readonly string[]): Promise<readonly string[]> {
  if (names.length === 0) return []
  const { documents } = await reading.find('places', { limit: 10_000 })
  return names.map((name) => {
    const fitting = documents.filter((place) => place.name === name || place.id === name)
    const [only] = fitting
    if (only && fitting.length === 1) return only.id
    const problem = only
      ? `${fitting.length} places are called ${name}: name it by its id`
      : `no place ${name}: add it with linli place add`
    throw new RefusedError('unknown', problem)
  })
}

export async function placeNames(reading: Reading, ids: readonly string[]): Promise<string> {
  const found = await Promise.all(ids.map((id) => reading.get('places', id)))
  return found.map((place, at) => place?.name ?? ids[at]).join(', ')
}
