import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { measureCommits } from './commits/part.ts'
import { installCompetitors } from './install.ts'
import { measureLoad } from './load/part.ts'
import { measureReplies } from './replies/part.ts'
import { type Goal, type Part, renderGoal, renderReport } from './report.ts'
import { measureSearch } from './search/part.ts'
import { measureUnderstanding } from './understanding/part.ts'

/**
 * `npm run bench [-- PART…] [-- --quick]`: LinLi beside its competitors, in one run on one machine.
 * Tables go to stdout, progress to stderr. A goal that is missed is a result, not an error.
 */

const parts: Readonly<Record<string, Part>> = {
  replies: measureReplies,
  search: measureSearch,
  commits: measureCommits,
  understanding: measureUnderstanding,
  load: measureLoad,
}

await main()

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { quick: { type: 'boolean', default: false } },
    allowPositionals: true,
  })
  const chosen = positionals.length > 0 ? positionals : Object.keys(parts)
  const unknown = chosen.filter((name) => !Object.hasOwn(parts, name))
  if (unknown.length > 0) {
    console.error(`expected ${Object.keys(parts).join(', ')} or nothing for all, got ${unknown.join(', ')}`)
    process.exitCode = 2
    return
  }
  installCompetitors(values)
  console.log(`# LinLi bench, ${new Date().toISOString().slice(0, 10)}\n\n${machine()}\n`)
  const goals: Goal[] = []
  for (const name of chosen) {
    const began = performance.now()
    const progress = (text: string) => console.error(`bench: ${name}: ${text}`)
    const report = await (parts[name] as Part)({ quick: values.quick, progress })
    console.log(renderReport(report))
    progress(`took ${Math.round((performance.now() - began) / 1000)} s`)
    goals.push(...report.goals)
  }
  console.log(goals.map(renderGoal).join('\n'))
}

function machine(): string {
  const gigabytes = Math.round(totalmem() / 2 ** 30)
  return `Node ${process.versions.node}, ${cpus().length} cores, ${gigabytes} GB, ${process.platform}. Only the ratios mean something.`
}
