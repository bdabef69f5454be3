/** Real files for the tests, written byte by byte: no library that reads them has a say in how they look. */
import { crc32, deflateRawSync } from 'node:zlib'

export interface ZipEntry {
  readonly name: string
  readonly data: Buffer | string
  /** Written into the archive instead of the true size. */
  readonly saidSize?: number
  readonly encrypted?: boolean
}

export function zip(entries: readonly ZipEntry[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, data, saidSize, encrypted = false } of entries) {
    const raw = Buffer.from(data)
    const packed = deflateRawSync(raw)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(encrypted ? 0x801 : 0x800, 2)
    common.writeUInt16LE(8, 4)
    common.writeUInt32LE(crc32(raw), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(saidSize ?? raw.length, 18)
    common.writeUInt16LE(Buffer.byteLength(name), 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), packed])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(offset, 10)
    directory.push(
      Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, tail, Buffer.from(name)]),
    )
    parts.push(local)
    offset += local.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(entries.length, 4)
  end.writeUInt16LE(entries.length, 6)
  end.writeUInt32LE(central.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...parts, central, Buffer.from('PK\x05\x06'), end])
}

const word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

/** One paragraph of a Word document; `style` is an id of the styles below. */
export function paragraph(text: string, style?: string): string {
  const properties = style === undefined ? '' : `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`
  return `<w:p>${properties}<w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`
}

export function wordTable(rows: readonly (readonly string[])[]): string {
  const cell = (text: string) => `<w:tc>${paragraph(text)}</w:tc>`
  return `<w:tbl>${rows.map((row) => `<w:tr>${row.map(cell).join('')}</w:tr>`).join('')}</w:tbl>`
}

export const wordPicture = `<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="rPic"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`

export function footnoted(text: string): string {
  return `<w:p><w:r><w:t>${text}</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>`
}

export interface WordParts {
  readonly footnote?: string
  readonly more?: readonly ZipEntry[]
}

/** Styles as the Chinese edition of Word names them: `1` and `2` are headings, `a` is the title. */
export function docx(body: readonly string[], { footnote = '', more = [] }: WordParts = {}): Buffer {
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const type = 'application/vnd.openxmlformats-officedocument.wordprocessingml'
  const style = (id: string, name: string) =>
    `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/></w:style>`
  return zip([
    {
      name: '[Content_Types].xml',
      data: `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="${type}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${type}.styles+xml"/><Override PartName="/word/footnotes.xml" ContentType="${type}.footnotes+xml"/></Types>`,
    },
    {
      name: '_rels/.rels',
      data: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${office}/officeDocument" Target="word/document.xml"/></Relationships>`,
    },
    {
      name: 'word/_rels/document.xml.rels',
      data: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${office}/styles" Target="styles.xml"/><Relationship Id="r2" Type="${office}/footnotes" Target="footnotes.xml"/><Relationship Id="rPic" Type="${office}/image" Target="media/a.png"/></Relationships>`,
    },
    {
      name: 'word/styles.xml',
      data: `<w:styles ${word}>${style('1', 'heading 1')}${style('2', 'heading 2')}${style('a', 'Title')}</w:styles>`,
    },
    {
      name: 'word/footnotes.xml',
      data: `<w:footnotes ${word}>${footnote === '' ? '' : `<w:footnote w:id="2">${paragraph(footnote)}</w:footnote>`}</w:footnotes>`,
    },
    { name: 'word/media/a.png', data: Buffer.from('89504e470d0a1a0a', 'hex') },
    { name: 'word/document.xml', data: `<w:document ${word}><w:body>${body.join('')}</w:body></w:document>` },
    ...more,
  ])
}

export type Cell = string | number | { readonly day: number } | undefined

/** A workbook; a cell `{day}` is a date by its serial number (46082 is 2026-03-01). */
export function xlsx(
  sheets: readonly { readonly name: string; readonly rows: readonly (readonly Cell[])[] }[],
): Buffer {
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const cellXml = (cell: Cell, reference: string) => {
    if (cell === undefined) return ''
    if (typeof cell === 'string') return `<c r="${reference}" t="inlineStr"><is><t>${cell}</t></is></c>`
    return typeof cell === 'number'
      ? `<c r="${reference}"><v>${cell}</v></c>`
      : `<c r="${reference}" s="1"><v>${cell.day}</v></c>`
  }
  const sheetXml = (rows: readonly (readonly Cell[])[]) =>
    `<worksheet xmlns="${main}"><sheetData>${rows
      .map(
        (row, y) =>
          `<row r="${y + 1}">${row.map((cell, x) => cellXml(cell, `${String.fromCharCode(65 + x)}${y + 1}`)).join('')}</row>`,
      )
      .join('')}</sheetData></worksheet>`
  return zip([
    {
      name: '[Content_Types].xml',
      data: '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    },
    {
      name: 'xl/workbook.xml',
      data: `<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${sheets.map(({ name }, at) => `<sheet name="${name}" sheetId="${at + 1}" r:id="r${at + 1}"/>`).join('')}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      data: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${sheets.map((_, at) => `<Relationship Id="r${at + 1}" Type="${office}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`).join('')}<Relationship Id="rS" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    },
    {
      name: 'xl/styles.xml',
      data: `<styleSheet xmlns="${main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    },
    ...sheets.map(({ rows }, at) => ({ name: `xl/worksheets/sheet${at + 1}.xml`, data: sheetXml(rows) })),
  ])
}

export interface PdfLine {
  readonly text: string
  readonly x?: number
  readonly y: number
  readonly size?: number
}

export interface PdfOptions {
  /** How the text is coded: by numbers of our own with a table beside them, or in GBK with a font that is not embedded. */
  readonly coding?: 'own table' | 'gbk'
  readonly encrypted?: boolean
}

/** Pages of lines; a character is as wide as its size. */
export function pdf(
  pages: readonly (readonly PdfLine[])[],
  { coding = 'own table', encrypted = false }: PdfOptions = {},
): Buffer {
  const characters = [...new Set(pages.flat().flatMap(({ text }) => [...text]))]
  const hex = (text: string) =>
    [...text]
      .map((each) =>
        (coding === 'gbk' ? gbkOf(each) : characters.indexOf(each) + 1).toString(16).padStart(4, '0'),
      )
      .join('')
  const table = characters
    .map(
      (each, at) =>
        `<${(at + 1).toString(16).padStart(4, '0')}> <${Buffer.from(each, 'utf16le').swap16().toString('hex')}>`,
    )
    .join('\n')
  const toUnicode = `/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def /CMapType 2 def\n1 begincodespacerange <0000> <ffff> endcodespacerange\n${characters.length} beginbfchar\n${table}\nendbfchar\nendcmap end end`
  const objects: string[] = []
  const add = (body: string) => objects.push(body)
  add('<< /Type /Catalog /Pages 2 0 R >>')
  add(
    `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, at) => `${6 + 2 * at} 0 R`).join(' ')}] >>`,
  )
  const [name, encoding, more, ordering] =
    coding === 'gbk'
      ? ['STSong-Light', '/GBK-EUC-H', '', 'GB1']
      : ['Own', '/Identity-H', '/ToUnicode 5 0 R', 'Identity']
  add(
    `<< /Type /Font /Subtype /Type0 /BaseFont /${name} /Encoding ${encoding} /DescendantFonts [4 0 R] ${more} >>`,
  )
  add(
    `<< /Type /Font /Subtype /CIDFontType0 /BaseFont /${name} /CIDSystemInfo << /Registry (Adobe) /Ordering (${ordering}) /Supplement 0 >> /DW 1000 /FontDescriptor << /Type /FontDescriptor /FontName /${name} /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 900 /Descent -200 /StemV 80 /CapHeight 700 >> >>`,
  )
  add(stream(toUnicode))
  for (const [at, lines] of pages.entries()) {
    add(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${7 + 2 * at} 0 R /Resources << /Font << /F 3 0 R >> >> >>`,
    )
    add(
      stream(
        lines
          .map(({ text, x = 72, y, size = 12 }) => `BT /F ${size} Tf ${x} ${y} Td <${hex(text)}> Tj ET`)
          .join('\n'),
      ),
    )
  }
  const key = encrypted
    ? `/Encrypt << /Filter /Standard /V 1 /R 2 /O <${'ab'.repeat(32)}> /U <${'cd'.repeat(32)}> /P -4 >> /ID [<00> <00>]`
    : ''
  let text = '%PDF-1.7\n'
  const offsets = objects.map((body, at) => {
    const offset = text.length
    text += `${at + 1} 0 obj\n${body}\nendobj\n`
    return offset
  })
  const xref = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const start = text.length
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${xref}trailer << /Size ${objects.length + 1} /Root 1 0 R ${key} >>\nstartxref\n${start}\n%%EOF`
  return Buffer.from(text, 'latin1')
}

function stream(body: string): string {
  return `<< /Length ${body.length} >>\nstream\n${body}\nendstream`
}

/** Node decodes GB18030 but does not encode it: the table is made by decoding all pairs. */
const gbkCodes = new Map<string, number>()

function gbkOf(character: string): number {
  if (gbkCodes.size === 0)
    for (let first = 0xfe; first >= 0x81; first--)
      for (let second = 0xfe; second >= 0x40; second--)
        if (second !== 0x7f)
          gbkCodes.set(new TextDecoder('gbk').decode(Uint8Array.of(first, second)), (first << 8) | second)
  return gbkCodes.get(character) ?? character.charCodeAt(0)
}

export function gb18030(text: string): Buffer {
  const bytes: number[] = []
  for (const each of text) {
    const code = gbkOf(each)
    if (code > 0xff) bytes.push(code >> 8)
    bytes.push(code & 0xff)
  }
  return Buffer.from(bytes)
}
