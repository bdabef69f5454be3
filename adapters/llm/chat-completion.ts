/** One question to the chat model, answered in an agreed shape. */
import type OpenAI from 'openai'
import { zodResponseFormat } from 'openai/helpers/zod'
import { z } from 'zod'
import { type Dialect, type Dialects, mostDialects } from './dialect.ts'
import type { GuardedServer, Reply, ServerRequest } from './guarded-server.ts'
import { jsonIn } from './json-answer.ts'

interface ChatQuestion<T> {
  readonly name: string
  readonly system: string
  readonly user: string
  readonly shape: z.ZodType<T>
}

export interface ChatSide {
  readonly client: OpenAI
  readonly server: GuardedServer
  readonly dialects: Dialects
  readonly model: string
}

/** The answers are short; a model that thinks first needs room for that too. */
const mostTokens = { max_tokens: 600, max_completion_tokens: 3000 } as const

const completionShape = z.object({
  choices: z
    .array(
      z.object({
        message: z.object({ content: z.string().nullish() }),
        finish_reason: z.string().nullish(),
      }),
    )
    .min(1),
  usage: z.object({ total_tokens: z.number().int().nonnegative() }).nullish().catch(null),
})
type Completion = z.infer<typeof completionShape>

export async function askChat<T>(side: ChatSide, question: ChatQuestion<T>): Promise<Reply<T>> {
  let dialect = side.dialects.current
  for (let tried = 1; ; tried++) {
    const reply = await side.server.ask(chatRequest(side, question, dialect))
    if (reply.ok) {
      side.dialects.settle(dialect)
      return shaped(reply.value, question)
    }
    if (reply.failure.code !== 'request') return reply
    const next = side.dialects.after(dialect, reply.failure.serverSays ?? '')
    if (!next || tried >= mostDialects) {
      side.dialects.giveUp()
      return reply
    }
    dialect = next
  }
}

function shaped<T>(completion: Completion, question: ChatQuestion<T>): Reply<T> {
  const choice = completion.choices[0]
  if (choice?.finish_reason === 'length')
    return { ok: false, failure: { code: 'nonsense', detail: 'cut off' } }
  const parsed = question.shape.safeParse(jsonIn(choice?.message.content ?? ''))
  return parsed.success ? { ok: true, value: parsed.data } : { ok: false, failure: { code: 'nonsense' } }
}

export function chatRequest(
  { client, model }: ChatSide,
  { name, system, user, shape }: ChatQuestion<unknown>,
  dialect: Dialect,
): ServerRequest<Completion> {
  return {
    // A Chinese character is about one token, mostly less.
    estimatedTokens: system.length + user.length + 200,
    answer: completionShape,
    tokensOf: ({ usage }) => usage?.total_tokens,
    send: (signal) =>
      client.chat.completions.create(
        {
          model,
          messages: [
            { role: 'system', content: system },
            { role: 'user', content: user },
          ],
          [dialect.limit]: mostTokens[dialect.limit],
          ...(dialect.temperature && { temperature: 0 }),
          ...(dialect.format === 'json_schema' && { response_format: zodResponseFormat(shape, name) }),
          ...(dialect.format === 'json_object' && { response_format: { type: 'json_object' } }),
        },
        { signal },
      ),
  }
}
