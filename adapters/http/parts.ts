import type { HttpBindings } from '@hono/node-server'
import type { Context, Hono } from 'hono'
import type { z } from 'zod'
import type { Actor } from '../../bot/doors/command.ts'
import type { CommandResult } from '../../bot/doors/decided.ts'
import type { House } from '../../bot/house.ts'
import type { ApiKey, ApiKeyScope } from '../../bot/people/api-keys.ts'
import type { Activity } from './activity.ts'
import type { HttpError } from './http-error.ts'
import type { RequestCounts } from './request-counts.ts'
import type { Rate, TokenBuckets } from './token-buckets.ts'

/** What the HTTP door is put together from, and what a group of routes looks like. */

export interface HttpDoor {
  readonly house: House
  /** The door for changes; the same id happens once. @throws RefusedError, ZodError */
  execute(actor: Actor, id: string, command: unknown): Promise<CommandResult>
  /** The door for questions. @throws RefusedError, ZodError */
  query(actor: Actor, request: unknown): Promise<readonly object[]>
  /** Of LinLi: 0.1.0 */
  readonly version: string
  readonly limits?: Partial<HttpLimits>
  /** Behind a reverse proxy: see address.ts. */
  readonly proxy: boolean
  readonly open311?: Open311Identity
  /** One line a request; absent: quiet. */
  log?(line: string): void
  /** What the house did, for /metrics. */
  readonly activity?: Activity
}

/** What our Open311 server says of itself. */
export interface Open311Identity {
  /** As others see this server: https://linli.example; absent: as the request says. */
  readonly url?: string
  /** Whom to ask, and for a key. */
  readonly contact?: string
  /** Another one in a request is answered 404; absent: none is looked at. */
  readonly jurisdiction?: string
  /** Switched off: 404 for all of it. */
  readonly closed?: boolean
}

/** What every group of routes is given. */
export interface HttpParts extends HttpDoor {
  readonly limits: HttpLimits
  /** What /metrics tells of requests. */
  readonly counts: RequestCounts
  /** The OpenAPI document of all routes. */
  describe(): object
  /** How much one address, one key and one guesser of keys may still ask. */
  readonly buckets: Readonly<Record<'address' | 'key' | 'wrongKeys', TokenBuckets>>
}

/** Sizes in bytes, times in ms. */
export interface HttpLimits {
  readonly jsonBody: number
  /** A request is answered within this time, or with 503. */
  readonly request: number
  /** Requests a second, on average and in a burst, of one address and of one key. */
  readonly address: Rate
  readonly key: Rate
  /** Wrong keys from one address. */
  readonly wrongKeys: Rate
  readonly connections: number
  /** Of one address, unless a proxy speaks for all: who opens many and says nothing shuts nobody else out. */
  readonly connectionsOfAddress: number
}

export const defaultLimits: HttpLimits = {
  ...{ jsonBody: 64 << 10, request: 30_000, connections: 256, connectionsOfAddress: 64 },
  address: { perSecond: 30, burst: 200 },
  key: { perSecond: 20, burst: 200 },
  wrongKeys: { perSecond: 0.1, burst: 10 },
}

/** What hono knows of a request, for our handlers. */
export interface HttpEnv {
  Bindings: HttpBindings
  Variables: {
    requestId: string
    /** Whose api key it is, once `authenticate` has found it. */
    key: ApiKey
  }
}
export type HttpContext = Context<HttpEnv>

/** Routes that stand under one path; they are mounted in route-groups.ts. */
export interface RouteGroup {
  /** '/api/v1'; '' for the root. */
  readonly base: string
  mount(parts: HttpParts): Hono<HttpEnv>
  /** One for each route, for the OpenAPI document; a test holds that none is missing. */
  readonly descriptions: readonly RouteDescription[]
  /** How a refusal looks here; as JSON {error} when absent. Also asked for 404, 405, 413, 429 under `base`. */
  refusal?(context: HttpContext, error: HttpError): Response
}

export interface RouteDescription {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** Below `base`, as hono writes it: /alarms/:id */
  readonly path: string
  readonly summary: string
  readonly description?: string
  /** Which scope the key needs; absent: open to all. */
  readonly scope?: ApiKeyScope
  readonly parameters?: readonly ParameterDescription[]
  readonly body?: BodyDescription
  /** By status. */
  readonly answers: Readonly<Record<number, AnswerDescription>>
}

export interface ParameterDescription {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly description: string
  readonly required?: boolean
  readonly schema: z.ZodType
}

export interface BodyDescription {
  /** application/json, application/x-www-form-urlencoded, … */
  readonly type: string
  readonly schema: z.ZodType
  readonly example?: unknown
}

export interface AnswerDescription {
  readonly description: string
  /** Default: application/json. */
  readonly type?: string
  readonly schema?: z.ZodType
  readonly example?: unknown
}
