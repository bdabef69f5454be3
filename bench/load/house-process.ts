import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { loadLore } from '../../adapters/files/lore.ts'
import { projectRoot } from '../../adapters/files/project-root.ts'
import { defaultSettings, type House } from '../../bot/house.ts'
import { leasedChat } from '../../bot/leases/leased-chat.ts'
import { createLiveBot } from '../../bot/live.ts'
import { tellReady, tellResult } from '../child.ts'
import { median, percentile } from '../statistics.ts'
import { BenchChat } from './bench-chat.ts'
import { lineAt } from './messages.ts'
import { openStore } from './open-store.ts'

/** `house-process.ts STORE ACCOUNTS OWN FROM COUNT`: one bot with one of the accounts, from hearing to having answered. */
const [where = '', accountsText = '', ownText, fromText, countText] = process.argv.slice(2)
const [own, from, count] = [Number(ownText), Number(fromText), Number(countText)]
const accounts = Array.from({ length: Number(accountsText) }, (_, at) => `a${at}`)
const account = `a${own}`
const warmUp = 200
const inFlight = 32

const lore = await loadLore(projectRoot())
const store = await openStore(where)
const opened = new BenchChat(account)
const isShared = where.startsWith('postgres')
const chats = accounts.map((each) =>
  leasedChat(each, () => (each === account ? opened : new BenchChat(each)), Date.now),
)
const decided = new Map<string, () => void>()
const house: House = {
  ...lore,
  ...{
    store,
    chats: isShared ? chats : [opened],
    accounts,
    now: Date.now,
    random: Math.random,
    salt: () => 'a'.repeat(32),
  },
  photos: { save: async (name) => ({ name, file: name }) },
  settings: {
    ...defaultSettings,
    ...{ bindRoomsThemselves: true, scheduledDuties: false },
    burst: { afterLast: 0, atMost: 0, mentioned: 0 },
    pace: { ...defaultSettings.pace, reply: 0, notice: 0, jitter: 0, group: 0 },
  },
  ...(isShared && { isHere: (name: string) => name === account }),
  observe(happening) {
    // a lease lost to a crowded machine spoils the measurement: say so, instead of waiting for ever
    if (happening.type === 'trouble' && /lost/u.test(happening.text)) throw new Error(happening.text)
    if (happening.type !== 'decided') return
    for (const line of happening.lines) decided.get(line)?.()
  },
}
const failures: unknown[] = []
const bot = createLiveBot(house, {
  onFailure: (error) => failures.push(error),
  ...(isShared && {
    leases: { chats, holder: randomUUID(), prefers: [account], monotonic: () => performance.now() },
  }),
})
await bot.start()
// what is said before the lease is taken is nobody’s
while (isShared && chats[own]?.current() === undefined) await wait(50)
await wait(1_000)
await hear(from, warmUp)
tellReady()
await new Promise((resolve) => process.once('message', resolve))
const cpu = process.cpuUsage()
const began = performance.now()
const took = await hear(from + warmUp, count)
const elapsedMs = performance.now() - began
const { user, system } = process.cpuUsage(cpu)
await bot.stop()
await store.close()
if (failures.length > 0) throw failures[0]
tellResult({
  ...{ elapsedMs, cpuMs: (user + system) / 1000 / count, replies: opened.sent },
  ...{ medianMs: median(took), slowMs: percentile(took, 0.95) },
})

/** So many lines, some of them at a time; how long each took until it was decided about, ms. */
async function hear(first: number, lines: number): Promise<number[]> {
  const took: number[] = []
  const left = Array.from({ length: lines }, (_, at) => first + at).values()
  const work = async () => {
    for (const at of left) {
      const since = performance.now()
      await hearOne(at)
      took.push(performance.now() - since)
    }
  }
  await Promise.all(Array.from({ length: inFlight }, work))
  return took
}

async function hearOne(at: number): Promise<void> {
  const id = `m-${at}`
  const key = `${account}/${id}`
  const done = new Promise<void>((resolve) => decided.set(key, resolve))
  await opened.say(id, lineAt(at))
  await done
  decided.delete(key)
}
