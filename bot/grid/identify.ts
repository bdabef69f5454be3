import { type CellReader, textOf } from './cells.ts'
import type { GridRow } from './rows.ts'

/** Of whom a row speaks: by id, else by a name that only one has. */
interface Named {
  readonly id: string
  readonly name: string
}

export interface Identified<T> {
  readonly row: GridRow
  readonly name: string
  /** Absent: new. */
  readonly before?: T
}

/** @param others whom only an id can mean */
export function identifyAll<T extends Named>(
  rows: readonly GridRow[],
  {
    known,
    others = [],
    what,
  }: { readonly known: readonly T[]; readonly others?: readonly T[]; readonly what: string },
  reader: CellReader,
): readonly Identified<T>[] {
  const byId = new Map([...others, ...known].map((each) => [each.id, each]))
  const byName = namesakesOf(known)
  const taken = new Map<string, number>()
  const found = rows.flatMap((row): readonly Identified<T>[] => {
    const name = reader.name(row)
    const id = textOf(row, 'id') ?? ''
    const namesakes = name === undefined ? [] : (byName.get(name) ?? [])
    const before = id === '' ? namesakes[0] : byId.get(id)
    if (id !== '' && !before)
      reader.fault(row, 'id', `expected the id of a ${what} that is there; leave it empty for a new one`)
    else if (id === '' && namesakes.length > 1)
      reader.fault(
        row,
        'name',
        `${namesakes.length} are called so: say by its id which ${what} is meant: ${namesakes.map((each) => each.id).join(', ')}`,
      )
    else if (name !== undefined) return [{ row, name, ...(before && { before }) }]
    return []
  })
  return found.filter(({ row, name, before }) => {
    const key = before?.id ?? `new ${name}`
    const line = taken.get(key)
    taken.set(key, line ?? row.line)
    if (line === undefined) return true
    reader.fault(
      row,
      before && textOf(row, 'id') ? 'id' : 'name',
      `line ${line} is the same ${what}: leave one out, or tell them apart by name or id`,
    )
    return false
  })
}

/** Whoever is new or called otherwise must not have the name of somebody else: settings and orders name people by it. */
export function checkNames<T extends Named>(
  identified: readonly Identified<T>[],
  known: readonly T[],
  reader: CellReader,
): void {
  const names = new Map(known.map((each) => [each.id, each.name]))
  for (const { before, name } of identified) if (before) names.set(before.id, name)
  const bearers = new Map<string, string[]>()
  for (const [id, name] of names) bearers.set(name, [...(bearers.get(name) ?? []), id])
  for (const { row, before, name } of identified) {
    if (before && before.name === name) continue
    const [other] = (bearers.get(name) ?? []).filter((id) => id !== before?.id)
    if (other !== undefined)
      reader.fault(row, 'name', `${other} has this name already: call one of the two otherwise`)
  }
}

export function namesakesOf<T extends Named>(all: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, T[]>()
  for (const each of all) {
    const namesakes = found.get(each.name)
    if (namesakes) namesakes.push(each)
    else found.set(each.name, [each])
  }
  return found
}
