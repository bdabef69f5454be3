import { setTimeout as pause } from 'node:timers/promises'
import { callRunningBot } from '../../adapters/local-socket/client.ts'
import { isoShanghai } from '../../tickets/shanghai-time.ts'
import { type Config, loadConfig } from '../config.ts'
import { LocalDoorError } from '../doors/local-request.ts'
import type { AccountRow } from '../doors/notices/account-rows.ts'
import type { NoticeProgressRow } from '../doors/notices/notice-rows.ts'
import { clockOf, copyWords, counted, lengthWords } from './notice-lines.ts'
import { noticeLore } from './notice-lore.ts'
import { type OperatorOptions, queryRows } from './operator-door.ts'
import type { Progress, ShowProgress } from './progress.ts'

/** `linli notice watch`: how far a notice is, until it has its end or whoever watches has seen enough. */

/** What is seen at one moment. */
export interface Seen {
  readonly row: NoticeProgressRow
  readonly accounts: readonly AccountRow[]
}

export interface Watching {
  /** Undefined: there is no bot to ask just now. */
  look(): Promise<Seen | undefined>
  readonly bar: Progress
  print(line: string): void
  now(): number
  /** Resolves at once when watching is over. */
  wait(ms: number): Promise<void>
  readonly signal: AbortSignal
  /** JSON instead of lines for people. */
  readonly json: boolean
}

const lookEvery = 1_000
/** Where nothing can be drawn. */
const tellEvery = 10_000
const over: readonly string[] = ['finished', 'stopped', 'expired', 'refused', 'discarded']

/** @returns the exit status: 1 when there is nothing to watch */
export async function watchUntilEnd(notice: string, watching: Watching): Promise<number> {
  const view = viewOf(notice, watching)
  for (; !watching.signal.aborted; await watching.wait(lookEvery)) {
    const seen = await watching.look()
    if (!seen) view.away()
    else if (isNothingToWatch(seen.row)) return view.end(seen.row)
    else view.underWay(seen)
  }
  view.left()
  return 0
}

/** The bar at a terminal; else lines now and then, for people or machines. */
function viewOf(notice: string, { bar, print, now, json }: Watching) {
  const speed = speedometer()
  let toldAt = Number.NEGATIVE_INFINITY
  const tell = (line: string) => {
    if (now() - toldAt < tellEvery) return
    toldAt = now()
    print(line)
  }
  return {
    away(): void {
      const words = 'waiting for the bot: start it with `linli start`'
      if (bar.isShown) bar.step(0, undefined, `  ${words}`)
      else if (!json) tell(`${notice}  ${words}`)
    },
    underWay(seen: Seen): void {
      const { row } = seen
      const done = doneOf(row)
      speed.note(now(), done)
      const more = moreWords(seen, speed.perMinute())
      if (bar.isShown) bar.step(done, row.groups, `  ${more}`)
      else if (json) tell(JSON.stringify(row))
      else tell(`${clockOf(isoShanghai(now()))}  ${notice}  ${done}/${row.groups}  ${more}`)
    },
    end(row: NoticeProgressRow): number {
      bar.end()
      const hopeless = whyHopeless(row)
      if (json) print(JSON.stringify(row))
      else for (const line of hopeless === undefined ? endLines(row) : [hopeless]) print(line)
      return hopeless === undefined ? 0 : 1
    },
    left(): void {
      bar.end()
      const stop = `linli notice pause ${notice}, linli notice stop ${notice}`
      if (!json) print(`not watched any more; ${notice} goes on (${stop})`)
    },
  }
}

function isNothingToWatch(row: NoticeProgressRow): boolean {
  return over.includes(row.state) || whyHopeless(row) !== undefined
}

function whyHopeless({ notice, state, repeat }: NoticeProgressRow): string | undefined {
  if (state === 'draft') return `${notice} is a draft: nothing is sent before linli notice submit ${notice}`
  if (repeat !== undefined && !over.includes(state))
    return `${notice} is repeated (${repeat}): each time makes a notice of its own, see linli notice list`
  return undefined
}

function doneOf({ copies }: NoticeProgressRow): number {
  const { confirmed = 0, sent = 0, unconfirmed = 0, failed = 0, skipped = 0 } = copies
  return confirmed + sent + unconfirmed + failed + skipped
}

function moreWords({ row, accounts }: Seen, perMinute: number | undefined): string {
  const resting = accounts.flatMap(({ account, paused, until }) =>
    paused === undefined
      ? []
      : [`${account} (${paused}${until === undefined ? '' : ` until ${until.slice(11, 16)}`})`],
  )
  return [
    stateWords(row),
    row.state === 'sending' && perMinute !== undefined && `${perMinute.toFixed(perMinute < 10 ? 1 : 0)}/min`,
    row.state === 'sending' && row.remainingMs > 0 && `${lengthWords(row.remainingMs)} to go`,
    copyWords(row.copies, ['unconfirmed', 'failed', 'skipped']),
    resting.length > 0 && `paused: ${resting.join(', ')}`,
  ]
    .filter(Boolean)
    .join('  ')
}

function stateWords({ state, sendAt, history }: NoticeProgressRow): string {
  if (state === 'awaiting') return 'awaits approval'
  if (state === 'scheduled') return sendAt === undefined ? 'scheduled' : `scheduled for ${clockOf(sendAt)}`
  if (state !== 'paused') return state
  const by = history.findLast(({ event }) => event === 'paused')?.by
  return by === undefined ? 'paused' : `paused by ${by}`
}

function endLines(row: NoticeProgressRow): readonly string[] {
  const { notice, state, groups, startedAt, endedAt, copies } = row
  const took =
    startedAt === undefined || endedAt === undefined
      ? ''
      : `, in ${lengthWords(Math.max(1_000, Date.parse(endedAt) - Date.parse(startedAt)))}`
  const words = copyWords(copies)
  const first = `${notice} ${state}${words === '' ? '' : `: ${words}, of ${counted(groups, 'group')}${took}`}`
  const lost = (copies.unconfirmed ?? 0) + (copies.failed ?? 0)
  if (lost === 0) return [first]
  const name = copies.unconfirmed ? 'unconfirmed' : 'failed'
  return [
    first,
    `look into these groups (linli notice groups ${notice} --state ${name}), then linli notice settle ${notice} arrived, again or left`,
  ]
}

/** Copies a minute, over the last two minutes. */
function speedometer() {
  const span = 120_000
  const least = 10_000
  let seen: { readonly at: number; readonly done: number }[] = []
  return {
    note(at: number, done: number): void {
      seen = [...seen.filter((each) => at - each.at <= span), { at, done }]
    },
    perMinute(): number | undefined {
      const [first, last] = [seen[0], seen.at(-1)]
      if (!first || !last || last.at - first.at < least) return undefined
      return ((last.done - first.done) * 60_000) / (last.at - first.at)
    },
  }
}

/** In the terminal: one look a second, until Ctrl-C. */
export async function watchNotice(
  options: OperatorOptions & { readonly progress: ShowProgress },
  notice: string,
  json: boolean,
): Promise<number> {
  const config = loadConfig(options.root)
  const leaving = new AbortController()
  const leave = () => leaving.abort()
  const first = await lookOnce(options, config, notice)
  if (!first && !config.database) {
    // nothing moves without a bot: what is there is shown, and nobody waits for nothing
    const row = await oneRow(options, notice)
    const once = { look: async () => ({ row, accounts: [] }), bar: options.progress(notice) }
    if (isNothingToWatch(row))
      return watchUntilEnd(notice, { ...once, ...life(leaving.signal), print: options.print, json })
    throw new Error(`${notice} is ${row.state}, and no bot is running here, so nothing moves: linli start`)
  }
  process.once('SIGINT', leave)
  try {
    return await watchUntilEnd(notice, {
      ...{ look: () => lookOnce(options, config, notice), bar: options.progress(notice) },
      ...{ ...life(leaving.signal), print: options.print, json },
    })
  } finally {
    process.off('SIGINT', leave)
  }
}

function life(signal: AbortSignal): Pick<Watching, 'now' | 'wait' | 'signal'> {
  return {
    ...{ signal, now: Date.now },
    async wait(ms) {
      // an abort is an end like any other
      await pause(ms, undefined, { signal }).catch(() => undefined)
    },
  }
}

const both = (notice: string) => [{ type: 'notice', notice }, { type: 'accounts' }] as const

/** From the running bot, or straight from the database where several processes share one. */
async function lookOnce(options: OperatorOptions, config: Config, notice: string): Promise<Seen | undefined> {
  const running = await callRunningBot(config.dataFolder)
  if (!running) {
    if (!config.database) return undefined
    const accounts = await queryRows<AccountRow>(options, { type: 'accounts' }, noticeLore)
    return { row: await oneRow(options, notice), accounts }
  }
  try {
    const [rows, accounts] = await Promise.all(
      both(notice).map((query) => running.ask({ type: 'query', query })),
    )
    return { row: (rows as NoticeProgressRow[])[0] as NoticeProgressRow, accounts: accounts as AccountRow[] }
  } catch (error) {
    if (error instanceof LocalDoorError && error.code === 'gone') return undefined
    throw error
  } finally {
    await running.close()
  }
}

async function oneRow(options: OperatorOptions, notice: string): Promise<NoticeProgressRow> {
  const [row] = await queryRows<NoticeProgressRow>(options, { type: 'notice', notice }, noticeLore)
  if (!row) throw new Error(`no notice ${notice}: see linli notice list`)
  return row
}
