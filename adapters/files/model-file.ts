import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Example } from '../../intents/corpus.ts'
import type { Model } from '../../intents/linear-model.ts'
import { decodeModel, encodeModel, fingerprintIn, ModelError } from '../../intents/model-codec.ts'
import { fingerprintOf, trainModel } from '../../intents/model-training.ts'
import type { Signs } from '../../intents/signs.ts'

/**
 * The model for this corpus: read from `path` when its fingerprint fits, otherwise trained (one to two seconds)
 * and kept there. A folder that cannot be written is no error: the model is then trained at each start.
 */
export async function loadModel(path: string, examples: readonly Example[], signs: Signs): Promise<Model> {
  const kept = await readKept(path, fingerprintOf(examples, signs))
  if (kept) return kept
  const model = trainModel(examples, signs)
  await keep(path, model)
  return model
}

async function readKept(path: string, fingerprint: string): Promise<Model | undefined> {
  try {
    const bytes = await readFile(path)
    return fingerprintIn(bytes) === fingerprint ? decodeModel(bytes) : undefined
  } catch (error) {
    if (error instanceof ModelError || error instanceof SyntaxError || codeOf(error) === 'ENOENT')
      return undefined
    throw error
  }
}

async function keep(path: string, model: Model): Promise<void> {
  const unfinished = `${path}.${process.pid}.tmp`
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(unfinished, encodeModel(model))
    await rename(unfinished, path)
  } catch (error) {
    if (!['EACCES', 'EROFS', 'EPERM', 'ENOSPC'].includes(codeOf(error) ?? '')) throw error
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
