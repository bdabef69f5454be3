import { Hono } from 'hono'
import { z } from 'zod'
import { isFromHere } from '../address.ts'
import { authenticate, keyIn } from '../api-keys.ts'
import type { HttpEnv, RouteGroup } from '../parts.ts'
import { metrics } from './metrics.ts'
import { createReadiness } from './readiness.ts'

/** For whoever watches over the process: is it there, is it able, what has it done. */

const readySchema = z.strictObject({ ready: z.boolean(), reasons: z.array(z.string()) })
const metricsType = 'text/plain; version=0.0.4; charset=utf-8'

export const watchGroup: RouteGroup = {
  base: '',
  descriptions: [
    {
      ...{ method: 'get', path: '/healthz', summary: 'The process is alive' },
      answers: { 200: { description: 'alive', schema: z.strictObject({ status: z.literal('ok') }) } },
    },
    {
      ...{ method: 'get', path: '/readyz', summary: 'The house can do its work' },
      answers: {
        200: { description: 'it can', schema: readySchema },
        503: {
          description: 'it cannot: the store takes no commits, or a link is not up',
          schema: readySchema,
        },
      },
    },
    {
      ...{ method: 'get', path: '/metrics', summary: 'Numbers for Prometheus', scope: 'read' },
      description: 'From the machine itself no key is needed.',
      answers: { 200: { description: 'the Prometheus text format', type: 'text/plain' } },
    },
  ],
  mount(parts) {
    const readiness = createReadiness(parts)
    const app = new Hono<HttpEnv>()
    app.get('/healthz', (context) => context.json({ status: 'ok' }))
    app.get('/readyz', async (context) => {
      const found = await readiness()
      return context.json(found, found.ready ? 200 : 503)
    })
    app.get('/metrics', async (context) => {
      if (!isFromHere(context)) await authenticate(parts, context, keyIn(context), 'read')
      return context.body(await metrics(parts), 200, { 'Content-Type': metricsType })
    })
    return app
  },
}
