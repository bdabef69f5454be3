import {
  type Difference,
  type ForwardedTicket,
  type Forwarding,
  type RemoteReference,
  type RemoteStatus,
  type TicketSystem,
  TicketSystemError,
} from '../../../bot/ports/ticket-system.ts'
import { day } from '../../../tickets/shanghai-time.ts'
import type { AttributeDefinition, Row } from './answers.ts'
import { differencesOf, type Sent } from './differences.ts'
import { type GeoReport, openGeoReport } from './geo-report.ts'
import type { Open311Settings } from './settings.ts'
import { standardState, statusOf } from './states.ts'
import { addressOf, descriptionOf, markOf, shortened } from './wording.ts'

/** Another Open311 server as a ticket system. The standard can create and read; it cannot change what was created. */
export interface Open311Options extends Open311Settings {
  /** As tickets/forwarding.yaml calls it. */
  readonly name: string
  readonly now: () => number
  /** ms */
  readonly sleep: (ms: number) => Promise<void>
  readonly fetch?: typeof globalThis.fetch
}

const tokenPolls = { times: 5, every: 2_000 }
const answersHaveAtMost = 8 << 20
const servicesAreKnownFor = 3_600_000
/** Their clock may differ from ours. */
const skew = 3_600_000
const longestSpan = 89 * day
const pages = { size: 500, most: 20 }

/** The remote id of what they have only given a token for so far. */
const tokenPrefix = 'token:'

export function createOpen311System(options: Open311Options): TicketSystem {
  const { name, now, sleep, source, fetch = globalThis.fetch } = options
  const server = openGeoReport(options, { fetch, timeout: options.timeout, mostBytes: answersHaveAtMost })
  const serviceOf = rememberServices(server, now)

  /** Their ids of what bears our number: one, if all went well. */
  const findOurs = (ticket: ForwardedTicket, sent: Sent) =>
    requestsWith(server, markOf(source, ticket), sent.service, {
      from: ticket.openedAt - skew,
      to: now() + skew,
    })

  async function create(ticket: ForwardedTicket, sent: Sent): Promise<string> {
    const fields = await fieldsOf(server, options, ticket, sent, await serviceOf(sent.service))
    const row = await server.create(fields, `${source} ${ticket.id}`)
    const id = row['service_request_id']
    if (id !== undefined) return id
    const token = row['token']
    if (token !== undefined) return (await polled(token)) ?? `${tokenPrefix}${token}`
    const [found] = await findOurs(ticket, sent)
    if (found !== undefined) return found
    throw new TicketSystemError('nonsense', `${name} took ${ticket.id}, but gave neither an id nor a token`)
  }

  async function polled(token: string): Promise<string | undefined> {
    for (let poll = 1; poll <= tokenPolls.times; poll++) {
      await sleep(tokenPolls.every)
      const id = await server.idOf(token)
      if (id !== undefined) return id
    }
    return undefined
  }

  /** What they call it by now. */
  async function settled(remote: RemoteReference): Promise<string> {
    if (!remote.id.startsWith(tokenPrefix)) return remote.id
    return (await server.idOf(remote.id.slice(tokenPrefix.length))) ?? remote.id
  }

  async function readBack(ticket: ForwardedTicket, sent: Sent, id: string): Promise<Forwarding> {
    if (id.startsWith(tokenPrefix)) return { remote: { id }, status: waiting, differences: [] }
    const remote = {
      id,
      url: `${options.endpoint.replace(/\/+$/u, '')}/requests/${encodeURIComponent(id)}.xml`,
    }
    const row = await server.request(id)
    // taken, but not shown (yet): to send it again would double it
    if (!row) return { remote, status: unseen, differences: [{ field: 'request', ours: id, theirs: '' }] }
    return { remote, status: statusOf(row, options.states), differences: differencesOf(ticket, sent, row) }
  }

  return {
    name,
    async forward(ticket, remote) {
      const sent = sentOf(options, ticket)
      if (remote) return readBack(ticket, sent, await settled(remote))
      const [found] = await findOurs(ticket, sent)
      if (found === undefined && standardState(ticket.state) === 'closed')
        throw refused(name, ticket, `it is ${ticket.state} already: there is nothing to hand over`)
      if (found !== undefined) return readBack(ticket, sent, found)
      const id = await create(ticket, sent)
      const doubles = (await findOurs(ticket, sent)).filter((each) => each !== id)
      const forwarding = await readBack(ticket, sent, id)
      return doubles.length === 0
        ? forwarding
        : { ...forwarding, differences: [...forwarding.differences, doubled(id, doubles)] }
    },
    async fetch(remote): Promise<RemoteStatus | undefined> {
      const id = await settled(remote)
      if (id.startsWith(tokenPrefix)) return waiting
      const row = await server.request(id)
      return row && statusOf(row, options.states)
    },
  }
}

const waiting: RemoteStatus = { state: 'open', said: 'token' }
const unseen: RemoteStatus = { state: 'unknown', said: '' }

function refused(name: string, ticket: ForwardedTicket, why: string): TicketSystemError {
  return new TicketSystemError('refused', `${ticket.id} is not forwarded to ${name}: ${why}`)
}

/** @throws TicketSystemError refused, when the settings name no service for it */
function sentOf(options: Open311Options, ticket: ForwardedTicket): Sent {
  const service = options.services[ticket.category] ?? options.otherService
  if (service === undefined)
    throw refused(options.name, ticket, `no service stands for ${ticket.category}: add it under services`)
  return {
    service,
    description: descriptionOf(options.source, ticket),
    address: addressOf(options.address, ticket.place),
  }
}

/** Their list is asked for once an hour: it rarely changes, and its absence must not hold up what is urgent. */
function rememberServices(server: GeoReport, now: () => number) {
  let known: { readonly rows: readonly Row[]; readonly at: number } | undefined
  return async (code: string): Promise<Row> => {
    const ofNow = known && now() - known.at < servicesAreKnownFor ? known.rows : undefined
    let row = ofNow?.find((each) => each['service_code'] === code)
    if (!row) {
      known = { rows: await server.services(), at: now() }
      row = known.rows.find((each) => each['service_code'] === code)
    }
    if (row && row['type'] !== 'blackbox') return row
    const codes = (known?.rows ?? []).map((each) => each['service_code']).join(', ')
    throw new TicketSystemError(
      'refused',
      row
        ? `their service ${code} is a blackbox: nothing could ever be read back; choose another of ${codes}`
        : `they have no service ${code}: choose one of ${codes}`,
    )
  }
}

/** A create that was only slow came through as well: the standard cannot take one back, so staff have to. */
function doubled(id: string, others: readonly string[]): Difference {
  return { field: 'requests', ours: id, theirs: [id, ...others].join(', ') }
}

/** A create whose answer was lost: our number stands in what they keep. Newest spans first, lowest id first. */
async function requestsWith(
  server: GeoReport,
  mark: string,
  service: string,
  { from: oldest, to: newest }: { readonly from: number; readonly to: number },
): Promise<readonly string[]> {
  const found = new Set<string>()
  for (let to = newest; to > oldest && found.size === 0; to -= longestSpan) {
    const from = Math.max(oldest, to - longestSpan)
    for await (const row of rowsIn(server, { service, from, to, pageSize: pages.size })) {
      const id = row['service_request_id']
      if (id !== undefined && row['description']?.includes(mark)) found.add(id)
    }
  }
  // of two processes all agree on one
  return [...found].sort((one, other) => one.length - other.length || (one < other ? -1 : 1))
}

async function* rowsIn(
  server: GeoReport,
  span: Omit<Parameters<GeoReport['requests']>[0], 'page'>,
): AsyncGenerator<Row> {
  const seen = new Set<string>()
  for (let page = 1; page <= pages.most; page++) {
    const rows = await server.requests({ ...span, page })
    yield* rows
    const before = seen.size
    for (const row of rows) seen.add(row['service_request_id'] ?? '')
    // the last page, or a server that knows no pages and says the same again
    if (rows.length < span.pageSize || seen.size === before) return
  }
}

async function fieldsOf(
  server: GeoReport,
  options: Open311Options,
  ticket: ForwardedTicket,
  sent: Sent,
  service: Row,
): Promise<URLSearchParams> {
  const { point } = options
  if (sent.address === '' && !point)
    throw refused(options.name, ticket, 'it has no place: set address, the place of the community')
  const fields = new URLSearchParams({ service_code: sent.service, description: sent.description })
  if (sent.address !== '') fields.set('address_string', sent.address)
  if (point) {
    fields.set('lat', String(point.lat))
    fields.set('long', String(point.long))
  }
  const definition = service['metadata'] === 'false' ? undefined : await server.definition(sent.service)
  for (const [code, value] of attributesOf(options, ticket, definition ?? []))
    fields.append(`attribute[${code}]`, value)
  return fields
}

/** Names under which servers ask for the number of whoever reports. */
const numberNames =
  /^(?:linli[_-]?(?:id|number)|fixmystreet_id|external[_-]?(?:id|ref|reference|number)|(?:client|source|partner)[_-]?(?:id|ref|reference))$/iu

function attributesOf(
  options: Open311Options,
  ticket: ForwardedTicket,
  definition: readonly AttributeDefinition[],
): readonly (readonly [string, string])[] {
  const filled = definition
    .filter(({ variable }) => variable)
    .map((attribute) => [attribute, filling(options, ticket, attribute.code)] as const)
  const missing = filled.filter(([{ required }, value]) => required && value === undefined)
  if (missing.length > 0) {
    const names = missing.map(([{ code, description }]) =>
      description === '' ? code : `${code} (${description})`,
    )
    throw refused(options.name, ticket, `their service wants ${names.join(', ')}: set it under attributes`)
  }
  return filled.flatMap(([{ code, values }, value]) => {
    if (value === undefined) return []
    if (values.length === 0 || values.includes(value)) return [[code, value] as const]
    throw refused(options.name, ticket, `${code} may be ${values.join(', ')}, but ${value} is set`)
  })
}

function filling(options: Open311Options, ticket: ForwardedTicket, code: string): string | undefined {
  const set = Object.hasOwn(options.attributes, code) ? options.attributes[code] : undefined
  if (set !== undefined) return set
  if (code === options.numberAttribute || numberNames.test(code)) return ticket.id
  if (code === 'title') return shortened(ticket.title, 200)
  if (code === 'description') return descriptionOf(options.source, ticket)
  return undefined
}
