import type { Block } from './block.ts'
import { findHeadings } from './headings.ts'

/** A document cut at its headings. */
export interface Section {
  /** From the outermost heading to its own; empty for what stands before the first. */
  readonly path: readonly string[]
  readonly paragraphs: readonly string[]
}

export interface CutDocument {
  readonly sections: readonly Section[]
  /** Headings with nothing below them, which no answer can come from. */
  readonly empty: readonly string[]
}

/** Headings in Markdown go from ## to ######. */
const deepest = 5

export function cutIntoSections(blocks: readonly Block[]): CutDocument {
  const open: { readonly rank: number; readonly text: string }[] = []
  const sections: { path: string[]; paragraphs: string[] }[] = [{ path: [], paragraphs: [] }]
  for (const piece of findHeadings(blocks)) {
    if (piece.kind === 'text') {
      sections.at(-1)?.paragraphs.push(piece.text)
      continue
    }
    while ((open.at(-1)?.rank ?? Number.NEGATIVE_INFINITY) >= piece.rank) open.pop()
    // what lies deeper than Markdown can say stands beside the deepest
    if (open.length === deepest) open.pop()
    open.push(piece)
    sections.push({ path: open.map(({ text }) => text), paragraphs: [] })
  }
  const filled = sections.filter(({ paragraphs }) => paragraphs.some((text) => text.trim() !== ''))
  const empty = sections.filter(
    (section) => section.path.length > 0 && !filled.includes(section) && !leadsTo(section.path, filled),
  )
  return { sections: filled, empty: empty.map(({ path }) => path.join(' > ')) }
}

function leadsTo(path: readonly string[], filled: readonly Section[]): boolean {
  return filled.some(
    (each) => each.path.length > path.length && path.every((text, at) => each.path[at] === text),
  )
}
