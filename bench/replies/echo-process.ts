import '../../adapters/wechat/quiet-log.ts'
import { WechatyBuilder } from 'wechaty'
import { PuppetService } from 'wechaty-puppet-service'
import type { BotTold } from './protocol.ts'

/** `echo-process.ts ENDPOINT TOKEN`: the least that a Wechaty bot can do. It remembers nothing. */
const [endpoint = '', token = ''] = process.argv.slice(2)

process.noDeprecation = true

const puppet = new PuppetService({ endpoint, token, tls: { disable: true } })
const bot = WechatyBuilder.build({ puppet: puppet as never })
bot.on('message', (message) => {
  if (!message.self()) void message.say('x')
})
bot.on('login', () => tell({ up: true }))
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  tell({ cpuMs: (user + system) / 1000 })
})
await bot.start()

function tell(told: BotTold): void {
  process.send?.(told)
}
