import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ownKnowledgeIn } from '../../adapters/files/own-knowledge.ts'
import { callRunningBot } from '../../adapters/local-socket/client.ts'
import { type Config, loadConfig } from '../config.ts'
import type { LocalDoor } from '../doors/local-request.ts'
import type { Settings } from '../house.ts'
import { startHouse } from './open-house.ts'
import { talk } from './talk.ts'

/** `linli chat`: a neighbourhood in the terminal, through the running bot or one of its own. */
export interface ChatOptions {
  readonly root: string
  readonly input: NodeJS.ReadStream
  readonly output: NodeJS.WriteStream
  /** Bursts and gaps of 200 ms, for the impatient and for tests. */
  readonly fast: boolean
  /** A bot of its own even when one runs. */
  readonly alone: boolean
  /** Kept there between calls, with its own documents; a temporary folder without it. */
  readonly data?: string
  print(line: string): void
  warn(line: string): void
}

export async function chat(options: ChatOptions): Promise<number> {
  const { root, input, output, print } = options
  const config = loadConfig(root)
  const running =
    options.alone || options.data !== undefined ? undefined : await callRunningBot(config.dataFolder)
  if (!running) return chatAlone(options, config)
  try {
    if (input.isTTY) print(`talking to the running bot on ${config.dataFolder}; /帮助 shows what you can do`)
    await assertSimulated(running)
    await talk({ door: running, input, output })
    return 0
  } finally {
    await running.close()
  }
}

async function assertSimulated(door: LocalDoor): Promise<void> {
  const { puppet } = (await door.ask({ type: 'hello' })) as { readonly puppet?: string }
  if (puppet === 'sim') return
  throw new Error(
    `the running bot talks to WeChat (puppet ${puppet}), and nobody may put words in people's mouths there: use linli chat --alone`,
  )
}

async function chatAlone(options: ChatOptions, config: Config): Promise<number> {
  const { root, input, output, print, warn, fast } = options
  const dataFolder = options.data ?? (await mkdtemp(join(tmpdir(), 'linli-chat-')))
  const settings = { ...(fast ? fastSettings(config.settings) : config.settings), bindRoomsThemselves: true }
  // its own folder, its own documents
  const { database: _, ...rest } = config
  const own: Config = { ...rest, dataFolder, puppet: { kind: 'sim' }, settings }
  try {
    const house = await startHouse({
      ...{ root, config: own, warn, knowledge: ownKnowledgeIn(options.data ?? config.dataFolder) },
      onLink: () => undefined,
      onEnd: (error) => error && warn(error.message),
    })
    try {
      if (input.isTTY)
        print(
          `a neighbourhood of its own, ${options.data === undefined ? 'forgotten when you leave' : `kept in ${dataFolder}`}; /帮助 shows what you can do`,
        )
      await talk({ door: house.door, input, output })
    } finally {
      await house.close()
    }
    return 0
  } finally {
    if (options.data === undefined) await rm(dataFolder, { recursive: true, force: true })
  }
}

const fastGap = 200

function fastSettings(settings: Settings): Settings {
  return {
    ...settings,
    burst: { afterLast: fastGap, atMost: 10 * fastGap, mentioned: fastGap },
    pace: { ...settings.pace, reply: fastGap, notice: fastGap, group: fastGap, jitter: 0 },
  }
}
