import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { measure } from '../child.ts'
import { figure, type Goal, type Report, type RunOptions } from '../report.ts'
import { type HouseFigures, runHouses } from './houses.ts'
import { startPostgres } from './start-postgres.ts'

/** (e) Messages a second: one process and several, embedded and on PostgreSQL, small ledgers and large ones. */

/** What a message may cost at the largest ledger, beside the smallest one. */
const mostGrowth = 1.5

const sizesOf = (quick: boolean) => (quick ? [1_000, 20_000] : [1_000, 10_000, 100_000, 1_000_000])

export async function measureLoad({ quick, progress }: RunOptions): Promise<Report> {
  const messages = quick ? 500 : 2_000
  const postgres = await startPostgres()
  const processes = []
  for (const [store, count] of [
    ['embedded', 1],
    ['PostgreSQL', 1],
    ['PostgreSQL', 2],
    ['PostgreSQL', 4],
  ] as const) {
    progress(`${store}, ${count} process${count === 1 ? '' : 'es'}`)
    const figures = await withStore(store, postgres, (where) => runHouses(where, count, messages))
    processes.push({ store, count, figures })
  }
  const growth = []
  for (const store of ['embedded', 'PostgreSQL'] as const) {
    progress(`growing ledger, ${store}`)
    growth.push(
      ...(await withStore(store, postgres, (where) =>
        grow(where, store, sizesOf(quick), messages, progress),
      )),
    )
  }
  return reportOf(processes, growth)
}

interface Row {
  readonly store: string
  readonly count: number
  readonly figures: HouseFigures
}

interface GrowthRow {
  readonly store: string
  readonly tickets: number
  readonly figures: HouseFigures | undefined
  readonly why?: string
}

async function withStore<T>(
  store: 'embedded' | 'PostgreSQL',
  postgres: { database(): Promise<string> },
  work: (where: string) => Promise<T>,
): Promise<T> {
  if (store === 'PostgreSQL') return work(await postgres.database())
  const folder = await mkdtemp(join('/tmp', 'linli-load-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function grow(
  where: string,
  store: string,
  sizes: readonly number[],
  messages: number,
  progress: RunOptions['progress'],
): Promise<GrowthRow[]> {
  const rows: GrowthRow[] = []
  let filled = 0
  for (const [round, tickets] of sizes.entries()) {
    progress(`${store}: ${tickets} tickets`)
    const filling = await measure<number>('load/fill-process.ts', [where, filled, tickets], {
      seconds: 1_800,
      megabytes: 12_000,
    })
    if (!filling.finished) {
      rows.push({ store, tickets, figures: undefined, why: filling.why })
      break
    }
    filled = tickets
    rows.push({ store, tickets, figures: await runHouses(where, 1, messages, (round + 1) * 1_000_000) })
  }
  return rows
}

function reportOf(processes: readonly Row[], growth: readonly GrowthRow[]): Report {
  const embedded = processes[0]?.figures.perSecond ?? Number.NaN
  const one = processes.find(({ store }) => store === 'PostgreSQL')?.figures.perSecond ?? Number.NaN
  const header = ['', 'messages/s', 'of embedded', 'of one process', 'CPU a message', 'median', '95 %']
  const rows = processes.map(({ store, count, figures }) => [
    `${store}, ${count} process${count === 1 ? '' : 'es'}`,
    figure(figures.perSecond),
    (figures.perSecond / embedded).toFixed(2),
    store === 'PostgreSQL' ? (figures.perSecond / one).toFixed(2) : '',
    ...timesOf(figures),
  ])
  const grown = growth.map(({ store, tickets, figures, why }) => [
    `${store}, ${tickets.toLocaleString('en-US')} tickets`,
    ...(figures
      ? [figure(figures.perSecond), ...timesOf(figures), ratioToFirst(growth, store, figures)]
      : [why ?? '–']),
  ])
  return {
    title: '(e) Messages a second, several processes, large ledgers',
    notes: [how],
    tables: [
      { header, rows },
      {
        header: ['', 'messages/s', 'CPU a message', 'median', '95 %', 'CPU beside the smallest'],
        rows: grown,
      },
    ],
    goals: ['embedded', 'PostgreSQL'].map((store) => goalOf(growth, store)),
  }
}

const how =
  'Each process is a whole house with one account: a message goes in, is durable, understood, decided, committed and ' +
  'its answer sent to a messenger that costs nothing; 32 are under way at a time. Six in ten are talk, two questions, two ' +
  'complaints. The PostgreSQL server runs on the same machine and shares its cores with the processes, which bounds what ' +
  'several of them can add.'

function timesOf({ cpuMs, medianMs, slowMs }: HouseFigures): string[] {
  return [`${figure(cpuMs)} ms`, `${figure(medianMs)} ms`, `${figure(slowMs)} ms`]
}

function ratioToFirst(growth: readonly GrowthRow[], store: string, figures: HouseFigures): string {
  const first = growth.find((row) => row.store === store)?.figures
  return first ? (figures.cpuMs / first.cpuMs).toFixed(2) : '–'
}

function goalOf(growth: readonly GrowthRow[], store: string): Goal {
  const rows = growth.flatMap((row) => (row.store === store && row.figures ? [row] : []))
  const [first, last] = [rows[0], rows.at(-1)]
  if (!first?.figures || !last?.figures) return { text: `(e) ${store}: not measured`, met: undefined }
  const ratio = first.figures.perSecond / last.figures.perSecond
  const span = `${first.tickets.toLocaleString('en-US')} → ${last.tickets.toLocaleString('en-US')} tickets`
  const text = `(e) time a message, ${store}, ${span}: ${ratio.toFixed(2)}× (goal ≤ ${mostGrowth})`
  return { text, met: ratio <= mostGrowth }
}
