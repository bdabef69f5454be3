import { figure, type Goal, type Report, type RunOptions, times } from '../report.ts'
import { median } from '../statistics.ts'
import type { Load } from './protocol.ts'
import { type BotName, type LoadOutcome, runTrial } from './trial.ts'

/** (a) Replies a second over the gateway link: the whole bot beside a bare echo bot. */

const goalRatio = 0.9

/** Until the code that runs is compiled: a bot that has been up for a minute is what is compared. */
const warmUp = 2000

const bots: readonly BotName[] = ['echo', 'linli']

interface NamedLoad extends Load {
  readonly name: string
}

/** The goal is judged by the one that a busy evening is most like. */
const judged = '64 in flight'

function loadsOf(quick: boolean): readonly NamedLoad[] {
  return [
    { name: 'one at a time', messages: quick ? 100 : 200, inFlight: 1 },
    { name: judged, messages: quick ? 500 : 1000, inFlight: 64 },
    { name: quick ? '500 at once' : '1,000 at once', ...all(quick ? 500 : 1000) },
  ]
}

function all(messages: number): Load {
  return { messages, inFlight: messages }
}

type Rounds = Record<BotName, LoadOutcome[]>

export async function measureReplies({ quick, progress }: RunOptions): Promise<Report> {
  const loads = loadsOf(quick)
  const rounds = quick ? 2 : 5
  const outcomes = loads.map((): Rounds => ({ echo: [], linli: [] }))
  for (let round = 0; round < rounds; round++)
    for (const bot of bots) {
      progress(`${bot}, round ${round + 1} of ${rounds}`)
      const trial = await runTrial(bot, { messages: quick ? 600 : warmUp, inFlight: 64 }, loads)
      for (const [at, outcome] of trial.entries()) outcomes[at]?.[bot].push(outcome)
    }
  const header = ['', 'echo replies/s', 'LinLi replies/s', 'ratio', 'of rounds', 'CPU a reply', 'unanswered']
  const rows = loads.map((load, at) => rowOf(load, outcomes[at] as Rounds))
  const at = loads.findIndex(({ name }) => name === judged)
  const goals = [goalOf(outcomes[at] as Rounds)]
  return { title: '(a) Replies over the gateway link', notes: [how], tables: [{ header, rows }], goals }
}

const how =
  'Three processes: the simulated puppet behind a real PuppetServer, this bench, and a bot. LinLi whole, with its ' +
  'durable store, burst and gaps at zero, answers garbage and policy questions that mention it, in 20 groups; the ' +
  'echo is bare Wechaty, `message.say("x")`. Fresh processes, turns, medians; `ratio` is LinLi over echo of one ' +
  'round (goal: its median), `CPU a reply` the time of the bot’s process, LinLi over echo.'

function rowOf({ name, messages }: NamedLoad, rounds: Rounds): string[] {
  const ratios = ratiosOf(rounds, (outcome) => outcome.perSecond)
  const cpu = median(ratiosOf(rounds, (outcome) => outcome.cpuMs))
  const missing = (bot: BotName) => rounds[bot].reduce((sum, { replies }) => sum + messages - replies, 0)
  return [
    name,
    figure(median(rounds.echo.map(({ perSecond }) => perSecond))),
    figure(median(rounds.linli.map(({ perSecond }) => perSecond))),
    median(ratios).toFixed(2),
    ratios.map((ratio) => ratio.toFixed(2)).join(' '),
    `${times(cpu)} (${figure(median(rounds.linli.map(({ cpuMs }) => cpuMs)))} ms)`,
    `echo ${missing('echo')}, LinLi ${missing('linli')}`,
  ]
}

function ratiosOf(rounds: Rounds, read: (outcome: LoadOutcome) => number): number[] {
  return rounds.linli.map((linli, round) => read(linli) / read(rounds.echo[round] as LoadOutcome))
}

function goalOf(rounds: Rounds): Goal {
  const ratio = median(ratiosOf(rounds, (outcome) => outcome.perSecond))
  return { text: `(a) replies vs echo: ${ratio.toFixed(2)} (goal ≥ ${goalRatio})`, met: ratio >= goalRatio }
}
