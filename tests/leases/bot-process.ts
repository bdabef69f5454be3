import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'
import { projectRoot } from '../../adapters/files/project-root.ts'

/** A real bot in its own process, as an operator starts it, without a build. */
export interface BotProcess {
  readonly pid: number
  /** It says that it runs. */
  readonly ready: Promise<void>
  /** Resolves when that account is said to be up. */
  up(account: string): Promise<void>
  /** Everything that it said so far. */
  said(): string
  isAlive(): boolean
  signal(signal: NodeJS.Signals): void
  /** kill -9, or a clean stop, and wait until it is gone. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null>
}

export function startBot(environment: Readonly<Record<string, string>>): BotProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', 'bot/main.ts', 'start'], {
    cwd: projectRoot(),
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(async () => void (await end(child, 'SIGKILL')))
  const lines: string[] = []
  const waiting: { readonly pattern: RegExp; found(): void }[] = []
  const heard = (line: string) => {
    lines.push(line)
    for (const each of waiting) if (each.pattern.test(line)) each.found()
  }
  createInterface({ input: child.stdout }).on('line', heard)
  createInterface({ input: child.stderr }).on('line', heard)
  const line = (pattern: RegExp) =>
    new Promise<void>((resolve, reject) => {
      if (lines.some((each) => pattern.test(each))) return resolve()
      waiting.push({ pattern, found: resolve })
      child.once('exit', () =>
        reject(new Error(`the bot ended before it said ${pattern}:\n${lines.join('\n')}`)),
      )
    })
  const ready = line(/^stop:/u)
  ready.catch(() => undefined)
  return {
    pid: child.pid ?? 0,
    ready,
    up: (account) => line(new RegExp(`^account ${account} is up `, 'u')),
    said: () => lines.join('\n'),
    isAlive: () => child.exitCode === null && child.signalCode === null,
    signal: (signal) => void child.kill(signal),
    end: (signal) => end(child, signal),
  }
}

/** `linli ...args` of the operator, without a build. @returns what it printed; rejects when it says no */
export async function runCommand(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<string> {
  const all = ['--import', 'tsx', 'bot/main.ts', ...args]
  const options = { cwd: projectRoot(), env: { ...process.env, ...environment } }
  return new Promise((resolve, reject) => {
    execFile(process.execPath, all, options, (error, stdout, stderr) => {
      if (error) reject(new Error(`linli ${args.join(' ')}: ${stderr}`, { cause: error }))
      else resolve(stdout)
    })
  })
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const gone = once(child, 'exit')
    // a paused process hears of nothing else
    if (signal !== 'SIGKILL') child.kill('SIGCONT')
    child.kill(signal)
    await gone
  }
  return child.exitCode
}
