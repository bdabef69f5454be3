import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { roles } from '../documents.ts'

/** A transcript: what was said, one message a line. The whole file is checked before anything is done. */

const name = z.string().min(1, 'a name')
const anIsoTime = 'an ISO time with offset, for example 2026-11-18T09:00:00+08:00'

/** Date.parse takes 30 February for 2 March. */
function isDay(day: string): boolean {
  return z.iso.date().safeParse(day).success
}

const lineSchema = z
  .strictObject({
    at: z
      .string()
      .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/u, anIsoTime)
      .refine((at) => isDay(at.slice(0, 10)) && !Number.isNaN(Date.parse(at)), anIsoTime),
    /** Without it the line is private to the bot. */
    group: name.optional(),
    from: name,
    text: z.string().max(20_000).optional(),
    /** A name only; no file need exist. */
    image: name.optional(),
    mentions: z.array(name).optional(),
    /** Holds from this line on, in all groups. */
    role: z.enum(roles).optional(),
  })
  .refine((line) => line.text !== undefined || line.image !== undefined, 'text or image is needed')

export interface TranscriptLine {
  /** Counted from 1. */
  readonly line: number
  /** The hash of the content and its count among equal lines of the file. */
  readonly id: string
  readonly at: number
  readonly group?: string
  readonly from: string
  readonly text?: string
  readonly image?: string
  readonly mentions: readonly string[]
  readonly role?: (typeof roles)[number]
}

export class TranscriptError extends Error {
  readonly code = 'transcript'
  readonly faults: readonly string[]

  constructor(file: string, faults: readonly string[]) {
    super(
      `${file}: nothing was done, ${faults.length} bad line${faults.length === 1 ? '' : 's'}:\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
    )
    this.name = 'TranscriptError'
    this.faults = faults
  }
}

const mostFaults = 20

/** @throws TranscriptError naming every bad line, what was expected and what came */
export function parseTranscript(file: string, bytes: Uint8Array): readonly TranscriptLine[] {
  const text = decode(file, bytes)
  const faults: string[] = []
  const lines: TranscriptLine[] = []
  const seen = new Map<string, number>()
  for (const [index, raw] of text.split('\n').entries()) {
    if (raw.trim() === '') continue
    const parsed = parseLine(raw)
    if (typeof parsed === 'string') {
      faults.push(`line ${index + 1}: ${parsed}`)
      continue
    }
    const at = Date.parse(parsed.at)
    const before = lines.at(-1)
    if (before && at < before.at)
      faults.push(`line ${index + 1}: at must not be earlier than line ${before.line} (came: ${parsed.at})`)
    lines.push(lineOf(parsed, index + 1, at, seen))
  }
  if (lines.length === 0 && faults.length === 0)
    faults.push('the file is empty: one JSON message a line was expected')
  if (faults.length > 0) throw new TranscriptError(file, faults.slice(0, mostFaults))
  return lines
}

function decode(file: string, bytes: Uint8Array): string {
  if (!isUtf8(bytes)) throw new TranscriptError(file, ['the file is not UTF-8: save it as UTF-8'])
  return new TextDecoder('utf-8').decode(bytes)
}

function parseLine(raw: string): z.infer<typeof lineSchema> | string {
  let value: unknown
  try {
    value = JSON.parse(raw)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return `JSON was expected (came: ${JSON.stringify(raw.slice(0, 60))})`
  }
  const parsed = lineSchema.safeParse(value)
  if (parsed.success) return parsed.data
  return parsed.error.issues
    .map((issue) => `${issue.path.join('.') || 'the line'}: ${issue.message}`)
    .join('; ')
}

function lineOf(
  parsed: z.infer<typeof lineSchema>,
  line: number,
  at: number,
  seen: Map<string, number>,
): TranscriptLine {
  const { group, from, text, image, role, mentions = [] } = parsed
  const content = createHash('sha256')
    .update(JSON.stringify([at, group, from, text, image, mentions, role]))
    .digest('hex')
  const count = (seen.get(content) ?? 0) + 1
  seen.set(content, count)
  return {
    ...{ line, id: `l-${content.slice(0, 20)}-${count}`, at, from, mentions },
    ...(group !== undefined && { group }),
    ...(text !== undefined && { text }),
    ...(image !== undefined && { image }),
    ...(role !== undefined && { role }),
  }
}
