import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { encodeLine } from '../../adapters/storage/lowdb/lines.ts'

/** The hand of somebody who can write into the data folder, and knows the format with its checksums. */
export interface StoredText {
  readonly collection: string
  readonly id: string
  /** The document as JSON. */
  readonly text: string
}

const checksum = 'xxxxxxxx '.length

/** Every document of a folder that was compacted and closed. */
export async function documentsIn(folder: string): Promise<readonly StoredText[]> {
  const found: StoredText[] = []
  for (const line of await snapshotLines(folder)) {
    const value: unknown = JSON.parse(line)
    if (!Array.isArray(value)) continue
    for (const [collection, id, document] of value as [string, string, object][])
      found.push({ collection, id, text: JSON.stringify(document) })
  }
  return found
}

/** A copy of the folder in which documents have another text; null takes one out. The checksums fit. */
export async function tampered(
  folder: string,
  target: string,
  changes: readonly { readonly document: StoredText; readonly bytes: Buffer | null }[],
): Promise<void> {
  await mkdir(target, { recursive: true })
  const known = new Map(
    changes.map((each) => [`${each.document.collection}/${each.document.id}`, each.bytes]),
  )
  const lines: Buffer[] = []
  let documents = 0
  for (const line of await snapshotLines(folder)) {
    const value = JSON.parse(line) as unknown
    if (!Array.isArray(value)) {
      const footer = value as { readonly end?: boolean }
      lines.push(encodeLine(footer.end ? JSON.stringify({ end: true, documents }) : line))
      continue
    }
    const entries: Buffer[] = []
    for (const [collection, id, document] of value as [string, string, object][]) {
      const bytes = known.get(`${collection}/${id}`)
      if (bytes === null) continue
      const head = `[${JSON.stringify(collection)},${JSON.stringify(id)},`
      entries.push(
        Buffer.concat([Buffer.from(head), bytes ?? Buffer.from(JSON.stringify(document)), Buffer.from(']')]),
      )
    }
    documents += entries.length
    lines.push(withChecksum(entries))
  }
  for (const name of await readdir(folder))
    if (name.startsWith('journal.')) await copyFile(join(folder, name), join(target, name))
  await writeFile(join(target, await snapshotName(folder)), Buffer.concat(lines))
}

/** encodeLine takes text, and a byte that is no UTF-8 would not survive it. */
function withChecksum(entries: readonly Buffer[]): Buffer {
  const parts = entries.flatMap((entry, at) => (at === 0 ? [entry] : [Buffer.from(','), entry]))
  const json = Buffer.concat([Buffer.from('['), ...parts, Buffer.from(']')])
  const sum = crc32(json).toString(16).padStart(8, '0')
  return Buffer.concat([Buffer.from(`${sum} `), json, Buffer.from('\n')])
}

async function snapshotLines(folder: string): Promise<readonly string[]> {
  const text = await readFile(join(folder, await snapshotName(folder)), 'utf8')
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => line.slice(checksum))
}

async function snapshotName(folder: string): Promise<string> {
  const names = (await readdir(folder)).filter((name) => name.startsWith('snapshot.'))
  if (names.length !== 1) throw new Error(`expected one snapshot in ${folder}, found ${names.join(', ')}`)
  return names[0] ?? ''
}
