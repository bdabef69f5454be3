import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isDeepStrictEqual } from 'node:util'

/** One request to Redmine and its answer, as recorded from a real one. */
export interface Exchange {
  readonly method: string
  /** With the query, decoded for people. */
  readonly path: string
  readonly body?: unknown
  readonly status: number
  /** JSON; absent when the answer was empty. */
  readonly answer?: unknown
}

export function recording(fetch: typeof globalThis.fetch, record: Exchange[]): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await fetch(input, init)
    const text = await response.clone().text()
    const { pathname, search } = new URL(String(input))
    record.push({
      method: init?.method ?? 'GET',
      path: decodeURIComponent(pathname + search),
      ...(typeof init?.body === 'string' && { body: JSON.parse(init.body) }),
      status: response.status,
      ...(text.trim() !== '' && { answer: JSON.parse(text) }),
    })
    return response
  }
}

export interface LocalServer {
  readonly url: string
  close(): Promise<void>
}

export interface Replay extends LocalServer {
  /** What was asked otherwise than recorded, or not asked at all. Empty when all went as with the real one. */
  mistakes(): readonly string[]
}

/** Gives the recorded answers in their order, and only to the recorded requests. */
export async function replay(exchanges: readonly Exchange[]): Promise<Replay> {
  const wrong: string[] = []
  let next = 0
  const server = await serve((request, response, body) => {
    const asked = { method: request.method, path: decodeURIComponent(request.url ?? ''), body: parsed(body) }
    const expected = exchanges[next++]
    if (!expected || !isDeepStrictEqual(asked, asOf(expected))) {
      wrong.push(
        `request ${next}: expected ${JSON.stringify(expected && asOf(expected))}, but ${JSON.stringify(asked)} came`,
      )
      response.writeHead(500).end()
      return
    }
    response.writeHead(expected.status, { 'content-type': 'application/json; charset=utf-8' })
    response.end(expected.answer === undefined ? '' : JSON.stringify(expected.answer))
  })
  const missing = () => exchanges.slice(next).map(({ method, path }) => `never asked: ${method} ${path}`)
  return { ...server, mistakes: () => [...wrong, ...missing()] }
}

function asOf({ method, path, body }: Exchange): unknown {
  return { method, path, body }
}

function parsed(body: string): unknown {
  return body === '' ? undefined : JSON.parse(body)
}

/** @param answer called with the whole body */
export async function serve(
  answer: (request: IncomingMessage, response: ServerResponse, body: string) => void,
): Promise<LocalServer> {
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => answer(request, response, Buffer.concat(chunks).toString('utf8')))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
