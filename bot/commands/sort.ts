import { join } from 'node:path'
import { z } from 'zod'
import { loadGarbageFolder } from '../../adapters/files/garbage-folder.ts'
import { readJsonLines } from '../../adapters/jsonl.ts'
import { BadDocumentsError } from '../../knowledge/document-problem.ts'
import { type GarbageBook, UnknownRegionError } from '../../knowledge/garbage/sorting.ts'

/** `linli sort`: sentences as JSONL in, the thing and its bin as JSONL out. */

const textLine = z.strictObject({ id: z.string(), text: z.string() })

export interface SortOptions {
  /** A city of knowledge/garbage/regions.yaml. Default: the national rules. */
  readonly region?: string
  /** Where the shipped files lie: the folder of package.json. */
  readonly root: string
  /** Chunks of bytes or text, cut anywhere. */
  readonly input: AsyncIterable<string> | NodeJS.ReadableStream
  print(line: string): void
  warn(line: string): void
}

/** @returns the exit status: 0, or 1 when the region, a file or a line was bad. */
export async function sort(options: SortOptions): Promise<number> {
  const { region, print, warn } = options
  const book = await openBook(options)
  if (book === undefined) return 1

  let lines = 0
  let status = 0
  for await (const row of readJsonLines(options.input, textLine)) {
    lines++
    if ('error' in row) {
      warn(`line ${row.line}: ${row.error}; expected {"id":"…","text":"…"}`)
      status = 1
      continue
    }
    const { item, category, confidence } = book.sort(row.value.text, region)
    print(JSON.stringify({ id: row.value.id, item, category, confidence: rounded(confidence) }))
  }
  if (lines === 0) {
    warn('line 1: expected at least one line {"id":"…","text":"…"}, but the input is empty')
    status = 1
  }
  return status
}

/** undefined, and the reason told, when the files or the region are not to be had. */
async function openBook({ root, region, warn }: SortOptions): Promise<GarbageBook | undefined> {
  try {
    const book = await loadGarbageFolder(join(root, 'knowledge', 'garbage'))
    // Asked once before the first line, so that nothing is printed under an unknown region.
    book.categoryName('residual', region)
    return book
  } catch (error) {
    if (!(error instanceof BadDocumentsError || error instanceof UnknownRegionError)) throw error
    warn(error.message)
    return undefined
  }
}

function rounded(share: number): number {
  return Math.round(share * 10_000) / 10_000
}
