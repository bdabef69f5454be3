import type { ShowProgress } from './progress.ts'

/** What a command reads and writes. Tests pass their own. */
export interface Terminal {
  readonly input: NodeJS.ReadStream
  readonly output: NodeJS.WriteStream
  readonly errors: NodeJS.WritableStream
}

/** What every command is given. */
export interface Shell extends Omit<Terminal, 'errors'> {
  /** The folder of package.json. */
  readonly root: string
  print(line: string): void
  warn(line: string): void
  /** How far long work has come; only for people at a terminal. */
  readonly progress: ShowProgress
  /** The exit status of a command that did some of its work. */
  setStatus(status: number): void
}
