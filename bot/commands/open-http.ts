import type { Config } from '../config.ts'
import { execute } from '../doors/execute.ts'
import { query } from '../doors/query.ts'
import type { RunningHouse } from './open-house.ts'
import { versionOf } from './version.ts'

/** The HTTP door of a running bot, when LINLI_HTTP_PORT is set. */
export interface OpenHttp {
  close(): Promise<void>
}

/** @throws Error when the port is taken */
export async function openHttp(
  root: string,
  { http }: Config,
  { house, onHappening }: RunningHouse,
  print: (line: string) => void,
): Promise<OpenHttp | undefined> {
  if (!http) return undefined
  // loaded only when it is used
  const { serveHttp } = await import('../../adapters/http/server.ts')
  const { createActivity } = await import('../../adapters/http/activity.ts')
  const activity = createActivity()
  onHappening(activity.observe)
  const { port, host, proxy, log, open311 } = http
  const server = await serveHttp({
    ...{ port, host, proxy, open311, house, version: versionOf(root), activity },
    execute: (actor, id, command) => execute(house, actor, id, command),
    query: (actor, request) => query(house, actor, request),
    ...(log && { log: print }),
  })
  print(`HTTP: ${server.url}/healthz; keys with \`npm run -s linli -- api-key add NAME --scope SCOPE\``)
  return server
}
