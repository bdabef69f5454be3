import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Somebody else's Open311 server: what it answers is written down here, what it was asked is kept. */
export interface Asked {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly form: URLSearchParams
  readonly headers: IncomingMessage['headers']
}

export interface Answered {
  readonly status?: number
  readonly type?: string
  readonly body?: string | Uint8Array
  readonly headers?: Readonly<Record<string, string>>
  /** ms before the first byte. */
  readonly after?: number
  /** The connection ends instead of an answer. */
  readonly lost?: boolean
}

export interface ForeignCity {
  readonly base: string
  readonly asked: readonly Asked[]
  close(): Promise<void>
}

export async function openForeignCity(answer: (asked: Asked) => Answered | undefined): Promise<ForeignCity> {
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://foreign.example')
      const form = new URLSearchParams(Buffer.concat(chunks).toString('utf8'))
      const { method = '', headers } = request
      const question = { method, headers, form, path: url.pathname, query: url.searchParams }
      asked.push(question)
      const {
        status = 200,
        type,
        body = '',
        after = 0,
        lost = false,
        ...more
      } = answer(question) ?? { status: 404 }
      if (lost) {
        request.socket.destroy()
        return
      }
      setTimeout(() => {
        response.writeHead(status, { ...(type !== undefined && { 'content-type': type }), ...more.headers })
        response.end(body)
      }, after)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    asked,
    base: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
