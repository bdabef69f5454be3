import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Block, Draft } from '../../knowledge/documents/block.ts'
import { readMarker } from '../../knowledge/documents/markers.ts'
import { linesOfPage, type PageLine, type TextPiece } from './pdf-lines.ts'
import { DocumentRefusedError, limits } from './refusal.ts'
import { joint } from './text-blocks.ts'

/** A PDF with text in it. @throws DocumentRefusedError when it is encrypted, broken or a scan */
export async function readPdf(bytes: Buffer): Promise<Draft> {
  const pdfjs = await loadPdfjs()
  const folder = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))
  const loading = pdfjs.getDocument({
    data: new Uint8Array(bytes),
    // Chinese fonts that are not embedded are written in codes that only these tables explain
    cMapUrl: join(folder, 'cmaps/'),
    cMapPacked: true,
    standardFontDataUrl: join(folder, 'standard_fonts/'),
    ...{ isEvalSupported: false, useSystemFonts: false, disableFontFace: true, verbosity: 0 },
  })
  try {
    const pdf = await loading.promise
    if (pdf.numPages > limits.pages)
      throw new DocumentRefusedError(`it has ${pdf.numPages} pages, more than ${limits.pages}: split it`)
    const pages: PageLine[][] = []
    for (let number = 1; number <= pdf.numPages; number++) {
      const page = await pdf.getPage(number)
      const { items } = await page.getTextContent()
      pages.push(linesOfPage(items.flatMap((item) => ('str' in item ? [pieceOf(item)] : []))))
      page.cleanup()
    }
    return draftOf(pages)
  } catch (error) {
    throw refusalOf(error)
  } finally {
    await loading.destroy()
  }
}

/** Without its parts for drawing, which it would look for in a native library. */
async function loadPdfjs() {
  const absent = ['DOMMatrix', 'ImageData', 'Path2D'].filter((name) => !(name in globalThis))
  for (const name of absent) Object.defineProperty(globalThis, name, { value: class {}, configurable: true })
  return import('pdfjs-dist/legacy/build/pdf.mjs')
}

function pieceOf(item: { str: string; transform: number[]; width: number; height: number }): TextPiece {
  const [, , c = 0, d = 0, x = 0, y = 0] = item.transform
  return { text: item.str, x, y, width: item.width, height: item.height || Math.hypot(c, d) }
}

function refusalOf(error: unknown): unknown {
  if (error instanceof DocumentRefusedError || !(error instanceof Error)) return error
  switch (error.name) {
    case 'PasswordException':
      return new DocumentRefusedError('it is encrypted: save it without a password', { cause: error })
    case 'InvalidPDFException':
    case 'FormatError':
    case 'UnknownErrorException':
      return new DocumentRefusedError(
        `it is a PDF that cannot be read (${error.message}): copy it again from where it came from, or make it anew`,
        { cause: error },
      )
    default:
      return error
  }
}

/** Fewer characters than this on a page are its number or a stamp. */
const fewest = 15

function draftOf(pages: readonly (readonly PageLine[])[]): Draft {
  const kept = withoutMargins(pages)
  const empty = kept.flatMap((lines, at) => (countOf(lines) < fewest ? [at + 1] : []))
  if (kept.every((lines) => countOf(lines) < 2))
    throw new DocumentRefusedError(
      'no text is in it, probably it was scanned: use the document it was made from, or run text recognition over it',
    )
  const bare = empty.filter((page) => countOf(pages[page - 1] ?? []) < fewest)
  const lost =
    bare.length === 0 || pages.length === 1
      ? []
      : [`page${bare.length > 1 ? 's' : ''} ${bare.join(', ')}: hardly any text, perhaps a picture`]
  assertReadable(kept.flat())
  return { blocks: paragraphsOf(kept.flat()), about: {}, lost }
}

/** Characters that Chinese documents are made of. */
const usualCharacters =
  /[\p{Script=Han}\x20-\x7e\u3000-\u303f\uff00-\uffef\u2010-\u2027\u2460-\u24ff\u25a0-\u26ff\u00b7\u00d7\u2103\u33a1]/gu
const mostUnusual = 0.3

/** Some fonts do not tell which characters their shapes stand for: what comes out then is no text. */
function assertReadable(lines: readonly PageLine[]): void {
  const text = lines.map((line) => line.text).join('')
  const usual = text.match(usualCharacters)?.length ?? 0
  if (usual >= (1 - mostUnusual) * text.length) return
  throw new DocumentRefusedError(
    'its fonts do not tell which characters they show: use the document it was made from, or run text recognition over it',
  )
}

function countOf(lines: readonly PageLine[]): number {
  return lines.reduce((sum, { text }) => sum + text.length, 0)
}

/** Page numbers, and what stands at the top or foot of most pages. */
function withoutMargins(pages: readonly (readonly PageLine[])[]): PageLine[][] {
  const plain = (text: string) => text.replaceAll(/[\d\s]+/gu, '')
  const times = new Map<string, number>()
  for (const lines of pages)
    for (const line of new Set([lines[0], lines.at(-1)]))
      if (line) times.set(plain(line.text), (times.get(plain(line.text)) ?? 0) + 1)
  const isMargin = (line: PageLine) =>
    /^[-—–－\s·]*(第?\s*\d{1,4}\s*页?([/共，,\s]*\d{1,4}\s*页?)?)[-—–－\s·]*$/u.test(line.text) ||
    (pages.length > 2 && (times.get(plain(line.text)) ?? 0) > pages.length / 2)
  return pages.map((lines) =>
    lines.filter((line, at) => (at > 0 && at < lines.length - 1) || !isMargin(line)),
  )
}

/** Lines flow together until one ends early, or the next is indented, numbered or of another size. */
function paragraphsOf(lines: readonly PageLine[]): Block[] {
  const left = usual(lines.map((line) => Math.round(line.left)))
  // signatures and days stand at the right, and may reach further than the text
  const body = lines.filter((line) => line.left < left + 4 * line.height)
  const right = body.reduce((most, line) => Math.max(most, line.right), 0)
  const blocks: Block[] = []
  let open = ''
  let last: PageLine | undefined
  for (const line of lines) {
    const begins = last === undefined || startsParagraph(line, last, left, right)
    if (begins && open !== '') blocks.push({ kind: 'paragraph', text: open })
    open = begins ? line.text : open + joint(open, line.text) + line.text
    last = line
  }
  if (open !== '') blocks.push({ kind: 'paragraph', text: open })
  return blocks
}

function startsParagraph(line: PageLine, last: PageLine, left: number, right: number): boolean {
  const size = Math.max(line.height, last.height)
  if (Math.abs(line.height - last.height) > 0.15 * size) return true
  if (last.right < right - 2.2 * size || /\S {2}\S/u.test(line.text) || /\S {2}\S/u.test(last.text))
    return true
  return line.left > left + 1.2 * size || readMarker(line.text) !== undefined
}

/** The most frequent value; the smaller one of two. */
function usual(values: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort((one, other) => other[1] - one[1] || one[0] - other[0])[0]?.[0] ?? 0
}
