import { TicketSystemError } from '../../../bot/ports/ticket-system.ts'
import { callHttp, type HttpAnswer, type HttpCallOptions, nonsense } from '../http-call.ts'
import {
  AnswerError,
  type AttributeDefinition,
  type Row,
  readDefinition,
  readFormats,
  readRows,
} from './answers.ts'
import type { Open311Settings } from './settings.ts'

/** The calls of GeoReport v2, as a client makes them. Every method: @throws TicketSystemError */
export interface GeoReport {
  services(): Promise<readonly Row[]>
  /** What a service asks for; undefined when they have no definition of it. */
  definition(service: string): Promise<readonly AttributeDefinition[] | undefined>
  /** A row with service_request_id, or with token. */
  create(fields: URLSearchParams, idempotencyKey: string): Promise<Row>
  /** The id for a token; undefined when they do not know it yet. */
  idOf(token: string): Promise<string | undefined>
  /** undefined when they have none of this id. */
  request(id: string): Promise<Row | undefined>
  /** One page of what was reported in a span of at most 90 days. */
  requests(query: RequestsQuery): Promise<readonly Row[]>
}

export interface RequestsQuery {
  readonly service: string
  /** ms since 1970. */
  readonly from: number
  readonly to: number
  /** From 1. */
  readonly page: number
  readonly pageSize: number
}

type Format = 'json' | 'xml'

export function openGeoReport(settings: Open311Settings, http: HttpCallOptions): GeoReport {
  const base = settings.endpoint.replace(/\/+$/u, '')
  let known: Promise<Format> | undefined
  const format = async (): Promise<Format> => {
    if (settings.format !== 'discover') return settings.format
    known ??= discover()
    try {
      return await known
    } catch (error) {
      known = undefined
      throw error
    }
  }

  async function discover(): Promise<Format> {
    const url = new URL(settings.discovery ?? `${base}/discovery.xml`)
    const answer = await callHttp(http, url, { headers: { Accept: 'text/xml, application/json' } })
    // many have none: XML is what everybody has to have
    if (answer.status >= 400 && answer.status < 500) return 'xml'
    if (answer.status >= 500) throw failureOf(url, answer)
    try {
      return readFormats(answer.text)?.has('json') ? 'json' : 'xml'
    } catch (error) {
      if (error instanceof AnswerError) return 'xml'
      throw error
    }
  }

  async function get(path: string, query: Readonly<Record<string, string>> = {}): Promise<[URL, HttpAnswer]> {
    const url = new URL(`${base}/${path}.${await format()}`)
    for (const [name, value] of Object.entries({ ...jurisdiction(), ...query }))
      url.searchParams.set(name, value)
    return [url, await callHttp(http, url, { headers: { Accept: accepted } })]
  }

  function jurisdiction(): Readonly<Record<string, string>> {
    return settings.jurisdiction === undefined ? {} : { jurisdiction_id: settings.jurisdiction }
  }

  return {
    async services() {
      const [url, answer] = await get('services')
      return understood(url, answer, (text) => readRows(text, 'services'))
    },
    async definition(service) {
      const [url, answer] = await get(`services/${encodeURIComponent(service)}`)
      // FixMyStreet and others answer 400 or 404 for a service that asks nothing
      if (answer.status === 404 || answer.status === 400) return undefined
      return understood(url, answer, readDefinition)
    },
    async create(fields, idempotencyKey) {
      const url = new URL(`${base}/requests.${await format()}`)
      for (const [name, value] of Object.entries(jurisdiction())) fields.set(name, value)
      if (settings.apiKey !== '') fields.set('api_key', settings.apiKey)
      const headers = {
        Accept: accepted,
        'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8',
        'Idempotency-Key': encodeURIComponent(idempotencyKey),
      }
      const answer = await callHttp(http, url, { method: 'POST', headers, body: fields.toString() })
      return understood(url, answer, (text) => readRows(text, 'service_requests')[0] ?? {})
    },
    async idOf(token) {
      const [url, answer] = await get(`tokens/${encodeURIComponent(token)}`)
      // not yet: some say so with 404, some with an empty id
      if (answer.status === 404) return undefined
      return understood(url, answer, (text) => readRows(text, 'service_requests')[0]?.['service_request_id'])
    },
    async request(id) {
      const [url, answer] = await get(`requests/${encodeURIComponent(id)}`)
      if (answer.status === 404 || answer.status === 410) return undefined
      const rows = understood(url, answer, (text) => readRows(text, 'service_requests'))
      // a server that ignores the id must not make us read another's request
      return rows.find((row) => row['service_request_id'] === id)
    },
    async requests({ service, from, to, page, pageSize }) {
      const [url, answer] = await get('requests', {
        service_code: service,
        start_date: w3c(from),
        end_date: w3c(to),
        page: String(page),
        page_size: String(pageSize),
      })
      return understood(url, answer, (text) => readRows(text, 'service_requests'))
    },
  }
}

const accepted = 'application/json, text/xml'

/** 2026-11-20T01:00:00Z: without fractions, which not everybody reads. */
function w3c(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/u, 'Z')
}

function understood<T>(url: URL, answer: HttpAnswer, read: (text: string) => T): T {
  if (answer.status < 200 || answer.status > 299) throw failureOf(url, answer)
  try {
    return read(answer.text)
  } catch (error) {
    if (!(error instanceof AnswerError)) throw error
    throw nonsense(`${url.host}: ${error.message}`, error)
  }
}

function failureOf(url: URL, { status, text, retryAfter }: HttpAnswer): TicketSystemError {
  const said = errorsIn(text)
  const message = `${url.host} answers ${status}${said === '' ? '' : `: ${said}`}`
  return new TicketSystemError(codeOf(status, said), message, retryAfter === undefined ? {} : { retryAfter })
}

function codeOf(status: number, said: string): TicketSystemError['code'] {
  if (status === 429) return 'busy'
  if (status >= 500 || status === 408) return 'unreachable'
  if (status === 401 || status === 403) return 'authority'
  // uReport answers a missing or unknown key with 400 and a word of its own
  return status === 400 && /api[\s_-]?key|unknown\s?client/iu.test(said) ? 'authority' : 'refused'
}

const longestSaid = 300

/** Their words, for an admin to read. */
function errorsIn(text: string): string {
  try {
    return readRows(text, 'errors')
      .map((row) => row['description'] ?? row['code'] ?? '')
      .filter(Boolean)
      .join('; ')
      .slice(0, longestSaid)
  } catch (error) {
    // a page of HTML, or nothing: the status has to be enough
    if (error instanceof AnswerError) return ''
    throw error
  }
}
