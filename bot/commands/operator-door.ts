import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { callRunningBot } from '../../adapters/local-socket/client.ts'
import { socketIsLookedAfter } from '../../adapters/local-socket/server.ts'
import { LockedError } from '../../adapters/storage/lowdb/lock.ts'
import { type Config, loadConfig } from '../config.ts'
import { type LocalDoor, LocalDoorError } from '../doors/local-request.ts'
import type { House, Lore } from '../house.ts'

/** How a command of the command line reaches the house, and what it prints with. */
export interface OperatorOptions {
  readonly root: string
  print(line: string): void
  warn(line: string): void
}

/** Two commands at once, or a bot that is just starting: a moment later one of them is through. */
const patience = 5_000
const pause = 250

/** Read only when no bot runs, which has it. */
export type LoreNeeded = (
  root: string,
  dataFolder: string,
) => Promise<Partial<Lore> & Partial<Pick<House, 'accounts'>>>

/** Through the running bot when there is one, else on the data folder itself. @throws LockedError */
export async function withDoor<T>(
  options: OperatorOptions,
  work: (door: LocalDoor, config: Config) => Promise<T>,
  lore?: LoreNeeded,
): Promise<T> {
  const config = loadConfig(options.root)
  const { door, close } = await openDoor(options, config, lore)
  try {
    return await work(door, config)
  } finally {
    await close()
  }
}

async function openDoor({ root, warn }: OperatorOptions, config: Config, needed?: LoreNeeded) {
  const until = Date.now() + patience
  for (;;) {
    const running = await callRunningBot(config.dataFolder)
    if (running) return { door: running, close: () => running.close() }
    const { openQuietHouse } = await import('./open-house.ts')
    const lore = await needed?.(root, config.dataFolder)
    try {
      return await openQuietHouse({ root, config, warn, lore })
    } catch (error) {
      if (!(error instanceof LockedError)) throw error
      if (Date.now() > until) throw unreachable(config.dataFolder, error)
      await wait(pause)
    }
  }
}

function unreachable(folder: string, error: LockedError): Error {
  const seconds = socketIsLookedAfter / 1000
  return new Error(
    `process ${error.holder ?? '?'} holds ${folder}, but its socket does not answer: when a bot's socket was deleted, it makes a new one within ${seconds} s; try again then, else stop that process`,
    { cause: error },
  )
}

/** Checked by the door that it is meant for. */
type Named = Readonly<Record<string, unknown>> & { readonly type: string }

/** What the commands of bot/doors/decide-command.ts tell of themselves. */
export interface CommandAnswer {
  readonly code?: string
  readonly person?: string
  readonly correction?: string
  readonly group?: string
  /** The account that it was, after `group.owner`. */
  readonly before?: string
  /** null: everywhere, after `question.answer`. */
  readonly place?: string | null
  /** Names, after `group.bind`. */
  readonly places?: string
  readonly tags?: string
  /** Names of api keys that are no longer good, after `apikey.revoke`. */
  readonly revoked?: string
  /** Names of what was made in one import, after `grid.import`. */
  readonly import?: string
  /** Ids of who is called the same already, after `roster.add`. */
  readonly namesakes?: string
  readonly name?: string
  readonly role?: string
  readonly messages?: number
  readonly tickets?: number
}

/**
 * One command, once: when the bot ends before it has answered, the same command with the same id goes to the
 * data itself, which knows whether it happened.
 */
export async function executeOnce(
  options: OperatorOptions,
  command: Named,
  lore?: LoreNeeded,
): Promise<CommandAnswer> {
  const request = { type: 'execute', id: `cli/${randomUUID()}`, command: { ...command } } as const
  const once = () => withDoor(options, (door) => door.ask(request), lore)
  try {
    return (await once()) as CommandAnswer
  } catch (error) {
    if (!(error instanceof LocalDoorError) || error.code !== 'gone') throw error
    return (await once()) as CommandAnswer
  }
}

export async function queryRows<T>(
  options: OperatorOptions,
  query: Named,
  lore?: LoreNeeded,
): Promise<readonly T[]> {
  const ask = async (door: LocalDoor) => (await door.ask({ type: 'query', query: { ...query } })) as T[]
  return withDoor(options, ask, lore)
}

/** Rows for people, one a line, or JSONL for machines. */
export function printRows<T extends object>(
  { print }: OperatorOptions,
  rows: readonly T[],
  json: boolean,
  { line, none }: { readonly line: (row: T) => string; readonly none: string },
): void {
  if (json) for (const row of rows) print(JSON.stringify(row))
  else if (rows.length === 0) print(none)
  else for (const row of rows) print(line(row))
}
