import { z } from 'zod'
import { errorSchema } from './answer-schemas.ts'
import type {
  AnswerDescription,
  BodyDescription,
  ParameterDescription,
  RouteDescription,
  RouteGroup,
} from './parts.ts'

/** The OpenAPI 3.1 document of all routes, made from the same schemas that check what comes in. */
export function openApiDocument(groups: readonly RouteGroup[], version: string): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const { base, descriptions } of groups)
    for (const route of descriptions) {
      const path = `${base}${route.path}`.replace(/:(\w+)(?:\{[^}]*\})?/gu, '{$1}')
      paths[path] = { ...paths[path], [route.method]: operation(base, route) }
    }
  return {
    openapi: '3.1.0',
    info: { title: 'LinLi', version, description: 'Complaints of a community, from the report to its end' },
    paths,
    components: {
      schemas: { Error: jsonSchema(errorSchema, 'output') },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'An api key: linli_…' },
        header: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
      },
    },
  }
}

function operation(base: string, route: RouteDescription): object {
  const { method, path, summary, description, scope, parameters = [], body } = route
  const words = `${base}${path}`.split(/[^\w]+/u).filter((word) => word !== '')
  return {
    operationId: [method, ...words].join('_'),
    summary,
    ...(description !== undefined && { description }),
    ...(scope !== undefined && { security: [{ bearer: [] }, { header: [] }], 'x-linli-scope': scope }),
    ...(parameters.length > 0 && { parameters: parameters.map(parameter) }),
    ...(body && { requestBody: requestBody(body) }),
    responses: Object.fromEntries(
      Object.entries({ ...refusals(route), ...route.answers }).map(([status, each]) => [
        status,
        answer(each, Number(status)),
      ]),
    ),
  }
}

/** What every route may answer besides its own. */
function refusals({ scope, body }: RouteDescription): Record<number, AnswerDescription> {
  return {
    ...(body && {
      400: { description: 'the body is not as described' },
      413: { description: 'the body is too large' },
      415: { description: 'the body is of another type' },
    }),
    ...(scope && {
      401: { description: 'no api key, or one that is not known' },
      403: { description: `the api key is not good for ${scope}` },
    }),
    429: { description: 'too many requests: Retry-After says how many seconds to wait' },
    503: { description: 'not now: try again later' },
  }
}

function parameter({ name, in: where, description, required, schema }: ParameterDescription): object {
  return {
    ...{ name, in: where, description, required: where === 'path' || (required ?? false) },
    schema: jsonSchema(schema, 'input'),
  }
}

function requestBody({ type, schema, example }: BodyDescription): object {
  const content = { schema: jsonSchema(schema, 'input'), ...(example !== undefined && { example }) }
  return { required: true, content: { [type]: content } }
}

function answer(
  { description, type = 'application/json', schema, example }: AnswerDescription,
  status: number,
): object {
  if (!schema && (status < 400 || type !== 'application/json')) return { description }
  const shape = schema ? jsonSchema(schema, 'output') : { $ref: '#/components/schemas/Error' }
  return {
    description,
    content: { [type]: { schema: shape, ...(example !== undefined && { example }) } },
  }
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): object {
  const { $schema: _, ...shape } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return shape
}
