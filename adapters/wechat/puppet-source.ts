/** Where the puppet of each attempt comes from, and what is particular about its kind. */
import type { ConnectionOptions } from './connection.ts'
import type { InboundOptions } from './inbound.ts'
import type { WechatPuppet } from './link-options.ts'
import { QuietPuppetService } from './quiet-puppet-service.ts'

type Fresh = Omit<ConnectionOptions, 'events'>

export interface PuppetSource {
  readonly reading: Pick<InboundOptions, 'imagesAreWhole' | 'wholeText'>
  /** @throws when the options are wrong */
  fresh(broken: (reason: string) => void): Fresh
}

export async function openPuppet(chosen: WechatPuppet): Promise<PuppetSource> {
  switch (chosen.kind) {
    case 'sim':
      return { reading: { imagesAreWhole: true }, fresh: () => ({ puppet: chosen.puppet }) }
    case 'service':
      return {
        reading: { imagesAreWhole: true },
        fresh: (broken) => {
          const puppet = new QuietPuppetService(chosen, broken)
          return { puppet, release: () => puppet.release() }
        },
      }
    case 'wechat4u': {
      // Loaded only when it is wanted: it brings a whole HTTP stack.
      const { createWechat4uPuppet, prepareMemoryCard, wholeText } = await import('./wechat4u.ts')
      const memoryCard = prepareMemoryCard(chosen.memoryCard)
      return {
        reading: { imagesAreWhole: false, wholeText },
        fresh: () => ({ puppet: createWechat4uPuppet(), memoryCard, stopLogsOut: true }),
      }
    }
  }
}
