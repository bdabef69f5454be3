import { join } from 'node:path'
import { type AccountEntry, readAccounts, simSelf } from '../../adapters/files/accounts-file.ts'
import type { Account } from '../accounts/account.ts'
import { type Config, ConfigError } from '../config.ts'
import { simAccount, simBot } from './sim-neighbourhood.ts'

/** The accounts of tickets/accounts.yaml, or the one that the environment names while that is empty. */
export interface ConfiguredAccounts {
  readonly accounts: readonly Account[]
  readonly kind: Config['puppet']['kind'] | 'several'
  /** The accounts that this process takes at once, of several processes; absent: all. */
  readonly prefers?: readonly string[]
}

/** The one that the environment names, whatever accounts.yaml says. */
export function onlyAccount(config: Config): ConfiguredAccounts {
  const account = accountOf(config)
  return { accounts: [account], kind: account.puppet }
}

/** @throws SettingsError, ConfigError naming every secret that is missing */
export async function configuredAccounts(root: string, config: Config): Promise<ConfiguredAccounts> {
  const entries = await readAccounts(root, config.dataFolder)
  const faults: string[] = []
  const accounts =
    entries.length === 0
      ? onlyAccount(config).accounts
      : entries.map((entry, at) => withSecret(entry, at, config, (fault) => faults.push(fault)))
  const names = accounts.map(({ name }) => name)
  for (const name of config.prefers ?? [])
    if (!names.includes(name))
      faults.push(`LINLI_ACCOUNTS: no account ${name}; accounts.yaml has ${names.join(', ')}`)
  if (faults.length > 0) throw new ConfigError(faults)
  const kinds = new Set(accounts.map(({ puppet }) => puppet))
  const [kind = 'sim'] = kinds
  return {
    accounts,
    kind: kinds.size > 1 ? 'several' : kind,
    ...(config.prefers && { prefers: config.prefers }),
  }
}

/** Where the session of wechat4u is kept: whoever has it is logged in as the account. */
function sessionFile(dataFolder: string, name?: string): string {
  return join(dataFolder, `wechat4u${name === undefined ? '' : `-${name}`}.memory-card.json`)
}

function accountOf({ puppet, dataFolder }: Config): Account {
  switch (puppet.kind) {
    case 'sim':
      return { name: simAccount, puppet: 'sim', self: simBot }
    case 'service': {
      const { endpoint, token, tls } = puppet
      return { name: 'main', puppet: 'service', endpoint, token, tls }
    }
    case 'wechat4u':
      return { name: 'main', puppet: 'wechat4u', session: sessionFile(dataFolder) }
  }
}

function withSecret(
  entry: AccountEntry,
  at: number,
  { dataFolder, secrets }: Config,
  fault: (text: string) => void,
): Account {
  const { name } = entry
  switch (entry.puppet) {
    case 'sim':
      return { name, puppet: 'sim', self: entry.self ?? simSelf(at) }
    case 'wechat4u':
      return { name, puppet: 'wechat4u', session: sessionFile(dataFolder, name) }
    case 'service': {
      const token = secrets[entry.token]
      if (token === undefined)
        fault(`${entry.token}: account ${name} of accounts.yaml needs it: paste the token of its gateway`)
      return {
        name,
        puppet: 'service',
        endpoint: entry.endpoint,
        token: token ?? '',
        tls: entry.tls === 'on',
      }
    }
  }
}
