import type { Report } from './report.ts'
import { type Cell, headingOf, type Sheet, sheetsOf } from './sheets.ts'

/** A report as a page of Markdown: the same tables as the workbook. Names of staff stay out of it. */
export function markdownOf(report: Report): string {
  const { staff: _, ...withoutStaff } = report
  return `# ${escaped(headingOf(report))}\n\n${sheetsOf(withoutStaff).map(section).join('\n')}`
}

function section({ name, rows: [header = [], ...rows], notes = [] }: Sheet): string {
  const lines = [line(header), `|${header.map(() => '---').join('|')}|`, ...rows.map(line)]
  const under = notes.map((note) => `\n${escaped(note)}\n`).join('')
  return `## ${name}\n\n${lines.join('\n')}\n${under}`
}

function line(cells: readonly Cell[]): string {
  return `| ${cells.map((cell) => escaped(String(cell))).join(' | ')} |`
}

/** What residents asked stands in it: it must not become a link, a picture or another column. */
function escaped(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').replaceAll(/[\\`*_[\]<>|#!~]/gu, (sign) => `\\${sign}`)
}
