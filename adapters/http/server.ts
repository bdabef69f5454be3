import type { Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import { watchOver } from './guards.ts'
import { HttpError, httpErrorOf } from './http-error.ts'
import { openApiDocument } from './open-api.ts'
import { defaultLimits, type HttpContext, type HttpDoor, type HttpEnv, type HttpParts } from './parts.ts'
import { refuse } from './refusal.ts'
import { createRequestCounts } from './request-counts.ts'
import { routeGroups } from './route-groups.ts'
import { createTokenBuckets } from './token-buckets.ts'

/** The HTTP door: other systems, Open311 and status webhooks come in here; the routes stand in route-groups.ts. */

export function createHttpApp(door: HttpDoor): Hono<HttpEnv> {
  const parts = partsOf(door)
  const app = new Hono<HttpEnv>()
  app.use(watchOver(parts))
  for (const group of routeGroups) app.route(group.base, group.mount(parts))
  app.notFound((context) => refuse(context, unanswered(app, context)))
  app.onError((error, context) => {
    const shown = httpErrorOf(error)
    if (shown.status === 500) {
      const id = context.get('requestId')
      const text = `http request ${id} failed: ${error.stack?.split('\n').slice(0, 3).join(' ') ?? error.message}`
      door.house.observe({ type: 'trouble', at: door.house.now(), text })
    }
    return refuse(context, shown)
  })
  return app
}

function partsOf(door: HttpDoor): HttpParts {
  const limits = { ...defaultLimits, ...door.limits }
  const now = () => door.house.now()
  return {
    ...{ ...door, limits, counts: createRequestCounts() },
    describe: () => openApiDocument(routeGroups, door.version),
    buckets: {
      address: createTokenBuckets(limits.address, now),
      key: createTokenBuckets(limits.key, now),
      wrongKeys: createTokenBuckets(limits.wrongKeys, now),
    },
  }
}

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** 405 when the path is answered to another method, else 404. */
function unanswered(app: Hono<HttpEnv>, { req }: HttpContext): HttpError {
  const lawful = methods.filter((method) =>
    app.router.match(method, req.path)[0].some(([[, route]]) => route.method === method),
  )
  if (lawful.length === 0) return new HttpError(404, 'nothing stands here: look at the address')
  const allow = lawful.join(', ')
  return new HttpError(405, `expected ${allow}, but ${req.method} came`, { headers: { Allow: allow } })
}

export interface HttpServerOptions extends HttpDoor {
  readonly port: number
  readonly host: string
}

export interface HttpServer {
  /** http://127.0.0.1:8080 */
  readonly url: string
  /** Takes nothing more, and waits a moment for what is under way. */
  close(): Promise<void>
}

/** How long answers under way have when the door closes, in ms. */
const lastAnswers = 5_000

/** @throws Error when the port is taken, or not ours to take */
export async function serveHttp(options: HttpServerOptions): Promise<HttpServer> {
  const { port, host } = options
  const limits = { ...defaultLimits, ...options.limits }
  const app = createHttpApp(options)
  const server = createAdaptorServer({
    fetch: app.fetch,
    // the whole request has to have come by then: nobody holds a connection open drop by drop
    serverOptions: {
      requestTimeout: limits.request,
      headersTimeout: Math.min(limits.request, 10_000),
      connectionsCheckingInterval: Math.min(limits.request, 5_000),
    },
  }) as Server
  server.maxConnections = limits.connections
  if (!options.proxy) limitEachAddress(server, limits.connectionsOfAddress)
  await listen(server, port, host)
  const address = server.address()
  const bound = typeof address === 'object' && address !== null ? address.port : port
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeIdleConnections()
      const impatient = setTimeout(() => server.closeAllConnections(), lastAnswers)
      await closed
      clearTimeout(impatient)
    },
  }
}

function limitEachAddress(server: Server, most: number): void {
  const open = new Map<string, number>()
  server.on('connection', (socket) => {
    const address = socket.remoteAddress ?? ''
    const count = (open.get(address) ?? 0) + 1
    open.set(address, count)
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1
      if (left > 0) open.set(address, left)
      else open.delete(address)
    })
    if (count > most) socket.destroy()
  })
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenFault(error, port, host)))
    server.listen(port, host, resolve)
  })
}

function listenFault(error: NodeJS.ErrnoException, port: number, host: string): Error {
  const faults: Readonly<Record<string, string>> = {
    EADDRINUSE: `port ${port} of ${host} is in use: choose another LINLI_HTTP_PORT, or stop what listens there`,
    EADDRNOTAVAIL: `${host} is no address of this machine: set LINLI_HTTP_HOST to 127.0.0.1, or 0.0.0.0 for all`,
    ENOTFOUND: `${host} is no address of this machine: set LINLI_HTTP_HOST to 127.0.0.1, or 0.0.0.0 for all`,
    EACCES: `this account may not listen on port ${port}: choose a LINLI_HTTP_PORT above 1023`,
  }
  return new Error(faults[error.code ?? ''] ?? `the HTTP door cannot open: ${error.message}`, {
    cause: error,
  })
}
