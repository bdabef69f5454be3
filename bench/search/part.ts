import { type Measured, measure } from '../child.ts'
import { figure, type Goal, megabytes, type Report, type RunOptions, type Table, times } from '../report.ts'
import { median } from '../statistics.ts'
import { type EngineName, engineNames, type SearchFigures } from './engine-process.ts'

/** (b) Search: build time, memory, time a question, and rank, at growing sizes. */

const speedGoal = 10

/** The medians of one engine's rounds, or why there are none. */
type Outcome = Measured<SearchFigures>
type Outcomes = ReadonlyMap<EngineName, Outcome>

export async function measureSearch({ quick, progress }: RunOptions): Promise<Report> {
  const sizes = quick ? [1000, 10_000] : [1000, 10_000, 100_000]
  const tables: Table[] = []
  const goals: Goal[] = []
  for (const size of sizes) {
    const rounds = quick || size > 10_000 ? 1 : 3
    const outcomes = await measureSize(size, rounds, progress)
    tables.push(tableOf(size, outcomes))
    goals.push(goalOf(size, outcomes))
  }
  return { title: '(b) Search', notes: [how], tables, goals }
}

const how =
  'Questions: of each section of the sample documents one phrasing (`问法`) is left out of the index and asked. ' +
  'Passages beyond the sample are its sections recombined (halves of headings and phrasings, sentences of three ' +
  'sections, made-up places, digits drawn anew). Competitors index character bigrams of the same fields, joined, ' +
  'or weighted as LinLi weighs them. LinLi is measured by `ask`, which also decides whether the best passage ' +
  'answers, and composes the answer. Memory: heap and external after collection, over the passages themselves; ' +
  'SQLite: its pages. Times are medians a question; `×` is the competitor over LinLi.'

/** Engines take turns, so that a noisy minute hits all of them. An engine that failed once is not tried again. */
async function measureSize(
  size: number,
  rounds: number,
  progress: RunOptions['progress'],
): Promise<Outcomes> {
  const finished = new Map<EngineName, SearchFigures[]>()
  const failed = new Map<EngineName, Outcome>()
  for (let round = 0; round < rounds; round++)
    for (const name of engineNames.filter((each) => !failed.has(each))) {
      progress(`${name}, ${size} passages, round ${round + 1} of ${rounds}`)
      const outcome = await measure<SearchFigures>('./search/engine-process.ts', [name, size])
      if (outcome.finished) finished.set(name, [...(finished.get(name) ?? []), outcome.value])
      else failed.set(name, outcome)
    }
  const settled = new Map<EngineName, Outcome>(failed)
  for (const [name, figures] of finished)
    if (!failed.has(name)) settled.set(name, { finished: true, value: middle(figures) })
  return settled
}

function middle(rounds: readonly SearchFigures[]): SearchFigures {
  const of = (read: (figures: SearchFigures) => number) => median(rounds.map(read))
  return {
    ...(rounds[0] as SearchFigures),
    ...{ buildMs: of((each) => each.buildMs), bytes: of((each) => each.bytes) },
    ...{ medianMs: of((each) => each.medianMs), slowMs: of((each) => each.slowMs) },
  }
}

function tableOf(size: number, outcomes: Outcomes): Table {
  const linli = figuresOf(outcomes, 'linli')
  const rows = engineNames.map((name): string[] => {
    const outcome = outcomes.get(name)
    if (!outcome?.finished) return [name, outcome?.why ?? 'not measured', '', '', '', '', '']
    const { value } = outcome
    const against = (read: (figures: SearchFigures) => number) =>
      linli === undefined ? '–' : times(read(value) / read(linli))
    return [
      value.name,
      `${figure(value.medianMs)} (${against((each) => each.medianMs)})`,
      `${figure(value.slowMs)} (${against((each) => each.slowMs)})`,
      `${figure(value.buildMs / 1000)} (${against((each) => each.buildMs)})`,
      `${megabytes(value.bytes)} (${against((each) => each.bytes)})`,
      value.meanReciprocalRank.toFixed(3),
      value.hitAt1.toFixed(3),
    ]
  })
  return {
    header: [`${size.toLocaleString('en-US')} passages`, 'p50 ms', 'p95 ms', 'build s', 'MB', 'MRR', 'hit@1'],
    rows,
  }
}

/** Against whoever ranks best of those that finished. */
function goalOf(size: number, outcomes: Outcomes): Goal {
  const linli = figuresOf(outcomes, 'linli')
  const rivals = engineNames
    .filter((name) => !name.startsWith('linli'))
    .map((name) => figuresOf(outcomes, name))
    .filter((figures) => figures !== undefined)
    .sort((one, other) => other.meanReciprocalRank - one.meanReciprocalRank)
  const [best] = rivals
  const where = `(b) search at ${size.toLocaleString('en-US')}`
  if (linli === undefined || best === undefined) return { text: `${where}: not measured`, met: undefined }
  const faster = best.medianMs / linli.medianMs
  const ranks = `MRR ${linli.meanReciprocalRank.toFixed(3)} vs ${best.meanReciprocalRank.toFixed(3)}`
  return {
    text: `${where} vs ${best.name}, the best-ranking: ${times(faster)}, ${ranks} (goal ≥ ${speedGoal}×, no worse rank)`,
    met: faster >= speedGoal && linli.meanReciprocalRank >= best.meanReciprocalRank,
  }
}

function figuresOf(outcomes: Outcomes, name: EngineName): SearchFigures | undefined {
  const outcome = outcomes.get(name)
  return outcome?.finished ? outcome.value : undefined
}
