import type { ApiKey } from '../people/api-keys.ts'
import type { Reading } from '../reading.ts'
import { type Command, RefusedError } from './command.ts'
import type { Decided } from './decided.ts'

/** The keys of other systems: given, taken back, listed. A key that was taken back stays in the list. */

const most = 10_000

export async function addApiKey(
  reading: Reading,
  { hash, name, scopes }: Command & { type: 'apikey.add' },
  now: number,
): Promise<Decided> {
  if (await reading.get('apiKeys', hash)) throw new RefusedError('exists', 'this very key is known already')
  const key: ApiKey = { id: hash, name, scopes: [...new Set(scopes)], createdAt: now, revoked: false }
  return {
    outcome: { puts: [{ collection: 'apiKeys', document: key }] },
    result: { key: shownId(key), name, scopes: key.scopes.join(', ') },
  }
}

export async function revokeApiKey(reading: Reading, wanted: string): Promise<Decided> {
  const valid = (await everyKey(reading)).filter((key) => !key.revoked)
  const ofName = valid.filter((key) => key.name === wanted)
  const meant = ofName.length > 0 ? ofName : valid.filter((key) => isBeginning(wanted, key))
  if (meant.length === 0)
    throw new RefusedError('unknown', `no valid api key ${wanted}: see linli api-key list`)
  if (ofName.length === 0 && meant.length > 1)
    throw new RefusedError('unknown', `${meant.length} api keys begin with ${wanted}: write more of the id`)
  return {
    outcome: {
      puts: meant.map((key) => ({ collection: 'apiKeys', document: { ...key, revoked: true } })),
    },
    result: { revoked: meant.map((key) => `${key.name} (${shownId(key)})`).join(', ') },
  }
}

/** Without the hashes: what stands on a screen should be good for nothing. */
export async function apiKeys(reading: Reading): Promise<readonly object[]> {
  const keys = [...(await everyKey(reading))].sort((one, other) => one.createdAt - other.createdAt)
  return keys.map(({ name, scopes, createdAt, lastUsedAt, revoked, ...key }) => ({
    ...{ id: shownId(key), name, scopes, createdAt },
    ...(lastUsedAt !== undefined && { lastUsedAt }),
    revoked,
  }))
}

async function everyKey(reading: Reading): Promise<readonly ApiKey[]> {
  return (await reading.find('apiKeys', { limit: most })).documents
}

function shownId({ id }: Pick<ApiKey, 'id'>): string {
  return id.slice(0, 12)
}

/** Fewer letters are too easily somebody else's. */
function isBeginning(wanted: string, key: ApiKey): boolean {
  return wanted.length >= 6 && key.id.startsWith(wanted)
}
