import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface, type Interface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

export interface Child {
  readonly process: ChildProcess
  readonly lines: Interface
  /** The next line that it prints. */
  line(): Promise<string>
  /** kill -9, and wait until it is gone. */
  kill(): Promise<void>
}

/** Starts a program of this folder; it does not outlive the test. */
export function startChild(program: string, ...args: string[]): Child {
  const path = fileURLToPath(new URL(program, import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', path, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream })
  const kill = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const gone = once(child, 'close')
      child.kill('SIGKILL')
      await gone
    }
  }
  onTestFinished(kill)
  return { process: child, lines, line: async () => String((await once(lines, 'line'))[0]), kill }
}
