import { createHash } from 'node:crypto'
import { z } from 'zod'
import { localDate } from '../../tickets/shanghai-time.ts'
import type { Instant } from '../ports/chat.ts'

/** How other systems show who they are. A key is told once; only its hash is kept. */

export const apiKeyScopes = ['alarms', 'approve', 'notices', 'open311', 'read'] as const
export type ApiKeyScope = (typeof apiKeyScopes)[number]

/** What another system may be called. */
export const systemName = z
  .string()
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,39}$/u,
    'a name of 1 to 40 letters, digits, dots and dashes, for example fume-monitors',
  )

export interface ApiKey {
  /** sha256 of the key, in hex. */
  readonly id: string
  /** Its holder is `system/NAME` in events and audit. */
  readonly name: string
  readonly scopes: readonly ApiKeyScope[]
  readonly createdAt: Instant
  /** Written at most once a day. */
  readonly lastUsedAt?: Instant
  /** No longer good for anything; kept, so that the audit can be read. */
  readonly revoked: boolean
}

/** `linli_` and 43 letters. @param secret 32 random bytes */
export function newApiKey(secret: Uint8Array): string {
  return `linli_${Buffer.from(secret).toString('base64url')}`
}

/**
 * A key is found by its hash: whoever guesses learns nothing from how long it takes, because nothing of what they
 * sent is compared with a secret letter by letter.
 */
export function apiKeyId(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}

/** Whether its use has to be written down: once a day is enough. */
export function isUseUnknown({ lastUsedAt }: ApiKey, now: Instant): boolean {
  return lastUsedAt === undefined || localDate(lastUsedAt) !== localDate(now)
}
