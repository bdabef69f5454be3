import { setTimeout as sleep } from 'node:timers/promises'
import { SettingsError } from '../../adapters/files/settings-file.ts'
import { readForwarding, rulesOf, secretsNeeded } from '../../adapters/ticketing/settings.ts'
import { type Config, ConfigError } from '../config.ts'
import type { ForwardingRules } from '../forwarding/rules.ts'
import type { House } from '../house.ts'
import type { Texts } from '../texts.ts'

/** Forwarding as tickets/forwarding.yaml says, put together with the secrets of the environment. */
interface Where {
  readonly root: string
  readonly config: Config
}

/** For a running bot. @throws SettingsError, ConfigError naming each secret that is missing */
export async function openForwarding(
  { root, config }: Where,
  texts: Texts,
): Promise<Required<Pick<House, 'forwarding' | 'otherSystems'>>> {
  const settings = await readForwarding(root, config.dataFolder)
  const missing = secretsNeeded(settings).filter((name) => config.secrets[name] === undefined)
  if (missing.length > 0)
    throw new ConfigError(
      missing.map(
        (name) => `${name}: is needed by tickets/forwarding.yaml: set it in .env or the environment`,
      ),
    )
  const forwarding = rulesOf(settings)
  if (forwarding.systems.size === 0) return { forwarding, otherSystems: [] }
  // loaded here, because most communities forward nothing
  const { openSystems } = await import('../../adapters/ticketing/systems.ts')
  const { secrets } = config
  const otherSystems = await openSystems(settings, { secrets, texts, now: Date.now, sleep })
  return { forwarding, otherSystems }
}

/**
 * For commands while no bot runs: what they change about a ticket is brought over at the next start. A mistake in the
 * file keeps nobody from a backup; whoever changes a ticket is told.
 */
export async function readRules({ root, config }: Where): Promise<() => ForwardingRules> {
  try {
    const rules = rulesOf(await readForwarding(root, config.dataFolder))
    return () => rules
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error
    return () => {
      throw error
    }
  }
}
