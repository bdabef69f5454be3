import { tellReady, tellResult, usedMemory } from '../child.ts'
import { percentile } from '../statistics.ts'
import { type Engine, type Search, wanted } from './engine.ts'
import { loadSearchSet, type Question, type SearchSet } from './passages.ts'

/** One engine, one size: `engine-process.ts ENGINE SIZE`. Each engine is loaded only where it is measured. */

export interface SearchFigures {
  readonly name: string
  readonly buildMs: number
  readonly bytes: number
  /** Of one question. */
  readonly medianMs: number
  readonly slowMs: number
  readonly meanReciprocalRank: number
  readonly hitAt1: number
  readonly questions: number
}

export const engineNames = [
  'linli',
  'linli-bare',
  'minisearch',
  'minisearch-weighted',
  'flexsearch',
  'orama',
  'sqlite',
  'sqlite-weighted',
] as const
export type EngineName = (typeof engineNames)[number]

/** Rounds go on until then, so that the fast are not measured by a handful of microseconds. */
const queryBudgetMs = 1000
const mostRounds = 20

if (process.send) await main(process.argv[2] as EngineName, Number(process.argv[3]))

async function main(engineName: EngineName, size: number): Promise<void> {
  const set = await loadSearchSet(size)
  const engine = await loadEngine(engineName)
  tellReady()
  tellResult(await measureEngine(engine, set))
}

async function measureEngine(engine: Engine, { passages, questions }: SearchSet): Promise<SearchFigures> {
  const before = usedMemory()
  const began = performance.now()
  const search = await engine.build(passages)
  const buildMs = performance.now() - began
  const bytes = search.bytes ?? usedMemory() - before
  const ranks = await ranksOf(search, questions)
  const spent = await timeQuestions(search, questions)
  return {
    ...{ name: engine.name, buildMs, bytes },
    ...{ medianMs: percentile(spent, 0.5), slowMs: percentile(spent, 0.95) },
    meanReciprocalRank: mean(ranks.map((rank) => (rank < 0 ? 0 : 1 / (rank + 1)))),
    hitAt1: mean(ranks.map((rank) => Number(rank === 0))),
    questions: questions.length,
  }
}

/** Also the warming up. */
async function ranksOf(search: Search, questions: readonly Question[]): Promise<number[]> {
  const ranks: number[] = []
  for (const { text, expected } of questions) {
    const found = await search.find(text)
    ranks.push(found.slice(0, wanted).indexOf(expected))
  }
  return ranks
}

async function timeQuestions(search: Search, questions: readonly Question[]): Promise<number[]> {
  const spent: number[] = []
  const until = performance.now() + queryBudgetMs
  for (let round = 0; round < mostRounds && (round === 0 || performance.now() < until); round++)
    for (const { text } of questions) {
      const began = performance.now()
      const found = search.find(text)
      if (found instanceof Promise) await found
      spent.push(performance.now() - began)
    }
  return spent
}

async function loadEngine(name: EngineName): Promise<Engine> {
  switch (name) {
    case 'linli':
      return (await import('./engines/linli.ts')).linli({ synonyms: true })
    case 'linli-bare':
      return (await import('./engines/linli.ts')).linli({ synonyms: false })
    case 'minisearch':
      return (await import('./engines/minisearch.ts')).minisearch({ weighted: false })
    case 'minisearch-weighted':
      return (await import('./engines/minisearch.ts')).minisearch({ weighted: true })
    case 'flexsearch':
      return (await import('./engines/flexsearch.ts')).flexsearch
    case 'orama':
      return (await import('./engines/orama.ts')).orama
    case 'sqlite':
      return (await import('./engines/sqlite.ts')).sqlite({ weighted: false })
    case 'sqlite-weighted':
      return (await import('./engines/sqlite.ts')).sqlite({ weighted: true })
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
