/** What the model server's adapter can be told, and what it assumes when it is not told. */
import type { BreakerOptions } from './breaker.ts'
import type { DailyBudget, Spend } from './budget.ts'

export interface ModelOptions {
  readonly apiKey: string
  /** Up to and including /v1. Default https://api.openai.com/v1. */
  readonly baseURL?: string
  readonly model: string
  /** Without it `embed` gives undefined. */
  readonly embeddingModel?: string
  /** Longest wait for an answer, waiting in our queue included, in ms. Default 8,000. */
  readonly timeoutMs?: number
  readonly dailyBudget?: Partial<DailyBudget>
  /** What `spend()` told before a restart; counted when it is of the same day. */
  readonly spent?: Spend
  /** Least time between two requests, in ms. Default 50. */
  readonly minTimeMs?: number
  /** Requests at the same time. Default 4. */
  readonly maxConcurrent?: number
  readonly breaker?: Partial<BreakerOptions>
  /** The text of prompts.yaml. Default: the file beside this one. */
  readonly prompts?: string
  /** For budget, breaker and troubles; deadlines run in real time. */
  readonly now: () => number
  /** One line for the operator, without words of residents; each kind at most every ten minutes. */
  readonly onTrouble: (text: string) => void
}

export const defaults = {
  baseURL: 'https://api.openai.com/v1',
  timeoutMs: 8000,
  dailyBudget: { calls: 2000, tokens: 2_000_000 },
  minTimeMs: 50,
  maxConcurrent: 4,
  breaker: { failures: 5, restMs: 60_000 },
} as const
