import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { projectRoot } from '../../adapters/files/project-root.ts'
import { type Measured, measure } from '../child.ts'
import { figure, type Goal, type Report, type RunOptions, times } from '../report.ts'
import { median } from '../statistics.ts'
import { type CommitFigures, crowd } from './commit-figures.ts'

/** (c) Commits of one change to a ledger of so many tickets, against stock lowdb on the same disk. */

const goalTickets = 10_000
const goalRatio = 100

const sides = ['linli', 'stock'] as const
type Side = (typeof sides)[number]

interface Size {
  readonly tickets: number
  /** How many changes each side makes: stock lowdb writes the whole file for each. */
  readonly changes: Readonly<Record<Side, number>>
  readonly crowdRounds: Readonly<Record<Side, number>>
}

const sizes: readonly Size[] = [
  { tickets: 1000, changes: { linli: 5000, stock: 200 }, crowdRounds: { linli: 80, stock: 3 } },
  { tickets: 10_000, changes: { linli: 5000, stock: 40 }, crowdRounds: { linli: 80, stock: 1 } },
  { tickets: 100_000, changes: { linli: 5000, stock: 10 }, crowdRounds: { linli: 80, stock: 0 } },
]

type Ratios = { readonly alone: number; readonly slow: number; readonly crowd: number }

export async function measureCommits({ quick, progress }: RunOptions): Promise<Report> {
  const rows: string[][] = []
  const goals: Goal[] = []
  for (const size of quick ? sizes.slice(0, 2) : sizes) {
    const figures = await measureSize(size, quick ? 1 : 3, progress)
    const { ratios } = figures
    rows.push(...rowsOf(size.tickets, figures))
    if (size.tickets === goalTickets)
      goals.push({
        text: `(c) durable commits vs stock lowdb at 10,000 tickets: ${times(ratios.alone)} (goal ≥ ${goalRatio}×)`,
        met: ratios.alone >= goalRatio,
      })
  }
  const header = ['tickets', 'store', 'ms a commit', 'p99 ms', `ms a commit, ${crowd} callers`]
  return { title: '(c) Durable commits', notes: [how], tables: [{ header, rows }], goals }
}

const how =
  'One change: a ticket is replaced and an event added. LinLi: its store and schema, checked versions, synced ' +
  'before it resolves, snapshots included. Stock lowdb 7 JSONFile: one write() a change; it never syncs, so a ' +
  'power cut may take all of it. Same disk, fresh folders, turns; `×` is stock over LinLi, of medians.'

interface SizeFigures {
  readonly linli: CommitFigures | undefined
  readonly stock: CommitFigures | undefined
  readonly why: string
  readonly ratios: Ratios
}

async function measureSize(
  size: Size,
  rounds: number,
  progress: RunOptions['progress'],
): Promise<SizeFigures> {
  const finished: Record<Side, CommitFigures[]> = { linli: [], stock: [] }
  let why = ''
  for (let round = 0; round < rounds; round++)
    for (const side of sides) {
      progress(`${side}, ${size.tickets} tickets, round ${round + 1} of ${rounds}`)
      const outcome = await inFreshFolder((folder) =>
        measure<CommitFigures>(`./commits/${side}-process.ts`, [
          ...[folder, size.tickets, size.changes[side], size.crowdRounds[side]],
        ]),
      )
      if (outcome.finished) finished[side].push(outcome.value)
      else why = `${side}: ${outcome.why}`
    }
  const linli = middle(finished.linli)
  const stock = middle(finished.stock)
  const ratio = (read: (figures: CommitFigures) => number | null) =>
    linli && stock ? (read(stock) ?? Number.NaN) / (read(linli) ?? Number.NaN) : Number.NaN
  const ratios = {
    alone: ratio((each) => each.aloneMs),
    slow: ratio((each) => each.aloneSlowMs),
    crowd: ratio((each) => each.crowdMs),
  }
  return { linli, stock, why, ratios }
}

/** On the disk of the project, not in a /tmp that may be memory. */
async function inFreshFolder<T>(work: (folder: string) => Promise<Measured<T>>): Promise<Measured<T>> {
  const parent = join(projectRoot(), 'bench', 'node_modules', '.measured')
  await mkdir(parent, { recursive: true })
  const folder = await mkdtemp(join(parent, 'commits-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function middle(rounds: readonly CommitFigures[]): CommitFigures | undefined {
  if (rounds.length === 0) return undefined
  return {
    aloneMs: median(rounds.map((each) => each.aloneMs)),
    aloneSlowMs: median(rounds.map((each) => each.aloneSlowMs)),
    crowdMs: median(rounds.map((each) => each.crowdMs ?? Number.NaN)),
  }
}

function rowsOf(tickets: number, { linli, stock, why, ratios }: SizeFigures): string[][] {
  const size = tickets.toLocaleString('en-US')
  const cells = (figures: CommitFigures | undefined) =>
    figures === undefined
      ? [why, '', '']
      : [figure(figures.aloneMs), figure(figures.aloneSlowMs), figure(figures.crowdMs ?? Number.NaN)]
  const [alone = '', slow = '', side = ''] = cells(stock)
  return [
    [size, 'LinLi', ...cells(linli)],
    [
      size,
      'stock lowdb',
      `${alone} (${times(ratios.alone)})`,
      `${slow} (${times(ratios.slow)})`,
      `${side} (${times(ratios.crowd)})`,
    ],
  ]
}
