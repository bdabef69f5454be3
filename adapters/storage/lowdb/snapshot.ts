/** A snapshot: every document of one instant, and a last line that says how many there are. */
import { z } from 'zod'
import type { Collections, StoredDocument } from '../collections.ts'
import { type DurableWrite, writeDurably } from '../durable-files.ts'
import { encodeHeader, encodeLine, type Header, parseHeader, readLines, StoreDamagedError } from './lines.ts'

/** Large enough to be quick, small enough not to hold up the event loop. */
const BATCH_CHARACTERS = 64 * 1024

/** A document as the files name it: collection, id, document; null where it was removed. */
export type RecordedEntry = readonly [collection: string, id: string, document: StoredDocument | null]

const footerShape = z.object({ end: z.literal(true), documents: z.int() })

/** Durable under its name, or not there at all. Returns its size in bytes. */
export function writeSnapshot(
  path: string,
  header: Omit<Header, 'format' | 'linli'>,
  captured: ReturnType<Collections['capture']>,
  how: DurableWrite = {},
): Promise<number> {
  return writeDurably(path, snapshotLines(header, captured), how)
}

/**
 * Each document goes to `load`. Returns the header.
 * @throws StoreDamagedError when a line is bad or the end is missing
 */
export async function readSnapshot(
  path: string,
  generation: number,
  load: (...entry: RecordedEntry) => void,
): Promise<Header> {
  let header: Header | undefined
  let documents = 0
  let complete = false
  let end = 0
  for await (const { offset, value } of readLines(path)) {
    end = offset
    if (header === undefined) {
      header = parseHeader(path, 'snapshot', generation, value)
    } else if (complete || value === undefined) {
      throw new StoreDamagedError(path, offset, complete ? 'something follows its end' : 'a bad line')
    } else if (Array.isArray(value)) {
      for (const entry of value as RecordedEntry[]) {
        load(...entry)
      }
      documents += value.length
    } else {
      complete = footerShape.safeParse(value).data?.documents === documents
    }
  }
  if (header === undefined || !complete) {
    throw new StoreDamagedError(path, end, 'its end is missing')
  }
  return header
}

function* snapshotLines(
  header: Omit<Header, 'format' | 'linli'>,
  captured: ReturnType<Collections['capture']>,
): Generator<Buffer> {
  yield encodeHeader({ ...header, linli: 'snapshot' })
  let batch: string[] = []
  let characters = 0
  let count = 0
  for (const { collection, documents } of captured) {
    for (const document of documents) {
      const entry = JSON.stringify([collection, document.id, document])
      batch.push(entry)
      count += 1
      characters += entry.length
      if (characters >= BATCH_CHARACTERS) {
        yield encodeLine(`[${batch.join(',')}]`)
        batch = []
        characters = 0
      }
    }
  }
  if (batch.length > 0) {
    yield encodeLine(`[${batch.join(',')}]`)
  }
  yield encodeLine(JSON.stringify({ end: true, documents: count }))
}
