import { type PlaceNode, placeKinds } from '../documents.ts'
import { shortHash } from '../people/directory.ts'
import { type CellReader, textOf } from './cells.ts'
import { namesakesOf } from './identify.ts'
import { likeliest } from './likeliest.ts'
import { createPlaceIndex, type PlaceIndex } from './place-index.ts'
import type { GridRow } from './rows.ts'
import { kindWord, kindWords, rankOfKind } from './words.ts'

/** The places as they will be: those of the file over those that stand there already. */

export interface PlannedPlaces {
  /** What the rows say, in their order. */
  readonly planned: readonly { readonly before?: PlaceNode; readonly after: PlaceNode }[]
  /** Text of a cell → id of the one place that is meant. */
  find(text: string): string | { readonly problem: string }
  readonly gone: readonly PlaceNode[]
}

/** A place while its id, or that of its parent, is not known yet. */
interface Entry {
  readonly key: string
  readonly name: string
  readonly kind: PlaceNode['kind']
  readonly row?: GridRow
  readonly before?: PlaceNode
  /** Of the file; undefined: as before. */
  readonly under?: string | undefined
}

export function planPlaces(
  known: readonly PlaceNode[],
  rows: readonly GridRow[] | undefined,
  reader: CellReader,
): PlannedPlaces {
  const entries = new Map<string, Entry>(
    known.map((place) => [place.id, { key: place.id, name: place.name, kind: place.kind, before: place }]),
  )
  const identify = identifier(known, reader)
  for (const [at, row] of (rows ?? []).entries()) {
    const entry = entryOf(row, `row ${at}`, identify(row), reader)
    if (!entry) continue
    const twin = entries.get(entry.key)?.row
    if (twin) reader.fault(row, 'id', `line ${twin.line} is the same place: leave one of the two out`)
    else entries.set(entry.key, entry)
  }
  const tree = createTree(entries, reader)
  for (const entry of entries.values()) {
    const problem = entry.row && checkPlace(entry, tree, entries)
    if (entry.row && problem !== undefined) reader.fault(entry.row, 'parent', problem)
  }
  checkTwins(entries, tree, reader)
  const ids = idsOf(entries, tree)
  const nodeOf = ({ key, name, kind }: Entry): PlaceNode => {
    const parent = tree.parentOf(key)
    return { id: ids(key), name, kind, parent: parent === null ? null : ids(parent) }
  }
  const said = [...entries.values()].filter(({ row }) => row !== undefined)
  return {
    planned: said.map((entry) => ({ ...(entry.before && { before: entry.before }), after: nodeOf(entry) })),
    gone: rows ? [...entries.values()].flatMap(({ row, before }) => (row || !before ? [] : [before])) : [],
    find(text) {
      const found = theOne(tree.index, text)
      return 'key' in found ? ids(found.key) : found
    },
  }
}

type Identity = { readonly before?: PlaceNode } | undefined

/** Which place of before a row speaks of: by its id, else by its name and what it is part of. */
function identifier(known: readonly PlaceNode[], reader: CellReader): (row: GridRow) => Identity {
  const byId = new Map(known.map((place) => [place.id, place]))
  const byName = namesakesOf(known)
  const index = indexOf(known)
  return (row) => {
    const id = textOf(row, 'id') ?? ''
    const before = byId.get(id)
    if (before) return { before }
    const expected = 'expected the id of a place that is there; leave it empty for a new one'
    if (id !== '') return reader.fault(row, 'id', expected)
    const namesakes = byName.get(textOf(row, 'name') ?? '') ?? []
    return byParent(row, namesakes, index, reader)
  }
}

function byParent(
  row: GridRow,
  namesakes: readonly PlaceNode[],
  index: PlaceIndex,
  reader: CellReader,
): Identity {
  const under = textOf(row, 'parent')
  const [first, second] = namesakes
  if (!first) return {}
  if (under === undefined && !second) return { before: first }
  const isTop = under === undefined || under === ''
  const parents: readonly (string | null)[] = isTop ? [null] : index.meant(under).map(({ key }) => key)
  const [same, other] = namesakes.filter(({ parent }) => parents.includes(parent))
  if (same && !other) return { before: same }
  // another one of this name, elsewhere
  if (!(isTop || other)) return {}
  const where = namesakes.map(({ id }) => `${index.path(id)} (${id})`).join(', ')
  const expected = `such a place is there already: ${where}; say with its parent or its id which one is meant`
  return reader.fault(row, 'name', expected)
}

function entryOf(row: GridRow, key: string, identity: Identity, reader: CellReader): Entry | undefined {
  const name = reader.name(row)
  const kind = reader.word(row, 'kind', kindWords, identity?.before?.kind)
  if (!identity || name === undefined || kind === undefined) return undefined
  const before = identity.before && { before: identity.before }
  return { key: identity.before?.id ?? key, name, kind, row, under: textOf(row, 'parent'), ...before }
}

interface Tree {
  /** null at the top, and where the parent could not be found. */
  parentOf(key: string): string | null
  readonly index: PlaceIndex
}

function createTree(entries: ReadonlyMap<string, Entry>, reader: CellReader): Tree {
  const parents = new Map<string, string | null>()
  const finding = new Set<string>()
  const index = createPlaceIndex(
    [...entries.values()].map(({ key, name }) => ({ key, name, parent: () => parentOf(key) })),
  )
  function parentOf(key: string): string | null {
    const known = parents.get(key)
    if (known !== undefined) return known
    // a ring of paths: the check of rings says so
    if (finding.has(key)) return null
    finding.add(key)
    const entry = entries.get(key)
    const found = entry ? findParent(entry) : null
    parents.set(key, found)
    return found
  }
  function findParent({ row, under, before }: Entry): string | null {
    if (!row || under === undefined) return before?.parent ?? null
    if (under === '') return null
    const found = theOne(index, under)
    if ('key' in found) return found.key
    reader.fault(row, 'parent', found.problem)
    return null
  }
  for (const key of entries.keys()) parentOf(key)
  return { parentOf, index }
}

function theOne(index: PlaceIndex, text: string): { readonly key: string } | { readonly problem: string } {
  const found = index.meant(text)
  const [only] = found
  // two of one path are a fault of their own, told once
  const paths = [...new Set(found.map(({ key }) => index.path(key)))]
  if (only && paths.length === 1) return only
  if (only)
    return { problem: `${found.length} places are called so: write one of ${paths.slice(0, 5).join(', ')}` }
  const meant = likeliest(text, index.names())
  return {
    problem: `expected a place that is there or in this file${meant === undefined ? '' : `; likely ${meant}`}`,
  }
}

/** Only what is new or changed is judged: what stands there already is nobody's mistake in this file. */
function checkPlace(entry: Entry, tree: Tree, entries: ReadonlyMap<string, Entry>): string | undefined {
  const parentKey = tree.parentOf(entry.key)
  const { before } = entry
  if (before && before.name === entry.name && before.kind === entry.kind && before.parent === parentKey)
    return undefined
  if (isInRing(entry.key, tree))
    return 'it is part of itself: this place stands above the one that is named here'
  const parent = entries.get(parentKey ?? '')
  if (parent && rankOfKind(parent.kind) >= rankOfKind(entry.kind))
    return `${parent.name} is ${kindWord(parent.kind)}: a ${kindWord(entry.kind)} can be part of ${kindsAbove(entry)} only`
  return undefined
}

function kindsAbove({ kind }: Entry): string {
  const above = placeKinds.slice(0, rankOfKind(kind)).map(kindWord)
  return above.length === 0 ? 'nothing' : above.join(', ')
}

function isInRing(key: string, { parentOf }: Tree): boolean {
  const seen = new Set<string>()
  for (let current = parentOf(key); current !== null && !seen.has(current); current = parentOf(current)) {
    if (current === key) return true
    seen.add(current)
  }
  return false
}

/** Two of one name side by side could never be told apart. */
function checkTwins(entries: ReadonlyMap<string, Entry>, { parentOf }: Tree, reader: CellReader): void {
  const first = new Map<string, Entry>()
  // those of before come first
  for (const entry of entries.values()) {
    const place = `${parentOf(entry.key) ?? ''}/${entry.name}`
    const twin = first.get(place)
    first.set(place, twin ?? entry)
    const row = entry.row ?? twin?.row
    if (!twin || !row) continue
    const where =
      twin.row && twin.row !== row ? `line ${twin.row.line}` : `the place ${(entry.row ? twin : entry).key}`
    reader.fault(
      row,
      'name',
      `${where} has the same name in the same place: leave one out, or call it otherwise`,
    )
  }
}

function idsOf(entries: ReadonlyMap<string, Entry>, { parentOf }: Tree): (key: string) => string {
  const ids = new Map<string, string>()
  return function idOf(key: string): string {
    const known = ids.get(key)
    if (known !== undefined) return known
    const entry = entries.get(key)
    if (!entry || entry.before) return key
    // against rings, which the plan refuses anyway
    ids.set(key, key)
    const parent = parentOf(key)
    const from = `${parent === null ? '' : idOf(parent)}/${entry.name}`
    const usual = `place-${shortHash(from)}`
    // a place that was moved from there keeps its id
    const id = entries.has(usual) ? `place-${shortHash(`${from}/again`)}` : usual
    ids.set(key, id)
    return id
  }
}

export function indexOf(places: readonly PlaceNode[]): PlaceIndex {
  return createPlaceIndex(places.map(({ id, name, parent }) => ({ key: id, name, parent: () => parent })))
}
