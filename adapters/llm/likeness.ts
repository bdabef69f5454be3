import type { Model } from '../../bot/ports/model.ts'
import type { Likeness, Passage } from '../../knowledge/answer.ts'
import type { VectorShelf } from './vector-shelf.ts'

/** Questions and passages compared by the vectors of the model server; without them the words alone decide. */
export interface Likenesses {
  /**
   * Embeds the passages that have no vector yet. Ends early when the server does: what is there serves, and the
   * next start goes on. @throws when the disk takes nothing
   */
  build(passages: readonly Passage[], options?: BuildOptions): Promise<void>
  /** undefined when the server does not answer in time, or no passage has a vector: the local order stands. */
  likenessTo(question: string): Promise<Likeness | undefined>
}

export interface BuildOptions {
  readonly onProgress?: (done: number, all: number) => void
  /** Ends it after the batch under way. */
  readonly signal?: AbortSignal
}

export interface LikenessOptions {
  readonly model: Pick<Model, 'embed'>
  readonly shelf: VectorShelf
  /** A question waits no longer than this. Default: 1,500 ms. */
  readonly timeoutMs?: number
}

const batch = 64
/** The heading and the first words say what a passage is about. */
const mostCharacters = 600
const defaultTimeoutMs = 1500

export function createLikenesses({
  model,
  shelf,
  timeoutMs = defaultTimeoutMs,
}: LikenessOptions): Likenesses {
  return {
    async build(passages, { onProgress, signal } = {}) {
      const missing = [...new Set(passages.map(textOf))].filter((text) => shelf.get(text) === undefined)
      for (let done = 0; done < missing.length && !signal?.aborted; done += batch) {
        const texts = missing.slice(done, done + batch)
        const vectors = await model.embed(texts)
        if (vectors === undefined) return
        await shelf.add(texts, vectors)
        onProgress?.(Math.min(missing.length, done + batch), missing.length)
      }
    },
    async likenessTo(question) {
      const vectors = await within(timeoutMs, model.embed([question]))
      const asked = vectors?.[0]
      return asked && ((passage) => cosine(asked, shelf.get(textOf(passage))))
    },
  }
}

function textOf({ title, heading, text }: Passage): string {
  return `${title}\n${heading}\n${text}`.slice(0, mostCharacters)
}

async function within<T>(ms: number, promise: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}

/** undefined when there is no vector, or one of another length: a model that was changed under its name. */
function cosine(one: readonly number[], other: Float32Array | undefined): number | undefined {
  if (other === undefined || other.length !== one.length) return undefined
  let [product, ones, others] = [0, 0, 0]
  for (const [at, value] of one.entries()) {
    const beside = other[at] as number
    product += value * beside
    ones += value * value
    others += beside * beside
  }
  return ones === 0 || others === 0 ? undefined : product / Math.sqrt(ones * others)
}
