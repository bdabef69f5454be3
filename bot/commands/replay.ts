import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadLore } from '../../adapters/files/lore.ts'
import { openLowdbStore } from '../../adapters/storage/lowdb/store.ts'
import { createWechatChat, type WechatChat } from '../../adapters/wechat/link.ts'
import { SimPuppet } from '../../adapters/wechat/sim-puppet.ts'
import { SimWorld } from '../../adapters/wechat/sim-world.ts'
import type { Group, Person } from '../documents.ts'
import { createEngine, type Engine } from '../engine.ts'
import { defaultSettings, type House, type Lore } from '../house.ts'
import type { Store } from '../ports/store.ts'
import { type Action, createActionLog } from '../replay/actions.ts'
import { seededRandom } from '../replay/seeded-random.ts'
import { parseTranscript, type TranscriptLine } from '../replay/transcript.ts'
import * as world from '../replay/world.ts'
import { schema } from '../schema.ts'

/** Runs a transcript through the whole bot on virtual time, and prints what it did, one action a line. */

export interface ReplayOptions {
  readonly file: string
  /** Kept between runs; a temporary folder without it. */
  readonly data?: string
  readonly root: string
  readonly print: (line: string) => void
  /** What is known already, for several replays in one process; read from `root` when absent. */
  readonly lore?: Lore
}

const afterwards = 3_600_000
const seed = 20_261_120

/** @throws TranscriptError when a line is bad: nothing is done then */
export async function replay({ file, data, root, print, lore }: ReplayOptions): Promise<void> {
  const lines = parseTranscript(file, await readFile(file))
  const folder = data ?? (await mkdtemp(join(tmpdir(), 'linli-replay-')))
  try {
    const known = lore ?? (await loadLore(root))
    await replayInto(folder, lines, known, (action) => print(JSON.stringify(action)))
  } finally {
    if (data === undefined) await rm(folder, { recursive: true, force: true })
  }
}

interface Stage {
  readonly store: Store
  readonly chat: WechatChat
  readonly simulated: SimWorld
  readonly engine: Engine
  readonly clock: { now: number }
  readonly observe: House['observe']
}

async function replayInto(
  folder: string,
  lines: readonly TranscriptLine[],
  lore: Lore,
  print: (action: Action) => void,
): Promise<void> {
  const clock = { now: lines[0]?.at ?? 0 }
  const store = await openLowdbStore({ folder, schema, now: () => clock.now })
  try {
    const fresh = await unknownLines(store, lines)
    const stage = setStage(store, lore, clock, await castOf(store, lines), print)
    clock.now = Math.min(fresh[0]?.at ?? clock.now, (await stage.engine.nextDue()) ?? clock.now)
    await writeFoundation(stage, lines)
    await play(stage, fresh, (lines.at(-1)?.at ?? clock.now) + afterwards)
  } finally {
    await store.close()
  }
}

/** Whatever happens, the chat is let go of: it would keep the process alive. */
async function play(stage: Stage, fresh: readonly TranscriptLine[], until: number): Promise<void> {
  const { chat, clock, engine } = stage
  await chat.start()
  try {
    await chat.settled()
    for (const line of fresh) {
      await runUntil(stage, line.at - 1)
      clock.now = line.at
      await say(stage, line)
      await engine.runDue()
      await chat.settled()
    }
    await runUntil(stage, until)
  } finally {
    await chat.stop()
  }
}

async function unknownLines(
  store: Store,
  lines: readonly TranscriptLine[],
): Promise<readonly TranscriptLine[]> {
  const fresh: TranscriptLine[] = []
  for (const line of lines) if (!(await store.get('inbox', `${world.account}/${line.id}`))) fresh.push(line)
  return fresh
}

/** Who and where: those of the transcript, and those that an earlier replay left in the data. */
interface Cast {
  readonly people: readonly string[]
  readonly groups: readonly string[]
  readonly lines: readonly TranscriptLine[]
}

async function castOf(store: Store, lines: readonly TranscriptLine[]): Promise<Cast> {
  const people = await store.find<Person>('people', { limit: 10_000 })
  const groups = await store.find<Group>('groups', { limit: 10_000 })
  const names = (documents: readonly { readonly name: string }[]) => documents.map(({ name }) => name)
  return {
    people: [...new Set([...world.peopleIn(lines), ...names(people.documents)])],
    groups: [...new Set([...world.groupsIn(lines), ...names(groups.documents)])],
    lines,
  }
}

function setStage(
  store: Store,
  lore: Lore,
  clock: { now: number },
  cast: Cast,
  print: (action: Action) => void,
): Stage {
  const simulated = new SimWorld({ now: () => clock.now, nextId: createIds(clock) })
  populate(simulated, cast)
  const puppet = new SimPuppet({ world: simulated, self: world.botContact })
  const now = () => clock.now
  // a stream of its own: what is drawn for the ledger must not move the quiz
  const salts = randomAt(clock)
  const chat = createWechatChat({
    ...{ account: world.account, puppet: { kind: 'sim', puppet }, now },
    botNames: [defaultSettings.botName],
  })
  const observe = createActionLog(namesIn(cast), print)
  const house: House = {
    ...lore,
    ...{ store, chats: [chat], now, random: randomAt(clock) },
    salt: () => salts().toString(36),
    settings: { ...defaultSettings, bindRoomsThemselves: true, scheduledDuties: false },
    photos: { save: async (name) => ({ name, file: name }) },
    observe,
  }
  const engine = createEngine(house)
  chat.on((event) => engine.handle(chat, event))
  return { store, chat, simulated, engine, clock, observe }
}

/** Drawn from the instant, so that a transcript in two parts gives what the whole gives. */
function randomAt(clock: { readonly now: number }): () => number {
  let at = Number.NaN
  let draw = seededRandom(seed)
  return () => {
    if (clock.now !== at) {
      at = clock.now
      draw = seededRandom((seed + at) >>> 0)
    }
    return draw()
  }
}

function createIds(clock: { now: number }): () => string {
  let count = 0
  return () => `sim-${clock.now}-${++count}`
}

function populate(simulated: SimWorld, { people, groups }: Cast): void {
  simulated.addContact({ id: world.botContact, name: defaultSettings.botName })
  for (const name of people) simulated.addContact({ id: world.contactId(name), name })
  const memberIds = [world.botContact, ...people.map(world.contactId)]
  for (const topic of groups) simulated.addRoom({ id: world.roomId(topic), topic, memberIds })
}

async function writeFoundation({ store }: Stage, lines: readonly TranscriptLine[]): Promise<void> {
  const missing = []
  for (const put of world.foundation(lines))
    if (!(await store.get(put.collection, put.document.id)))
      missing.push({ collection: put.collection, id: put.document.id, put: put.document })
  if (missing.length > 0) await store.commit(missing)
}

/** Everything that is due until then, each at its own instant. */
async function runUntil({ engine, chat, clock }: Stage, until: number): Promise<void> {
  for (;;) {
    const next = await engine.nextDue()
    if (next === undefined || next > until) return
    clock.now = Math.max(clock.now, next)
    await engine.runDue()
    await chat.settled()
  }
}

async function say(stage: Stage, line: TranscriptLine): Promise<void> {
  const { store, simulated, chat } = stage
  if (line.role !== undefined) await giveRole(store, line.from, line.role)
  const mentions = line.mentions.map((name) =>
    name === defaultSettings.botName ? world.botContact : world.contactId(name),
  )
  const isBot = line.from === defaultSettings.botName
  const said = {
    ...{ from: isBot ? world.botContact : world.contactId(line.from), at: line.at },
    ...(line.group === undefined ? { to: world.botContact } : { room: world.roomId(line.group) }),
  }
  // WeChat knows no message with both: the words come first, the picture right behind them
  const { text, image } = line
  if (isBot)
    stage.observe({ type: 'silence', at: line.at, lines: [`${world.account}/${line.id}`], reason: 'own' })
  if (text !== undefined) simulated.say({ ...said, id: line.id, mentions, text })
  if (image !== undefined) simulated.say({ ...said, id: text === undefined ? line.id : photoId(line), image })
  await chat.settled()
}

function photoId(line: TranscriptLine): string {
  return `${line.id}-photo`
}

async function giveRole(
  store: Store,
  name: string,
  role: NonNullable<TranscriptLine['role']>,
): Promise<void> {
  const id = world.personId(name)
  const person = await store.get<Parameters<typeof world.withRole>[0]>('people', id)
  if (person) await store.commit([{ collection: 'people', id, put: world.withRole(person, role) }])
}

function namesIn({ people: personNames, groups: groupNames, lines }: Cast) {
  const people = new Map(personNames.map((name) => [world.personId(name), name]))
  const groups = new Map(groupNames.map((name) => [world.groupId(name), name]))
  const numbers = new Map<string, number>(
    lines.flatMap((line) =>
      [line.id, photoId(line)].map((id): [string, number] => [`${world.account}/${id}`, line.line]),
    ),
  )
  return {
    person: (id: string) => people.get(id) ?? id,
    group: (id: string) => groups.get(id) ?? id,
    line: (id: string) => numbers.get(id),
  }
}
