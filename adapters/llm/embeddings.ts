/** Texts → vectors, in batches, all of one dimension. */
import type OpenAI from 'openai'
import { z } from 'zod'
import { toDataText } from './data-text.ts'
import type { GuardedServer, Reply, ServerRequest } from './guarded-server.ts'

type Vector = readonly number[]

export interface EmbeddingSide {
  readonly client: OpenAI
  readonly server: GuardedServer
  readonly model: string
}

/** Some servers take no more than ten at once; the first refusal tells. */
const batchSizes = { first: 64, small: 10 } as const
const mostCharacters = 2000

const embeddingsShape = z.object({
  data: z.array(z.object({ index: z.number().int(), embedding: z.array(z.number()).min(1) })),
  usage: z.object({ total_tokens: z.number().int().nonnegative() }).nullish().catch(null),
})
type Embeddings = z.infer<typeof embeddingsShape>

export class Embedder {
  readonly #side: EmbeddingSide
  #batchSize: number = batchSizes.first
  /** Of the first vector ever got: vectors of different models cannot be compared. */
  #dimension: number | undefined

  constructor(side: EmbeddingSide) {
    this.#side = side
  }

  /** One vector for each text, in their order; all or nothing. */
  async embed(texts: readonly string[]): Promise<Reply<readonly Vector[]>> {
    const ready = texts.map((text) => toDataText(text, mostCharacters) || '空')
    const vectors: Vector[] = []
    while (vectors.length < ready.length) {
      const batch = ready.slice(vectors.length, vectors.length + this.#batchSize)
      const reply = await this.#side.server.ask(embeddingRequest(this.#side, batch))
      if (reply.ok) {
        const got = this.#inOrder(reply.value, batch.length)
        if (!got.ok) return got
        vectors.push(...got.value)
      } else if (reply.failure.code === 'request' && batch.length > batchSizes.small) {
        this.#batchSize = batchSizes.small
      } else return reply
    }
    return { ok: true, value: vectors }
  }

  #inOrder({ data }: Embeddings, expected: number): Reply<readonly Vector[]> {
    const byIndex = new Map(data.map(({ index, embedding }) => [index, embedding]))
    const vectors = Array.from({ length: expected }, (_, index) => byIndex.get(index) ?? [])
    if (data.length !== expected || vectors.some((vector) => vector.length === 0))
      return { ok: false, failure: { code: 'nonsense', detail: 'not one vector for each text' } }
    const dimension = this.#dimension ?? vectors[0]?.length
    const other = vectors.find((vector) => vector.length !== dimension)
    if (other) {
      const detail = `vectors of ${dimension} and of ${other.length} numbers`
      return { ok: false, failure: { code: 'nonsense', detail } }
    }
    this.#dimension = dimension
    return { ok: true, value: vectors }
  }
}

export function embeddingRequest(
  { client, model }: EmbeddingSide,
  input: readonly string[],
): ServerRequest<Embeddings> {
  return {
    estimatedTokens: input.reduce((sum, text) => sum + text.length, 0),
    answer: embeddingsShape,
    tokensOf: ({ usage }) => usage?.total_tokens,
    // The SDK asks for base64 unless told otherwise, and many compatible servers do not know it.
    send: (signal) =>
      client.embeddings.create({ model, input: [...input], encoding_format: 'float' }, { signal }),
  }
}
