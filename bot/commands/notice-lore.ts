import { loadPlainLore } from '../../adapters/files/lore.ts'
import { loadConfig } from '../config.ts'
import { configuredAccounts } from './configured-accounts.ts'

/**
 * What the commands about notices know while no bot runs: rules, templates, sentences, and the names of the accounts,
 * without which every copy would seem to have nobody who could send it.
 * @throws SettingsError, ConfigError
 */
export async function noticeLore(root: string, dataFolder: string) {
  const [lore, { accounts }] = await Promise.all([
    loadPlainLore(root, dataFolder),
    configuredAccounts(root, loadConfig(root)),
  ])
  return { ...lore, accounts: accounts.map(({ name }) => name) }
}
