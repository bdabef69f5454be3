import { Hono } from 'hono'
import { findPublished, publishedByNumber } from '../../../bot/doors/published/find-published.ts'
import { ticketOfToken } from '../../../bot/doors/published/token.ts'
import { authenticate, keyIn } from '../api-keys.ts'
import { decoded, expectType, readBody } from '../body.ts'
import { HttpError } from '../http-error.ts'
import type { HttpContext, HttpEnv, HttpParts, RouteGroup } from '../parts.ts'
import { contentTypes, type Format, formats, listOf, type Tree, written } from './answer-tree.ts'
import { open311Base, open311Descriptions } from './descriptions.ts'
import { openReport } from './open-report.ts'
import { readPostedReport } from './posted-report.ts'
import { requestsTree, w3cDate } from './request-tree.ts'
import { readRequestsQuery } from './requests-query.ts'
import { definitionTree, discoveryTree, isService, servicesTree } from './service-list.ts'

/**
 * Open311 GeoReport v2 over the ledger: reports come in with a key, and everybody may read what is published of them
 * (bot/doors/published). Errors as the standard wants them: 404 for what is not there, 403 for the key, 400 for the
 * rest; only 429 and 5xx keep their own status, because there a client has to wait, not to mend its request.
 */
export const open311Group: RouteGroup = {
  base: open311Base,
  descriptions: open311Descriptions,
  refusal: (context, error) => answer(context, 'errors', errorsTree(error), statusOf(error)),
  mount(parts) {
    const app = new Hono<HttpEnv>()
    const changeset = w3cDate(parts.house.now())
    app.use(async (context, next) => {
      if (parts.open311?.closed) throw new HttpError(404, 'Open311 is switched off here')
      if (context.req.method === 'GET') assertJurisdiction(parts, new URL(context.req.url).searchParams)
      await next()
    })
    for (const format of formats) {
      app.get(`/discovery.${format}`, (context) =>
        answer(context, 'discovery', discoveryTree({ ...identityOf(parts, context), changeset })),
      )
      app.get(`/services.${format}`, (context) => answer(context, 'services', servicesTree(parts.house)))
      app.get(`/requests.${format}`, (context) => requests(parts, context))
      app.post(`/requests.${format}`, (context) => post(parts, context))
    }
    app.get('/services/:code', (context) => {
      const code = withoutFormat(context, 'code')
      if (!isService(code)) throw new HttpError(404, `no service ${code}: see services`)
      return answer(context, 'service_definition', definitionTree(parts.house, code))
    })
    app.get('/requests/:id', async (context) => {
      const id = withoutFormat(context, 'id')
      const found = await publishedByNumber(parts.house, [id])
      // whether it is private, or was never there, is nobody's business
      if (found.length === 0) throw new HttpError(404, `no request ${id}: look at the number`)
      return answer(context, 'service_requests', requestsTree(found))
    })
    app.get('/tokens/:token', async (context) => {
      const token = withoutFormat(context, 'token')
      const ticket = await ticketOfToken(parts.house, token)
      if (ticket === undefined) throw new HttpError(404, 'no such token: look at it again')
      const row = { service_request_id: ticket, token }
      return answer(context, 'service_requests', listOf('request', [row]))
    })
    return app
  },
}

async function requests(parts: HttpParts, context: HttpContext): Promise<Response> {
  const { house } = parts
  const query = readRequestsQuery(new URL(context.req.url).searchParams, house.now())
  const found = await ('numbers' in query
    ? publishedByNumber(house, query.numbers)
    : findPublished(house, query.span))
  return answer(context, 'service_requests', requestsTree(found))
}

/** 4,000 characters of four bytes, each written as %XX three times, and the rest. */
const largestForm = 96 << 10
const longestKey = 500

async function post(parts: HttpParts, context: HttpContext): Promise<Response> {
  expectType(context, ['application/x-www-form-urlencoded'])
  const form = formIn(decoded(await readBody(context, largestForm)))
  const sent = form.get('api_key')?.trim() || keyIn(context)
  if (sent === undefined || sent === '')
    throw new HttpError(401, 'api_key is missing: send the api key that the operator gave you in the form')
  const key = await authenticate(parts, context, sent, 'open311')
  assertJurisdiction(parts, form)
  const idempotencyKey = context.req.header('idempotency-key')?.trim() ?? ''
  if (idempotencyKey.length > longestKey)
    throw new HttpError(400, `expected an Idempotency-Key of at most ${longestKey} characters`)
  const tree = await openReport(parts, key, readPostedReport(form), idempotencyKey)
  return answer(context, 'service_requests', tree)
}

/** What is not UTF-8 would be kept as boxes: many forms here are still GBK. @throws HttpError 400 */
function formIn(text: string): URLSearchParams {
  if (!isDecodable(text))
    throw new HttpError(400, 'expected a form in UTF-8, but it cannot be decoded as such: send it as UTF-8')
  return new URLSearchParams(text)
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text)
    return true
  } catch (error) {
    if (error instanceof URIError) return false
    throw error
  }
}

function assertJurisdiction({ open311 }: HttpParts, given: URLSearchParams): void {
  const [asked, ours] = [given.get('jurisdiction_id')?.trim() ?? '', open311?.jurisdiction]
  if (asked === '' || ours === undefined || asked === ours) return
  throw new HttpError(404, `no jurisdiction ${asked.slice(0, 60)}: here is ${ours}`)
}

function identityOf(parts: HttpParts, context: HttpContext) {
  const asked = new URL(context.req.url)
  const here = parts.open311?.url ?? asked.origin
  return {
    url: `${here.replace(/\/+$/u, '')}${open311Base}`,
    contact: parts.open311?.contact ?? 'the operator of this server',
  }
}

/** services/utilities.json → utilities. @throws HttpError 400 without one of our endings */
function withoutFormat(context: HttpContext, name: string): string {
  const written = context.req.param(name) ?? ''
  const bare = /^(.+)\.(?:json|xml)$/u.exec(written)?.[1]
  if (bare !== undefined) return bare.slice(0, longestKey)
  throw new HttpError(400, 'expected an address that ends in .json or .xml')
}

/** XML is what every client of the standard reads. */
function formatOf({ req }: HttpContext): Format {
  return req.path.endsWith('.json') ? 'json' : 'xml'
}

type Status = HttpError['status']

function answer(context: HttpContext, root: string, tree: Tree, status: Status | 200 = 200): Response {
  const format = formatOf(context)
  return context.body(written(format, root, tree), status, { 'Content-Type': contentTypes[format] })
}

function statusOf({ status }: HttpError): Status {
  if (status === 401 || status === 403) return 403
  return status === 404 || status === 429 || status >= 500 ? status : 400
}

function errorsTree(error: HttpError): Tree {
  const descriptions = error.details.length > 0 ? error.details : [error.message]
  return listOf(
    'error',
    descriptions.map((description) => ({ code: statusOf(error), description })),
  )
}
