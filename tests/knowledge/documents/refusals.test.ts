import { describe, expect, test } from 'vitest'
import { readDocument } from '../../../adapters/documents/read-document.ts'
import { DocumentRefusedError } from '../../../adapters/documents/refusal.ts'
import { docx, gb18030, paragraph, pdf, xlsx, zip } from './make-files.ts'

async function refusalOf(name: string, bytes: Buffer): Promise<string> {
  try {
    await readDocument(name, bytes)
  } catch (error) {
    if (error instanceof DocumentRefusedError) return error.message
    throw error
  }
  throw new Error(`${name} was taken`)
}

const oldOffice = (stream: string) =>
  Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(512), Buffer.from(stream, 'utf16le')])
const tooDeep = `<html><body>${'<div>'.repeat(60_000)}深`

const table: readonly (readonly [what: string, name: string, bytes: Buffer, message: RegExp])[] = [
  ['an empty file', 'a.docx', Buffer.alloc(0), /it is empty/],
  ['a file of blanks', 'a.txt', Buffer.from(' \n\n'), /it is empty/],
  ['a picture', 'a.png', Buffer.from('89504e470d0a1a0a', 'hex'), /a picture: no text.*type the text/],
  ['a picture that says it is a PDF', 'a.pdf', Buffer.from('ffd8ffe000104a46', 'hex'), /a picture/],
  ['an old Word file', 'a.doc', oldOffice('WordDocument'), /old kind: open it and save it as \.docx/],
  ['an old Excel file', 'a.xls', oldOffice('Workbook'), /old kind: open it and save it as \.xlsx/],
  ['slides', 'a.ppt', oldOffice('PowerPoint Document'), /slides: copy their text/],
  ['a WPS document that nothing tells of', 'a.wps', oldOffice('?'), /save it as \.docx/],
  [
    'an encrypted Word file',
    'a.docx',
    oldOffice('EncryptedPackage'),
    /encrypted: save it without a password/,
  ],
  [
    'an encrypted PDF',
    'a.pdf',
    pdf([[{ text: '密', y: 700 }]], { encrypted: true }),
    /encrypted: save it without/,
  ],
  [
    'an encrypted archive',
    'a.docx',
    zip([{ name: 'word/document.xml', data: 'x', encrypted: true }]),
    /encrypted/,
  ],
  [
    'a scan',
    'a.pdf',
    pdf([[{ text: '1', y: 40 }], [{ text: '2', y: 40 }]]),
    /no text is in it, probably it was scanned/,
  ],
  ['a PDF that was cut short', 'a.pdf', Buffer.from('%PDF-1.7\n1 0 obj'), /a PDF that cannot be read/],
  [
    'a .docx that is no archive',
    'a.docx',
    Buffer.from('文件'),
    /its content is plain text: give it the ending/,
  ],
  [
    'a .docx that was cut short',
    'a.docx',
    docx([paragraph('字')]).subarray(0, 400),
    /damaged or was cut short/,
  ],
  [
    'a PDF with the ending of Word',
    'a.docx',
    pdf([[{ text: '字', y: 700 }]]),
    /its ending says \.docx, but its content is pdf: rename it to \.pdf/,
  ],
  [
    'a web page with the ending of Excel',
    'a.xlsx',
    Buffer.from('<html><table></table></html>'),
    /rename it to \.html/,
  ],
  ['Word with the ending of Excel', 'a.xlsx', docx([paragraph('字')]), /rename it to \.docx/],
  ['an OFD file', 'a.ofd', zip([{ name: 'OFD.xml', data: 'x' }]), /an OFD file: convert it to a PDF/],
  ['an archive', 'a.zip', zip([{ name: 'a.txt', data: 'x' }]), /an archive: unpack it/],
  ['an ending that nobody knows', 'a.xyz', Buffer.from('字'), /expected \.md, .*its ending is \.xyz/],
  ['no ending', 'README', Buffer.from('字'), /it has no ending/],
  [
    'text in Big5',
    'a.txt',
    Buffer.from('a5bbb0ccbb50b8daada9ab4fc0cdaabaa4bdb0cf', 'hex'),
    /UTF-8, UTF-16 or GB18030/,
  ],
  [
    'text in Latin-1',
    'a.txt',
    Buffer.from('Gesch\xe4ftsf\xfchrer und K\xf6che', 'latin1'),
    /save it as UTF-8/,
  ],
  [
    'a page that declares another encoding',
    'a.html',
    Buffer.concat([Buffer.from('<html><meta charset="big5">'), gb18030('社区')]),
    /says of itself that it is big5/,
  ],
  ['zero bytes in a text', 'a.txt', Buffer.from('a\x00b'), /zero bytes/],
  [
    'a table without the columns',
    'a.xlsx',
    xlsx([
      {
        name: 's',
        rows: [
          ['姓名', '电话'],
          ['甲', 1],
        ],
      },
    ]),
    /问题 and 答案.*the first row is 姓名, 电话/,
  ],
  ['a table without rows', 'a.csv', Buffer.from('问题,答案\n'), /but there are none/],
  ['JSONL of other things', 'a.jsonl', Buffer.from('\n'), /empty/],
  [
    'front matter with a mistake',
    'a.md',
    Buffer.from('---\ntitel: 甲\n---\n## 问\n答\n'),
    /line 2: .*found 'titel'/,
  ],
  [
    'a bomb: an archive that unpacks to more than it says',
    'a.docx',
    zip([{ name: 'word/document.xml', data: Buffer.alloc(1 << 20), saidSize: 100 }]),
    /unpacks to more than it says/,
  ],
  [
    'a bomb: an archive that unpacks to 400 MB',
    'a.docx',
    zip([{ name: 'word/document.xml', data: Buffer.alloc(400 << 20) }]),
    /unpacks to more than 300 MB/,
  ],
  [
    'a .docx whose text is no XML, without the words of a library',
    'a.docx',
    docx(['<w:p><w:r><w:t>1 < 2</w:t></w:r></w:p>']),
    /^its text is damaged: open it in Word or WPS and save it anew$/,
  ],
  [
    'a workbook that names what nothing defines',
    'a.xlsx',
    xlsx([
      {
        name: 's',
        rows: [
          ['问题', '答案'],
          ['几点？', '八点&lol9;半'],
        ],
      },
    ]),
    /names &lol9;, which nothing defines: .*save it anew/,
  ],
  [
    'a workbook that defines entities',
    'a.xlsx',
    zip([
      { name: 'xl/workbook.xml', data: '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><workbook/>' },
    ]),
    /defines its own entities: .*save it anew/,
  ],
  ['a page that is nested 60,000 deep', 'a.html', Buffer.from(tooDeep), /nested too deeply/],
]

describe('what cannot be read is refused with what came and what to do', () => {
  test.each(table)('%s', async (_, name, bytes, message) => {
    expect(await refusalOf(name, bytes)).toMatch(message)
  })
})

test('a document is not larger than anybody needs', async () => {
  expect(await refusalOf('a.txt', Buffer.alloc((50 << 20) + 1, 'a'))).toMatch(/50 MB, more than 50: split it/)
})
