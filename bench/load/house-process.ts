import { loadLore } from '../../adapters/files/lore.ts'
import { projectRoot } from '../../adapters/files/project-root.ts'
import { defaultSettings, type House } from '../../bot/house.ts'
import { createLiveBot } from '../../bot/live.ts'
import { tellReady, tellResult } from '../child.ts'
import { median, percentile } from '../statistics.ts'
import { BenchChat } from './bench-chat.ts'
import { lineAt } from './messages.ts'
import { openStore } from './open-store.ts'

/** `house-process.ts STORE ACCOUNT FROM COUNT`: one bot with one account, from hearing to having answered. */
const [where = '', account = '', fromText, countText] = process.argv.slice(2)
const [from, count] = [Number(fromText), Number(countText)]
const warmUp = 200
const inFlight = 32

const lore = await loadLore(projectRoot())
const store = await openStore(where)
const chat = new BenchChat(account)
const decided = new Map<string, () => void>()
const house: House = {
  ...lore,
  ...{ store, chats: [chat], now: Date.now, random: Math.random, salt: () => 'a'.repeat(32) },
  photos: { save: async (name) => ({ name, file: name }) },
  settings: {
    ...defaultSettings,
    ...{ bindRoomsThemselves: true, scheduledDuties: false },
    burst: { afterLast: 0, atMost: 0, mentioned: 0 },
    pace: { ...defaultSettings.pace, reply: 0, notice: 0, jitter: 0, group: 0 },
  },
  isHere: (name) => name === account,
  observe(happening) {
    if (happening.type !== 'decided') return
    for (const line of happening.lines) decided.get(line)?.()
  },
}
const failures: unknown[] = []
const bot = createLiveBot(house, { onFailure: (error) => failures.push(error) })
await bot.start()
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
  ...{ elapsedMs, cpuMs: (user + system) / 1000 / count, replies: chat.sent },
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
  await chat.say(id, lineAt(at))
  await done
  decided.delete(key)
}
