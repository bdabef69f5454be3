import { z } from 'zod'

/**
 * The grid as it stands in a table, as text: what a cell means is decided where everything else is known. A cell that
 * is not there leaves things as they are; an empty one empties.
 */
export const gridFields = {
  places: ['name', 'kind', 'parent', 'id'],
  groups: ['name', 'places', 'tags', 'setting', 'id'],
  people: ['name', 'role', 'places', 'skills', 'department', 'id'],
} as const satisfies Record<string, readonly string[]>

export type GridSheet = keyof typeof gridFields
export const gridSheets = Object.keys(gridFields) as readonly GridSheet[]
export type GridField = (typeof gridFields)[GridSheet][number]

/** More than this is no grid of one installation. */
export const mostRows = 20_000
const cell = z.string().max(4_000)

const rows = z.array(
  z.strictObject({
    /** As people count: the first line of the file is 1. */
    line: z.int().min(1),
    cells: z.partialRecord(
      z.enum(['name', 'kind', 'parent', 'id', 'places', 'tags', 'setting', 'role', 'skills', 'department']),
      cell,
    ),
  }),
)

/** A sheet that is not there stays as it is. */
export const gridRowsSchema = z.strictObject({
  places: rows.max(mostRows).exactOptional(),
  groups: rows.max(mostRows).exactOptional(),
  people: rows.max(mostRows).exactOptional(),
})
export type GridRows = z.infer<typeof gridRowsSchema>
export type GridRow = NonNullable<GridRows[GridSheet]>[number]

/** What is wrong with one cell. */
export interface GridFault {
  readonly sheet: GridSheet
  readonly line: number
  readonly field: GridField
  /** What stands there. */
  readonly came: string
  /** What was expected, what is known, what was likely meant. */
  readonly expected: string
}
