import { randomBytes, randomInt } from 'node:crypto'
import { join } from 'node:path'
import { loadLore } from '../../adapters/files/lore.ts'
import { ownKnowledgeIn } from '../../adapters/files/own-knowledge.ts'
import { createModel, type ModelServer } from '../../adapters/llm/open-ai-model.ts'
import { openReportPress } from '../../adapters/reports/press.ts'
import { openAttachments } from '../../adapters/storage/attachments.ts'
import { openPhotos, type Photos } from '../../adapters/storage/photos.ts'
import { maskPersonalData } from '../../intents/personal-data.ts'
import { type GarbageBook, UnknownRegionError } from '../../knowledge/garbage/sorting.ts'
import { type Config, ConfigError } from '../config.ts'
import type { LocalDoor } from '../doors/local-request.ts'
import type { Happening } from '../happening.ts'
import type { House, Lore } from '../house.ts'
import { createLiveBot } from '../live.ts'
import type { Chat, ChatEvent } from '../ports/chat.ts'
import { StoreFailedError } from '../ports/store.ts'
import { calendarWarning, warningCalendar } from './calendar-warning.ts'
import { type ConfiguredAccounts, onlyAccount } from './configured-accounts.ts'
import { createReloadableKnowledge, type ReloadableKnowledge } from './knowledge-reload.ts'
import { followLearning, type LearnedUnderstanding } from './learned-understanding.ts'
import { createLocalAnswers } from './local-answers.ts'
import { keepSpend, spentToday } from './model-spend.ts'
import { openChats } from './open-chats.ts'
import { openForwarding, readRules } from './open-forwarding.ts'
import { type OpenLikeness, openLikeness } from './open-likeness.ts'
import { type HouseStore, openHouseStore } from './open-store.ts'
import { houseWithoutLore } from './quiet-lore.ts'
import { settleNeighbourhood } from './sim-neighbourhood.ts'
import { startUpkeep } from './upkeep.ts'

/** The house put together from the configuration: the data alone, or with the bot in it. */
export interface OpenHouseOptions {
  readonly root: string
  readonly config: Config
  /** One line for the operator. */
  readonly warn: (line: string) => void
}

export interface OpenHouse {
  readonly door: LocalDoor
  close(): Promise<void>
}

/** For commands while no bot runs. `lore`: what the command itself is about. @throws LockedError */
export async function openQuietHouse(
  options: OpenHouseOptions & {
    readonly lore?: (Partial<Lore> & Partial<Pick<House, 'accounts'>>) | undefined
  },
): Promise<OpenHouse> {
  const { dataFolder, settings } = options.config
  const store = await openHouseStore(options.config, options.warn)
  const photos = await openPhotos(join(dataFolder, 'photos'))
  const rules = await readRules(options)
  const house = houseWithoutLore({
    ...{ store, photos, settings, chats: [], observe: () => undefined },
    attachments: openAttachments(join(dataFolder, 'attachments')),
    ...{ now: Date.now, random: cryptographicRandom, salt: cryptographicSalt },
    ...options.lore,
    get forwarding() {
      return rules()
    },
  })
  const door = createLocalAnswers({ house, store, photos, about: aboutOf(options.config) })
  return {
    door,
    async close() {
      await door.close()
      await store.close()
    },
  }
}

export interface RunningHouseOptions extends OpenHouseOptions {
  /** Default: the one account that the configuration names. */
  readonly accounts?: ConfiguredAccounts
  /** Told of what the link does: login codes, going up and down. */
  onLink(chat: Chat, event: ChatEvent): void
  /** Warn of a calendar that will soon be needed. Default: no. */
  readonly lookAhead?: boolean
  /** The community's own documents. Default: knowledge/ in the data folder. */
  readonly knowledge?: string
  /** Before anything happens: who watches from here on misses nothing of the recovery after a crash. */
  onDoor?(door: LocalDoor): Promise<void>
  /** Called when the process should end: somebody asked, or (with an error) the store takes nothing more. */
  onEnd(error?: Error): void
}

export interface RunningHouse extends OpenHouse {
  /** For the other doors of the same process: HTTP. */
  readonly house: House
  /** Called with whatever happens from now on. */
  onHappening(listener: (happening: Happening) => void): void
}

/** The bot, listening. @throws LockedError */
export async function startHouse(options: RunningHouseOptions): Promise<RunningHouse> {
  const { onEnd, onLink, onDoor, accounts = onlyAccount(options.config) } = options
  const config = withAccounts(options.config, accounts)
  const warn = (line: string) => options.warn(maskPersonalData(line.replaceAll('\n', ' ')))
  const { parts, leases, stage: sims, world } = await openChats(accounts, config)
  const observers: ((happening: Happening) => void)[] = []
  const observe = (happening: Happening) => {
    if (happening.type === 'trouble') warn(happening.text)
    for (const observer of observers) observer(happening)
  }
  const { house, store, photos, model, learning, documents, likeness } = await openParts(
    { ...options, config, warn },
    { ...parts, observe },
  )
  const onFailure = (error: unknown) => {
    warn(error instanceof Error ? error.message : String(error))
    if (error instanceof StoreFailedError) onEnd(error)
  }
  const bot = createLiveBot(house, { onFailure, onEvent: onLink, ...(leases && { leases }) })
  const stage = world && { world, chats: sims, store, bot, folder: config.dataFolder }
  const about = aboutOf(config, accounts.kind)
  const answers = createLocalAnswers({
    ...{ house, store, photos, about, stop: onEnd, reloadKnowledge: documents.reload },
    ...(stage && { stage }),
  })
  observers.push(answers.observe)
  await onDoor?.(answers)
  try {
    if (world) await settleNeighbourhood(store, world)
    await bot.start()
    if (world) await Promise.all(sims.map((chat) => chat.settled()))
  } catch (error) {
    await store.close()
    throw error
  }
  const upkeep = startUpkeep({ store, photos, now: Date.now, warn })
  const lastSpend = model && keepSpend(store, model, onFailure)
  return {
    ...{ door: answers, house },
    onHappening: (listener) => observers.push(listener),
    async close() {
      await bot.stop()
      await upkeep.stop()
      learning.stop()
      await likeness?.stop()
      await lastSpend?.()
      await answers.close()
      await store.close()
    },
  }
}

interface Parts {
  readonly house: House
  readonly store: HouseStore
  readonly photos: Photos
  readonly model?: ModelServer | undefined
  readonly learning: LearnedUnderstanding
  readonly documents: ReloadableKnowledge
  readonly likeness?: OpenLikeness | undefined
}

async function openParts(
  options: OpenHouseOptions & Pick<RunningHouseOptions, 'lookAhead' | 'knowledge'>,
  parts: Pick<House, 'chats' | 'accounts' | 'isHere' | 'observe'>,
): Promise<Parts> {
  const { root, config, warn, lookAhead = false } = options
  const { dataFolder, settings } = config
  const own = options.knowledge ?? ownKnowledgeIn(dataFolder)
  const loaded = await loadLore(root, { region: settings.region, dataFolder, knowledge: own, warn })
  assertRegion(loaded.garbage, settings.region)
  const early = lookAhead ? calendarWarning(loaded.calendar, Date.now()) : undefined
  if (early !== undefined) warn(early)
  const learning = await followLearning(loaded, { root, dataFolder, warn })
  const documents = createReloadableKnowledge(loaded.knowledge, { root, own })
  const { knowledge } = documents
  const lore = { ...loaded, ...learning.lore, knowledge, calendar: warningCalendar(loaded.calendar, warn) }
  const others = await openForwarding(options, loaded.texts)
  const store = await openHouseStore(config, warn)
  const photos = await openPhotos(join(dataFolder, 'photos'))
  const model = await modelOf(config, store, warn)
  const likeness = await openLikeness({ root, own, config, model, warn })
  const house: House = {
    ...{ ...lore, ...others, ...parts, store, photos, settings },
    reportPress: openReportPress(join(dataFolder, 'reports')),
    attachments: openAttachments(join(dataFolder, 'attachments')),
    ...{ now: Date.now, random: cryptographicRandom, salt: cryptographicSalt },
    ...(model && { model }),
    ...(likeness && { likenessTo: likeness.likenessTo }),
  }
  return { house, store, photos, model, learning, documents, likeness }
}

/** @throws ConfigError naming the cities that are known */
export function assertRegion(book: GarbageBook, region: string | undefined): void {
  try {
    book.categoryName('residual', region)
  } catch (error) {
    if (!(error instanceof UnknownRegionError)) throw error
    throw new ConfigError([`LINLI_REGION: ${error.message}; leave it out for the national rules`], {
      cause: error,
    })
  }
}

async function modelOf(
  { model }: Config,
  store: HouseStore,
  warn: (line: string) => void,
): Promise<ModelServer | undefined> {
  if (!model) return undefined
  const { callsPerDay, ...server } = model
  const spent = await spentToday(store, Date.now())
  const dailyBudget = { calls: callsPerDay }
  return createModel({ ...server, dailyBudget, spent, now: Date.now, onTrouble: warn })
}

/** Codes come from it, so it must not be guessable. */
function cryptographicRandom(): number {
  const steps = 2 ** 47
  return randomInt(steps) / steps
}

function cryptographicSalt(): string {
  return randomBytes(16).toString('hex')
}

/** Only in the simulated WeChat do rooms bind themselves, whatever LINLI_PUPPET says beside a list of accounts. */
function withAccounts(config: Config, { kind }: ConfiguredAccounts): Config {
  return { ...config, settings: { ...config.settings, bindRoomsThemselves: kind === 'sim' } }
}

function aboutOf({ puppet, dataFolder }: Config, kind: string = puppet.kind) {
  return { puppet: kind, data: dataFolder }
}
