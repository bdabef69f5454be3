import { day, localDate } from '../../../tickets/shanghai-time.ts'
import type { Instant } from '../../ports/chat.ts'
import type { Reading } from '../../reading.ts'
import type { Notice, NoticeState } from '../notice.ts'
import type { NoticeRules, PartOfDay } from '../rules.ts'
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
    if (one.figures !== two.figures) return false
    // the same hours of the same day: who says less of it, says the same
    const likeness = one.isTimed ? shareOfShorter : shareOfBoth
    return likeness(one.words, two.words) >= alikeFrom
  }
}

interface Essence {
  /** Days (as dates, so that 明天 of yesterday is 今天), hours, and all other numbers, sorted. */
  readonly figures: string
  /** A day and an hour are in them. */
  readonly isTimed: boolean
  /** Everything else that is no mark and no courtesy. */
  readonly words: string
}

function essenceOf(text: string, said: Instant, partsOfDay: NoticeRules['partsOfDay']): Essence {
  const plain = text.normalize('NFKC').toLowerCase()
  const times = timeWordsIn(plain, localDate(said), partsOfDay)
  const figures: string[] = []
  let words = ''
  let at = 0
  let part: PartOfDay | undefined
  for (const [each, time] of times.entries()) {
    const between = plain.slice(at, time.from)
    words += /^\s*[到至~—-]+\s*$/u.test(between) ? '' : between
    at = time.to
    if (time.kind === 'day') {
      figures.push(time.date)
      part = undefined
    } else if (time.kind === 'clock') figures.push(`clock ${ofTheDay(time.time, part)}`)
    else if (time.kind === 'part') {
      part = time.part
      // 上午8点 is 8:00; 上午 alone is a time of its own
      if (times[each + 1]?.kind !== 'clock') figures.push(`part ${time.part.from}`)
    } else words += plain.slice(time.from, time.to)
  }
  words += plain.slice(at)
  const numbers = [...words.matchAll(/\d+/gu)].map(([number]) => number)
  return {
    figures: [...new Set([...figures, ...numbers])].sort().join('|'),
    isTimed: times.some(({ kind }) => kind === 'day') && times.some(({ kind }) => kind === 'clock'),
    words: words
      .replace(/[\d\s\p{P}\p{S}]+/gu, '')
      .replace(courtesy, '')
      .replace(storedWater, '储水'),
  }
}

const courtesy =
  /(?:尊敬的|亲爱的)?各位(?:居民|邻居|业主|住户)(?:朋友)?们?|大家好|您好|谢谢(?:大家|您)?(?:的)?(?:配合|理解|支持)?|敬请谅解|温馨提示/gu
const storedWater = /[储蓄存备]好?(?:用|生活用)?水|接好?(?:用|生活用)?水/gu

/** 下午2点 is 14:00, 2点 without a word as well. */
function ofTheDay(time: number, part: PartOfDay | undefined): number {
  if (time >= day / 2) return time
  return (part ? part.from >= day / 2 : time < day / 4) ? time + day / 2 : time
}

/** How many of the pairs of characters of the shorter text stand in the longer one, 0 to 1. */
function shareOfShorter(one: string, other: string): number {
  if (one === other) return 1
  const [left, right] = [pairsOf(one), pairsOf(other)]
  const least = Math.min(sizeOf(left), sizeOf(right))
  return least === 0 ? 0 : sharedOf(left, right) / least
}

/** Dice's coefficient over pairs of characters, 0 to 1. */
function shareOfBoth(one: string, other: string): number {
  if (one === other) return 1
  const left = pairsOf(one)
  const right = pairsOf(other)
  const all = sizeOf(left) + sizeOf(right)
  return all === 0 ? 0 : (2 * sharedOf(left, right)) / all
}

function sharedOf(left: ReadonlyMap<string, number>, right: ReadonlyMap<string, number>): number {
  let shared = 0
  for (const [pair, count] of left) shared += Math.min(count, right.get(pair) ?? 0)
  return shared
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
