import { createServer } from 'node:net'
import { readAlarms } from '../../adapters/files/alarms-file.ts'
import { SettingsError } from '../../adapters/files/settings-file.ts'
import { callRunningBot } from '../../adapters/local-socket/client.ts'
import type { Config } from '../config.ts'
import type { Group } from '../documents.ts'
import type { ApiKey } from '../people/api-keys.ts'
import { describeError } from './describe-error.ts'
import { bad, type Finding, good, note } from './finding.ts'
import { queryRows } from './operator-door.ts'

/** The HTTP door: can it open, or is it open; has anybody a key; do the settings of alarms fit what is there. */
export async function* checkHttp(root: string, config: Config): AsyncGenerator<Finding> {
  if (config.http) {
    yield await doorOf(config, config.http)
    const safe = /^(?:127\.|::1$|localhost$)/u.test(config.http.host) || config.http.proxy
    if (!safe)
      yield note(
        `HTTP: ${config.http.host} can be reached without TLS`,
        'put a reverse proxy before it and set LINLI_HTTP_PROXY=on',
      )
    yield await keysOf(root)
  }
  yield* alarmsOf(root, config.dataFolder)
}

type Http = NonNullable<Config['http']>

/** ms */
const patience = 5_000

async function doorOf({ dataFolder }: Config, { host, port }: Http): Promise<Finding> {
  const running = await callRunningBot(dataFolder)
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`
  if (!running) return canListen({ host, port })
  await running.close()
  try {
    const response = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(patience) })
    if (response.ok) return good(`HTTP: ${url} answers`)
    return bad(`HTTP: ${url} answers ${response.status}`, 'does something else listen on that port?')
  } catch (error) {
    // whatever kept the request from its answer
    const why = error instanceof Error ? error.message : String(error)
    return bad(`HTTP: a bot is running, but ${url} does not answer: ${why}`, 'start the bot again')
  }
}

function canListen({ host, port }: Pick<Http, 'host' | 'port'>): Promise<Finding> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EADDRINUSE' ? 'something else listens there' : describeError(error)
      resolve(
        bad(
          `HTTP: port ${port} of ${host} cannot be opened: ${why}`,
          'choose another LINLI_HTTP_PORT or _HOST',
        ),
      )
    })
    server.listen(port, host, () => {
      server.close(() => resolve(good(`HTTP: port ${port} of ${host} is free`)))
    })
  })
}

async function keysOf(root: string): Promise<Finding> {
  const keys = await queryRows<ApiKey>(quiet(root), { type: 'apikeys' })
  const valid = keys.filter(({ revoked }) => !revoked)
  if (valid.length > 0) return good(`HTTP: ${valid.length} api keys`)
  return note('HTTP: nobody has an api key yet', '`linli api-key add NAME --scope SCOPE`')
}

async function* alarmsOf(root: string, dataFolder: string): AsyncGenerator<Finding> {
  let alarms: Awaited<ReturnType<typeof readAlarms>>
  try {
    alarms = await readAlarms(root, dataFolder)
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error
    yield bad(error.message, 'mend the file; the comments in tickets/alarms.yaml show what can stand there')
    return
  }
  yield good('alarms.yaml can be read')
  const bound = [...Object.values(alarms.devices), ...Object.values(alarms.systems)]
  const wanted = new Set(bound.flatMap(({ group }) => (group === undefined ? [] : [group])))
  if (wanted.size === 0) return
  const groups = await queryRows<Group>(quiet(root), { type: 'groups' })
  for (const group of wanted) {
    const fitting = groups.filter(({ id, name }) => id === group || name === group).length
    if (fitting !== 1)
      yield bad(
        `alarms.yaml: ${fitting === 0 ? 'no group is' : `${fitting} groups are`} called ${group}; such an alarm belongs to none`,
        'mend the name, or use the id of `linli group list`',
      )
  }
}

function quiet(root: string) {
  return { root, print: () => undefined, warn: () => undefined }
}
