import { type GridSettings, tagNamed } from '../../tickets/grid.ts'
import type { Group } from '../documents.ts'
import { shortHash } from '../people/directory.ts'
import { type CellReader, listIn, oneOf, sameOr, textOf } from './cells.ts'
import { checkNames, identifyAll } from './identify.ts'
import type { PlannedPlaces } from './plan-places.ts'
import type { GridRow } from './rows.ts'
import { settingWords } from './words.ts'

export interface Planned<T> {
  readonly before?: T
  readonly after: T
}

/** The groups that rows speak of, as they will be. */
export function planGroups(
  known: readonly Group[],
  rows: readonly GridRow[],
  { places, settings, reader }: { places: PlannedPlaces; settings: GridSettings; reader: CellReader },
): readonly Planned<Group>[] {
  const identified = identifyAll(rows, { known, what: 'group' }, reader)
  checkNames(identified, known, reader)
  const ids = new Set(known.map(({ id }) => id))
  return identified.map(({ row, name, before }) => {
    const setting = reader.word(row, 'setting', settingWords, before?.setting ?? 'answer')
    const empty = { id: freeId(ids, name), owner: '', places: [], tags: [], setting: 'answer' as const }
    const after: Group = {
      ...(before ?? empty),
      name,
      places: placesOf(row, before?.places, places, reader),
      tags: tagsOf(row, before?.tags, settings, reader),
      setting: setting ?? 'answer',
    }
    return { ...(before && { before }), after }
  })
}

/** As `group bind` makes it; a group that bore this name before keeps its own. */
function freeId(taken: ReadonlySet<string>, name: string): string {
  const usual = `g-${shortHash(`group/${name}`)}`
  return taken.has(usual) ? `g-${shortHash(`group/${name}/again`)}` : usual
}

export function placesOf(
  row: GridRow,
  before: readonly string[] | undefined,
  places: PlannedPlaces,
  reader: CellReader,
): readonly string[] {
  const text = textOf(row, 'places')
  if (text === undefined) return before ?? []
  const found = listIn(text).flatMap((name) => {
    const place = places.find(name)
    if (typeof place === 'string') return [place]
    reader.fault(row, 'places', place.problem, name)
    return []
  })
  return sameOr(before, [...new Set(found)])
}

function tagsOf(
  row: GridRow,
  before: readonly string[] | undefined,
  settings: GridSettings,
  reader: CellReader,
): readonly string[] {
  const text = textOf(row, 'tags')
  if (text === undefined) return before ?? []
  const known = settings.tags.map(({ name }) => name)
  const found = listIn(text).flatMap((word) => {
    // a tag of before that the settings do not know any more is no mistake of this file
    const tag = before?.includes(word) ? word : tagNamed(settings, word)
    if (tag !== undefined) return [tag]
    reader.fault(row, 'tags', `expected ${oneOf(known, word)}; others are added in settings/grid.yaml`, word)
    return []
  })
  return sameOr(before, [...new Set(found)])
}
