import { randomUUID } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import type { SimWorld } from '../../adapters/wechat/sim-world.ts'
import type { Config } from '../config.ts'
import type { House } from '../house.ts'
import { leasedChat } from '../leases/leased-chat.ts'
import type { ShareOptions } from '../leases/shares.ts'
import type { ConfiguredAccounts } from './configured-accounts.ts'

/** The chats of all accounts; where several processes share a database, those that this one happens to have. */
export interface OpenChats {
  /** What the house is told of them. */
  readonly parts: Pick<House, 'chats' | 'accounts' | 'isHere'>
  readonly leases?: ShareOptions
  readonly stage: readonly SimChat[]
  /** Only with simulated accounts. */
  readonly world?: SimWorld
}

/** A simulated account, of which one can know that it has told everything. */
interface SimChat {
  readonly account: string
  settled(): Promise<void>
}

export async function openChats(configured: ConfiguredAccounts, config: Config): Promise<OpenChats> {
  // loaded here, because the other commands need none of Wechaty
  const { openPuppets } = await import('./open-puppet.ts')
  const { accounts, world } = await openPuppets(configured.accounts, config)
  const names = accounts.map(({ name }) => name)
  const here = { ...(world && { world }) }
  if (!config.database) {
    const chats = accounts.map((account) => account.open())
    return { ...here, parts: { chats, accounts: names }, stage: chats }
  }
  const chats = accounts.map(({ name, open }) => leasedChat(name, open, Date.now))
  const isHere = (account: string) => chats.some((chat) => chat.account === account && chat.current())
  const settled = (at: number) => async () => chats[at]?.current()?.settled()
  const { prefers } = configured
  return {
    ...here,
    parts: { chats, accounts: names, isHere },
    leases: {
      ...{ chats, holder: randomUUID(), monotonic: () => performance.now() },
      ...(prefers && { prefers }),
    },
    stage: names.map((account, at) => ({ account, settled: settled(at) })),
  }
}
