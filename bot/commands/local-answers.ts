import { resolve } from 'node:path'
import { ZodError } from 'zod'
import { readingKnowledge } from '../../adapters/files/knowledge-changes.ts'
import { ownKnowledgeIn } from '../../adapters/files/own-knowledge.ts'
import { backup } from '../../adapters/storage/lowdb/backup.ts'
import type { Photos } from '../../adapters/storage/photos.ts'
import { describeIssue } from '../../adapters/zod-issue.ts'
import type { Actor } from '../doors/command.ts'
import { execute } from '../doors/execute.ts'
import { type Answerable, type LocalDoor, LocalDoorError } from '../doors/local-request.ts'
import { query } from '../doors/query.ts'
import type { Happening } from '../happening.ts'
import type { House } from '../house.ts'
import { type WatchEvent, watchEventOf } from '../watching.ts'
import type { HouseStore } from './open-store.ts'
import { act, type SimStage } from './sim-acts.ts'
import { backupContents, namedPhotos } from './upkeep.ts'

/** The operator's door to a house in this process; the socket only carries what is asked and answered here. */
export interface LocalAnswersOptions {
  readonly house: House
  readonly store: HouseStore
  readonly photos: Photos
  /** What a greeting tells about the bot: puppet, data folder. */
  readonly about: Readonly<Record<string, string>>
  /** Only with the simulated puppet. */
  readonly stage?: SimStage
  /** Only in a running bot. */
  stop?(): void
  /** Only in a running bot. */
  reloadKnowledge?(): Promise<unknown>
}

const operator: Actor = { kind: 'operator' }

export interface LocalAnswers extends LocalDoor {
  /** To be told by the house. */
  observe(happening: Happening): void
}

export function createLocalAnswers(options: LocalAnswersOptions): LocalAnswers {
  const listeners = new Set<(event: WatchEvent) => void>()
  // names are looked up, and what happened first must still be told first
  let telling: Promise<void> = Promise.resolve()
  const tell = async (happening: Happening) => {
    const event = await watchEventOf(options.house.store, happening)
    if (event) for (const listener of listeners) listener(event)
  }
  return {
    observe(happening) {
      if (listeners.size > 0) telling = telling.then(() => tell(happening))
    },
    async ask(request) {
      const answer = await answered(options, request)
      // who rests wants to have heard everything
      await telling
      return answer
    },
    async watch(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: async () => listeners.clear(),
  }
}

async function answered(options: LocalAnswersOptions, request: Answerable): Promise<unknown> {
  try {
    return await answer(options, request)
  } catch (error) {
    if (!(error instanceof ZodError)) throw error
    const faults = error.issues.map((issue) => describeIssue(issue, checkedPart(request), request.type))
    throw new LocalDoorError(faults.join('; '), { code: 'bad-request', cause: error })
  }
}

/** What the schema that complained has seen. */
function checkedPart(request: Answerable): unknown {
  if (request.type === 'execute') return request.command
  return request.type === 'query' ? request.query : request
}

async function answer(options: LocalAnswersOptions, request: Answerable): Promise<unknown> {
  const { house, store, stage } = options
  switch (request.type) {
    case 'hello':
      return { pid: process.pid, ...options.about }
    case 'execute':
      return ['person.erase', 'ticket.erase'].includes(request.command.type)
        ? eraseWithPhotos(options, request.id, request.command)
        : execute(house, operator, request.id, request.command)
    case 'query':
      return query(house, operator, request.query)
    case 'sim':
      if (stage) return act(stage, request.act)
      throw new LocalDoorError('this bot talks to WeChat, not to the simulated one', { code: 'unlawful' })
    case 'backup':
      // not in the middle of an import
      return readingKnowledge(ownKnowledgeIn(store.folder), () =>
        backup(store, resolve(request.folder), { now: house.now(), contents: backupContents }),
      )
    case 'knowledge.reload':
      if (!options.reloadKnowledge) throw new LocalDoorError('no bot is running', { code: 'unlawful' })
      return options.reloadKnowledge()
    case 'stop':
      if (!options.stop) throw new LocalDoorError('no bot is running', { code: 'unlawful' })
      options.stop()
      return {}
  }
}

/** Erased means erased: the pictures go now, not with the next sweep. */
async function eraseWithPhotos(
  { house, store, photos }: LocalAnswersOptions,
  id: string,
  command: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const before = await namedPhotos(store)
  const result = await execute(house, operator, id, command)
  const still = await namedPhotos(store)
  for (const file of before) if (!still.has(file)) await photos.remove(file)
  // the journal still has every word that was ever said
  await store.compact()
  return result
}
