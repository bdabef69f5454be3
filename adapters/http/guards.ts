import { randomBytes } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import { addressOf } from './address.ts'
import { assertNotTooMany } from './api-keys.ts'
import { HttpError, httpErrorOf } from './http-error.ts'
import type { HttpContext, HttpEnv, HttpParts } from './parts.ts'
import { refuse } from './refusal.ts'

/** What every request passes: an id, a limit for its address, a time limit, headers for safety, a count. */
export function watchOver(parts: HttpParts): MiddlewareHandler<HttpEnv> {
  return async (context, next) => {
    const began = performance.now()
    context.set('requestId', randomBytes(8).toString('hex'))
    try {
      assertNotTooMany(parts.buckets.address.take(addressOf(parts, context)), 'too many requests from here')
      await inTime(next(), parts.limits.request)
    } catch (error) {
      // what routes throw is shown by the app already; this is the limits' own
      context.res = refuse(context, httpErrorOf(error))
    }
    for (const [name, value] of Object.entries(safety)) context.res.headers.set(name, value)
    if (!context.res.headers.has('Cache-Control')) context.res.headers.set('Cache-Control', 'no-store')
    context.res.headers.set('X-Request-Id', context.get('requestId'))
    note(parts, context, performance.now() - began)
  }
}

const safety = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
} as const

async function inTime(work: Promise<void>, limit: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    const error = new HttpError(503, `no answer within ${Math.round(limit / 1000)} s: try again later`, {
      headers: { 'Retry-After': '10' },
    })
    timer = setTimeout(() => reject(error), limit)
  })
  try {
    await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** Routes as they are declared, never what was put into them: a line of the log holds nobody's data. */
function note(parts: HttpParts, context: HttpContext, ms: number): void {
  const { method } = context.req
  const declared = routePath(context, -1)
  const shown = declared.endsWith('*') ? 'other' : declared
  parts.counts.add(method, shown, context.res.status, ms)
  const key = context.get('key') as { readonly name: string } | undefined
  const who = key ? ` key=${key.name}` : ''
  parts.log?.(
    `http ${context.get('requestId')} ${method} ${shown} ${context.res.status} ${Math.round(ms)} ms${who}`,
  )
}
