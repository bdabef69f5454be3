/** A simulated world of two neighbours and one group, in this process. */
import { createWechatChat, type WechatChat } from '../../adapters/wechat/link.ts'
import type { WechatOptions } from '../../adapters/wechat/link-options.ts'
import { SimPuppet, type SimPuppetOptions } from '../../adapters/wechat/sim-puppet.ts'
import { SimWorld } from '../../adapters/wechat/sim-world.ts'
import { Recorder } from './recorder.ts'

export const NOON = Date.parse('2024-05-06T12:00:00.000+08:00')

export interface Sim {
  readonly world: SimWorld
  readonly puppet: SimPuppet
  readonly chat: WechatChat
  readonly recorder: Recorder
}

export async function startSim(
  options: Partial<SimPuppetOptions> & { link?: Partial<WechatOptions>; maxMessages?: number } = {},
): Promise<Sim> {
  let ids = 0
  const { link, maxMessages = 5000, ...puppetOptions } = options
  const world = new SimWorld({ now: () => NOON, nextId: () => `m${++ids}`, maxMessages })
  world.addContact({ id: 'bot', name: '小邻' })
  world.addContact({ id: 'zhang', name: '张三' })
  world.addContact({ id: 'li', name: '李四' })
  world.addRoom({ id: 'r1', topic: '幸福里1号楼', memberIds: ['bot', 'zhang', 'li'] })
  const puppet = new SimPuppet({ world, self: 'bot', ...puppetOptions })
  const chat = createWechatChat({
    account: 'main',
    puppet: { kind: 'sim', puppet },
    now: () => NOON,
    ...link,
  })
  const recorder = new Recorder(chat)
  await chat.start()
  await chat.settled()
  return { world, puppet, chat, recorder }
}
