import { minute } from '../../../tickets/shanghai-time.ts'
import type { Pace } from '../../house.ts'

/**
 * How long it takes until the last group has it, ms: the accounts send side by side, each with its gap and half the
 * jitter on average.
 *
 * @param copiesByAccount how many groups each account sends to
 * @param sends of one copy: 2 with an attachment
 */
export function estimate(pace: Pace, copiesByAccount: ReadonlyMap<string, number>, sends: 1 | 2 = 1): number {
  const most = Math.max(0, ...copiesByAccount.values())
  if (most === 0) return 0
  const gap = pace.notice + pace.jitter / 2
  return (most - 1) * gap + (sends - 1) * most * gap
}

/** 约45分钟, as people say it. */
export function estimateWords(length: number): string {
  if (length <= minute) return '1分钟内'
  const minutes = Math.ceil(length / minute)
  if (minutes < 60) return `约${minutes}分钟`
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  return rest === 0 ? `约${hours}小时` : `约${hours}小时${rest}分钟`
}
