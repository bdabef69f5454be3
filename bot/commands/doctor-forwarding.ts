import { connect } from 'node:net'
import { SettingsError } from '../../adapters/files/settings-file.ts'
import {
  type ForwardingSettings,
  readForwarding,
  type SystemSettings,
  secretsNeeded,
} from '../../adapters/ticketing/settings.ts'
import type { Config } from '../config.ts'
import { bad, type Finding, good, note } from './finding.ts'

/** Other systems: is the file right, are the secrets there, does anybody answer at the address. */
export async function* checkForwarding(root: string, config: Config): AsyncGenerator<Finding> {
  const settings = await readable(root, config)
  if (settings instanceof SettingsError) {
    yield bad(
      `forwarding: ${settings.message}`,
      'mend the file; the comments in tickets/forwarding.yaml show how',
    )
    return
  }
  const names = Object.keys(settings.systems)
  if (names.length === 0) {
    yield note(
      'forwarding: no other system; tickets stay here',
      'tickets/forwarding.yaml shows how to add one',
    )
    return
  }
  for (const name of secretsNeeded(settings))
    if (config.secrets[name] === undefined)
      yield bad(
        `forwarding: ${name} is not set`,
        'set it in .env or the environment: the bot does not start without',
      )
  for (const name of unused(settings))
    yield note(
      `forwarding: nothing goes to ${name}`,
      'name it in a rule or an alert of tickets/forwarding.yaml',
    )
  for (const [name, system] of Object.entries(settings.systems)) yield await checkSystem(name, system, config)
}

async function readable(root: string, { dataFolder }: Config): Promise<ForwardingSettings | SettingsError> {
  try {
    return await readForwarding(root, dataFolder)
  } catch (error) {
    if (error instanceof SettingsError) return error
    throw error
  }
}

function unused({ systems, rules, alerts }: ForwardingSettings): readonly string[] {
  const used = new Set([...rules, ...alerts].flatMap(({ to }) => to))
  return Object.keys(systems).filter((name) => !used.has(name))
}

async function checkSystem(name: string, system: SystemSettings, { secrets }: Config): Promise<Finding> {
  const address = addressOf(system, secrets)
  if (address === undefined) return note(`forwarding: ${name} was not asked: its address is not known yet`)
  const fault = await unreachable(address)
  const shown = `forwarding: ${name} (${system.kind}, ${address.hostname})`
  return fault === undefined
    ? good(`${shown} answers`)
    : bad(
        `${shown} does not answer: ${fault}`,
        'look at its address and the firewall; what waits is sent later',
      )
}

const ofRobots = {
  wecom: 'https://qyapi.weixin.qq.com',
  dingtalk: 'https://oapi.dingtalk.com',
  feishu: 'https://open.feishu.cn',
} as const

function addressOf(system: SystemSettings, secrets: Config['secrets']): URL | undefined {
  switch (system.kind) {
    case 'webhook':
    case 'redmine':
      return new URL(system.url)
    case 'open311':
      return new URL(system.endpoint)
    case 'mail': {
      const smtp = secrets['LINLI_SMTP_URL']
      return smtp === undefined ? undefined : new URL(smtp)
    }
    case 'wecom':
    case 'dingtalk':
    case 'feishu':
      return new URL(system.url ?? ofRobots[system.kind])
  }
}

const ports: Readonly<Record<string, number>> = { 'https:': 443, 'http:': 80, 'smtp:': 587, 'smtps:': 465 }
const patience = 3_000

/** Only whether somebody listens: to ask more would leave traces over there. */
function unreachable({ hostname, port, protocol }: URL): Promise<string | undefined> {
  return new Promise((resolve) => {
    const host = hostname.replaceAll(/[[\]]/gu, '')
    const socket = connect({ host, port: Number(port) || (ports[protocol] ?? 443), timeout: patience })
    const end = (fault?: string) => {
      socket.destroy()
      resolve(fault)
    }
    socket.once('connect', () => end())
    socket.once('timeout', () => end(`nothing within ${patience / 1000} s`))
    socket.once('error', (error) => end(error.message))
  })
}
