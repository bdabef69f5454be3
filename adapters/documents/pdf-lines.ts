import { joint } from './text-blocks.ts'

/** The text of a PDF page as lines: it knows only where each piece of text stands. */

/** A piece of text; units are points, y grows upwards. */
export interface TextPiece {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface PageLine {
  readonly text: string
  readonly left: number
  readonly right: number
  readonly y: number
  readonly height: number
}

/** From top to bottom; pieces on one height belong to one line. */
export function linesOfPage(pieces: readonly TextPiece[]): PageLine[] {
  const rows: TextPiece[][] = []
  for (const piece of pieces.filter(({ text }) => text.trim() !== '')) {
    // pieces come in the order of writing: nearly always the row is the last one
    const row = rows.findLast((each) => isSameHeight(each[0] as TextPiece, piece))
    if (row) row.push(piece)
    else rows.push([piece])
  }
  return rows.map(lineOf).sort((one, other) => other.y - one.y)
}

function isSameHeight(one: TextPiece, other: TextPiece): boolean {
  return Math.abs(one.y - other.y) < 0.5 * Math.max(1, Math.min(one.height, other.height))
}

function lineOf(pieces: readonly TextPiece[]): PageLine {
  const sorted = [...pieces].sort((one, other) => one.x - other.x)
  const first = sorted[0] as TextPiece
  const height = Math.max(...sorted.map((piece) => piece.height))
  let text = ''
  let end = first.x
  for (const piece of sorted) {
    const gap = piece.x - end
    // two characters wide: the next column of a table
    if (text !== '' && gap > 1.8 * height) text += '  '
    else if (text !== '' && gap > 0.7 * height) text += ' '
    else if (text !== '' && gap > 0.2 * height) text += joint(text, piece.text)
    text += piece.text
    end = Math.max(end, piece.x + piece.width)
  }
  return { text: text.trim(), left: first.x, right: end, y: first.y, height }
}
