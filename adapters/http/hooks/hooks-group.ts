import { Hono } from 'hono'
import { z } from 'zod'
import { remoteStateOf } from '../../../bot/forwarding/agreement.ts'
import type { OtherSystem } from '../../../bot/forwarding/other-system.ts'
import { isSignedBy, signatureHeaders, signatureLifetime } from '../../../bot/forwarding/signature.ts'
import { addressOf } from '../address.ts'
import { assertNotTooMany } from '../api-keys.ts'
import { decoded, expectType, parsedJson, readBody } from '../body.ts'
import { faultyValue, HttpError } from '../http-error.ts'
import type { HttpContext, HttpEnv, HttpParts, RouteDescription, RouteGroup } from '../parts.ts'
import { statusBodySchema, takenSchema } from './status-body.ts'

/** Status webhooks in: a system says how it goes with a ticket that was forwarded to it, and signs what it says. */
export const hooksGroup: RouteGroup = {
  base: '/hooks/v1',
  descriptions: [statusDescription()],
  mount(parts: HttpParts) {
    const app = new Hono<HttpEnv>()
    app.post('/:system/status', async (context) => context.json(await takeStatus(parts, context)))
    return app
  },
}

async function takeStatus(parts: HttpParts, context: HttpContext): Promise<object> {
  const { house } = parts
  const address = addressOf(parts, context)
  assertNotTooMany(parts.buckets.wrongKeys.wait(address), 'too many wrong signatures came from here')
  expectType(context, ['application/json'])
  const bytes = await readBody(context, parts.limits.jsonBody)
  const name = context.req.param('system') ?? ''
  const system = (house.otherSystems ?? []).find((each) => each.name === name)
  const signed = signedBy(system, context, bytes)
  if (!system || !signed) {
    parts.buckets.wrongKeys.take(address)
    // the same for a system that is not known: nobody learns which there are
    throw new HttpError(
      401,
      `the signature does not fit: sign \`timestamp.id.body\` with the secret of ${name}`,
    )
  }
  const skew = house.now() - signed.timestamp
  if (Math.abs(skew) > signatureLifetime)
    throw new HttpError(401, 'the timestamp is more than 5 minutes off: look at the clock, and sign anew')
  const id = `hook/${system.name}/${signed.id}`
  // kept with the audit, so that it is refused after a restart, too
  if (await house.store.get('audit', id))
    throw new HttpError(409, `${signed.id} was taken already: send news under a new ${signatureHeaders.id}`, {
      code: 'replayed',
    })
  const body = bodyOf(bytes)
  return parts.execute({ kind: 'system', name: system.name }, id, commandOf(system, body, skew))
}

interface Signed {
  readonly id: string
  /** ms since 1970, by their clock. */
  readonly timestamp: number
}

function signedBy(
  system: OtherSystem | undefined,
  { req }: HttpContext,
  bytes: Uint8Array,
): Signed | undefined {
  const id = req.header(signatureHeaders.id) ?? ''
  const timestamp = req.header(signatureHeaders.timestamp) ?? ''
  const signature = req.header(signatureHeaders.signature) ?? ''
  // a system without a secret sends nothing; it is compared all the same, which takes the same time
  const secret = system?.secret ?? ''
  if (!isSignedBy(secret, { timestamp, id, signature }, bytes) || secret === '') return undefined
  if (!/^[\w.:/%+=-]{1,120}$/u.test(id) || !/^\d{1,12}$/u.test(timestamp)) return undefined
  return { id, timestamp: Number(timestamp) * 1000 }
}

type Body = z.output<typeof statusBodySchema>

/** @throws HttpError 400 */
function bodyOf(bytes: Uint8Array): Body {
  const value = parsedJson(decoded(bytes))
  const checked = statusBodySchema.safeParse(value)
  if (checked.success) return checked.data
  throw faultyValue(checked.error, value)
}

/** @param skew how far their clock is behind ours, in ms: found by the signature's own timestamp */
function commandOf({ states }: OtherSystem, { id, remoteId, status, note, at }: Body, skew: number): object {
  return {
    ...{ type: 'ticket.system-status', ticket: id, said: status, state: remoteStateOf(states, status) },
    ...(note !== undefined && { note }),
    ...(remoteId !== undefined && { remoteId }),
    at: Math.max(0, Date.parse(at) + skew),
  }
}

function statusDescription(): RouteDescription {
  const header = (name: string, description: string) =>
    ({ name, in: 'header', description, required: true, schema: z.string() }) as const
  return {
    ...{ method: 'post', path: '/:system/status', summary: 'Say how it goes with a forwarded ticket' },
    description:
      'For systems of tickets/forwarding.yaml that have a secret. done asks the residents, and closes nothing by itself; declined gives the ticket back.',
    parameters: [
      { name: 'system', in: 'path', description: 'As forwarding.yaml calls it', schema: z.string() },
      header(signatureHeaders.id, 'Another one for each message; the same is refused'),
      header(signatureHeaders.timestamp, 'Seconds since 1970, at most 5 minutes off'),
      header(signatureHeaders.signature, 'hex HMAC-SHA256 with the secret over `timestamp.id.body`'),
    ],
    body: {
      ...{ type: 'application/json', schema: statusBodySchema },
      example: { id: '20261120-003', status: 'done', note: '已更换灯管', at: '2026-11-20T15:20:00+08:00' },
    },
    answers: {
      200: { description: 'taken', schema: takenSchema },
      401: { description: 'not signed, or too long ago' },
      404: { description: 'this ticket was not forwarded to you' },
      409: { description: 'taken already, or not the id that we know' },
    },
  }
}
