import { DocumentRefusedError } from './refusal.ts'

/** Readers make a place for every cell of the rectangle up to the last one: more than this is no table. */
const mostCells = 5_000_000

/** @param sheet the XML of a worksheet. @throws DocumentRefusedError naming the cells that lie far out */
export function assertExtent(name: string, sheet: string): void {
  let right = { column: 0, cell: 'A1' }
  let bottom = { row: 0, cell: 'A1' }
  const look = (letters: string, digits: string) => {
    const cell = `${letters}${digits}`
    const column = columnOf(letters) + 1
    if (column > right.column) right = { column, cell }
    if (Number(digits) > bottom.row) bottom = { row: Number(digits), cell }
  }
  for (const [, letters = '', digits = ''] of sheet.matchAll(
    /<(?:\w+:)?c\b[^>]*?\sr=["']([A-Z]{1,7})(\d{1,9})["']/gu,
  ))
    look(letters, digits)
  if (right.column * bottom.row <= mostCells) return
  const far = [...new Set([right.cell, bottom.cell])].join(' and ')
  throw new DocumentRefusedError(
    `sheet ${name}: a cell lies far out, ${far}: the sheet would have ${bottom.row} rows and ${right.column} columns, more than ${mostCells} cells; go there (Ctrl+End), delete its row and column, and save it again`,
  )
}

/** A → 0, AA → 26 */
export function columnOf(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}
