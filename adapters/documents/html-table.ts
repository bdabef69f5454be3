import type { DefaultTreeAdapterTypes } from 'parse5'
import type { Block } from '../../knowledge/documents/block.ts'

type Element = DefaultTreeAdapterTypes.Element

/** Wider than any table that people read. */
const mostColumns = 60
const mostRows = 5_000
/** A cell that says more was made by no person. */
const widestSpan = 1_000

/**
 * A table as lines that can be read aloud: with a header each row becomes “column：value；…”, with two columns
 * “name：value”. A table that only lays out a page gives back its paragraphs. `tell`: what is cut off, or looks wrong.
 */
export function readTable(
  table: Element,
  read: (cell: Element) => readonly Block[],
  tell: (what: string) => void,
): Block[] {
  const all = rowsOf(table)
  const rows = all.slice(0, mostRows)
  const cut = all.length - rows.length
  if (cut > 0) tell(`${cut} ${cut === 1 ? 'row' : 'rows'} of a table with ${all.length}`)
  const blocks = rows.map((row) => row.map((cell) => read(cell)))
  // one cell, or headings inside: the table is a frame around text
  const isFrame =
    rows.every((row) => row.length <= 1) || blocks.flat(2).some(({ kind }) => kind === 'heading')
  if (isFrame) return blocks.flat(2)
  for (const [kind, name] of [
    ['rows', 'rowspan'],
    ['columns', 'colspan'],
  ] as const)
    for (const given of rows.flat().map((cell) => spanOf(cell, name)))
      if (given > widestSpan) tell(`a table cell that says it spans ${given} ${kind}: compare the table`)
  const grid = gridOf(rows, (cell) => oneLine(read(cell)))
  if (grid.some((row) => row.length > mostColumns)) tell(`columns after the first ${mostColumns} of a table`)
  const lines = linesOf(
    grid.map((row) => row.slice(0, mostColumns)),
    rows[0]?.every(({ tagName }) => tagName === 'th') ?? false,
  )
  return lines.length === 0 ? [] : [{ kind: 'paragraph', text: lines.join('\n') }]
}

function rowsOf(table: Element): Element[][] {
  const rows: Element[][] = []
  const walk = (element: Element) => {
    for (const child of element.childNodes) {
      if (!('tagName' in child)) continue
      if (child.tagName === 'tr')
        rows.push(
          child.childNodes.filter(
            (cell): cell is Element => 'tagName' in cell && /^t[dh]$/u.test(cell.tagName),
          ),
        )
      else if (/^(thead|tbody|tfoot)$/u.test(child.tagName)) walk(child)
    }
  }
  walk(table)
  return rows.filter((row) => row.length > 0)
}

function oneLine(blocks: readonly Block[]): string {
  return blocks
    .map(({ text }) => text.replaceAll('\n', '，'))
    .join(' ')
    .trim()
}

interface Cell {
  readonly text: string
  /** The same cell goes on from the left or from above. */
  readonly repeated: boolean
}

/** Cells that stretch over several rows or columns stand in each of them. */
function gridOf(rows: readonly (readonly Element[])[], textOf: (cell: Element) => string): Cell[][] {
  const grid: Cell[][] = rows.map(() => [])
  for (const [y, row] of rows.entries()) {
    let x = 0
    for (const cell of row) {
      while (grid[y]?.[x] !== undefined) x++
      // one column more than is read shows that there were more
      const across = Math.min(spanOf(cell, 'colspan'), mostColumns + 1)
      const down = Math.min(spanOf(cell, 'rowspan'), rows.length - y)
      const text = textOf(cell)
      for (let dy = 0; dy < down; dy++)
        for (let dx = 0; dx < across && x + dx <= mostColumns; dx++)
          (grid[y + dy] as Cell[])[x + dx] = { text, repeated: dx > 0 }
      x += across
    }
  }
  return grid
}

/** As it is written. */
function spanOf(cell: Element, name: 'colspan' | 'rowspan'): number {
  const given = Number(cell.attrs.find((each) => each.name === name)?.value ?? 1)
  return Number.isInteger(given) && given >= 1 ? given : 1
}

function linesOf(grid: readonly (readonly Cell[])[], marked: boolean): string[] {
  const width = Math.max(...grid.map((row) => row.length))
  const texts = (row: readonly Cell[]) => row.filter((cell) => cell && !cell.repeated).map(({ text }) => text)
  const [head = [], ...rest] = grid
  const names = head.map((cell) => cell?.text ?? '')
  const named =
    rest.length > 0 &&
    names.every((name) => name !== '' && name.length <= 16) &&
    new Set(names).size === width
  // two columns without a marked header: names and what they are
  if (width === 2 && !marked)
    return grid
      .map((row) =>
        texts(row)
          .filter((text) => text !== '')
          .join('：'),
      )
      .filter(Boolean)
  if (!named || head.some(({ repeated }) => repeated))
    return grid
      .map((row) =>
        texts(row)
          .filter((text) => text !== '')
          .join('；'),
      )
      .filter(Boolean)
  return rest
    .map((row) =>
      row
        .map((cell, at) => (cell && cell.text !== '' && !cell.repeated ? `${names[at]}：${cell.text}` : ''))
        .filter((text) => text !== '')
        .join('；'),
    )
    .filter(Boolean)
}
