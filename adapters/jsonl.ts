import type { z } from 'zod'
import { describeIssue } from './zod-issue.ts'

/**
 * JSON, one value a line, from a stream of bytes or text. A bad line is told and the rest goes on:
 * neither wrong encodings nor a line without an end may stop the reader or fill the memory.
 */

export type JsonLine<T> =
  | { readonly line: number; readonly value: T }
  | { readonly line: number; readonly error: string }

export interface LineLimits {
  /** A longer line is reported, not kept. Default: 1 MB (1,048,576 bytes). */
  readonly maxBytes?: number
}

interface RawLine {
  readonly line: number
  /** undefined: longer than the limit. */
  readonly bytes: Uint8Array | undefined
}

const lineBreak = 0x0a

/** Lines count from 1; empty ones are skipped. `schema` says what a value must be. */
export async function* readJsonLines<T>(
  input: AsyncIterable<Uint8Array | string>,
  schema: z.ZodType<T>,
  limits: LineLimits = {},
): AsyncGenerator<JsonLine<T>> {
  const maxBytes = limits.maxBytes ?? 1 << 20
  // ignoreBOM: a byte order mark inside a file is a mistake worth telling; at its start it is taken away below.
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  for await (const { line, bytes } of splitLines(input, maxBytes)) {
    if (bytes === undefined) {
      yield { line, error: `expected at most ${maxBytes} bytes on a line, but this one is longer: split it` }
      continue
    }
    const text = decode(decoder, bytes, line)
    if (text === undefined) {
      yield { line, error: 'expected UTF-8, but these bytes are not: save the file as UTF-8' }
    } else if (text.trim() !== '') {
      yield { line, ...readValue(text, schema) }
    }
  }
}

function decode(
  decoder: InstanceType<typeof TextDecoder>,
  bytes: Uint8Array,
  line: number,
): string | undefined {
  const marked = line === 1 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  // Zero bytes are valid UTF-8, but in a text they mean UTF-16.
  if (bytes.includes(0)) {
    return undefined
  }
  try {
    return decoder.decode(marked ? bytes.subarray(3) : bytes)
  } catch (error) {
    if (error instanceof TypeError) {
      return undefined
    }
    throw error
  }
}

function readValue<T>(text: string, schema: z.ZodType<T>): { value: T } | { error: string } {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) {
      throw error
    }
    return { error: `expected one JSON value such as {"id":"1",…}, but ${error.message}` }
  }
  const parsed = schema.safeParse(json)
  return parsed.success
    ? { value: parsed.data }
    : { error: parsed.error.issues.map((issue) => describeIssue(issue, json, 'the line')).join('; ') }
}

async function* splitLines(
  input: AsyncIterable<Uint8Array | string>,
  maxBytes: number,
): AsyncGenerator<RawLine> {
  const encoder = new TextEncoder()
  let line = 1
  let pending: Uint8Array[] = []
  let length = 0
  const take = (part: Uint8Array) => {
    length += part.length
    // Past the limit only the length is counted.
    if (length > maxBytes) {
      pending = []
    } else {
      pending.push(part)
    }
  }
  const finish = (): RawLine => {
    const bytes = length > maxBytes ? undefined : joined(pending, length)
    pending = []
    length = 0
    return { line: line++, bytes }
  }
  for await (const chunk of input) {
    const bytes = typeof chunk === 'string' ? encoder.encode(chunk) : chunk
    let from = 0
    for (let end = bytes.indexOf(lineBreak); end !== -1; end = bytes.indexOf(lineBreak, from)) {
      take(bytes.subarray(from, end))
      from = end + 1
      yield finish()
    }
    if (from < bytes.length) {
      take(bytes.subarray(from))
    }
  }
  if (length > 0) {
    yield finish()
  }
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  if (parts.length === 1) {
    return parts[0] as Uint8Array
  }
  const bytes = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
