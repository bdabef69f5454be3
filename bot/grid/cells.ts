import { NoticeRefusedError } from '../notices/refusal.ts'
import { assertVisible } from '../notices/writing/check-text.ts'
import { likeliest } from './likeliest.ts'
import type { GridFault, GridField, GridRow, GridSheet } from './rows.ts'
import { meantBy } from './words.ts'

/** What the cells of a row mean, and what is wrong with them: every fault of a file is told at once. */
export class CellReader {
  readonly faults: GridFault[] = []
  readonly #sheet: GridSheet

  constructor(sheet: GridSheet) {
    this.#sheet = sheet
  }

  fault(row: GridRow, field: GridField, expected: string, came = row.cells[field] ?? ''): undefined {
    this.faults.push({ sheet: this.#sheet, line: row.line, field, came: came.slice(0, 80), expected })
    return undefined
  }

  /** undefined: there is none that could be taken. */
  name(row: GridRow): string | undefined {
    const text = textOf(row, 'name')
    if (text === undefined || text === '') return this.fault(row, 'name', 'expected a name')
    if ([...text].length > longestName)
      return this.fault(
        row,
        'name',
        `expected at most ${longestName} characters, but these are ${[...text].length}`,
      )
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
    if (/[\u0000-\u001f\u007f]/u.test(text))
      return this.fault(row, 'name', 'expected one line without control characters')
    const hidden = hiddenIn(text)
    if (hidden !== undefined) return this.fault(row, 'name', hidden)
    return text
  }

  /** @param before what holds when the column is not there; undefined: the cell must be filled */
  word<T extends string>(
    row: GridRow,
    field: GridField,
    words: Readonly<Record<T, readonly string[]>>,
    before: T | undefined,
  ): T | undefined {
    const text = textOf(row, field)
    if (text === undefined && before !== undefined) return before
    const meant = text === undefined || text === '' ? undefined : meantBy(words, text)
    if (meant !== undefined) return meant
    return this.fault(
      row,
      field,
      `expected ${oneOf(Object.values<readonly string[]>(words).map(shown), text ?? '')}`,
    )
  }
}

const longestName = 40

/** Two names that look the same must be the same. */
function hiddenIn(text: string): string | undefined {
  try {
    assertVisible(text)
    return undefined
  } catch (error) {
    if (!(error instanceof NoticeRefusedError)) throw error
    return `expected characters that can be seen: ${error.message}`
  }
}

function shown(words: readonly string[]): string {
  return words[0] ?? ''
}

/** one of A, B, C; likely B */
export function oneOf(known: readonly string[], came: string): string {
  const meant = came === '' ? undefined : likeliest(came, known)
  const list = known.slice(0, mostShown).join(', ')
  const more = known.length > mostShown ? ` and ${known.length - mostShown} more` : ''
  return `one of ${list}${more}${meant === undefined ? '' : `; likely ${meant}`}`
}

const mostShown = 20

/** undefined: the file has no such column. */
export function textOf(row: GridRow, field: GridField): string | undefined {
  return row.cells[field]?.normalize('NFC').trim()
}

/** What separates several things in one cell. */
const separators = /[、,，;；\n\r]+/u

export function listIn(text: string): readonly string[] {
  const parts = text.split(separators).map((part) => part.trim())
  return [...new Set(parts.filter((part) => part !== ''))]
}

/** A name that could not be read back from a cell with several. */
export function hasSeparator(name: string): boolean {
  return separators.test(name) || name !== name.trim()
}

/** The same things in another order are no change. */
export function sameOr(before: readonly string[] | undefined, after: readonly string[]): readonly string[] {
  const same = before?.length === after.length && after.every((each) => before.includes(each))
  return before && same ? before : after
}
