import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { isSignedBy } from '../../bot/forwarding/signature.ts'

/** A city's hotline that takes signed webhooks: a server of its own on a free port, which can be told to misbehave. */

export const citySecret = 'rotating-heron-17'

export interface Kept {
  readonly id: string
  /** As it came. */
  ticket: Readonly<Record<string, unknown>> & { readonly number: string; readonly sequence: number }
  status: string
  note?: string
  updatedAt?: string
}

export type Mood =
  | 'well'
  /** Everything is written, but the answer is lost. */
  | 'loses answers'
  | 'down'
  | 'busy'
  | 'wrong key'
  | 'refuses'
  | 'talks nonsense'
  | 'redirects elsewhere'

export interface City {
  readonly url: string
  readonly kept: Map<string, Kept>
  /** Ids of every message that was taken, in order: the same twice when it was sent twice. */
  readonly messages: string[]
  /** Everything that came, signed or not. */
  readonly bodies: string[]
  mood: Mood
  /** What it does to a ticket before it keeps it. */
  alter: (ticket: Kept['ticket']) => Kept['ticket']
  calls: number
  /** What was asked and sent, in order: GET /tickets/C1, POST /tickets */
  readonly trace: string[]
  /** Happens while it answers a question. */
  onQuestion?: () => Promise<void>
  /** It breaks at every message that has this in it. */
  poison?: string
}

export async function openCity({ secret = citySecret } = {}): Promise<City> {
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  )
  const { port } = server.address() as AddressInfo
  const city: City = {
    ...{ url: `http://127.0.0.1:${port}`, kept: new Map(), messages: [], bodies: [], trace: [] },
    ...{ mood: 'well' as Mood, alter: (ticket: Kept['ticket']) => ticket, calls: 0 },
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    city.calls++
    const body = await textOf(request)
    city.bodies.push(body)
    if (misbehaves(city, request, response)) return
    if (city.poison !== undefined && body.includes(city.poison)) return end(response, 500, {})
    const header = (name: string) => String(request.headers[name] ?? '')
    const [id, timestamp] = [header('x-linli-id'), header('x-linli-timestamp')]
    if (!isSignedBy(secret, { id, timestamp, signature: header('x-linli-signature') }, body))
      return end(response, 401, { error: 'signature' })
    city.trace.push(`${request.method} ${request.url}`)
    if (request.method === 'GET') {
      await city.onQuestion?.()
      return show(city, request, response)
    }
    city.messages.push(id)
    const kept = keep(city, (JSON.parse(body) as { ticket: Kept['ticket'] }).ticket)
    if (city.mood === 'loses answers') return void request.socket.destroy()
    end(response, 200, { id: kept.id, url: `${city.url}/case/${kept.id}` })
  }
  return city
}

function misbehaves(city: City, request: IncomingMessage, response: ServerResponse): boolean {
  switch (city.mood) {
    case 'well':
    case 'loses answers':
      return false
    case 'down':
      request.socket.destroy()
      return true
    case 'busy':
      response.setHeader('Retry-After', '120')
      end(response, 429, {})
      return true
    case 'wrong key':
      end(response, 403, { error: 'no such client' })
      return true
    case 'refuses':
      end(response, 422, { error: 'no such department' })
      return true
    case 'talks nonsense':
      response.end('<html>login</html>')
      return true
    case 'redirects elsewhere':
      response.writeHead(307, { location: 'http://localhost:1/' }).end()
      return true
  }
}

/** By our number, so that nothing is doubled; an older sequence changes nothing. */
function keep(city: City, ticket: Kept['ticket']): Kept {
  const known = city.kept.get(ticket.number)
  if (!known) {
    const fresh = { id: `C${city.kept.size + 1}`, ticket: city.alter(ticket), status: '已派单' }
    city.kept.set(ticket.number, fresh)
    return fresh
  }
  if (ticket.sequence > known.ticket.sequence) known.ticket = city.alter(ticket)
  if (ticket['state'] === 'done' || ticket['state'] === 'closed') known.status = '已办结'
  if (ticket['state'] === 'dispatched' && known.status === '已办结') known.status = '已派单'
  return known
}

function show(city: City, request: IncomingMessage, response: ServerResponse): void {
  const kept = [...city.kept.values()].find(({ id }) => request.url === `/tickets/${id}`)
  if (!kept) {
    end(response, 404, {})
    return
  }
  const { title, text, place, department } = kept.ticket
  const { id, status, note, updatedAt } = kept
  end(response, 200, { ...{ id, status, note, updatedAt, title, text, place, department } })
}

function end(response: ServerResponse, status: number, value: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value))
}

export async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
