import { stat } from 'node:fs/promises'
import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { callRunningBot } from '../../adapters/local-socket/client.ts'
import type { Config } from '../config.ts'
import { bad, type Finding, good, note } from './finding.ts'

/** What the bot talks to: WeChat, and the model server. */

const patience = 10_000

export async function* checkPuppet(config: Config): AsyncGenerator<Finding> {
  switch (config.puppet.kind) {
    case 'sim':
      yield good('puppet sim: nothing to connect to')
      return
    case 'wechat4u':
      yield await sessionThere(config)
      return
    case 'service':
      yield* checkGateway(config, config.puppet.endpoint)
  }
}

async function sessionThere({ dataFolder }: Config): Promise<Finding> {
  const { sessionFile } = await import('./open-puppet.ts')
  const file = sessionFile(dataFolder)
  try {
    const { mode } = await stat(file)
    if ((mode & 0o077) === 0) return good('puppet wechat4u: the session file is there, for this account only')
    return bad(
      `puppet wechat4u: others may read ${file}`,
      `chmod 600 ${file}: whoever reads it is logged in as the bot`,
    )
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    return note('puppet wechat4u: no session yet; `linli start` shows a code to scan')
  }
}

async function* checkGateway(config: Config, endpoint: string): AsyncGenerator<Finding> {
  const problem = await tcpProblem(endpoint)
  if (problem) {
    yield bad(
      `gateway ${endpoint}: ${problem}`,
      'is the gateway running, LINLI_GATEWAY_ENDPOINT right, the firewall open?',
    )
    return
  }
  yield good(`gateway ${endpoint}: reachable`)
  const running = await callRunningBot(config.dataFolder)
  if (!running) {
    yield await linkComesUp(config)
    return
  }
  // a second link beside the bot's own would only disturb it
  const rows = (await running.ask({ type: 'query', query: { type: 'status' } })) as {
    account: string
    link: string
  }[]
  await running.close()
  for (const { account, link } of rows)
    yield link === 'up' ? good(`account ${account}: up`) : bad(`account ${account}: ${link}`, scanOrCheck)
}

const scanOrCheck = 'log the account in at the gateway, and check LINLI_GATEWAY_TOKEN and LINLI_GATEWAY_TLS'

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
async function linkComesUp(config: Config): Promise<Finding> {
  const { openPuppet } = await import('./open-puppet.ts')
  const { chat } = await openPuppet(config)
  chat.on(async () => undefined)
  await chat.start()
  try {
    for (let waited = 0; waited < patience && chat.state().state !== 'up'; waited += 100) await wait(100)
    const link = chat.state()
    if (link.state === 'up') return good(`gateway: logged in as ${link.self.name}`)
    return bad(`gateway: ${link.state}${'reason' in link ? ` (${link.reason})` : ''}`, scanOrCheck)
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
