import { randomUUID } from 'node:crypto'
import { createWechatChat, type WechatChat } from '../../adapters/wechat/link.ts'
import type { WechatPuppet } from '../../adapters/wechat/link-options.ts'
import { SimPuppet } from '../../adapters/wechat/sim-puppet.ts'
import type { SimWorld } from '../../adapters/wechat/sim-world.ts'
import type { Account } from '../accounts/account.ts'
import type { Config } from '../config.ts'
import { openNeighbourhood } from './sim-neighbourhood.ts'

/** The links to WeChat, or to the simulated one, one for each account. */
export interface OpenPuppets {
  readonly accounts: readonly OpenAccount[]
  /** Only with simulated accounts: all of them live in it. */
  readonly world?: SimWorld
}

export interface OpenAccount {
  readonly name: string
  /** A fresh link each time: one that was stopped does not start again. */
  open(): WechatChat
}

/** No account sends faster than this, in ms, unless its configured gap is smaller still. */
const hardestPace = 1_000

export async function openPuppets(accounts: readonly Account[], config: Config): Promise<OpenPuppets> {
  const sims = accounts.flatMap((account) => (account.puppet === 'sim' ? [account.self] : []))
  const { dataFolder, settings } = config
  if (sims.length === 0) return { accounts: accounts.map((account) => openable(account, config)) }
  const world = await openNeighbourhood(dataFolder, settings.botName, randomUUID, sims)
  return { world, accounts: accounts.map((account) => openable(account, config, world)) }
}

function openable(account: Account, { settings }: Config, world?: SimWorld): OpenAccount {
  const names = { botNames: [settings.botName] }
  // the outbox keeps the gaps; this is the guard behind it, for whatever it might get wrong
  const guard = { timings: { minTimeMs: Math.min(hardestPace, settings.pace.reply) } }
  const more = account.puppet === 'sim' ? names : { ...names, ...guard }
  const puppet = once(() => puppetOf(account, world))
  return {
    name: account.name,
    open: () => createWechatChat({ account: account.name, puppet: puppet(), ...more }),
  }
}

function puppetOf(account: Account, world: SimWorld | undefined): WechatPuppet {
  switch (account.puppet) {
    case 'sim':
      if (!world) throw new Error(`account ${account.name} is simulated, and there is no world for it`)
      return { kind: 'sim', puppet: new SimPuppet({ world, self: account.self }) }
    case 'service': {
      const { token, endpoint, tls } = account
      return { kind: 'service', token, endpoint, tls: tls ? {} : false }
    }
    case 'wechat4u':
      return { kind: 'wechat4u', memoryCard: account.session }
  }
}

/** The simulated puppet keeps its login from one link to the next, as a gateway does. */
function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
