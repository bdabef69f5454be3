import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** The real bot in its own process, as an operator runs it: compiled, configured by the environment. */
const program = fileURLToPath(new URL('../../dist/bot/main.js', import.meta.url))

export type Environment = Readonly<Record<string, string>>

export interface BotProcess {
  /** Its account is logged in. */
  readonly up: Promise<void>
  /** kill -9, and wait until it is gone. */
  kill(): Promise<void>
  /** Asks it to stop; gives its exit code. */
  stop(): Promise<number | null>
  /** What it wrote to stderr so far. */
  errors(): string
}

export function startBot(environment: Environment): BotProcess {
  const child = spawn(process.execPath, [program, 'start'], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let errors = ''
  const up = new Promise<void>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (/ is up /u.test(line)) resolve()
    })
  })
  child.stderr.on('data', (chunk) => {
    errors = (errors + String(chunk)).slice(-20_000)
  })
  return {
    up,
    kill: async () => void (await end(child, 'SIGKILL')),
    stop: () => end(child, 'SIGTERM'),
    errors: () => errors,
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const gone = once(child, 'close')
    child.kill(signal)
    await gone
  }
  return child.exitCode
}

/** One command of the command line; its standard output. @throws when it fails, with what it said */
export function linli(environment: Environment, ...args: string[]): string {
  const run = spawnSync(process.execPath, [program, ...args], {
    env: { ...process.env, ...environment },
    encoding: 'utf8',
  })
  if (run.status !== 0) throw new Error(`linli ${args.join(' ')}: ${run.stderr}`)
  return run.stdout
}
