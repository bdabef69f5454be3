import { describe, expect, test } from 'vitest'
import type { RouteDescription, RouteGroup } from '../../adapters/http/parts.ts'
import { routeGroups } from '../../adapters/http/route-groups.ts'
import { createHttpApp } from '../../adapters/http/server.ts'
import { openStage } from '../bot/stage.ts'
import { openHttpStage } from './http-stage.ts'

/** The document promises what the door does, and nothing is missing in it. */

const described = routeGroups.flatMap((group) => group.descriptions.map((route) => ({ group, route })))

function nameOf({ group, route }: { readonly group: RouteGroup; readonly route: RouteDescription }): string {
  return `${route.method.toUpperCase()} ${group.base}${route.path}`
}

describe('the OpenAPI document', () => {
  test('describes every route that is mounted, and no other', async () => {
    const { house } = await openStage()
    const app = createHttpApp({
      ...{ house, version: '1', proxy: false },
      ...{ execute: async () => ({}), query: async () => [] },
    })
    const mounted = new Set(
      app.routes.flatMap(({ method, path }) => (method === 'ALL' ? [] : [`${method} ${path}`])),
    )
    expect(mounted.size).toBeGreaterThan(6)
    expect([...new Set(described.map(nameOf))].sort()).toEqual([...mounted].sort())
  })

  test('is version 3.1, names each operation once, and has every path with its parameters', async () => {
    const { ask } = await openHttpStage()
    const { status, json } = await ask('/api/v1/openapi.json')
    expect(status).toBe(200)
    expect(json).toMatchObject({ openapi: '3.1.0', info: { title: 'LinLi', version: '9.9.9' } })
    const ids: string[] = []
    for (const { group, route } of described) {
      const path = `${group.base}${route.path}`.replace(/:(\w+)(?:\{[^}]*\})?/gu, '{$1}')
      const operation = json.paths[path]?.[route.method]
      expect(operation, path).toBeDefined()
      ids.push(operation.operationId)
      const inPath = [...path.matchAll(/\{(\w+)\}/gu)].map(([, name]) => name)
      const named = (operation.parameters ?? []).filter((each: { in: string }) => each.in === 'path')
      expect(named.map((each: { name: string }) => each.name).sort(), path).toEqual(inPath.sort())
      for (const answer of Object.keys(route.answers))
        expect(Object.keys(operation.responses)).toContain(answer)
    }
    expect(new Set(ids).size).toBe(ids.length)
    expect(json.paths['/api/v1/alarms'].post).toMatchObject({
      'x-linli-scope': 'alarms',
      requestBody: {
        content: { 'application/json': { schema: { required: ['id', 'kind', 'state', 'at'] } } },
      },
    })
  })

  test('holds no schema that other tools cannot read: every reference leads somewhere', async () => {
    const { ask } = await openHttpStage()
    const { json, text } = await ask('/api/v1/openapi.json')
    for (const [, name = ''] of text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/gu))
      expect(Object.keys(json.components.schemas)).toContain(name)
    expect(text).not.toMatch(/"\$ref":"#\/(?!components\/schemas\/\w+")/u)
  })
})

describe('each route answers as it is described', () => {
  // those of notices need groups and a notice: see notices-open-api.test.ts
  const ours = described.filter(
    ({ group, route }) =>
      (group.base === '' || group.base === '/api/v1') && !/^\/(?:notices|attachments)/u.test(route.path),
  )
  const filled: Readonly<Record<string, string>> = {
    '/api/v1/alarms/:id': '/api/v1/alarms/A-1024',
    '/api/v1/tickets/:number': '/api/v1/tickets/20261120-001',
  }

  test.each(ours.map((each) => [nameOf(each), each] as const))('%s', async (_, { group, route }) => {
    const { ask, key } = await openHttpStage({ start: '2026-11-20 08:35' })
    const all = await key('platform', 'alarms', 'read')
    const opened = described.find((each) => nameOf(each) === 'POST /api/v1/alarms')?.route.body?.example
    expect((await ask('/api/v1/alarms', { key: all, json: opened })).status).toBe(201)
    const path = filled[`${group.base}${route.path}`] ?? `${group.base}${route.path}`
    const body = route.body ? { json: route.body.example } : {}
    const answered = await ask(path, { method: route.method.toUpperCase(), key: all, ...body })
    const promised = route.answers[answered.status]
    expect(answered.status).toBeLessThan(300)
    expect(promised, `${answered.status} is not described`).toBeDefined()
    expect(answered.headers.get('content-type')).toContain(promised?.type ?? 'application/json')
    if (promised?.schema) expect(promised.schema.safeParse(answered.json)).toMatchObject({ success: true })
    if (!route.scope || path === '/metrics') return
    expect((await ask(path, { method: route.method.toUpperCase(), ...body })).status).toBe(401)
    const other = await key('other', 'open311')
    expect((await ask(path, { method: route.method.toUpperCase(), key: other, ...body })).status).toBe(403)
  })
})
