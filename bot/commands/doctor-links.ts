import { stat } from 'node:fs/promises'
import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { SettingsError } from '../../adapters/files/settings-file.ts'
import { callRunningBot } from '../../adapters/local-socket/client.ts'
import type { Account } from '../accounts/account.ts'
import type { StatusRow } from '../accounts/status.ts'
import { type Config, ConfigError } from '../config.ts'
import { type ConfiguredAccounts, configuredAccounts } from './configured-accounts.ts'
import { bad, type Finding, good, note } from './finding.ts'

/** What the bot talks to: WeChat, and the model server. */

const patience = 10_000

export async function* checkPuppet(root: string, config: Config): AsyncGenerator<Finding> {
  let configured: ConfiguredAccounts
  try {
    configured = await configuredAccounts(root, config)
  } catch (error) {
    if (!(error instanceof ConfigError || error instanceof SettingsError)) throw error
    yield bad(
      `accounts: ${error.message}`,
      'mend settings/accounts.yaml in the data folder, or the environment',
    )
    return
  }
  const { accounts } = configured
  if (accounts.length > 1) yield good(`accounts: ${accounts.map(({ name }) => name).join(', ')}`)
  if (accounts.every(({ puppet }) => puppet === 'sim')) yield good('puppet sim: nothing to connect to')
  for (const account of accounts) if (account.puppet === 'wechat4u') yield await sessionThere(account)
  const reachable: Account[] = []
  for (const account of accounts) {
    if (account.puppet !== 'service') continue
    const finding = await gatewayThere(account)
    yield finding
    if (finding.state === 'good') reachable.push(account)
  }
  if (reachable.length > 0 || accounts.length > 1) yield* checkLinks(config, reachable)
}

type Gateway = Account & { readonly puppet: 'service' }
type Session = Account & { readonly puppet: 'wechat4u' }

async function sessionThere({ name, session: file }: Session): Promise<Finding> {
  const which = `account ${name}, puppet wechat4u`
  try {
    const { mode } = await stat(file)
    if ((mode & 0o077) === 0) return good(`${which}: the session file is there, for this account only`)
    return bad(
      `${which}: others may read ${file}`,
      `chmod 600 ${file}: whoever reads it is logged in as the account`,
    )
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    return note(`${which}: no session yet; \`linli start\` shows a code to scan`)
  }
}

async function gatewayThere({ endpoint }: Gateway): Promise<Finding> {
  const problem = await tcpProblem(endpoint)
  if (!problem) return good(`gateway ${endpoint}: reachable`)
  return bad(
    `gateway ${endpoint}: ${problem}`,
    'is the gateway running, its endpoint right, the firewall open?',
  )
}

/** @param reachable gateways to log in at, when no bot runs that could be asked */
async function* checkLinks(config: Config, reachable: readonly Account[]): AsyncGenerator<Finding> {
  const running = await callRunningBot(config.dataFolder)
  if (!running) {
    // on a shared database another process may have the link, and a second one would only disturb it
    if (!config.database) for (const account of reachable) yield await linkComesUp(account, config)
    return
  }
  const rows = (await running.ask({ type: 'query', query: { type: 'status' } })) as StatusRow[]
  await running.close()
  for (const { account, link, process } of rows) {
    const where = process === undefined ? '' : ` (${process})`
    yield link === 'up'
      ? good(`account ${account}: up${where}`)
      : bad(`account ${account}: ${link}${where}`, scanOrCheck)
  }
}

const scanOrCheck = 'log the account in at its gateway, and check the token and tls of it'

function tcpProblem(endpoint: string): Promise<string | undefined> {
  const at = endpoint.lastIndexOf(':')
  return new Promise((resolve) => {
    const socket = connect({ host: endpoint.slice(0, at), port: Number(endpoint.slice(at + 1)) })
    const done = (problem?: string) => {
      socket.destroy()
      resolve(problem)
    }
    socket.setTimeout(patience / 2, () => done('no answer'))
    socket.once('connect', () => done())
    socket.once('error', (error) => done(error.message))
  })
}

/** Logged in and answering: the link itself asks with a ding before it says `up`. */
async function linkComesUp(account: Account, config: Config): Promise<Finding> {
  const { openPuppets } = await import('./open-puppet.ts')
  const [opened] = (await openPuppets([account], config)).accounts
  if (!opened) throw new Error(`account ${account.name} was not opened`)
  const chat = opened.open()
  chat.on(async () => undefined)
  await chat.start()
  try {
    for (let waited = 0; waited < patience && chat.state().state !== 'up'; waited += 100) await wait(100)
    const link = chat.state()
    if (link.state === 'up') return good(`account ${account.name}: logged in as ${link.self.name}`)
    return bad(
      `account ${account.name}: ${link.state}${'reason' in link ? ` (${link.reason})` : ''}`,
      scanOrCheck,
    )
  } finally {
    await chat.stop()
  }
}

export async function checkModel({ model }: Config): Promise<Finding> {
  if (!model) return note('model server: none configured, everything is answered locally')
  const { createModel } = await import('../../adapters/llm/open-ai-model.ts')
  const { callsPerDay, ...server } = model
  const health = await createModel({
    ...{ ...server, dailyBudget: { calls: callsPerDay } },
    ...{ now: Date.now, onTrouble: () => undefined },
  }).ping()
  if (health.ok) return good(`model server: ${health.model} answered in ${health.tookMs} ms`)
  return bad(`model server: ${health.text}`, health.remedy)
}
