import { readdir, stat } from 'node:fs/promises'
import { basename, extname, join, relative } from 'node:path'
import { documentName } from '../../adapters/files/knowledge-changes.ts'

/** A file to be imported. */
export interface ImportFile {
  /** Below what was named, with `/`: it is known again by it. */
  readonly from: string
  /** What it will be called in the knowledge base, without an ending. */
  readonly name: string
  readonly file: string
}

/** What office programs and operating systems leave lying about. */
const leftovers = /^(~\$|\.~|\.)|^(thumbs\.db|desktop\.ini)$|\.tmp$/iu

/** @throws Error when nothing is there */
export async function filesAt(path: string): Promise<ImportFile[]> {
  const found = (await stat(path)).isDirectory()
    ? await filesIn(path)
    : [{ from: basename(path), file: path }]
  if (found.length === 0)
    throw new Error(`${path}: expected documents, but the folder has no files: correct the path`)
  const counts = new Map<string, number>()
  const plain = found.map(({ from, file }) => ({ from: documentName(from), file, name: nameOf(from) }))
  for (const { name } of plain) counts.set(name.toLowerCase(), (counts.get(name.toLowerCase()) ?? 0) + 1)
  // 指南.docx and 指南.pdf in one folder are two documents
  return plain.map(({ from, file, name }) => {
    const shared = (counts.get(name.toLowerCase()) ?? 0) > 1
    return { from, file, name: shared ? `${name}（${extname(from).slice(1).toLowerCase()}）` : name }
  })
}

async function filesIn(folder: string) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && !leftovers.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(
      (file) =>
        !relative(folder, file)
          .split(/[/\\]/u)
          .some((part) => part.startsWith('.')),
    )
    .sort()
    .map((file) => ({ from: relative(folder, file), file }))
}

/** Ids of passages end the document's name at '#'. */
function nameOf(from: string): string {
  return documentName(from.slice(0, from.length - extname(from).length)).replaceAll('#', '＃')
}
