import { onTestFinished } from 'vitest'
import { loadLore } from '../../adapters/files/lore.ts'
import { projectRoot } from '../../adapters/files/project-root.ts'
import { createActivity } from '../../adapters/http/activity.ts'
import type { HttpLimits } from '../../adapters/http/parts.ts'
import { serveHttp } from '../../adapters/http/server.ts'
import { execute } from '../../bot/doors/execute.ts'
import { query } from '../../bot/doors/query.ts'
import type { Happening } from '../../bot/happening.ts'
import type { Lore } from '../../bot/house.ts'
import { type ApiKeyScope, apiKeyId, newApiKey } from '../../bot/people/api-keys.ts'
import type { AlarmRules } from '../../tickets/alarms.ts'
import { Stage, type StageOptions } from '../bot/stage.ts'

/** The HTTP door on a free port over the stage: real requests, virtual time. */
export interface HttpStage {
  readonly stage: Stage
  readonly url: string
  /** What was logged, one line a request. */
  readonly log: readonly string[]
  /** A new key of a system with these scopes. */
  key(name: string, ...scopes: ApiKeyScope[]): Promise<string>
  ask(path: string, options?: Asking): Promise<Answered>
}

export interface Asking {
  readonly method?: string
  readonly key?: string
  readonly json?: unknown
  readonly body?: string | Uint8Array | ReadableStream
  readonly headers?: Readonly<Record<string, string>>
}

// biome-ignore lint/suspicious/noExplicitAny: tests read what came as it is
type Json = any

export interface Answered {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly json: Json
}

export interface HttpStageOptions extends StageOptions {
  readonly limits?: Partial<HttpLimits>
  readonly proxy?: boolean
  readonly alarms?: Partial<AlarmRules>
}

let lore: Promise<Lore> | undefined

export async function openHttpStage(options: HttpStageOptions = {}): Promise<HttpStage> {
  lore ??= loadLore(projectRoot())
  const known = await lore
  const alarms = { ...known.alarms, ...options.alarms }
  const stage = new Stage({ ...known, alarms }, options)
  const { house } = stage
  const log: string[] = []
  const activity = createActivity()
  const { observe } = house
  Object.assign(house, {
    observe(happening: Happening) {
      activity.observe(happening)
      observe(happening)
    },
  })
  const server = await serveHttp({
    ...{ host: '127.0.0.1', port: 0, house, version: '9.9.9', proxy: options.proxy ?? false },
    activity,
    execute: (actor, id, command) => execute(house, actor, id, command),
    query: (actor, request) => query(house, actor, request),
    ...(options.limits && { limits: options.limits }),
    log: (line) => log.push(line),
  })
  onTestFinished(() => server.close())
  let keys = 0
  return {
    ...{ stage, url: server.url, log },
    async key(name, ...scopes) {
      const key = newApiKey(new Uint8Array(32).fill(++keys))
      const command = { type: 'apikey.add', name, scopes, hash: apiKeyId(key) }
      await execute(house, { kind: 'operator' }, `test/key/${keys}`, command)
      return key
    },
    ask: (path, asking) => ask(`${server.url}${path}`, asking),
  }
}

async function ask(url: string, { method, key, json, body, headers }: Asking = {}): Promise<Answered> {
  const sent = json === undefined ? body : JSON.stringify(json)
  const response = await fetch(url, {
    method: method ?? (sent === undefined ? 'GET' : 'POST'),
    headers: {
      ...(json !== undefined && { 'Content-Type': 'application/json' }),
      ...(key !== undefined && { Authorization: `Bearer ${key}` }),
      ...headers,
    },
    ...(sent !== undefined && { body: sent, duplex: 'half' }),
  } as RequestInit)
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true
  return {
    ...{ status: response.status, headers: response.headers, text },
    json: isJson && text !== '' ? JSON.parse(text) : undefined,
  }
}
