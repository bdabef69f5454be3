import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { loadLore } from '../../adapters/files/lore.ts'
import { projectRoot } from '../../adapters/files/project-root.ts'
import { openLowdbStore } from '../../adapters/storage/lowdb/store.ts'
import { createWechatChat } from '../../adapters/wechat/link.ts'
import { defaultSettings, type House } from '../../bot/house.ts'
import { createLiveBot } from '../../bot/live.ts'
import { schema } from '../../bot/schema.ts'
import { type BotTold, botName } from './protocol.ts'

/** `linli-process.ts ENDPOINT TOKEN FOLDER`: the whole bot with its durable store; gaps and burst at zero. */
const [endpoint = '', token = '', parent = ''] = process.argv.slice(2)

process.noDeprecation = true

const settings: House['settings'] = {
  ...defaultSettings,
  botName,
  burst: { afterLast: 0, atMost: 0, mentioned: 0 },
  pace: { ...defaultSettings.pace, reply: 0, notice: 0, jitter: 0, group: 0 },
  bindRoomsThemselves: true,
}
const store = await openLowdbStore({ folder: await mkdtemp(join(parent, 'linli-')), schema })
const chat = createWechatChat({
  account: 'bench',
  puppet: { kind: 'service', endpoint, token, tls: false },
  botNames: [botName],
  timings: { minTimeMs: 0 },
})
const house: House = {
  ...(await loadLore(projectRoot())),
  ...{
    store,
    chats: [chat],
    settings,
    now: Date.now,
    random: Math.random,
    salt: () => String(Math.random()),
  },
  photos: { save: async (name) => ({ name, file: name }) },
  observe(happening) {
    if (happening.type === 'trouble') console.error(happening.text)
  },
}
const bot = createLiveBot(house, { onFailure: (error) => console.error(error) })
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  tell({ cpuMs: (user + system) / 1000 })
})
await bot.start()
while (chat.state().state !== 'up') await sleep(20)
tell({ up: true })

function tell(told: BotTold): void {
  process.send?.(told)
}
