import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Model } from '../../intents/linear-model.ts'
import { decodeModel, encodeModel } from '../../intents/model-codec.ts'
import { createFolder, writeDurably } from '../storage/durable-files.ts'
import { describeIssue } from '../zod-issue.ts'

/**
 * Models that `linli learn` made, in `models/` of the data folder: 3.bin, 3.json beside it, and current.json, which
 * names the one in use. A model is written before it is named, so that a crash leaves the one before in use.
 */

const scoreSchema = z.strictObject({
  macroF1: z.number(),
  complaintRecall: z.number(),
  category: z.number(),
  spokenChatter: z.number(),
  emergenciesMissed: z.number(),
  emergenciesFalse: z.number(),
})

const recordSchema = z.strictObject({
  version: z.int().min(1),
  /** ms since 1970. */
  at: z.number(),
  /** Fingerprint of the shipped model it was made from: another release needs to learn anew. */
  base: z.string(),
  /** Corrections that it was taught. */
  corrections: z.array(z.string()),
  landmarks: z.array(z.string()),
  before: scoreSchema,
  after: scoreSchema,
  /** The version that served before; 0 is the shipped one. */
  previous: z.int().min(0),
})
export type ModelRecord = z.infer<typeof recordSchema>

const currentSchema = z.strictObject({ version: z.int().min(0) })

export interface ModelShelf {
  /** 0: the shipped model. */
  current(): Promise<number>
  /** Oldest first. */
  history(): Promise<readonly ModelRecord[]>
  load(version: number): Promise<{ readonly record: ModelRecord; readonly model: Model }>
  /** Takes it into use. */
  add(record: Omit<ModelRecord, 'version'>, model: Model): Promise<ModelRecord>
  use(version: number): Promise<void>
}

/** Models are a few megabytes; so many are kept to go back to. */
const mostKept = 10

export function openModelShelf(dataFolder: string): ModelShelf {
  const folder = join(dataFolder, 'models')
  const fileOf = (version: number, ending: string) => join(folder, `${version}.${ending}`)
  const bytesOf = (value: unknown) => [new TextEncoder().encode(`${JSON.stringify(value)}\n`)]

  const history = async () => {
    const records: ModelRecord[] = []
    for (const name of await namesIn(folder))
      if (/^\d+\.json$/u.test(name)) records.push(await readJson(join(folder, name), recordSchema))
    return records.sort((one, other) => one.version - other.version)
  }
  const use = async (version: number) => {
    await createFolder(folder)
    await writeDurably(join(folder, 'current.json'), bytesOf({ version }))
  }
  return {
    history,
    use,
    async current() {
      const names = await namesIn(folder)
      if (!names.includes('current.json')) return 0
      return (await readJson(join(folder, 'current.json'), currentSchema)).version
    },
    async load(version) {
      const record = await readJson(fileOf(version, 'json'), recordSchema)
      return { record, model: decodeModel(await readFile(fileOf(version, 'bin'))) }
    },
    async add(record, model) {
      await createFolder(folder)
      const known = await history()
      const version = (known.at(-1)?.version ?? 0) + 1
      const full = { ...record, version }
      await writeDurably(fileOf(version, 'bin'), [encodeModel(model)])
      await writeDurably(fileOf(version, 'json'), bytesOf(full))
      await use(version)
      for (const old of known.slice(0, Math.max(0, known.length + 1 - mostKept)))
        for (const ending of ['json', 'bin']) await rm(fileOf(old.version, ending), { force: true })
      return full
    },
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

/** @throws Error naming the file, what is wrong and what to do */
async function readJson<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  const value = parseJson(await readFile(path, 'utf8'))
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map((issue) => describeIssue(issue, value, 'the record'))
  throw new Error(
    `${path}: ${faults.join('; ')}; remove the folder to go back to the shipped model, then learn again`,
  )
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
