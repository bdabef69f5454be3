import type { MiddlewareHandler } from 'hono'
import { type ApiKey, type ApiKeyScope, apiKeyId, isUseUnknown } from '../../bot/people/api-keys.ts'
import { ConflictError, type Store, type Stored, StoreFailedError } from '../../bot/ports/store.ts'
import { addressOf } from './address.ts'
import { HttpError } from './http-error.ts'
import type { HttpContext, HttpEnv, HttpParts } from './parts.ts'

/** Who may ask for what, by api key: `Authorization: Bearer linli_…` or `X-API-Key: linli_…`. */

/** A route for holders of keys with this scope; the handler finds the key in `context.get('key')`. */
export function requireScope(parts: HttpParts, scope: ApiKeyScope): MiddlewareHandler<HttpEnv> {
  return async (context, next) => {
    await authenticate(parts, context, keyIn(context), scope)
    await next()
  }
}

/**
 * For routes that carry the key elsewhere (Open311's `api_key` stands in the form).
 * @throws HttpError 401 without a good key, 403 when it is good for other things, 429 when it comes too often
 */
export async function authenticate(
  parts: HttpParts,
  context: HttpContext,
  sent: string | undefined,
  scope: ApiKeyScope,
): Promise<ApiKey> {
  const { buckets } = parts
  const address = addressOf(parts, context)
  assertNotTooMany(buckets.wrongKeys.wait(address), 'too many wrong keys came from here')
  const key = sent === undefined || sent === '' ? undefined : await holderOf(parts, sent)
  if (!key) {
    if (sent !== undefined && sent !== '') buckets.wrongKeys.take(address)
    throw new HttpError(401, keyFault(sent), { headers: { 'WWW-Authenticate': 'Bearer realm="linli"' } })
  }
  context.set('key', key)
  assertNotTooMany(buckets.key.take(key.id), 'this key asks too often')
  if (!key.scopes.includes(scope))
    throw new HttpError(
      403,
      `this needs a key with the scope ${scope}; this one has ${key.scopes.join(', ')}: ask the operator for another`,
    )
  return key
}

export function keyIn(context: HttpContext): string | undefined {
  const bearer = /^Bearer +(\S+) *$/iu.exec(context.req.header('authorization') ?? '')?.[1]
  return bearer ?? context.req.header('x-api-key')
}

/** Undefined for a key that nobody was given, or that was taken back. */
async function holderOf({ house }: HttpParts, sent: string): Promise<ApiKey | undefined> {
  const key = await house.store.get<ApiKey>('apiKeys', apiKeyId(sent))
  if (!key || key.revoked) return undefined
  if (isUseUnknown(key, house.now())) await noteUse(house.store, key, house.now())
  return key
}

/** Bookkeeping for the operator: who asks goes before it. */
async function noteUse(store: Store, key: Stored<ApiKey>, now: number): Promise<void> {
  const put: ApiKey = { ...key, lastUsedAt: now }
  try {
    await store.commit([{ collection: 'apiKeys', id: key.id, put, expect: key.version }])
  } catch (error) {
    // somebody else wrote it down meanwhile; and a store that failed may still be read
    if (!(error instanceof ConflictError || error instanceof StoreFailedError)) throw error
  }
}

function keyFault(sent: string | undefined): string {
  return sent === undefined || sent === ''
    ? 'expected an api key (Authorization: Bearer linli_…), but none came: ask the operator for one'
    : 'this api key is not known here, or was taken back: ask the operator for another'
}

/** @param wait ms @throws HttpError 429 */
export function assertNotTooMany(wait: number, what: string): void {
  if (wait === 0) return
  const seconds = Math.ceil(wait / 1000)
  throw new HttpError(429, `${what}: wait ${seconds} s`, { headers: { 'Retry-After': String(seconds) } })
}
