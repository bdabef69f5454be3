import { day, localDate } from '../../../tickets/shanghai-time.ts'
import type { Instant } from '../../ports/chat.ts'
import type { Reading } from '../../reading.ts'
import type { Notice, NoticeState } from '../notice.ts'
import type { NoticeRules } from '../rules.ts'
import { timeWordsIn } from '../times/time-words.ts'
import { groupsOf } from './targets.ts'

/** The same notice once more, as two colleagues send it within a day. */

export interface ToCompare {
  readonly text: string
  /** Group ids. */
  readonly groups: readonly string[]
  /** Notices that are no duplicates of it: itself, and the one it corrects. */
  readonly except?: readonly string[]
}

/** Those that went out, or are going to. */
const states: readonly NoticeState[] = [
  ...(['awaiting', 'scheduled', 'sending', 'paused', 'finished', 'stopped', 'expired'] as const),
]

/** Written longer ago, it can still have gone out within the time that is looked at, ms. */
const waitsAtMost = 7 * day

/** A notice of nearly the same words for some of the same groups, written or sent lately; the newest one. */
export async function alikeNotice(
  reading: Reading,
  { text, groups, except = [] }: ToCompare,
  now: Instant,
  rules: Pick<NoticeRules, 'alikeWithin' | 'alikeFrom' | 'partsOfDay'>,
): Promise<Notice | undefined> {
  const { documents } = await reading.find('notices', {
    range: { field: 'writtenAt', gte: now - Math.max(rules.alikeWithin, waitsAtMost) },
    order: 'writtenAt',
    descending: true,
    limit: 10_000,
  })
  const wanted = new Set(groups)
  const isSame = comparer(text, now, rules)
  for (const notice of documents) {
    if (except.includes(notice.id) || !states.includes(notice.state)) continue
    if (lastTouched(notice) < now - rules.alikeWithin || !isSame(notice.text, saidAt(notice))) continue
    const its = await groupsOf(reading, notice.targets)
    if (its.some(({ id }) => wanted.has(id))) return notice
  }
  return undefined
}

function lastTouched({ writtenAt, startedAt, sendAt }: Notice): Instant {
  return Math.max(writtenAt, startedAt ?? 0, sendAt ?? 0)
}

function saidAt({ writtenAt, sendAt, startedAt }: Notice): Instant {
  return startedAt ?? sendAt ?? writtenAt
}

function comparer(
  text: string,
  said: Instant,
  { alikeFrom, partsOfDay }: Pick<NoticeRules, 'alikeFrom' | 'partsOfDay'>,
): (other: string, otherSaid: Instant) => boolean {
  const one = essenceOf(text, said, partsOfDay)
  return (other, otherSaid) => {
    const two = essenceOf(other, otherSaid, partsOfDay)
    return one.figures === two.figures && likeness(one.words, two.words) >= alikeFrom
  }
}

interface Essence {
  /** Days (as dates, so that 明天 of yesterday is 今天), hours, and all other numbers, sorted. */
  readonly figures: string
  /** Everything else that is no mark. */
  readonly words: string
}

function essenceOf(text: string, said: Instant, partsOfDay: NoticeRules['partsOfDay']): Essence {
  const plain = text.normalize('NFKC').toLowerCase()
  const times = timeWordsIn(plain, localDate(said), partsOfDay)
  const figures: string[] = []
  let words = ''
  let at = 0
  for (const time of times) {
    words += plain.slice(at, time.from)
    at = time.to
    if (time.kind === 'day') figures.push(time.date)
    else if (time.kind === 'clock') figures.push(`clock ${time.time}`)
    else if (time.kind === 'part') figures.push(`part ${time.part.from}`)
    else words += plain.slice(time.from, time.to)
  }
  words += plain.slice(at)
  const numbers = [...words.matchAll(/\d+/gu)].map(([number]) => number)
  return {
    figures: [...new Set([...figures, ...numbers])].sort().join('|'),
    words: words.replace(/[\d\s\p{P}\p{S}]+/gu, ''),
  }
}

/** Dice's coefficient over pairs of characters, 0 to 1. */
function likeness(one: string, other: string): number {
  if (one === other) return 1
  const left = pairsOf(one)
  const right = pairsOf(other)
  let shared = 0
  for (const [pair, count] of left) shared += Math.min(count, right.get(pair) ?? 0)
  const all = sizeOf(left) + sizeOf(right)
  return all === 0 ? 0 : (2 * shared) / all
}

function pairsOf(text: string): ReadonlyMap<string, number> {
  const characters = [...text]
  const pairs = new Map<string, number>()
  for (let at = 1; at < characters.length; at++) {
    const pair = `${characters[at - 1]}${characters[at]}`
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1)
  }
  return pairs
}

function sizeOf(pairs: ReadonlyMap<string, number>): number {
  return [...pairs.values()].reduce((sum, count) => sum + count, 0)
}
