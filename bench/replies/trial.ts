import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { projectRoot } from '../../adapters/files/project-root.ts'
import type { BotTold, GatewayTold, Load, LoadFigures } from './protocol.ts'

/** One gateway, one bot, some loads: three processes with this one, all fresh and all ended afterwards. */

export interface LoadOutcome extends LoadFigures {
  readonly perSecond: number
  /** Of the bot's process, for each reply. */
  readonly cpuMs: number
}

export type BotName = 'linli' | 'echo'

/** @throws when a process ends before it should, or a bot answers nothing */
export async function runTrial(
  bot: BotName,
  warmUp: Load,
  loads: readonly Load[],
): Promise<readonly LoadOutcome[]> {
  // A folder for what the bot keeps: LinLi its store, Wechaty its contacts under the home folder.
  const parent = join(projectRoot(), 'bench', 'node_modules', '.measured')
  await mkdir(parent, { recursive: true })
  const folder = await mkdtemp(join(parent, 'replies-'))
  const port = await freePort()
  const token = 'insecure_00000000-0000-4000-8000-000000000000'
  const children: Child[] = []
  try {
    const gateway = new Child('gateway-process.ts', [String(port), token], folder)
    children.push(gateway)
    await gateway.next()
    const client = new Child(`${bot}-process.ts`, [`127.0.0.1:${port}`, token, folder], folder)
    children.push(client)
    await client.next()
    await gateway.ask(warmUp)
    const outcomes: LoadOutcome[] = []
    for (const load of loads) outcomes.push(await runLoad(gateway, client, load))
    return outcomes
  } finally {
    for (const child of children) await child.end()
    await rm(folder, { recursive: true, force: true })
  }
}

async function runLoad(gateway: Child, client: Child, load: Load): Promise<LoadOutcome> {
  const before = (await client.ask({})) as { cpuMs: number }
  const { figures } = (await gateway.ask(load)) as { figures: LoadFigures }
  if (figures.replies === 0) throw new Error(`expected replies, but none came: ${client.complaints}`)
  const after = (await client.ask({})) as { cpuMs: number }
  return {
    ...figures,
    perSecond: (figures.replies / figures.elapsedMs) * 1000,
    cpuMs: (after.cpuMs - before.cpuMs) / Math.max(1, figures.replies),
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('expected a port, got none')
  return address.port
}

/** A script of this folder that answers in order. */
class Child {
  readonly #process: ChildProcess
  readonly #told: (GatewayTold | BotTold)[] = []
  readonly #waiting: PromiseWithResolversOf<GatewayTold | BotTold>[] = []
  #complaints = ''

  constructor(script: string, args: readonly string[], home: string) {
    const path = fileURLToPath(new URL(script, import.meta.url))
    this.#process = fork(path, [...args], {
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: { ...process.env, HOME: home, WECHATY_LOG: 'silent' },
    })
    this.#process.stderr?.on('data', (piece: Buffer) => {
      this.#complaints = (this.#complaints + piece.toString()).slice(-2000)
    })
    this.#process.on('message', (told: GatewayTold | BotTold) => {
      const waiting = this.#waiting.shift()
      if (waiting) waiting.resolve(told)
      else this.#told.push(told)
    })
    this.#process.on('exit', () => {
      const error = new Error(`${script} ended: ${this.complaints}`)
      for (const waiting of this.#waiting.splice(0)) waiting.reject(error)
    })
  }

  /** The end of what it wrote to stderr. */
  get complaints(): string {
    return this.#complaints.trim() || 'it wrote nothing to stderr'
  }

  next(): Promise<GatewayTold | BotTold> {
    const told = this.#told.shift()
    if (told) return Promise.resolve(told)
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }))
  }

  ask(question: Load | object): Promise<GatewayTold | BotTold> {
    this.#process.send(question)
    return this.next()
  }

  async end(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return
    this.#process.kill('SIGKILL')
    await once(this.#process, 'exit')
  }
}

interface PromiseWithResolversOf<T> {
  resolve(value: T): void
  reject(error: Error): void
}
