import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * How webhooks are signed in both directions: hex HMAC-SHA256 over `${timestamp}.${id}.${body}`, timestamp in seconds.
 * The id is signed along, so that nobody sends the same again under another one.
 */

export const signatureHeaders = {
  id: 'X-LinLi-Id',
  timestamp: 'X-LinLi-Timestamp',
  signature: 'X-LinLi-Signature',
} as const

/** Older or newer than this (ms) is a replay, or a clock that is wrong. */
export const signatureLifetime = 5 * 60_000

export interface SignedWith {
  readonly timestamp: string
  readonly id: string
}

export function signatureOf(
  secret: string,
  { timestamp, id }: SignedWith,
  body: string | Uint8Array,
): string {
  return createHmac('sha256', secret).update(`${timestamp}.${id}.`).update(body).digest('hex')
}

/** Takes the same time whatever came. */
export function isSignedBy(
  secret: string,
  { signature, ...signed }: SignedWith & { readonly signature: string },
  body: string | Uint8Array,
): boolean {
  const expected = Buffer.from(signatureOf(secret, signed, body), 'hex')
  const came = Buffer.from(/^[0-9a-f]{64}$/iu.test(signature) ? signature : '', 'hex')
  return came.length === expected.length && timingSafeEqual(came, expected)
}
