import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/**
 * Every measurement has a process of its own, so that nobody's garbage is collected in somebody else's time.
 * It tells `{ ready: true }` when its preparation is over, and in the end `{ result }`.
 */
export type ChildMessage = { readonly ready: true } | { readonly result: unknown }

export type Measured<T> =
  | { readonly finished: true; readonly value: T }
  /** `why`: over 60 s, over 2 GB, or the end of its stderr. */
  | { readonly finished: false; readonly why: string }

export const limitSeconds = 60
const limitMegabytes = 2048

/** Runs one script of the bench. The limit counts from `ready`. */
export function measure<T>(
  script: string,
  args: readonly (string | number)[],
  { seconds = limitSeconds, megabytes = limitMegabytes } = {},
): Promise<Measured<T>> {
  const path = fileURLToPath(new URL(script, import.meta.url))
  const child = fork(path, args.map(String), {
    execArgv: ['--import', 'tsx', '--expose-gc', `--max-old-space-size=${megabytes}`],
    // stdout is ours alone: nlp.js tells of every epoch there.
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  return new Promise((resolve) => {
    let complaints = ''
    let measured: Measured<T> | undefined
    let limit: NodeJS.Timeout | undefined
    child.stderr?.on('data', (piece: Buffer) => {
      complaints = (complaints + piece.toString()).slice(-2000)
    })
    child.on('message', (message: ChildMessage) => {
      if ('result' in message) {
        measured = { finished: true, value: message.result as T }
        return
      }
      limit = setTimeout(() => {
        measured ??= { finished: false, why: `over ${seconds} s` }
        child.kill('SIGKILL')
      }, seconds * 1000)
    })
    child.on('exit', () => {
      clearTimeout(limit)
      resolve(measured ?? { finished: false, why: reasonIn(complaints, megabytes) })
    })
  })
}

/** For the child: preparation is over, the clock may run. */
export function tellReady(): void {
  process.send?.({ ready: true } satisfies ChildMessage)
}

/** For the child: what came of it; then it ends. */
export function tellResult(result: unknown): void {
  process.send?.({ result } satisfies ChildMessage, () => process.exit(0))
}

/** Bytes in use after a full collection; `external` contains the array buffers already. */
export function usedMemory(): number {
  if (!globalThis.gc) throw new Error('expected --expose-gc, but gc is not there: start through child.ts')
  for (let round = 0; round < 4; round++) globalThis.gc()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

function reasonIn(complaints: string, megabytes: number): string {
  if (/heap out of memory|Allocation failed/i.test(complaints)) return `over ${megabytes / 1024} GB`
  return `crashed: ${complaints.trim().split('\n').slice(-8).join(' / ') || 'without a word'}`
}
