import { createHash } from 'node:crypto'
import { appendFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'

/**
 * Vectors on disk, one file for each embedding model, a line for each text by the hash of its content. Lines are
 * only appended: building that was interrupted goes on where it stopped. A file that is not ours any more is
 * thrown away, because vectors can be had again.
 */
export interface VectorShelf {
  get(text: string): Float32Array | undefined
  /** @throws when the disk takes nothing */
  add(texts: readonly string[], vectors: readonly (readonly number[])[]): Promise<void>
}

const lineShape = z.strictObject({ text: z.string().length(32), vector: z.base64() })

export async function openVectorShelf(folder: string, model: string): Promise<VectorShelf> {
  const path = join(folder, `${hashOf(model)}.jsonl`)
  await mkdir(dirname(path), { recursive: true })
  const text = await readIfThere(path)
  // a crash while appending leaves half a line: the whole ones before it are good
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  const read = readLines(whole)
  if (read === undefined) await rm(path, { force: true })
  else if (whole !== text) await writeFile(path, whole)
  const vectors = read ?? new Map<string, Float32Array>()
  return {
    get: (text) => vectors.get(hashOf(text)),
    async add(texts, added) {
      const lines = texts.map((text, at) => {
        const vector = Float32Array.from(added[at] ?? [])
        vectors.set(hashOf(text), vector)
        return `${JSON.stringify({ text: hashOf(text), vector: Buffer.from(vector.buffer).toString('base64') })}\n`
      })
      await appendFile(path, lines.join(''))
    },
  }
}

/** undefined when a line is broken or vectors differ in length. */
function readLines(text: string): Map<string, Float32Array> | undefined {
  const vectors = new Map<string, Float32Array>()
  let dimension: number | undefined
  for (const line of text.split('\n').filter((each) => each !== '')) {
    const parsed = lineShape.safeParse(jsonIn(line))
    if (!parsed.success) return undefined
    const bytes = Buffer.from(parsed.data.vector, 'base64')
    dimension ??= bytes.length
    if (bytes.length !== dimension || bytes.length === 0 || bytes.length % 4 !== 0) return undefined
    vectors.set(parsed.data.text, new Float32Array(Uint8Array.from(bytes).buffer))
  }
  return vectors
}

async function readIfThere(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  }
}

function jsonIn(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}
