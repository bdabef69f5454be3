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
    const { size, content } = unpack(bytes, entry, limits.unpacked - unpacked)
    unpacked += size
    if (unpacked > limits.unpacked) throw tooLarge(`more than ${limits.unpacked >> 20} MB`)
    if (content && /^(?:xl|word)\/.*\.xml$/u.test(entry.name)) checkXml(content)
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

interface Unpacked {
  /** Bytes that it really unpacks to; one more than there is room for when it is larger. */
  readonly size: number
  readonly content?: Buffer
}

function unpack(bytes: Buffer, entry: Entry, room: number): Unpacked {
  const { offset, packed, method, size } = entry
  if (size > room) return { size: room + 1 }
  if (offset + 30 > bytes.length || bytes.readUInt32LE(offset) !== localMark) throw broken()
  const from = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28)
  if (from + packed > bytes.length) throw broken()
  if (method === 0) return { size: packed, content: bytes.subarray(from, from + packed) }
  if (method !== 8)
    throw new DocumentRefusedError(`it is packed in a way that no office program uses: save it anew`)
  try {
    const maxOutputLength = Math.max(1, Math.min(size, room))
    const content = inflateRawSync(bytes.subarray(from, from + packed), { maxOutputLength })
    return { size: content.length, content }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')
      throw new DocumentRefusedError(
        'it unpacks to more than it says: it was made to do harm, or is broken',
        { cause: error },
      )
    throw broken(error)
  }
}

const predefined = new Set(['amp', 'lt', 'gt', 'quot', 'apos'])
const ampersand = 0x26
const longestName = 40

/** No office program defines or names entities of its own: readers drop them, or show them to residents. */
function checkXml(content: Buffer): void {
  if (content.includes('<!ENTITY'))
    throw new DocumentRefusedError(
      'it defines its own entities: open it in Word, Excel or WPS and save it anew',
    )
  for (let at = content.indexOf(ampersand); at !== -1; at = content.indexOf(ampersand, at + 1)) {
    const [, name] = /^&([\w.-]+);/u.exec(content.toString('latin1', at, at + longestName)) ?? []
    if (name !== undefined && !predefined.has(name))
      throw new DocumentRefusedError(
        `it names &${name};, which nothing defines: open it in Word, Excel or WPS and save it anew`,
      )
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
