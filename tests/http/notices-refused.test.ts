import { describe, expect, test } from 'vitest'
import { errorSchema } from '../../adapters/http/answer-schemas.ts'
import { execute } from '../../bot/doors/execute.ts'
import { type NoticeDoor, openNoticeDoor, owners, water } from './notice-door.ts'

/** What is refused at the door of notices says what was expected, what came and what to do, and nothing is kept. */

const operator = { kind: 'operator' } as const

interface Refused {
  readonly status: number
  readonly code: string
  readonly candidates?: unknown
}

async function expectNothing({ stage }: NoticeDoor): Promise<void> {
  expect(await stage.all('notices')).toEqual([])
  await stage.wait(3_600)
  expect(stage.sent).toEqual([])
}

describe('a notice that cannot be is refused', () => {
  const refusals: readonly [what: string, change: object, expected: Refused][] = [
    [
      'an unknown place, with what may have been meant',
      { targets: { places: ['幸福理社区'] } },
      { status: 422, code: 'unknown-place', candidates: ['幸福里社区'] },
    ],
    [
      'an unknown group, with what may have been meant',
      { targets: { groups: ['幸福里商铺群'] } },
      { status: 422, code: 'unknown-group', candidates: expect.arrayContaining(['幸福里商户群']) },
    ],
    [
      'an unknown tag, with those that are known',
      { targets: { tags: ['家长群'] } },
      { status: 422, code: 'unknown-tag', candidates: ['业主群', '商户群'] },
    ],
    ['no group at all', { targets: {} }, { status: 422, code: 'no-groups' }],
    [
      'places and tags without a group',
      { targets: { places: ['和平社区'], tags: ['商户群'] } },
      { status: 422, code: 'no-groups' },
    ],
    ['no words', { text: ' \n ' }, { status: 400, code: 'empty' }],
    ['5,000 characters', { text: '水'.repeat(5_000) }, { status: 400, code: 'too-long' }],
    ['control characters', { text: '停水\u0007通知\u202e' }, { status: 400, code: 'control-characters' }],
    ['a time that is over', { sendAt: '2026-11-17T09:00:00+08:00' }, { status: 422, code: 'in-the-past' }],
    [
      'a time before all times',
      { sendAt: '0001-01-01T00:00:00+08:00' },
      { status: 422, code: 'in-the-past' },
    ],
    [
      'an end before its beginning',
      { sendAt: '2026-11-19T09:00:00+08:00', expiresAt: '2026-11-18T12:00:00+08:00' },
      { status: 422, code: 'ends-before-it-begins' },
    ],
    ['a time years ahead', { sendAt: '2030-11-19T09:00:00+08:00' }, { status: 422, code: 'too-far' }],
    [
      'a cron that is none',
      { repeat: { cron: '99 99 * * *', words: '每天' } },
      { status: 400, code: 'bad-repeat' },
    ],
    ['an unknown template', { template: '停课' }, { status: 422, code: 'unknown-template' }],
    [
      'a template without its fields',
      { template: '停水', text: '' },
      { status: 422, code: 'missing-fields' },
    ],
    [
      'a file that was never sent',
      { attachment: { name: '停水.pdf', file: `${'a'.repeat(64)}.pdf`, kind: 'file' } },
      { status: 422, code: 'attachment' },
    ],
    [
      'a file outside the folder',
      { attachment: { name: '停水.pdf', file: '../../etc/passwd', kind: 'file' } },
      { status: 400, code: 'bad-request' },
    ],
    ['a time without its offset', { sendAt: '2026-11-19 09:00' }, { status: 400, code: 'bad-request' }],
    ['an unknown field', { author: 'p-老钱' }, { status: 400, code: 'bad-request' }],
    ['an unknown target', { targets: { ...owners, people: ['老钱'] } }, { status: 400, code: 'bad-request' }],
    ['a number for words', { text: 7 }, { status: 400, code: 'bad-request' }],
  ]
  test.each(refusals)('%s', async (_, change, { status, ...error }) => {
    const door = await openNoticeDoor()
    const refused = await door.api('/notices', { text: water, targets: owners, submit: true, ...change })
    expect(refused.json).toMatchObject({ error })
    expect(refused.status).toBe(status)
    expect(errorSchema.safeParse(refused.json)).toMatchObject({ success: true })
    const { message } = refused.json.error
    expect(message.length).toBeGreaterThan(20)
    // commands of the operator are of no use to them
    expect(message).not.toContain('linli ')
    await expectNothing(door)
  })

  test('a body that goes a thousand deep', async () => {
    const door = await openNoticeDoor()
    const body = `{"text":${'['.repeat(1_000)}${']'.repeat(1_000)}}`
    const headers = { 'Content-Type': 'application/json' }
    const refused = await door.ask('/api/v1/notices', { key: door.platform, body, headers })
    expect(refused).toMatchObject({
      status: 400,
      json: { error: { message: expect.stringMatching(/at most 32 deep/u) } },
    })
    await expectNothing(door)
  })

  test('a body of a megabyte', async () => {
    const door = await openNoticeDoor()
    const refused = await door.api('/notices', { text: '水'.repeat(350_000), targets: owners })
    expect(refused).toMatchObject({ status: 413, json: { error: { code: 'too-large' } } })
    await expectNothing(door)
  })

  test('a place called like something that every object has', async () => {
    const door = await openNoticeDoor()
    for (const name of ['__proto__', 'constructor', 'toString'])
      for (const targets of [{ places: [name] }, { groups: [name] }, { tags: [name] }])
        expect((await door.api('/notices', { text: water, targets })).status).toBe(422)
    await expectNothing(door)
  })

  test('a change of nothing, and one of a notice that has ended', async () => {
    const { stage, api } = await openNoticeDoor()
    await api('/notices', { text: water, targets: owners, submit: true })
    expect(await api('/notices/N1', {}, { method: 'PATCH' })).toMatchObject({ status: 400 })
    await stage.wait(60)
    const late = await api('/notices/N1', { text: '不停水了。' }, { method: 'PATCH' })
    expect(late).toMatchObject({ status: 409, json: { error: { code: 'state' } } })
    expect(late.json.error.message).toContain('finished')
  })

  test('a correction of what nobody got', async () => {
    const { api } = await openNoticeDoor()
    await api('/notices', { text: water, targets: owners })
    expect((await api('/notices/N1/correct', { text: '改期' })).status).toBe(409)
    expect((await api('/notices/N1/correct', {})).status).toBe(400)
  })

  test('a draft that cannot begin in time is kept, and the answer says so', async () => {
    const { stage, api } = await openNoticeDoor({ start: '2026-11-18 22:30' })
    const body = { text: water, targets: owners, expiresAt: '2026-11-19T06:00:00+08:00', submit: true }
    const refused = await api('/notices', body)
    expect(refused).toMatchObject({ status: 422, json: { error: { code: 'ends-before-it-begins' } } })
    if ((await stage.all('notices')).length > 0)
      expect(refused.json.error.message).toContain('N1 is kept as a draft')
    await stage.wait(86_400)
    expect(stage.sent).toEqual([])
  })
})

describe('whose notice it is', () => {
  test('a key without the scope, and no key at all', async () => {
    const { ask, api, key } = await openNoticeDoor()
    const other = await key('fume-platform', 'alarms', 'read', 'open311')
    const asked = [
      ['GET', '/notices'],
      ['GET', '/notices/N1'],
      ['GET', '/notices/templates'],
      ['POST', '/notices'],
      ['POST', '/notices/targets'],
      ['POST', '/notices/N1/submit'],
      ['PATCH', '/notices/N1'],
      ['POST', '/attachments'],
    ] as const
    for (const [method, path] of asked) {
      const body = method === 'GET' ? undefined : { text: water, targets: owners }
      expect((await api(path, body, { method, key: other })).status).toBe(403)
      expect((await ask(`/api/v1${path}`, { method })).status).toBe(401)
    }
  })

  test('a key with the scope is good for nothing else', async () => {
    const { api, ask, platform } = await openNoticeDoor()
    expect((await api('/tickets/20261118-001')).status).toBe(403)
    expect((await ask('/api/v1/alarms', { key: platform, json: {} })).status).toBe(403)
  })

  test('what others wrote is not there, whatever is asked about it', async () => {
    const { stage, api, key } = await openNoticeDoor()
    await execute(stage.house, operator, 'o1', { type: 'notice.write', text: water, targets: owners })
    await execute(stage.house, operator, 'o2', { type: 'notice.submit', notice: 'N1' })
    const other = await key('school-platform', 'notices')
    await api('/notices', { text: '另一件事，请看。', targets: owners }, { key: other })
    const before = await stage.all('notices')
    for (const notice of ['N1', 'N2', 'N3']) {
      const refused = [
        await api(`/notices/${notice}`),
        await api(`/notices/${notice}/groups`),
        await api(`/notices/${notice}`, { text: '加微信领取补贴' }, { method: 'PATCH' }),
        await api(`/notices/${notice}/correct`, { text: '加微信领取补贴', submit: true }),
        await api(`/notices/${notice}/retract`, { submit: true }),
      ]
      for (const verb of ['submit', 'pause', 'resume', 'stop', 'discard'])
        refused.push(await api(`/notices/${notice}/${verb}`, {}))
      expect(refused.map(({ status }) => status)).toEqual(refused.map(() => 404))
      // the same for what is there and what is not
      const words = refused.map(({ text }) => text.replaceAll(notice, 'N'))
      expect(new Set(words).size).toBe(1)
    }
    expect(await stage.all('notices')).toEqual(before)
    expect((await api('/notices')).json).toEqual({ notices: [] })
    expect((await api('/notices', undefined, { key: other })).json.notices).toHaveLength(1)
  })

  test('a list of its own is whole, however much others write', async () => {
    const { stage, api } = await openNoticeDoor()
    await api('/notices', { text: water, targets: owners })
    for (let count = 1; count <= 5; count++) {
      await stage.wait(1)
      const text = `第${count}次义诊在社区活动室，欢迎参加。`
      await execute(stage.house, operator, `o${count}`, { type: 'notice.write', text, targets: owners })
    }
    const { notices } = (await api('/notices?limit=2')).json
    expect(notices.map(({ notice }: { notice: string }) => notice)).toEqual(['N1'])
  })

  test('a number that is none, a limit that is none, a state that is none', async () => {
    const { api } = await openNoticeDoor()
    await api('/notices', { text: water, targets: owners })
    for (const path of [
      '/notices/N0',
      '/notices/abc',
      '/notices/N1%00',
      '/notices/N99999999999',
      `/notices/${'9'.repeat(2_000)}`,
    ])
      expect((await api(path)).status).toBe(404)
    for (const path of [
      '/notices?limit=0',
      '/notices?limit=many',
      '/notices?offset=3',
      '/notices/N1/groups?state=lost',
    ])
      expect((await api(path)).status).toBe(400)
  })

  test('an Idempotency-Key that is far too long', async () => {
    const { api, stage } = await openNoticeDoor()
    const headers = { 'Idempotency-Key': 'k'.repeat(501) }
    expect((await api('/notices', { text: water, targets: owners }, { headers })).status).toBe(400)
    expect(await stage.all('notices')).toEqual([])
  })
})
