import type { SKRSContext2D } from '@napi-rs/canvas'

/** Draws text and boxes on a page of a fixed width, from top to bottom. */
export interface Pen {
  text(words: string, at: TextAt): void
  /** Breaks where the width ends; @returns the height */
  paragraph(words: string, at: Omit<TextAt, 'align'> & { readonly width: number }): number
  width(words: string, at: Pick<TextAt, 'size' | 'weight'>): number
  box(at: { x: number; y: number; width: number; height: number; colour: string; radius?: number }): void
}

interface TextAt {
  readonly x: number
  /** Of the line's middle; of the first line's in a paragraph. */
  readonly y: number
  readonly size: number
  readonly colour: string
  /** 400 when absent. */
  readonly weight?: number
  readonly align?: 'left' | 'center' | 'right'
  /** Longer words are cut and end in …. */
  readonly most?: number
}

export const lineHeight = 1.5

export function createPen(context: SKRSContext2D, family: string): Pen {
  context.textBaseline = 'middle'
  function choose({ size, weight = 400 }: Pick<TextAt, 'size' | 'weight'>): void {
    context.font = `400 ${size}px ${family}`
    // by name alone a variable font stays at its thinnest
    context.fontVariationSettings = `'wght' ${weight}`
  }
  function widthOf(words: string): number {
    return context.measureText(words).width
  }
  function fitting(words: string, most: number | undefined): string {
    if (most === undefined || widthOf(words) <= most) return words
    const letters = [...words]
    while (letters.length > 1 && widthOf(`${letters.join('')}…`) > most) letters.pop()
    return `${letters.join('')}…`
  }
  function linesOf(words: string, width: number): readonly string[] {
    const lines: string[] = []
    let line = ''
    for (const letter of words) {
      const isFull = widthOf(line + letter) > width && line !== ''
      // a comma or a bracket that closes never begins a line
      if (isFull && !'，。；：、）)！？'.includes(letter)) {
        lines.push(line)
        line = ''
      }
      line += letter
    }
    return [...lines, line]
  }
  return {
    text(words, { x, y, colour, align = 'left', most, ...font }) {
      choose(font)
      context.fillStyle = colour
      context.textAlign = align
      context.fillText(fitting(words, most), x, y)
    },
    paragraph(words, { x, y, colour, width, ...font }) {
      choose(font)
      context.fillStyle = colour
      context.textAlign = 'left'
      const lines = linesOf(words, width)
      for (const [at, line] of lines.entries()) context.fillText(line, x, y + at * font.size * lineHeight)
      return lines.length * font.size * lineHeight
    },
    width(words, font) {
      choose(font)
      return widthOf(words)
    },
    box({ x, y, width, height, colour, radius = 0 }) {
      context.fillStyle = colour
      context.beginPath()
      context.roundRect(x, y, width, height, radius)
      context.fill()
    },
  }
}
