import { describe, expect, test } from 'vitest'
import { apiGroup } from '../../adapters/http/api/api-group.ts'
import type { RouteDescription } from '../../adapters/http/parts.ts'
import { type NoticeDoor, openNoticeDoor, owners, water } from './notice-door.ts'

/** Every route of notices answers as the document describes it. */

const routes = apiGroup.descriptions.filter(({ path }) => /^\/(?:notices|attachments)/u.test(path))
const picture = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(500, 7)])

/** What has to have happened to N1 before that can be asked. */
async function prepare({ api, stage }: NoticeDoor, { method, path, scope }: RouteDescription): Promise<void> {
  if (scope === 'approve')
    await api('/notices', { text: water, targets: owners, emergency: true, submit: true })
  if (scope === 'approve' || !path.includes(':id')) return
  const verb = path.split('/').at(-1) ?? ''
  const waits = ['pause', 'resume', 'stop', 'discard'].includes(verb)
  const sendAt = waits ? { sendAt: '2026-11-18T15:00:00+08:00' } : {}
  const submit = verb !== 'submit' && method !== 'patch'
  await api('/notices', { text: water, targets: owners, receipt: true, ...sendAt, submit })
  if (!waits) await stage.wait(60)
  if (verb === 'resume') await api('/notices/N1/pause', {})
}

/** The example, with the revision of the notice that is there. */
async function filled({ api }: NoticeDoor, { body, scope }: RouteDescription, key: string): Promise<unknown> {
  if (scope !== 'approve') return body?.example
  const { revision } = (await api('/notices/awaiting', undefined, { key })).json.notices[0]
  return { ...(body?.example as object), revision }
}

describe('each route of notices answers as it is described', () => {
  test('there are all of them', () => {
    expect(routes.length).toBeGreaterThanOrEqual(15)
  })

  test.each(routes.map((route) => [`${route.method.toUpperCase()} ${route.path}`, route] as const))(
    '%s',
    async (_, route) => {
      const door = await openNoticeDoor()
      await prepare(door, route)
      const key = route.scope === 'approve' ? await door.key('oa', 'approve') : door.platform
      const path = `/api/v1${route.path.replace(':id', 'N1')}`
      const sent =
        route.body?.type === 'application/octet-stream'
          ? { body: picture, headers: { 'X-File-Name': 'a.png' } }
          : { ...(route.body && { json: await filled(door, route, key) }) }
      const asked = { method: route.method.toUpperCase(), ...sent }
      const answered = await door.ask(path, { key, ...asked })
      expect(answered.status, answered.text).toBeLessThan(300)
      const promised = route.answers[answered.status]
      expect(promised, `${answered.status} is not described`).toBeDefined()
      expect(promised?.schema?.safeParse(answered.json)).toMatchObject({ success: true })
      expect((await door.ask(path, asked)).status).toBe(401)
      const other = await door.key('other', 'open311', 'read', 'alarms')
      expect((await door.ask(path, { key: other, ...asked })).status).toBe(403)
    },
  )
})
