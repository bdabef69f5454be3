import { inflateRawSync } from 'node:zlib'
import { DocumentRefusedError, limits } from './refusal.ts'

/** What a zip archive holds, looked at before any library unpacks it into memory. */
export interface ZipContents {
  readonly names: ReadonlySet<string>
}

const endMark = 0x06054b50
const entryMark = 0x02014b50
const localMark = 0x04034b50
/** The end record with the longest comment that may follow it. */
const longestEnd = 22 + 0xffff

/**
 * Unpacks every entry once, with a limit, and keeps nothing: what an archive says of its sizes may be a lie.
 * @throws DocumentRefusedError when it is broken, encrypted, or unpacks to more than anybody needs
 */
export function checkZip(bytes: Buffer): ZipContents {
  const names = new Set<string>()
  let unpacked = 0
  for (const entry of entriesOf(bytes)) {
    names.add(entry.name)
    if (names.size > limits.entries) throw tooLarge(`more than ${limits.entries} files`)
    if (entry.encrypted) throw new DocumentRefusedError('it is encrypted: save it without a password')
    unpacked += sizeOf(bytes, entry, limits.unpacked - unpacked)
    if (unpacked > limits.unpacked) throw tooLarge(`more than ${limits.unpacked >> 20} MB`)
  }
  return { names }
}

interface Entry {
  readonly name: string
  readonly method: number
  readonly encrypted: boolean
  readonly packed: number
  readonly size: number
  /** Of its local header. */
  readonly offset: number
}

function* entriesOf(bytes: Buffer): Generator<Entry> {
  const end = findEnd(bytes)
  if (end === undefined) throw broken()
  const count = bytes.readUInt16LE(end + 10)
  let at = bytes.readUInt32LE(end + 16)
  if (count === 0xffff || at === 0xffffffff) throw tooLarge('more than such a document needs')
  for (let each = 0; each < count; each++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== entryMark) throw broken()
    const nameLength = bytes.readUInt16LE(at + 28)
    yield {
      name: bytes.toString('utf8', at + 46, at + 46 + nameLength),
      method: bytes.readUInt16LE(at + 10),
      encrypted: (bytes.readUInt16LE(at + 8) & 1) === 1,
      packed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
    }
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
}

function findEnd(bytes: Buffer): number | undefined {
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - longestEnd); at--)
    if (bytes.readUInt32LE(at) === endMark) return at
  return undefined
}

/** Bytes that the entry really unpacks to; one more than `room` when it is larger. */
function sizeOf(bytes: Buffer, entry: Entry, room: number): number {
  const { offset, packed, method, size } = entry
  if (size > room) return room + 1
  if (offset + 30 > bytes.length || bytes.readUInt32LE(offset) !== localMark) throw broken()
  const from = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28)
  if (from + packed > bytes.length) throw broken()
  if (method === 0) return packed
  if (method !== 8)
    throw new DocumentRefusedError(`it is packed in a way that no office program uses: save it anew`)
  try {
    const maxOutputLength = Math.max(1, Math.min(size, room))
    return inflateRawSync(bytes.subarray(from, from + packed), { maxOutputLength }).length
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')
      throw new DocumentRefusedError(
        'it unpacks to more than it says: it was made to do harm, or is broken',
        { cause: error },
      )
    throw broken(error)
  }
}

function broken(cause?: unknown): DocumentRefusedError {
  return new DocumentRefusedError('it is damaged or was cut short: copy it again from where it came from', {
    cause,
  })
}

function tooLarge(what: string): DocumentRefusedError {
  return new DocumentRefusedError(`it unpacks to ${what}: split it, or take its pictures out`)
}
