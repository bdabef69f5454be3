/** Is the model server well, and if not, what can the operator do? For `doctor`. */
import { z } from 'zod'
import { type ChatSide, chatRequest } from './chat-completion.ts'
import { type Dialect, mostDialects } from './dialect.ts'
import { type EmbeddingSide, embeddingRequest } from './embeddings.ts'
import { describeFailure, type FailureCode } from './failure.ts'
import type { Reply } from './guarded-server.ts'

export type ModelHealth =
  | { readonly ok: true; readonly model: string; readonly tookMs: number; readonly via: 'list' | 'call' }
  | { readonly ok: false; readonly code: FailureCode; readonly text: string; readonly remedy: string }

const listShape = z.object({ data: z.array(z.object({ id: z.string() })) })

/** The list of models costs nothing; where it does not tell, the models themselves are called. */
export async function checkHealth(
  chat: ChatSide,
  embedding: EmbeddingSide | undefined,
): Promise<ModelHealth> {
  const start = performance.now()
  const list = await chat.server.askUnguarded({
    estimatedTokens: 0,
    answer: listShape,
    tokensOf: () => 0,
    send: (signal) => chat.client.models.list({ signal }).then((page) => ({ data: page.data })),
  })
  if (!list.ok && isFinal(list.failure.code)) return sick(list)
  const known = new Set(list.ok ? list.value.data.map(({ id }) => id) : [])
  const missing = [chat, embedding].filter((side) => side !== undefined && !known.has(side.model))
  const tookMs = () => Math.round(performance.now() - start)
  if (missing.length === 0) return { ok: true, model: chat.model, tookMs: tookMs(), via: 'list' }
  const replies = [
    ...(missing.includes(chat) ? [await callChat(chat)] : []),
    ...(embedding && missing.includes(embedding)
      ? [await embedding.server.askUnguarded(embeddingRequest(embedding, ['你好']))]
      : []),
  ]
  const bad = replies.find((reply) => !reply.ok)
  return bad && !bad.ok ? sick(bad) : { ok: true, model: chat.model, tookMs: tookMs(), via: 'call' }
}

/** Without a list of models the server may still be well; without a connection or a key it is not. */
function isFinal(code: FailureCode): boolean {
  return !['model', 'request', 'protocol', 'server', 'forbidden'].includes(code)
}

async function callChat(chat: ChatSide): Promise<Reply<unknown>> {
  const question = { name: 'hello', system: '', user: '你好', shape: z.unknown() }
  let dialect: Dialect = { ...chat.dialects.current, format: 'plain' }
  for (let tried = 1; ; tried++) {
    const reply = await chat.server.askUnguarded(chatRequest(chat, question, dialect))
    if (reply.ok || reply.failure.code !== 'request' || tried >= mostDialects) return reply
    const next = chat.dialects.after(dialect, reply.failure.serverSays ?? '')
    if (!next) return reply
    dialect = next
  }
}

function sick(reply: Extract<Reply<unknown>, { ok: false }>): ModelHealth {
  return { ok: false, code: reply.failure.code, ...describeFailure(reply.failure) }
}
