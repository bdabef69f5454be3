import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { createWechatChat, type WechatChat } from '../../adapters/wechat/link.ts'
import type { WechatPuppet } from '../../adapters/wechat/link-options.ts'
import { SimPuppet } from '../../adapters/wechat/sim-puppet.ts'
import type { SimWorld } from '../../adapters/wechat/sim-world.ts'
import type { Config } from '../config.ts'
import { openNeighbourhood, simAccount, simBot } from './sim-neighbourhood.ts'

/** The link to WeChat, or to the simulated one, as it is configured. */
export interface OpenPuppet {
  readonly chat: WechatChat
  /** Only with the simulated puppet. */
  readonly world?: SimWorld
}

/** No account sends faster than this, in ms, unless its configured gap is smaller still. */
const hardestPace = 1_000

/** Where the session of wechat4u is kept: whoever has it is logged in as the bot. */
export function sessionFile(dataFolder: string): string {
  return join(dataFolder, 'wechat4u.memory-card.json')
}

export async function openPuppet({ puppet, dataFolder, settings }: Config): Promise<OpenPuppet> {
  const names = { botNames: [settings.botName] }
  // the outbox keeps the gaps; this is the guard behind it, for whatever it might get wrong
  const guard = { timings: { minTimeMs: Math.min(hardestPace, settings.pace.reply) } }
  switch (puppet.kind) {
    case 'sim': {
      const world = await openNeighbourhood(dataFolder, settings.botName, randomUUID)
      const sim: WechatPuppet = { kind: 'sim', puppet: new SimPuppet({ world, self: simBot }) }
      return { world, chat: createWechatChat({ account: simAccount, puppet: sim, ...names }) }
    }
    case 'service':
      return { chat: createWechatChat({ account: 'main', puppet: gatewayOf(puppet), ...names, ...guard }) }
    case 'wechat4u': {
      const memoryCard = sessionFile(dataFolder)
      return {
        chat: createWechatChat({
          account: 'main',
          puppet: { kind: 'wechat4u', memoryCard },
          ...names,
          ...guard,
        }),
      }
    }
  }
}

function gatewayOf({ token, endpoint, tls }: Config['puppet'] & { kind: 'service' }): WechatPuppet {
  return { kind: 'service', token, endpoint, tls: tls ? {} : false }
}
