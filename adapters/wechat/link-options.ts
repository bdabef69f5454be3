/** What a link can be told, and what it assumes when it is not told. */
import type { Instant } from '../../bot/ports/chat.ts'
import type { GatewayAddress } from './quiet-puppet-service.ts'
import type { SimPuppet } from './sim-puppet.ts'
import type { LinkTimings } from './supervisor.ts'

export interface WechatTimings extends LinkTimings {
  /** Least time between two sends of the account. Default 1,000; 0 for replay and measurements only. */
  readonly minTimeMs: number
  /** Longest wait for a send. Default 20,000. */
  readonly sendLimitMs: number
  /** Longest wait for one message's payload. Default 5,000. */
  readonly readLimitMs: number
  /** Longest wait for a name; then the message goes on without it. Default 1,500. */
  readonly nameLimitMs: number
  /** How long a name is believed without asking again. Default 600,000. */
  readonly nameAgeMs: number
  /** Longest wait for a picture. Default 30,000. */
  readonly photoLimitMs: number
  /** How far back a late message is put before others that wait. Default 3,000. */
  readonly lateWindowMs: number
}

export type WechatPuppet =
  | { readonly kind: 'sim'; readonly puppet: SimPuppet }
  | ({ readonly kind: 'service' } & GatewayAddress)
  /** The path of the session file; created for the owner's eyes only. */
  | { readonly kind: 'wechat4u'; readonly memoryCard: string }

export interface WechatOptions {
  /** Our name for this account; ids of WeChat may change at every login. */
  readonly account: string
  readonly puppet: WechatPuppet
  /** What the bot answers to in every room. Default 小邻. The account's own names count as well. */
  readonly botNames?: readonly string[]
  readonly timings?: Partial<WechatTimings>
  /** Events waiting for the listener, beyond which newer ones are dropped and told as `lost`. Default 20,000. */
  readonly maxWaiting?: number
  readonly now?: () => Instant
  readonly debug?: (text: string) => void
}

const DEFAULTS: WechatTimings = {
  pauseMs: 500,
  maxPauseMs: 2000,
  loginLimitMs: 5000,
  scanLimitMs: 300_000,
  dingEveryMs: 10_000,
  dingLimitMs: 5000,
  minTimeMs: 1000,
  sendLimitMs: 20_000,
  readLimitMs: 5000,
  nameLimitMs: 1500,
  nameAgeMs: 600_000,
  photoLimitMs: 30_000,
  lateWindowMs: 3000,
}

/** In one process nothing hangs; and a replay that is busy must not take itself for dead. */
const SIM_TIMINGS: Partial<WechatTimings> = {
  loginLimitMs: 0,
  scanLimitMs: 0,
  dingEveryMs: 0,
  minTimeMs: 0,
  sendLimitMs: 0,
  readLimitMs: 0,
  nameLimitMs: 0,
  photoLimitMs: 0,
}

/** The first answer of WeChat's web servers may take long, and its ding is answered by ourselves. */
const WECHAT4U_TIMINGS: Partial<WechatTimings> = { loginLimitMs: 60_000, dingEveryMs: 0 }

const OF_KIND = { sim: SIM_TIMINGS, service: {}, wechat4u: WECHAT4U_TIMINGS } as const

export function timingsOf(options: WechatOptions): WechatTimings {
  return { ...DEFAULTS, ...OF_KIND[options.puppet.kind], ...options.timings }
}
