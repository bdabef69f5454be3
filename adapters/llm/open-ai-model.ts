/**
 * The model port over any server that speaks the OpenAI protocol. Nothing here throws after creation: whatever
 * goes wrong gives undefined and one line for the operator, and the local way answers.
 */
import OpenAI from 'openai'
import type { Model, ModelPassage, ModelUnderstanding } from '../../bot/ports/model.ts'
import { isoShanghai } from '../../tickets/shanghai-time.ts'
import { composedShape, toUnderstanding, understandingShape } from './answer-shapes.ts'
import { Breaker } from './breaker.ts'
import { Budget, type Spend } from './budget.ts'
import { askChat, type ChatSide } from './chat-completion.ts'
import { toDataText, toPublishedText } from './data-text.ts'
import { Dialects } from './dialect.ts'
import { Embedder } from './embeddings.ts'
import { describeFailure, type Failure } from './failure.ts'
import { whyUngrounded } from './grounding.ts'
import { GuardedServer, type Reply } from './guarded-server.ts'
import { checkHealth, type ModelHealth } from './health.ts'
import { defaults, type ModelOptions } from './model-options.ts'
import { fill, type Prompts, parsePrompts, readPrompts } from './prompts.ts'
import { createTroubles } from './troubles.ts'

export interface ModelServer extends Model {
  /** Of today, in Asia/Shanghai. */
  spend(): Spend
  /** Past breaker and budget. */
  ping(): Promise<ModelHealth>
}

/** Longer words are cut: nobody's meaning is lost after this many characters, and somebody pays for them. */
const mostCharacters = { words: 1000, passage: 1500 } as const
const mostPassages = 6

/** @throws PromptsError when the prompts cannot be used */
export function createModel(options: ModelOptions): ModelServer {
  const prompts = parsePrompts(options.prompts ?? readPrompts())
  const budget = new Budget({ ...defaults.dailyBudget, ...options.dailyBudget }, options.now, options.spent)
  const breaker = new Breaker({ ...defaults.breaker, ...options.breaker }, options.now)
  const { timeoutMs, minTimeMs, maxConcurrent } = { ...defaults, ...options }
  const server = new GuardedServer({
    timeoutMs,
    minTimeMs,
    maxConcurrent,
    breaker,
    budget,
    now: options.now,
  })
  const client = createClient(options)
  const chat: ChatSide = { client, server, dialects: new Dialects(), model: options.model }
  const embedding = options.embeddingModel ? { client, server, model: options.embeddingModel } : undefined
  const embedder = embedding && new Embedder(embedding)
  const tell = failureTeller(options, breaker)

  return {
    understand: async (text) => tell('understanding', await understand(chat, prompts, text)),
    compose: async (question, passages) =>
      passages.length === 0 ? undefined : tell('composing', await compose(chat, prompts, question, passages)),
    embed: async (texts) =>
      embedder && (texts.length === 0 ? [] : tell('embedding', await embedder.embed(texts))),
    spend: () => budget.spend(),
    ping: () => checkHealth(chat, embedding),
  }
}

async function understand(
  chat: ChatSide,
  { understand: prompt }: Prompts,
  text: string,
): Promise<Reply<ModelUnderstanding>> {
  const user = fill(prompt.user, { text: toDataText(text, mostCharacters.words) })
  const reply = await askChat(chat, {
    name: 'understanding',
    system: prompt.system,
    user,
    shape: understandingShape,
  })
  if (!reply.ok) return reply
  const value = toUnderstanding(reply.value)
  return value ? { ok: true, value } : { ok: false, failure: { code: 'nonsense' } }
}

/** A value of undefined is no failure: the model says that the passages do not answer. */
async function compose(
  chat: ChatSide,
  { compose: prompt }: Prompts,
  question: string,
  passages: readonly ModelPassage[],
): Promise<Reply<string | undefined>> {
  const sent = passages.slice(0, mostPassages).map(({ title, heading, text }) => ({
    title: toPublishedText(title, 200),
    heading: toPublishedText(heading, 200),
    text: toPublishedText(text, mostCharacters.passage),
  }))
  const asked = toDataText(question, mostCharacters.words)
  const user = fill(prompt.user, {
    question: asked,
    passages: sent.map(({ title, heading, text }) => `《${title}》${heading}\n${text}`).join('\n\n'),
  })
  const reply = await askChat(chat, { name: 'answer', system: prompt.system, user, shape: composedShape })
  if (!reply.ok) return reply
  const answer = reply.value.answer?.replace(/\s*\n\s*/g, '').trim()
  if (answer === undefined) return { ok: true, value: undefined }
  const instructions = `${prompt.system}\n${prompt.user}`
  // Against what was sent: what was cut off, the model has not read.
  const why = whyUngrounded(answer, { question: asked, passages: sent, instructions })
  return why ? { ok: false, failure: { code: 'ungrounded', detail: why } } : { ok: true, value: answer }
}

function createClient({ apiKey, baseURL, timeoutMs = defaults.timeoutMs }: ModelOptions): OpenAI {
  return new OpenAI({
    apiKey,
    baseURL: baseURL ?? defaults.baseURL,
    // Otherwise taken from the environment, which only the configuration reads.
    organization: null,
    project: null,
    // Retries are for those who have nothing else to say: the local way answers sooner.
    maxRetries: 0,
    // After our own deadline, so that there is one place that decides.
    timeout: timeoutMs + 1000,
    // It would log bodies, with residents' words, to the console.
    logLevel: 'off',
    // Words of residents go to the address that the operator wrote, and nowhere else.
    fetchOptions: { redirect: 'manual' },
  })
}

function failureTeller({ now, onTrouble }: ModelOptions, breaker: Breaker) {
  const troubles = createTroubles(onTrouble, now)
  return <T>(doing: string, reply: Reply<T>): T | undefined => {
    if (reply.ok) return reply.value
    troubles.tell(reply.failure.code, troubleText(doing, reply.failure, breaker.restsUntil()))
    return undefined
  }
}

function troubleText(doing: string, failure: Failure, restsUntil: number | undefined): string {
  const { text, remedy } = describeFailure(failure)
  const rest = restsUntil === undefined ? '' : `; left alone until ${isoShanghai(restsUntil)}`
  return `model server, ${doing}: ${text}${rest}; answered locally. To mend it: ${remedy}`
}
