import { join } from 'node:path'
import { readServingKnowledge } from '../../adapters/files/own-knowledge.ts'
import { createLikenesses, type Likenesses } from '../../adapters/llm/likeness.ts'
import { openVectorShelf } from '../../adapters/llm/vector-shelf.ts'
import type { Config } from '../config.ts'
import type { Model } from '../ports/model.ts'

/** Vectors of the serving documents, built beside the bot's work; they lie in `vectors/` of the data folder. */
export interface OpenLikeness extends Pick<Likenesses, 'likenessTo'> {
  /** Waits for the batch under way. */
  stop(): Promise<void>
}

interface OpenLikenessOptions {
  readonly root: string
  /** The community's own documents. */
  readonly own: string
  readonly config: Config
  readonly model: Model | undefined
  readonly warn: (line: string) => void
}

/** Between two lines of progress. */
const toldEvery = 512

/** undefined without an embedding model. */
export async function openLikeness(options: OpenLikenessOptions): Promise<OpenLikeness | undefined> {
  const { root, own, config, model, warn } = options
  const name = config.model?.embeddingModel
  if (!model || name === undefined) return undefined
  const shelf = await openVectorShelf(join(config.dataFolder, 'vectors'), name)
  const likenesses = createLikenesses({ model, shelf })
  const { passages } = await readServingKnowledge(root, own)
  const stopping = new AbortController()
  const building = likenesses
    .build(passages, {
      signal: stopping.signal,
      onProgress: (done, all) => {
        if (done % toldEvery === 0 || done === all) warn(`vectors of passages: ${done} of ${all}`)
      },
    })
    .catch((error: unknown) => {
      warn(`vectors of passages are not kept: ${error instanceof Error ? error.message : String(error)}`)
    })
  return {
    likenessTo: likenesses.likenessTo,
    async stop() {
      stopping.abort()
      await building
    },
  }
}
