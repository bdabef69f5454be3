/** Drives a simulated gateway in a second process, over its JSONL protocol. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const SCRIPT = fileURLToPath(new URL('../../adapters/wechat/sim-gateway-process.ts', import.meta.url))

export type Answer = Record<string, unknown>

export class GatewayProcess {
  readonly #child: ChildProcess
  readonly #waiting: ((answer: Answer) => void)[] = []
  readonly exited: Promise<void>

  static async start(port: number, token: string): Promise<GatewayProcess> {
    const gateway = new GatewayProcess(port, token)
    await gateway.#next()
    return gateway
  }

  private constructor(port: number, token: string) {
    this.#child = spawn(process.execPath, ['--import', 'tsx', SCRIPT, String(port), token], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    this.exited = new Promise((resolve) => this.#child.once('exit', () => resolve()))
    if (!this.#child.stdout) throw new Error('no stdout')
    createInterface({ input: this.#child.stdout }).on('line', (line) => {
      this.#waiting.shift()?.(JSON.parse(line) as Answer)
    })
  }

  /** @throws when the gateway says no */
  async do(command: object): Promise<Answer> {
    const answer = this.#next()
    this.#child.stdin?.write(`${JSON.stringify(command)}\n`)
    const said = await answer
    if (said['ok'] !== true) throw new Error(String(said['error']))
    return said
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL')
    await this.exited
  }

  #next(): Promise<Answer> {
    return new Promise((resolve) => this.#waiting.push(resolve))
  }
}
