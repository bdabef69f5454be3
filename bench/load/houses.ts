import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { median } from '../statistics.ts'

export interface HouseFigures {
  /** Of all processes together. */
  readonly perSecond: number
  readonly cpuMs: number
  readonly medianMs: number
  readonly slowMs: number
}

interface OneHouse {
  readonly elapsedMs: number
  readonly cpuMs: number
  readonly medianMs: number
  readonly slowMs: number
}

/** So many bots at once on one store, each with `messages` of its own; the clock runs when all are ready. */
export async function runHouses(
  where: string,
  count: number,
  messages: number,
  first = 0,
): Promise<HouseFigures> {
  const houses = Array.from({ length: count }, (_, at) =>
    open([where, count, at, first + at * 100_000, messages]),
  )
  try {
    for (const house of houses) await house.ready
    const began = performance.now()
    for (const { child } of houses) child.send({ go: true })
    const results = await Promise.all(houses.map(({ result }) => result))
    const elapsed = performance.now() - began
    return {
      perSecond: (count * messages * 1000) / elapsed,
      cpuMs: median(results.map(({ cpuMs }) => cpuMs)),
      medianMs: median(results.map(({ medianMs }) => medianMs)),
      slowMs: Math.max(...results.map(({ slowMs }) => slowMs)),
    }
  } finally {
    for (const { child } of houses) child.kill('SIGKILL')
  }
}

interface House {
  readonly child: ChildProcess
  readonly ready: Promise<void>
  readonly result: Promise<OneHouse>
}

function open(args: readonly (string | number)[]): House {
  const path = fileURLToPath(new URL('house-process.ts', import.meta.url))
  const child = fork(path, args.map(String), {
    execArgv: ['--import', 'tsx', '--max-old-space-size=12000'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const next = async <T>(key: string): Promise<T> => {
    for (;;) {
      const ended = once(child, 'exit').then(() => {
        throw new Error(`a house of the bench ended before it told ${key}`)
      })
      const [told] = (await Promise.race([once(child, 'message'), ended])) as [Record<string, T>]
      if (key in told) return told[key] as T
    }
  }
  const ready = next<void>('ready')
  return { child, ready, result: ready.then(() => next<OneHouse>('result')) }
}
