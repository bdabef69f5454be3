import type { HttpDoor, HttpLimits } from '../../adapters/http/parts.ts'
import { type HttpServer, serveHttp } from '../../adapters/http/server.ts'
import { execute } from '../../bot/doors/execute.ts'
import { query } from '../../bot/doors/query.ts'
import { type ApiKeyScope, apiKeyId } from '../../bot/people/api-keys.ts'
import { openStage, type Stage, type StageOptions } from '../bot/stage.ts'

/** A community with its HTTP door open on a real port, on virtual time. */
export interface City {
  readonly stage: Stage
  /** http://127.0.0.1:…/open311/v2 */
  readonly base: string
  /** Good for Open311. */
  readonly key: string
  addKey(name: string, ...scopes: ApiKeyScope[]): Promise<string>
  get(path: string): Promise<Reply>
  /** A form as the standard wants it; the key is added unless the form has one. */
  post(path: string, form: Readonly<Record<string, string>>, headers?: Record<string, string>): Promise<Reply>
  close(): Promise<void>
}

export interface Reply {
  readonly status: number
  readonly type: string
  readonly text: string
  readonly headers: Headers
}

/** So that nothing but the tests of limits ever meets a limit: time stands still here. */
const wide = { perSecond: 1e6, burst: 1e6 }

export async function openCity(
  options: StageOptions & Pick<HttpDoor, 'open311'> & { readonly limits?: Partial<HttpLimits> } = {},
): Promise<City> {
  const stage = await openStage(options)
  const { house } = stage
  const server: HttpServer = await serveHttp({
    ...{ house, port: 0, host: '127.0.0.1', version: '0.0.0', proxy: false },
    execute: (actor, id, command) => execute(house, actor, id, command),
    query: (actor, request) => query(house, actor, request),
    limits: { address: wide, key: wide, wrongKeys: wide, ...options.limits },
    ...(options.open311 && { open311: options.open311 }),
  })
  const addKey = async (name: string, ...scopes: ApiKeyScope[]) => {
    const key = `linli_${name.padEnd(43, '0')}`
    const command = { type: 'apikey.add', hash: apiKeyId(key), name, scopes }
    await execute(house, { kind: 'operator' }, `key/${name}`, command)
    return key
  }
  const base = `${server.url}/open311/v2`
  const key = await addKey('city-app', 'open311')
  return {
    ...{ stage, base, key, addKey },
    get: async (path) => replyOf(await fetch(`${base}/${path}`)),
    async post(path, form, headers = {}) {
      const body = new URLSearchParams({ api_key: key, ...form })
      return replyOf(await fetch(`${base}/${path}`, { method: 'POST', body, headers }))
    },
    close: () => server.close(),
  }
}

async function replyOf(response: Response): Promise<Reply> {
  const { status, headers } = response
  return { status, headers, type: headers.get('content-type') ?? '', text: await response.text() }
}
