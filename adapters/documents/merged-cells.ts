import { strFromU8, unzipSync } from 'fflate'
import { columnOf } from './sheet-extent.ts'

/** A cell that reaches over several rows: its text stands in the first of them alone. */
export interface MergedRows {
  /** From 0. */
  readonly column: number
  /** The first and the last line, from 1. */
  readonly from: number
  readonly to: number
}

/** Sheet's name → its merged cells of several rows. @param bytes a workbook that checkZip has passed */
export function mergedRows(bytes: Uint8Array): ReadonlyMap<string, readonly MergedRows[]> {
  const found = new Map<string, readonly MergedRows[]>()
  for (const [name, sheet] of sheetTexts(bytes)) found.set(name, rangesIn(sheet))
  return found
}

/** Sheet's name → its XML. @param bytes a workbook that checkZip has passed */
export function sheetTexts(bytes: Uint8Array): ReadonlyMap<string, string> {
  const parts = unzipSync(bytes, {
    filter: ({ name }) =>
      /^xl\/(?:workbook\.xml|_rels\/workbook\.xml\.rels|worksheets\/[^/]+\.xml)$/u.test(name),
  })
  const text = (name: string) => strFromU8(parts[name] ?? new Uint8Array())
  const targets = new Map<string, string>()
  for (const [tag] of text('xl/_rels/workbook.xml.rels').matchAll(/<Relationship\b[^>]*>/gu)) {
    const id = attribute(tag, 'Id')
    const target = attribute(tag, 'Target')
    if (id !== undefined && target !== undefined) targets.set(id, target.replace(/^\/?(?:xl\/)?/u, 'xl/'))
  }
  const found = new Map<string, string>()
  for (const [tag] of text('xl/workbook.xml').matchAll(/<(?:\w+:)?sheet\b[^>]*>/gu)) {
    const name = attribute(tag, 'name')
    const target = targets.get(attribute(tag, 'r:id') ?? '')
    if (name !== undefined && target !== undefined) found.set(plainText(name), text(target))
  }
  return found
}

function attribute(tag: string, name: string): string | undefined {
  return new RegExp(`\\s${name}="([^"]*)"`, 'u').exec(tag)?.[1]
}

function rangesIn(sheet: string): readonly MergedRows[] {
  const ranges: MergedRows[] = []
  for (const [, column = '', from = '', to = ''] of sheet.matchAll(
    /<mergeCell ref="([A-Z]{1,3})(\d+):[A-Z]{1,3}(\d+)"/gu,
  ))
    if (to !== from) ranges.push({ column: columnOf(column), from: Number(from), to: Number(to) })
  return ranges
}

function plainText(xml: string): string {
  return xml
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&')
}
