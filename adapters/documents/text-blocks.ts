import type { Block, Draft } from '../../knowledge/documents/block.ts'
import { readMarker } from '../../knowledge/documents/markers.ts'

/** Plain text: each line a paragraph, unless its lines were broken at a fixed width. */
export function readPlainText(text: string): Draft {
  const lines = text.split(/\r\n|\r|\n/u)
  const width = widthOf(lines)
  const blocks: Block[] = []
  let open = ''
  const flush = () => {
    if (open.trim() !== '') blocks.push({ kind: 'paragraph', text: open.trim() })
    open = ''
  }
  for (const line of lines) {
    const continues = width !== undefined && open !== '' && !begins(line)
    if (!continues) flush()
    open += open === '' ? line : joint(open, line) + line.trim()
    // a line that is clearly short, or ends a sentence, is the last of its paragraph
    if (width === undefined || line.length < width - 3) flush()
  }
  flush()
  return { blocks, about: {}, lost: [] }
}

/** Words of Latin letters need a gap where the line broke. */
export function joint(before: string, after: string): string {
  return /[A-Za-z0-9,.;]$/u.test(before) && /^\s*[A-Za-z0-9]/u.test(after) ? ' ' : ''
}

/** An empty, indented or numbered line begins a new paragraph. */
function begins(line: string): boolean {
  return line.trim() === '' || /^[\s\u3000]/u.test(line) || readMarker(line.trim()) !== undefined
}

/** The width at which the lines were broken; undefined when they were not. */
function widthOf(lines: readonly string[]): number | undefined {
  const filled = lines.filter((line) => line.trim() !== '')
  const longest = filled.reduce((most, line) => Math.max(most, line.length), 0)
  if (longest < 20 || longest > 120) return undefined
  const full = filled.filter((line) => line.length >= longest - 2 && !/[。！？：；]$/u.test(line))
  return full.length >= 3 && full.length >= filled.length / 4 ? longest : undefined
}
