/** A small server that speaks the OpenAI protocol, or whatever else the script of a test makes it say. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ModelOptions } from '../../adapters/llm/model-options.ts'
import { createModel, type ModelServer } from '../../adapters/llm/open-ai-model.ts'

export interface Asked {
  readonly path: string
  readonly key: string
  readonly body: Body
}

export interface Body {
  readonly model?: string
  readonly messages?: readonly { readonly role: string; readonly content: string }[]
  readonly response_format?: { readonly type: string; readonly json_schema?: { readonly schema: unknown } }
  readonly temperature?: number
  readonly max_tokens?: number
  readonly max_completion_tokens?: number
  readonly input?: readonly string[]
}

export type Answer = (asked: Asked, response: ServerResponse) => void

export interface TestServer {
  readonly url: string
  readonly asked: Asked[]
  /** One answer for each request; the last one is for all that follow. */
  script(...answers: Answer[]): void
  close(): Promise<void>
}

export async function startServer(): Promise<TestServer> {
  const asked: Asked[] = []
  let answers: Answer[] = [status(500)]
  const server = createServer((request, response) => {
    const answer = (answers.length > 1 ? answers.shift() : answers[0]) ?? status(500)
    void readBody(request).then((body) => {
      const one = { path: request.url ?? '', key: request.headers.authorization ?? '', body }
      asked.push(one)
      answer(one, response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    script: (...next) => {
      answers = next
    },
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

async function readBody(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return chunks.length === 0 ? {} : (JSON.parse(Buffer.concat(chunks).toString()) as Body)
}

/** What the model writes; an object is written as JSON. */
export function says(content: unknown, more: { tokens?: number; finish?: string } = {}): Answer {
  return json({
    id: 'x',
    object: 'chat.completion',
    choices: [
      {
        index: 0,
        finish_reason: more.finish ?? 'stop',
        message: {
          role: 'assistant',
          content: typeof content === 'string' ? content : JSON.stringify(content),
        },
      },
    ],
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: more.tokens ?? 100 },
  })
}

export function json(body: unknown, code = 200, headers: Record<string, string> = {}): Answer {
  return (_, response) => {
    response.writeHead(code, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
  }
}

export function status(code: number, message = 'no', headers: Record<string, string> = {}): Answer {
  return json({ error: { message } }, code, headers)
}

export function html(code = 200): Answer {
  return (_, response) => {
    response.writeHead(code, { 'content-type': 'text/html' }).end('<html>Welcome to nginx</html>')
  }
}

export const silence: Answer = () => undefined

/** Headers at once, the body never to its end. */
export const trickle: Answer = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).write('{"choices": [')
}

export const noiseComplaint = {
  intent: 'complaint',
  category: 'noise',
  urgency: 'normal',
  confidence: 0.9,
} as const

export interface Bench {
  readonly model: ModelServer
  readonly troubles: string[]
  /** The clock of budget, breaker and troubles. */
  readonly clock: { now: number }
}

export const noon = Date.parse('2026-11-18T12:00:00+08:00')

export function modelFor(server: TestServer, options: Partial<ModelOptions> = {}): Bench {
  const clock = { now: noon }
  const troubles: string[] = []
  const model = createModel({
    apiKey: 'sk-test',
    baseURL: server.url,
    model: 'small-model',
    embeddingModel: 'small-embedding',
    timeoutMs: 3000,
    minTimeMs: 0,
    now: () => clock.now,
    onTrouble: (text) => troubles.push(text),
    ...options,
  })
  return { model, troubles, clock }
}
