import process from 'node:process'
import { type DeliveryState, deliveryStates } from '../../../bot/forwarding/delivery.ts'
import type { OutboxState } from '../../../bot/sending/outbox-documents.ts'
import { lightOf } from '../../../tickets/deadline.ts'
import { isRunning, type Ticket, type TicketState, ticketStates } from '../../../tickets/ticket.ts'
import type { HttpParts } from '../parts.ts'
import { type Family, gauge, type Sample } from './family.ts'
import { noticeFamilies } from './notice-metrics.ts'

/** The state of the house as Prometheus reads it. Numbers only: nobody's name, no group, no text. */

/** ms: a timer that is later than this is late. */
const late = 60_000
const outboxStates = ['queued', 'sending', 'failed', 'unconfirmed'] as const satisfies OutboxState[]

export async function metrics(parts: HttpParts): Promise<string> {
  const families = [
    info(parts),
    ...(await tickets(parts)),
    ...(await queues(parts)),
    ...(await noticeFamilies(parts)),
    ...activity(parts),
    ...requests(parts),
    ...memory(),
  ]
  return `${families.map(written).join('\n')}\n`
}

function written({ name, type, help, samples }: Family): string {
  const lines = samples.map(({ labels = {}, value }) => {
    const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`)
    return `${name}${pairs.length > 0 ? `{${pairs.join(',')}}` : ''} ${value}`
  })
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines].join('\n')
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}

function info({ version }: HttpParts): Family {
  const samples = [{ labels: { version, node: process.version }, value: 1 }]
  return { name: 'linli_info', type: 'gauge', help: 'What runs', samples }
}

async function tickets({ house }: HttpParts): Promise<readonly Family[]> {
  const states: Sample[] = []
  for (const state of ticketStates) {
    const where = { state: state satisfies TicketState }
    states.push({ labels: { state }, value: await house.store.count('tickets', { where }) })
  }
  const lights = { blue: 0, yellow: 0, red: 0 }
  for await (const ticket of runningTickets(house)) lights[lightOf(ticket, house.now())] += 1
  return [
    { name: 'linli_tickets', type: 'gauge', help: 'Tickets by state', samples: states },
    {
      ...{
        name: 'linli_tickets_light',
        type: 'gauge',
        help: 'Tickets on which work is to be done, by light',
      },
      samples: Object.entries(lights).map(([light, value]) => ({ labels: { light }, value })),
    },
  ]
}

async function* runningTickets({ store }: HttpParts['house']): AsyncGenerator<Ticket> {
  const where = { state: { in: ticketStates.filter((state) => isRunning({ state })) } }
  let cursor: string | undefined
  do {
    const query = { where, order: 'openedAt', limit: 10_000, ...(cursor !== undefined && { cursor }) }
    const page = await store.find<Ticket>('tickets', query)
    yield* page.documents
    cursor = page.next
  } while (cursor !== undefined)
}

async function queues({ house }: HttpParts): Promise<readonly Family[]> {
  const { store } = house
  const outbox: Sample[] = []
  for (const { account } of house.chats)
    for (const state of outboxStates)
      outbox.push({ labels: { state }, value: await store.count('outbox', { where: { account, state } }) })
  const deliveries: Sample[] = []
  for (const state of deliveryStates)
    deliveries.push({
      labels: { state: state satisfies DeliveryState },
      value: await store.count('deliveries', { where: { state } }),
    })
  const timers = async (lte: number) =>
    store.count('timers', { order: 'dueAt', range: { field: 'dueAt', lte } })
  // of several processes each tells of its own accounts
  const here = house.chats.filter(({ account }) => house.isHere?.(account) ?? true)
  const links = here.map((chat) => ({
    labels: { account: chat.account },
    value: Number(chat.state().state === 'up'),
  }))
  const up = links.reduce((sum, { value }) => sum + value, 0)
  return [
    gauge('linli_outbox', 'What waits to be said, or could not be', summed(outbox)),
    gauge('linli_deliveries', 'Tickets for other systems', deliveries),
    gauge('linli_timers', 'What the clock will set in motion', [{ value: await store.count('timers') }]),
    gauge('linli_timers_due', 'Of these, due', [{ value: await timers(house.now()) }]),
    gauge('linli_timers_late', 'Of these, late by more than a minute', [
      { value: await timers(house.now() - late) },
    ]),
    gauge('linli_links_up', 'Accounts whose link to the messenger is up', [{ value: up }]),
    gauge('linli_links', 'Accounts of this process', [{ value: here.length }]),
    // with one account there is nothing to tell apart, and its name is nobody's business
    ...(house.chats.length > 1 ? [gauge('linli_link_up', '1: the link of this account is up', links)] : []),
  ]
}

/** The accounts of one installation are its own business. */
function summed(samples: readonly Sample[]): readonly Sample[] {
  const states = [...new Set(samples.map(({ labels }) => labels?.['state'] ?? ''))]
  return states.map((state) => ({
    labels: { state },
    value: samples
      .filter(({ labels }) => labels?.['state'] === state)
      .reduce((sum, { value }) => sum + value, 0),
  }))
}

function activity({ activity: done }: HttpParts): readonly Family[] {
  if (!done) return []
  const { heard, troubles, ...sent } = done.counts()
  return [
    counter('linli_messages_heard_total', 'Lines that were thought about', [{ value: heard }]),
    counter(
      'linli_messages_sent_total',
      'Answers, alerts and notices',
      Object.entries(sent).map(([kind, value]) => ({ labels: { kind }, value })),
    ),
    counter('linli_troubles_total', 'What was told to the operator', [{ value: troubles }]),
  ]
}

function requests({ counts }: HttpParts): readonly Family[] {
  const rows = counts.rows()
  const labels = ({ method, route, status }: (typeof rows)[number]) => ({
    ...{ method, route, status: String(status) },
  })
  return [
    counter(
      'linli_http_requests_total',
      'Requests by route and status',
      rows.map((row) => ({ labels: labels(row), value: row.count })),
    ),
    counter(
      'linli_http_request_seconds_total',
      'Time spent on them',
      rows.map((row) => ({ labels: labels(row), value: Math.round(row.ms) / 1000 })),
    ),
  ]
}

function counter(name: string, help: string, samples: readonly Sample[]): Family {
  return { name, type: 'counter', help, samples }
}

function memory(): readonly Family[] {
  const { rss, heapUsed } = process.memoryUsage()
  return [
    gauge('process_resident_memory_bytes', 'Memory of the process', [{ value: rss }]),
    gauge('nodejs_heap_used_bytes', 'Memory in use inside', [{ value: heapUsed }]),
    gauge('process_uptime_seconds', 'Since the start', [{ value: Math.round(process.uptime()) }]),
  ]
}
