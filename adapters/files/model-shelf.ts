import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Model } from '../../intents/linear-model.ts'
import { decodeModel, encodeModel, ModelError } from '../../intents/model-codec.ts'
import { createFolder, writeDurably } from '../storage/durable-files.ts'
import { describeIssue } from '../zod-issue.ts'

/**
 * Models that `linli learn` made, in `models/` of the data folder: 3.bin, 3.json beside it, and current.json, which
 * names the one in use. A model is written before it is named, so that a crash leaves the one before in use. What
 * cannot be read is never served: the shipped model is, and the way back needs no file that is spoiled.
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

export interface LearnedModel {
  readonly record: ModelRecord
  readonly model: Model
}

export interface ModelShelf {
  /** 0: the shipped model. @throws SpoiledModelError */
  current(): Promise<number>
  /** Oldest first; `faults`: what cannot be read. */
  history(): Promise<{
    readonly records: readonly ModelRecord[]
    readonly faults: readonly SpoiledModelError[]
  }>
  /** @throws SpoiledModelError */
  load(version: number): Promise<LearnedModel>
  /** Takes it into use. */
  add(record: Omit<ModelRecord, 'version'>, model: Model): Promise<ModelRecord>
  use(version: number): Promise<void>
}

/** A file of the shelf that is missing or cannot be read; the message names it and says what to do. */
export class SpoiledModelError extends Error {
  override readonly name = 'SpoiledModelError'
  readonly code = 'model.spoiled'
}

/** Models are a few megabytes; so many are kept to go back to. */
const mostKept = 10
const recordName = /^\d+\.json$/u

export function openModelShelf(dataFolder: string): ModelShelf {
  const folder = join(dataFolder, 'models')
  const fileOf = (version: number, ending: string) => join(folder, `${version}.${ending}`)
  const bytesOf = (value: unknown) => [new TextEncoder().encode(`${JSON.stringify(value)}\n`)]

  const history = async () => {
    const records: ModelRecord[] = []
    const faults: SpoiledModelError[] = []
    for (const name of await namesIn(folder)) {
      if (!recordName.test(name)) continue
      try {
        records.push(await readJson(join(folder, name), recordSchema))
      } catch (error) {
        if (!(error instanceof SpoiledModelError)) throw error
        faults.push(error)
      }
    }
    return { records: records.sort((one, other) => one.version - other.version), faults }
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
      return { record, model: await readModel(fileOf(version, 'bin')) }
    },
    async add(record, model) {
      await createFolder(folder)
      // by their names, for one that is spoiled keeps its number
      const known = (await namesIn(folder)).filter((name) => recordName.test(name)).map(Number.parseFloat)
      const version = Math.max(0, ...known) + 1
      const full = { ...record, version }
      await writeDurably(fileOf(version, 'bin'), [encodeModel(model)])
      await writeDurably(fileOf(version, 'json'), bytesOf(full))
      await use(version)
      const outdated = known
        .sort((one, other) => one - other)
        .slice(0, Math.max(0, known.length + 1 - mostKept))
      for (const old of outdated)
        for (const ending of ['json', 'bin']) await rm(fileOf(old, ending), { force: true })
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

/** @throws SpoiledModelError */
async function readJson<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  const value = parseJson(new TextDecoder().decode(await readBytes(path)))
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map((issue) => describeIssue(issue, value, 'the record'))
  throw spoiled(path, value === undefined ? 'expected JSON, but it is none' : faults.join('; '), parsed.error)
}

/** @throws SpoiledModelError */
async function readModel(path: string): Promise<Model> {
  const bytes = await readBytes(path)
  try {
    return decodeModel(bytes)
  } catch (error) {
    // whatever stands in the file, decoding it ends in one of these
    if (error instanceof ModelError || error instanceof SyntaxError || error instanceof RangeError)
      throw spoiled(path, 'it is no model that can be read', error)
    if (error instanceof TypeError) throw spoiled(path, 'its header is no header of a model', error)
    throw error
  }
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT') throw spoiled(path, 'it is missing', error)
    if (code === 'EISDIR') throw spoiled(path, 'it is a folder', error)
    if (code === 'EACCES' || code === 'EPERM') throw spoiled(path, 'this account may not read it', error)
    throw error
  }
}

function spoiled(path: string, what: string, cause: unknown): SpoiledModelError {
  const message = `${path}: ${what}; linli learn --rollback goes back to the model before, linli learn makes a new one`
  return new SpoiledModelError(message, { cause })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
