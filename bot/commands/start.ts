import { ownKnowledgeIn, servingFolder } from '../../adapters/files/own-knowledge.ts'
import { serveLocally } from '../../adapters/local-socket/server.ts'
import { type Config, loadConfig } from '../config.ts'
import type { LocalDoor } from '../doors/local-request.ts'
import type { Chat, ChatEvent } from '../ports/chat.ts'
import { type ConfiguredAccounts, configuredAccounts } from './configured-accounts.ts'
import { type OpenHouse, startHouse } from './open-house.ts'
import { type OpenHttp, openHttp } from './open-http.ts'
import { colours, viewOf } from './talk-view.ts'

/** `linli start`: the bot, until it is told to stop. */
export interface StartOptions {
  readonly root: string
  readonly input: NodeJS.ReadStream
  readonly output: NodeJS.WriteStream
  print(line: string): void
  warn(line: string): void
}

/** @returns the exit status: 0 after a stop that was asked for, 1 when the store failed */
export async function start(options: StartOptions): Promise<number> {
  const { root, print, warn } = options
  const config = loadConfig(root)
  const accounts = await configuredAccounts(root, config)
  const ending = createEnding()
  const removeSignals = onSignals(() => ending.end())
  const { linkTeller } = await import('./link-teller.ts')
  const onLink: (chat: Chat, event: ChatEvent) => void = linkTeller(accounts.kind, print, warn)
  let unwatch: () => void = () => undefined
  const watch = async (door: LocalDoor) => {
    unwatch = await door.watch((event) => print(viewOf(event, colours)))
  }
  const prompting = accounts.kind === 'sim' && options.input.isTTY
  const onDoor = prompting ? watch : async () => undefined
  const more = { onLink, onDoor, lookAhead: true, onEnd: ending.end }
  const house = await startHouse({ root, config, accounts, warn, ...more })
  try {
    const server = await serveLocally(config.dataFolder, house.door, {
      onWarning: warn,
      shared: config.database !== undefined,
    })
    let http: OpenHttp | undefined
    try {
      http = await openHttp(root, config, house, print)
      greet(accounts, config, await knowledgeLine(root, config.dataFolder), print, options.input.isTTY)
      const error = await (prompting ? talkUntil(ending.ended, house, options, unwatch) : ending.ended)
      print('stopping: what is under way is finished first')
      return error ? 1 : 0
    } finally {
      await http?.close()
      await server.close()
    }
  } finally {
    removeSignals()
    await house.close()
  }
}

/** With a terminal and the simulated WeChat there is a prompt right here. */
async function talkUntil(
  ended: Promise<Error | undefined>,
  house: OpenHouse,
  options: StartOptions,
  onWatching: () => void,
): Promise<Error | undefined> {
  const { input, output } = options
  const { talk } = await import('./talk.ts')
  const leave = new AbortController()
  const talking = talk({ door: house.door, input, output, onWatching, signal: leave.signal }).then(
    () => undefined,
  )
  try {
    return await Promise.race([ended, talking])
  } finally {
    leave.abort()
    await talking
  }
}

function greet(
  { accounts, kind }: ConfiguredAccounts,
  { dataFolder }: Config,
  knowledge: string,
  print: (line: string) => void,
  prompting: boolean,
): void {
  const talking = {
    sim: prompting
      ? 'type what a resident says; /帮助 shows what else there is'
      : 'the simulated WeChat: talk to it with `npm run -s linli -- chat` in another terminal',
    service:
      'connected through your gateway; enter people and groups with `linli roster add` and `linli group bind`',
    wechat4u: 'scan the code below with WeChat; then `linli roster add` and `linli group bind`',
    several: 'connecting; enter people and groups with `linli roster add` and `linli group bind`',
  }
  print(`LinLi is running (process ${process.pid}, puppet ${kind}): ${talking[kind]}`)
  if (accounts.length > 1) print(`accounts: ${accounts.map(({ name }) => name).join(', ')}`)
  print(`data: ${dataFolder}; look it over with \`npm run -s linli -- doctor\``)
  print(knowledge)
  print(`stop: ${prompting ? '/退出 or ' : ''}Ctrl-C, or kill ${process.pid}`)
}

/** Samples must not be taken for what holds. */
async function knowledgeLine(root: string, dataFolder: string): Promise<string> {
  const own = ownKnowledgeIn(dataFolder)
  return (await servingFolder(root, own)) === own
    ? `knowledge: your own documents in ${own}`
    : 'knowledge: the samples answer, with invented figures; bring your own documents with `npm run -s linli -- knowledge import PATH`'
}

function createEnding() {
  let end: (error?: Error) => void = () => undefined
  const ended = new Promise<Error | undefined>((resolve) => {
    end = (error) => resolve(error)
  })
  return { ended, end }
}

function onSignals(stop: () => void): () => void {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, stop)
  return () => {
    for (const signal of signals) process.off(signal, stop)
  }
}
