import { extname } from 'node:path'
import { DocumentRefusedError } from './refusal.ts'
import { checkZip } from './zip-check.ts'

/** What can be read. */
export type FileKind = 'markdown' | 'text' | 'html' | 'docx' | 'pdf' | 'xlsx' | 'csv' | 'jsonl'

const kindsByEnding: Readonly<Record<string, FileKind>> = {
  '.md': 'markdown',
  '.markdown': 'markdown',
  '.txt': 'text',
  '.html': 'html',
  '.htm': 'html',
  '.docx': 'docx',
  '.pdf': 'pdf',
  '.xlsx': 'xlsx',
  '.csv': 'csv',
  '.tsv': 'csv',
  '.jsonl': 'jsonl',
}
const readable = '.md, .txt, .html, .docx, .pdf, .xlsx, .csv, .jsonl'

/** Formats that are known and not read, with the way out. */
const others: Readonly<Record<string, string>> = {
  '.doc': 'a Word file of the old kind: open it and save it as .docx',
  '.wps': 'a WPS document: open it in WPS and save it as .docx',
  '.rtf': 'rich text: open it and save it as .docx',
  '.odt': 'an OpenDocument text: open it and save it as .docx',
  '.xls': 'an Excel file of the old kind: open it and save it as .xlsx',
  '.et': 'a WPS table: open it in WPS and save it as .xlsx',
  '.ods': 'an OpenDocument table: open it and save it as .xlsx',
  '.ppt': 'slides: copy their text into a .docx',
  '.pptx': 'slides: copy their text into a .docx',
  '.dps': 'slides: copy their text into a .docx',
  '.ofd': 'an OFD file: convert it to a PDF with text, or copy its text into a .docx',
  '.mht': 'a web archive: save the page as .html',
  '.zip': 'an archive: unpack it and name the folder',
  '.rar': 'an archive: unpack it and name the folder',
  '.7z': 'an archive: unpack it and name the folder',
  '.json': 'JSON: write one {"id","question","answer"} a line as .jsonl',
}
const picture = 'a picture: no text can be taken from it; type the text, or use the document it was made from'
const archives = ['Rar!', '7z\xbc\xaf', '\x1f\x8b']
const ending: Readonly<Record<FileKind, string>> = {
  ...{ markdown: '.md', text: '.txt', html: '.html', docx: '.docx' },
  ...{ pdf: '.pdf', xlsx: '.xlsx', csv: '.csv', jsonl: '.jsonl' },
}

/** What the ending promises and the content keeps. @throws DocumentRefusedError */
export function kindOf(name: string, bytes: Buffer): FileKind {
  if (bytes.length === 0) throw new DocumentRefusedError('it is empty: take it out, or save it again')
  const came = contentOf(bytes)
  const promised = kindsByEnding[extname(name).toLowerCase()]
  if ('refusal' in came) throw new DocumentRefusedError(came.refusal)
  if (promised === undefined) throw new DocumentRefusedError(unknownEnding(name, came.kind))
  const isText = !['docx', 'xlsx', 'pdf'].includes(promised)
  if (came.kind === promised || (came.kind === 'text' && isText)) return promised
  if (came.kind === 'html' && isText && promised !== 'csv' && promised !== 'jsonl') return promised
  const what = came.kind === 'text' ? 'plain text' : `${ending[came.kind].slice(1)}`
  const remedy =
    came.kind === 'text'
      ? 'give it the ending of what it is, or save it again'
      : `rename it to ${ending[came.kind]}`
  throw new DocumentRefusedError(`its ending says ${extname(name)}, but its content is ${what}: ${remedy}`)
}

function unknownEnding(name: string, came: FileKind): string {
  const known = others[extname(name).toLowerCase()]
  if (known !== undefined && came === 'text') return `it is ${known}`
  const has = extname(name) === '' ? 'it has no ending' : `its ending is ${extname(name)}`
  return `expected ${readable}, but ${has}${came === 'text' ? '' : `: rename it to ${ending[came]}`}`
}

type Content = { readonly kind: FileKind } | { readonly refusal: string }

function contentOf(bytes: Buffer): Content {
  const head = bytes.subarray(0, 1024).toString('latin1')
  if (head.includes('%PDF-')) return { kind: 'pdf' }
  if (head.startsWith('PK\x03\x04') || head.startsWith('PK\x05\x06')) return archive(bytes)
  if (head.startsWith('\xd0\xcf\x11\xe0')) return { refusal: oldOffice(bytes) }
  if (isPicture(head)) return { refusal: `it is ${picture}` }
  if (head.startsWith('{\\rtf')) return { refusal: `it is ${others['.rtf']}` }
  if (archives.some((mark) => head.startsWith(mark))) return { refusal: `it is ${others['.zip']}` }
  return { kind: /^[\s\xef\xbb\xbf]*(<!doctype html|<html[\s>])/iu.test(head) ? 'html' : 'text' }
}

function archive(bytes: Buffer): Content {
  const { names } = checkZip(bytes)
  if (names.has('word/document.xml')) return { kind: 'docx' }
  if (names.has('xl/workbook.xml')) return { kind: 'xlsx' }
  if (names.has('ppt/presentation.xml')) return { refusal: `it is ${others['.pptx']}` }
  if (names.has('OFD.xml')) return { refusal: `it is ${others['.ofd']}` }
  if (names.has('mimetype')) return { refusal: `it is ${others['.odt']}` }
  return { refusal: `it is ${others['.zip']}` }
}

/** One container for the old formats and for encrypted new ones; the names of its streams tell which. */
function oldOffice(bytes: Buffer): string {
  const has = (name: string) => bytes.includes(Buffer.from(name, 'utf16le'))
  if (has('EncryptedPackage')) return 'it is encrypted: save it without a password'
  if (has('Workbook') || has('Book')) return `it is ${others['.xls']}`
  if (has('PowerPoint Document')) return `it is ${others['.ppt']}`
  if (has('WordDocument')) return `it is ${others['.doc']}`
  return 'it is an office file of an old kind: open it and save it as .docx or .xlsx'
}

function isPicture(head: string): boolean {
  const marks = ['\x89PNG', '\xff\xd8\xff', 'GIF8', 'BM', 'II*\x00', 'MM\x00*']
  return (
    marks.some((mark) => head.startsWith(mark) && (mark !== 'BM' || head.includes('\x00'))) ||
    /^RIFF.{4}WEBP/su.test(head)
  )
}
