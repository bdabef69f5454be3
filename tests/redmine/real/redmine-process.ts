import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

/** A real Redmine in a folder of its own. */
const script = fileURLToPath(new URL('../start-redmine.sh', import.meta.url))

const started = z.object({
  url: z.url(),
  pid: z.int(),
  keys: z.object({ linli: z.string(), chief: z.string(), clerk: z.string(), stranger: z.string() }),
})
export type StartedRedmine = z.output<typeof started>

/** The first time this installs and seeds: minutes. @throws with what the script said */
export async function startRedmine(folder: string): Promise<StartedRedmine> {
  return started.parse(JSON.parse(await run('start', folder)))
}

export async function stopRedmine(folder: string): Promise<void> {
  await run('stop', folder)
}

/** kill -9, and wait until it is gone. */
export async function killRedmine({ pid }: StartedRedmine): Promise<void> {
  process.kill(pid, 'SIGKILL')
  while (isAlive(pid)) await sleep(10)
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

async function run(...args: readonly string[]): Promise<string> {
  const child = spawn(script, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  let errors = ''
  child.stdout.on('data', (chunk) => {
    output += String(chunk)
  })
  child.stderr.on('data', (chunk) => {
    errors += String(chunk)
  })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`start-redmine.sh ${args.join(' ')}: ${errors}`)
  return output
}
