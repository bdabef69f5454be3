import { z } from 'zod'
import { categories } from '../../../intents/understanding.ts'
import type { ParameterDescription, RouteDescription } from '../parts.ts'
import { formats } from './answer-tree.ts'

/** What stands in the OpenAPI document of the Open311 routes. */
export const open311Base = '/open311/v2'

const text = z.string()
const nullable = z.string().nullable()

const service = z.strictObject({
  service_code: z.enum(categories),
  ...{ service_name: text, description: text, metadata: z.boolean() },
  type: z.enum(['realtime', 'batch']),
  ...{ keywords: text, group: text },
})

const request = z.strictObject({
  service_request_id: text,
  status: z.enum(['open', 'closed']),
  ...{ status_notes: text, service_name: text, service_code: z.enum(categories), description: text },
  ...{ agency_responsible: text, service_notice: z.null() },
  ...{ requested_datetime: text, updated_datetime: text, expected_datetime: text, address: nullable },
  ...{ address_id: z.null(), zipcode: z.null(), lat: z.null(), long: z.null(), media_url: z.null() },
})

const errors = z.array(z.strictObject({ code: z.int(), description: text }))

const definition = z.strictObject({
  service_code: text,
  attributes: z.array(
    z.strictObject({
      ...{ variable: z.boolean(), code: text, datatype: text, required: z.boolean() },
      ...{ datatype_description: nullable, order: z.int(), description: text },
      values: z.array(z.strictObject({ key: text, name: text })),
    }),
  ),
})

const discovery = z.strictObject({
  ...{ changeset: text, contact: text, key_service: text },
  endpoints: z.array(
    z.strictObject({ specification: text, url: text, changeset: text, type: text, formats: z.array(text) }),
  ),
})

const form = z.object({
  api_key: text,
  service_code: z.enum(categories),
  ...{ lat: text.optional(), long: text.optional() },
  ...{ address_string: text.max(400).optional(), address_id: text.max(100).optional() },
  description: text.max(4_000).optional(),
  ...{ email: text.optional(), phone: text.optional() },
  ...{ first_name: text.optional(), last_name: text.optional() },
  ...{ device_id: text.optional(), account_id: text.optional(), media_url: text.max(2_000).optional() },
  ...{ 'attribute[building]': text.optional(), 'attribute[unit]': text.optional() },
  'attribute[spot]': text.optional(),
})

const bad = { 400: { description: 'what is wrong, one error each', schema: errors } } as const
const gone = { 404: { description: 'nothing of this name', schema: errors } } as const

const jurisdiction: ParameterDescription = {
  name: 'jurisdiction_id',
  in: 'query',
  description: 'may be left out: one jurisdiction is served',
  schema: text,
}

function inQuery(name: string, description: string): ParameterDescription {
  return { name, in: 'query', description, schema: text }
}

function inPath(name: string): ParameterDescription {
  return { name, in: 'path', description: 'with its ending, .json or .xml', required: true, schema: text }
}

const listParameters = [
  jurisdiction,
  inQuery('service_request_id', 'numbers with commas; overrides all others'),
  inQuery('service_code', 'with commas'),
  inQuery('start_date', 'with time and offset; default: 90 days before end_date'),
  inQuery('end_date', 'at most 90 days after start_date; default: now'),
  inQuery('status', 'open, closed'),
  inQuery('page', 'from 1; an extension of the standard'),
  inQuery('page_size', '1 to 1000, default 1000; an extension of the standard'),
]

const ofFormat = formats.flatMap((format): RouteDescription[] => {
  const type = format === 'json' ? 'application/json' : 'text/xml'
  const ok = (description: string, schema: z.ZodType) => ({ 200: { description, type, schema } })
  return [
    {
      ...{ method: 'get', path: `/discovery.${format}`, summary: 'What this Open311 server offers' },
      answers: ok('endpoints and formats', discovery),
    },
    {
      ...{ method: 'get', path: `/services.${format}`, summary: 'What can be reported' },
      parameters: [jurisdiction],
      answers: ok('one service a category', z.array(service)),
    },
    {
      ...{ method: 'get', path: `/requests.${format}`, summary: 'What was reported, without personal data' },
      description:
        'Newest first. Private matters (neighbours, welfare, conduct) and what was told in private are not published.',
      parameters: listParameters,
      answers: { ...ok('requests', z.array(request)), ...bad, ...gone },
    },
    {
      ...{ method: 'post', path: `/requests.${format}`, summary: 'Reports something: a ticket is opened' },
      description:
        'One of lat and long, address_string, address_id is needed. The same report again within 10 minutes, or with the same Idempotency-Key, opens no second ticket. Private matters are answered with a token. media_url is never fetched.',
      scope: 'open311',
      parameters: [
        {
          name: 'Idempotency-Key',
          in: 'header',
          description: 'the same for each try of one report',
          schema: text.max(500),
        },
      ],
      body: { type: 'application/x-www-form-urlencoded', schema: form },
      answers: {
        ...ok('its number, or a token', z.array(z.looseObject({ service_notice: text }))),
        ...{ ...bad, ...gone },
        403: { description: 'the api_key is missing, unknown, or not for Open311', schema: errors },
      },
    },
  ]
})

export const open311Descriptions: readonly RouteDescription[] = [
  ...ofFormat,
  {
    ...{ method: 'get', path: '/services/:code', summary: 'What a service asks for' },
    parameters: [inPath('code')],
    answers: { 200: { description: 'attributes', schema: definition }, ...bad, ...gone },
  },
  {
    ...{ method: 'get', path: '/requests/:id', summary: 'One request, without personal data' },
    parameters: [inPath('id')],
    answers: { 200: { description: 'a list of one', schema: z.array(request) }, ...bad, ...gone },
  },
  {
    ...{ method: 'get', path: '/tokens/:token', summary: 'The number behind a token' },
    parameters: [inPath('token')],
    answers: {
      200: {
        description: 'a list of one',
        schema: z.array(z.strictObject({ service_request_id: text, token: text })),
      },
      ...{ ...bad, ...gone },
    },
  },
]
