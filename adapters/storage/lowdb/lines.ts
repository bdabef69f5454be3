/**
 * The lines of the data files: eight hex digits of crc32, a space, JSON, a line feed. The first is a header.
 *
 *   3f0a91c2 {"linli":"journal","format":1,"generation":3,"writtenAt":"2026-11-20T…"}
 *   77be01d4 [["tickets","t1",{"id":"t1","version":4}],["timers","m9",null]]
 */
import { open } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import { z } from 'zod'

/** Grows when the meaning of the lines changes; a newer program reads all older formats. */
export const FORMAT = 1

const LINE_FEED = 0x0a
const CHECKSUM_LENGTH = 8
const READ_BYTES = 1 << 20

const headerShape = z.object({
  linli: z.enum(['journal', 'snapshot']),
  format: z.int().min(1),
  generation: z.int().min(1),
  writtenAt: z.string(),
})
export type Header = z.infer<typeof headerShape>

/** A file that is not what was written. It is never repaired by guessing. */
export class StoreDamagedError extends Error {
  readonly code = 'store-damaged'
  readonly file: string
  /** Of the first bad byte's line, counted from 0. */
  readonly offset: number

  constructor(file: string, offset: number, what: string) {
    super(
      `${file} is damaged at byte ${offset}: ${what}. Nothing was changed. ` +
        'Keep a copy of the data folder, then restore the newest daily snapshot or backup: linli restore',
    )
    this.name = 'StoreDamagedError'
    this.file = file
    this.offset = offset
  }
}

export class StoreFormatError extends Error {
  readonly code = 'store-format'

  constructor(file: string, format: number) {
    super(
      `${file} was written by a newer LinLi (format ${format}; this one knows formats up to ${FORMAT}): ` +
        'start that version, or restore a backup that this version made',
    )
    this.name = 'StoreFormatError'
  }
}

export function encodeLine(json: string): Buffer {
  const bytes = Buffer.from(json)
  const checksum = crc32(bytes).toString(16).padStart(CHECKSUM_LENGTH, '0')
  return Buffer.concat([Buffer.from(`${checksum} `), bytes, Buffer.of(LINE_FEED)])
}

export function encodeHeader(header: Omit<Header, 'format'>): Buffer {
  return encodeLine(JSON.stringify({ ...header, format: FORMAT }))
}

/** undefined when the checksum or the JSON is broken: JSON has no undefined. */
export function decodeLine(line: Buffer): unknown {
  const json = line.subarray(CHECKSUM_LENGTH + 1)
  const checksum = crc32(json).toString(16).padStart(CHECKSUM_LENGTH, '0')
  return line.toString('latin1', 0, CHECKSUM_LENGTH + 1) === `${checksum} ` ? parsed(json) : undefined
}

/** A right checksum around broken JSON is somebody's hand: a bad line like any other. */
function parsed(json: Buffer): unknown {
  try {
    return JSON.parse(json.toString())
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** @throws StoreDamagedError, StoreFormatError */
export function parseHeader(file: string, kind: Header['linli'], generation: number, value: unknown): Header {
  const format = z.object({ format: z.int() }).safeParse(value)
  if (format.success && format.data.format > FORMAT) {
    throw new StoreFormatError(file, format.data.format)
  }
  const header = headerShape.safeParse(value)
  if (!header.success || header.data.linli !== kind || header.data.generation !== generation) {
    throw new StoreDamagedError(file, 0, `expected the header of ${kind} ${generation}`)
  }
  return header.data
}

export interface Line {
  readonly offset: number
  /** Decoded; undefined when the checksum is wrong or the line feed is missing. */
  readonly value: unknown
}

/** Reads in pieces, because a file may be larger than a buffer may be. */
export async function* readLines(path: string): AsyncGenerator<Line> {
  const file = await open(path, 'r')
  try {
    let rest: Buffer = Buffer.alloc(0)
    let offset = 0
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(READ_BYTES), 0, READ_BYTES)
      if (bytesRead === 0) {
        break
      }
      // Only the new part is searched, so that a very long line costs no more than its length.
      let searched = rest.length
      rest = Buffer.concat([rest, buffer.subarray(0, bytesRead)])
      let start = 0
      for (let end = rest.indexOf(LINE_FEED, searched); end >= 0; end = rest.indexOf(LINE_FEED, searched)) {
        yield { offset: offset + start, value: decodeLine(rest.subarray(start, end)) }
        start = end + 1
        searched = start
      }
      rest = rest.subarray(start)
      offset += start
    }
    if (rest.length > 0) {
      yield { offset, value: undefined }
    }
  } finally {
    await file.close()
  }
}
