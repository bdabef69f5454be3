/** The fixed files of a workbook, and how its cells are written. Only what readers of tables need. */

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = 'http://schemas.openxmlformats.org/package/2006/relationships'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const content = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

export function sheetPath(number: number): string {
  return `xl/worksheets/sheet${number}.xml`
}

/** Path → text, without the sheets. @param names of the sheets, in order */
export function partsOf(names: readonly string[]): Readonly<Record<string, string>> {
  const each = (line: (name: string, number: number) => string) =>
    sheetNames(names)
      .map((name, at) => line(name, at + 1))
      .join('')
  const stylesId = `rId${names.length + 1}`
  return {
    '[Content_Types].xml': `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${content}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${content}.styles+xml"/>${each((_, number) => `<Override PartName="/${sheetPath(number)}" ContentType="${content}.worksheet+xml"/>`)}</Types>`,
    '_rels/.rels': `${head}<Relationships xmlns="${relations}"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${head}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${each((name, number) => `<sheet name="${escapeXml(name)}" sheetId="${number}" r:id="rId${number}"/>`)}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${head}<Relationships xmlns="${relations}">${each((_, number) => `<Relationship Id="rId${number}" Type="${office}/worksheet" Target="worksheets/sheet${number}.xml"/>`)}<Relationship Id="${stylesId}" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `${head}<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Microsoft YaHei"/></font><font><b/><sz val="11"/><name val="Microsoft YaHei"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFDCE8F5"/></patternFill></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf xfId="0" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf><xf xfId="0" fontId="1" fillId="2" applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf></cellXfs></styleSheet>`,
  }
}

/** The header stays in sight; widths in characters. */
export function sheetHead(widths: readonly number[]): string {
  const columns = widths.map(
    (width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`,
  )
  return `${head}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>${columns.length > 0 ? `<cols>${columns.join('')}</cols>` : ''}<sheetData>`
}

export const sheetTail = '</sheetData></worksheet>'

/** @param number from 1 */
export function rowXml(cells: readonly (string | number)[], number: number): string {
  const style = number === 1 ? ' s="1"' : ''
  const written = cells.map((cell, at) => {
    const place = `${columnName(at)}${number}`
    if (typeof cell === 'number') return `<c r="${place}"${style}><v>${cell}</v></c>`
    if (cell === '') return ''
    return `<c r="${place}"${style} t="inlineStr"><is><t xml:space="preserve">${escapeXml(literal(cell))}</t></is></c>`
  })
  return `<row r="${number}">${written.join('')}</row>`
}

/** 0 → A, 26 → AA */
function columnName(at: number): string {
  const letter = String.fromCharCode(65 + (at % 26))
  return at < 26 ? letter : columnName(Math.floor(at / 26) - 1) + letter
}

/** What no name of a sheet may have goes; two of one name would make the file unreadable. */
function sheetNames(names: readonly string[]): readonly string[] {
  const taken = new Set<string>()
  return names.map((name, at) => {
    const plain = name.replaceAll(/[\\/?*[\]:']/gu, ' ').slice(0, 28) || `${at + 1}`
    const free = taken.has(plain) ? `${plain}${at + 1}` : plain
    taken.add(free)
    return free
  })
}

/** In a workbook _x003D_ stands for =, also where somebody wrote just that: its own underscore is written so. */
function literal(text: string): string {
  return text.replaceAll(/_(?=x[\da-fA-F]{4}_)/gu, '_x005F_')
}

function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
