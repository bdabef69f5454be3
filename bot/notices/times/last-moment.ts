import { addDays, day, hour, instantOf, type LocalDate, localDate } from '../../../tickets/shanghai-time.ts'
import type { Instant } from '../../ports/chat.ts'
import type { PartOfDay } from '../rules.ts'
import { type TimeWord, timeWordsIn } from './time-words.ts'

/** What is named by its beginning alone (周六9点义诊) goes on for so long, ms. */
const goesOnFor = 2 * hour

/** No notice is longer: whatever somebody pastes is read in a moment. */
const longestRead = 2_000

/**
 * The end of the last time that words speak of, 明早8点到12点: 12:00 of tomorrow. What is over already does not count;
 * nor does 每天, which has no end.
 *
 * @param said when it is said: 今天 and 明早 are counted from then
 * @returns undefined when they speak of no time that is to come
 */
export function lastMomentIn(
  text: string,
  said: Instant,
  partsOfDay: readonly PartOfDay[],
): Instant | undefined {
  const moments = momentsIn(text, said, partsOfDay).filter((moment) => moment > said)
  return moments.length === 0 ? undefined : Math.max(...moments)
}

/**
 * The end of all that words speak of, when it is over before they are read: 今天上午8点到12点, read at 14:00.
 * What tells of something over (昨天的停水已恢复, 11月3日的会议) is read at any time: only what is announced counts, for the
 * very day of reading or from after it was written.
 *
 * @param times `said`: when 今天 is counted from; `written`: when they were typed; `begins`: when they would be read
 * @returns undefined when they speak of no time, or of one that is to come
 */
export function overBefore(
  {
    text,
    begins,
    said,
    written,
  }: {
    readonly text: string
    readonly begins: Instant
    readonly said: Instant
    readonly written: Instant
  },
  partsOfDay: readonly PartOfDay[],
): Instant | undefined {
  const moments = momentsIn(text, said, partsOfDay)
  if (moments.length === 0 || tellsOfThePast.test(text)) return undefined
  const last = Math.max(...moments)
  const isAnnounced = last > written || localDate(last - 1) === localDate(begins)
  return last <= begins && isAnnounced ? last : undefined
}

/** 昨天停了水, 今天上午停水已恢复, 停过水, 抱歉 */
const tellsOfThePast =
  /[昨前][天日晚]|已(?!阅|读)|刚[才刚]|[过完好]了|过[水电气]|停了|恢复了|恢复(?:正常)?供|圆满|顺利|抱歉|致歉|道歉|对不起|感谢|结果|情况(?:通报|如下)|通报|误会|此前|之前已|之前的/u

function momentsIn(text: string, said: Instant, partsOfDay: readonly PartOfDay[]): readonly Instant[] {
  const plain = text.slice(0, longestRead).normalize('NFKC')
  const reader = new MomentReader(plain, said)
  for (const word of timeWordsIn(plain, localDate(said), partsOfDay)) reader.take(word)
  return reader.moments()
}

interface Said {
  readonly kind: TimeWord['kind']
  /** Where it ends in the text. */
  readonly to: number
  moment: Instant
  /** Of a clock: its beginning, from which an end in the same breath is counted. */
  readonly start: Instant
  /** Something closer was said of it: 25日 of 25日9点. */
  closer: boolean
}

/** Goes through the words in order and remembers the day and the part of the day that they have led to. */
class MomentReader {
  readonly #text: string
  readonly #said: Instant
  readonly #found: Said[] = []
  #day: { readonly date: LocalDate; readonly isNamed: boolean; readonly every?: 'week' | 'year' | undefined }
  #part: PartOfDay | undefined
  /** Until where 每天 holds: the end of its sentence. */
  #oftenUntil = -1

  constructor(text: string, said: Instant) {
    this.#text = text
    this.#said = said
    this.#day = { date: localDate(said), isNamed: false }
  }

  moments(): readonly Instant[] {
    return this.#found.filter(({ closer }) => !closer).map(({ moment }) => moment)
  }

  take(word: TimeWord): void {
    if (word.kind === 'often') {
      this.#oftenUntil = this.#endOfSentence(word.to)
      return
    }
    const isOften = word.from < this.#oftenUntil
    if (word.kind === 'day') this.#takeDay(word)
    else if (isOften) return
    else if (word.kind === 'part') this.#takePart(word)
    else if (word.kind === 'clock') this.#takeClock(word)
    else this.#takeLength(word)
  }

  #takeDay(word: TimeWord & { kind: 'day' }): void {
    this.#day = { date: word.date, isNamed: true, every: word.every }
    this.#part = undefined
    this.#add(word, instantOf(word.date, 0) + day, instantOf(word.date, 0))
  }

  #takePart(word: TimeWord & { kind: 'part' }): void {
    this.#part = word.part
    const before = this.#found.at(-1)
    if (before?.kind === 'day' && this.#isNear(before, word)) before.closer = true
    const end = instantOf(this.#dateFor(word.part.to), 0)
    this.#add(word, end + word.part.to, end + word.part.from)
  }

  #takeClock(word: TimeWord & { kind: 'clock' }): void {
    const before = this.#found.at(-1)
    const leads = before !== undefined && before.kind !== 'clock' && this.#isNear(before, word)
    const start = this.#spanStart(word)
    if (leads) before.closer = true
    const earlier = this.#found.findLast(({ kind, closer }) => kind === 'clock' && !closer)
    if (start !== undefined && earlier) {
      const end = this.#after(word.time, start, leads && before.kind === 'part' ? this.#part : undefined)
      // 22日8点到24日18点 has its own day
      const dated = leads && before.kind === 'day' ? this.#instantOf(word.time) : this.#sooner(end)
      earlier.closer = true
      this.#add(word, dated, dated)
      return
    }
    const at = this.#instantOf(word.time)
    this.#add(word, this.#isEnd(word) ? at : at + goesOnFor, at)
  }

  #takeLength(word: TimeWord & { kind: 'length' }): void {
    const clock = this.#found.findLast(({ kind, closer }) => kind === 'clock' && !closer)
    if (clock) clock.moment = Math.max(clock.moment, clock.start + word.length)
  }

  #add(word: TimeWord, moment: Instant, start: Instant): void {
    this.#found.push({ kind: word.kind, to: word.to, moment, start, closer: false })
  }

  /** The hour of the day that is meant, on the day that was named last. */
  #instantOf(time: number): Instant {
    const clock = inPart(time, this.#part)
    return instantOf(this.#dateFor(clock), clock)
  }

  /** Without a named day, what would be over today is tomorrow's; 周五, said on a Friday evening, the next one. */
  #dateFor(time: number): LocalDate {
    const { date, isNamed, every } = this.#day
    if (instantOf(date, time) > this.#said) return date
    if (!isNamed) return addDays(date, 1)
    return every === 'week' ? addDays(date, 7) : date
  }

  /** The first such hour after the beginning of a span: 下午2点到5点, 晚上10点到6点. */
  #after(time: number, start: Instant, part: PartOfDay | undefined): Instant {
    const date = localDate(start)
    const exact = part ? [inPart(time, part)] : [time, ...(time < day / 2 ? [time + day / 2] : [])]
    const ends = exact.flatMap((each) => [instantOf(date, each), instantOf(date, each + day)])
    return Math.min(...ends.filter((end) => end > start))
  }

  /** 8点到12点, said at 9:00 without a day: it is going on. */
  #sooner(end: Instant): Instant {
    return !this.#day.isNamed && end - day > this.#said ? end - day : end
  }

  /** The beginning of the span that this hour ends: 8点到12点, 8:00-12:00, 8点至次日6点. */
  #spanStart(word: TimeWord): Instant | undefined {
    const clock = this.#found.findLast(({ kind, closer }) => kind === 'clock' && !closer)
    if (!clock) return undefined
    const between = this.#text.slice(clock.to, word.from)
    return between.length <= 12 && /^[^。！；\n]*?(?:到|至|-|—|~)/u.test(between) ? clock.start : undefined
  }

  /** 17点前, 截止17点: the hour itself is the end. */
  #isEnd(word: TimeWord): boolean {
    return (
      /^\s*(?:之?前|以前|止|截止|结束|恢复|来[水电气])/u.test(this.#text.slice(word.to)) ||
      /(?:截[止至]|到|至)(?:[^，。；\n]{0,8}|20\d{2}年\d{1,2}月\d{1,2}[日号][^，。；\n]{0,2})$/u.test(
        this.#text.slice(Math.max(0, word.from - 20), word.from),
      )
    )
  }

  #isNear(before: Said, word: TimeWord): boolean {
    return word.from - before.to <= 8
  }

  #endOfSentence(from: number): number {
    const end = this.#text.slice(from).search(/[。！；\n]/u)
    return end < 0 ? this.#text.length : from + end
  }
}

/** 下午2点 is 14:00; 晚上12点 is midnight; 3点, without a word, is in the afternoon: nobody is told of the small hours so. */
function inPart(time: number, part: PartOfDay | undefined): number {
  const isMorning = time < day / 2
  if (!part) return time < 6 * hour ? time + day / 2 : time
  if (!isMorning) return part.from >= day / 2 && time === day / 2 && part.to >= day ? day : time
  const later = time + day / 2
  return part.to > day / 2 && later >= part.from && later <= part.to + 2 * hour ? later : time
}
