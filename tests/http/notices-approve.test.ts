import { describe, expect, test } from 'vitest'
import { execute } from '../../bot/doors/execute.ts'
import { type NoticeDoor, openNoticeDoor, owners, water } from './notice-door.ts'

/** The second person of a notice decides in an office system, over real HTTP. */

const flood = '河水上涨，请马上离开地下车库。'
const later = '河水已退，车库可以进了。'
const author = { kind: 'person', id: 'p-小赵' } as const
const group = '幸福里一期业主群'

interface Office extends NoticeDoor {
  /** With the key of the office system. */
  office(path: string, json?: unknown, headers?: Record<string, string>): ReturnType<NoticeDoor['api']>
  /** 小赵 does something to a notice. */
  zhao(type: string, more?: object): Promise<unknown>
}

/** N1 of 小赵 waits: an emergency. */
async function openOffice(): Promise<Office> {
  const door = await openNoticeDoor()
  const key = await door.key('oa', 'approve')
  let asked = 0
  const zhao = (type: string, more: object = { notice: 'N1' }) =>
    execute(door.stage.house, author, `zhao/${++asked}`, { type, ...more })
  await zhao('notice.write', { text: flood, targets: owners, emergency: true })
  await zhao('notice.submit')
  const office: Office['office'] = (path, json, headers = {}) => door.api(path, json, { key, headers })
  return { ...door, office, zhao }
}

async function revisionOf({ office }: Office): Promise<string> {
  return (await office('/notices/awaiting')).json.notices[0].revision
}

describe('an office system decides', () => {
  test('it sees what waits, why, whose it is, and approves it; then it goes out', async () => {
    const door = await openOffice()
    const { stage, office } = door
    const { notices } = (await office('/notices/awaiting')).json
    expect(notices).toEqual([
      {
        ...{ notice: 'N1', revision: expect.stringMatching(/^[0-9a-f]{32}$/u), text: flood, groups: 2 },
        ...{ targets: '幸福里社区·业主群', author: '小赵', why: ['emergency'], emergency: true },
        ...{ writtenAt: '2026-11-18T09:00:00.000+08:00', beginsAt: '2026-11-18T09:00:00.000+08:00' },
        ...{ expiresAt: expect.any(String), attachment: null, repeat: null, follows: null },
      },
    ])
    const approved = await office('/notices/N1/approve', { revision: notices[0].revision, by: '王主任' })
    expect(approved).toMatchObject({ status: 200, json: { notice: 'N1', state: 'scheduled', groups: 2 } })
    await stage.wait(60)
    expect(stage.saidTo(group)).toEqual([flood])
    expect(stage.toldTo('小赵').join()).toContain('oa（王主任）')
    expect((await office('/notices/awaiting')).json).toEqual({ notices: [] })
    const [kept] = await stage.all('notices')
    const step = kept?.history.find(({ event }) => event === 'approved')
    expect(step).toMatchObject({ by: 'system/oa', person: '王主任' })
    const again = await office('/notices/N1/approve', { revision: notices[0].revision })
    expect(again).toMatchObject({ status: 409, json: { error: { code: 'state' } } })
  })

  test('refused, it is never sent, and its author hears why and from whom', async () => {
    const { stage, office } = await openOffice()
    const refused = await office('/notices/N1/refuse', { reason: '等街道统一发', by: '王主任' })
    expect(refused).toMatchObject({ status: 200, json: { notice: 'N1', state: 'refused' } })
    await stage.wait(3_600)
    expect(stage.saidTo(group)).toEqual([])
    const told = stage.toldTo('小赵').join()
    expect(told).toContain('王主任')
    expect(told).toContain('等街道统一发')
  })

  test('a notice of another system is approved, and that system reads no name', async () => {
    const { stage, api, office } = await openOffice()
    await api('/notices', { text: '水厂抢修，全天停水。', targets: owners, emergency: true, submit: true })
    const row = (await office('/notices/awaiting')).json.notices.at(-1)
    expect(row).toMatchObject({ notice: 'N2', author: 'flood-platform' })
    expect((await office('/notices/N2/approve', { revision: row.revision, by: '王主任' })).status).toBe(200)
    await stage.wait(60)
    const seen = await api('/notices/N2')
    expect(seen.json).toMatchObject({ approved: true })
    expect(seen.text).not.toContain('王主任')
    expect(seen.text).not.toContain('oa')
  })
})

describe('what was not read is not approved', () => {
  test('words that changed meanwhile are refused with 409, and approved when they were read', async () => {
    const door = await openOffice()
    const { stage, office, zhao } = door
    const revision = await revisionOf(door)
    await stage.wait(1)
    await zhao('notice.revise', { notice: 'N1', text: later })
    await zhao('notice.submit')
    const stale = await office('/notices/N1/approve', { revision })
    expect(stale).toMatchObject({ status: 409, json: { error: { code: 'changed-just-now' } } })
    expect(await office('/notices/N1/refuse', { revision })).toMatchObject({ status: 409 })
    await stage.wait(60)
    expect(stage.saidTo(group)).toEqual([])
    expect((await office('/notices/N1/approve', { revision: await revisionOf(door) })).status).toBe(200)
    await stage.wait(60)
    expect(stage.saidTo(group)).toEqual([later])
  })

  test('the same words for other groups are another revision', async () => {
    const door = await openOffice()
    const revision = await revisionOf(door)
    await door.zhao('notice.revise', { notice: 'N1', targets: { places: ['幸福里社区'] } })
    await door.zhao('notice.submit')
    expect((await door.office('/notices/N1/approve', { revision })).status).toBe(409)
  })

  test.each([
    ['no revision', {}],
    ['a revision that is none', { revision: 'newest' }],
    ['an unknown field', { revision: 'a'.repeat(32), force: true }],
    ['a name without letters', { revision: 'a'.repeat(32), by: ' ' }],
  ])('%s is a 400, and it goes on waiting', async (_, body) => {
    const { stage, office } = await openOffice()
    expect((await office('/notices/N1/approve', body)).status).toBe(400)
    expect((await stage.all('notices'))[0]?.state).toBe('awaiting')
  })

  test('the same Idempotency-Key is answered as the first time, but with another body refused', async () => {
    const door = await openOffice()
    const headers = { 'Idempotency-Key': 'a-1' }
    const body = { revision: await revisionOf(door) }
    const first = await door.office('/notices/N1/approve', body, headers)
    expect(first.status).toBe(200)
    expect(await door.office('/notices/N1/approve', body, headers)).toMatchObject({
      ...{ status: 200, json: first.json },
    })
    const other = await door.office('/notices/N1/approve', { ...body, by: '王主任' }, headers)
    expect(other).toMatchObject({ status: 422, json: { error: { code: 'key-reused' } } })
  })
})

describe('who may not', () => {
  test('a key without the scope, and a key of it for anything else', async () => {
    const door = await openOffice()
    const { api, ask, office } = door
    const body = { revision: await revisionOf(door) }
    expect((await api('/notices/awaiting')).status).toBe(403)
    for (const verb of ['approve', 'refuse']) {
      expect((await api(`/notices/N1/${verb}`, body)).status).toBe(403)
      expect((await ask(`/api/v1/notices/N1/${verb}`, { json: body })).status).toBe(401)
    }
    for (const path of ['/notices', '/notices/N1', '/notices/N1/receipts'])
      expect((await office(path)).status).toBe(403)
    expect((await office('/notices', { text: water, targets: owners })).status).toBe(403)
    expect((await office('/notices/N1/stop', {})).status).toBe(403)
    expect((await door.stage.all('notices'))[0]?.state).toBe('awaiting')
  })

  test('a system does not approve what it wrote itself, not with another key either', async () => {
    const door = await openOffice()
    const { stage, api, key } = door
    await api('/notices', { text: later, targets: owners, emergency: true, submit: true })
    const row = (await door.office('/notices/awaiting')).json.notices.at(-1)
    const own = await key('flood-platform', 'approve')
    const seen = (await api('/notices/awaiting', undefined, { key: own })).json.notices
    expect(seen.map(({ notice }: { notice: string }) => notice)).toEqual(['N1'])
    const refused = await api('/notices/N2/approve', { revision: row.revision }, { key: own })
    expect(refused).toMatchObject({ status: 403, json: { error: { code: 'own-approval' } } })
    await stage.wait(60)
    expect(stage.saidTo(group)).toEqual([])
  })

  test('its author does not approve it there under the same name', async () => {
    const door = await openOffice()
    const body = { revision: await revisionOf(door), by: '小赵' }
    const refused = await door.office('/notices/N1/approve', body)
    expect(refused).toMatchObject({ status: 403, json: { error: { code: 'own-approval' } } })
    expect((await door.stage.all('notices'))[0]?.state).toBe('awaiting')
  })

  test('drafts of others and numbers that are none are not there', async () => {
    const { office, zhao } = await openOffice()
    await zhao('notice.write', { text: water, targets: owners })
    const body = { revision: 'a'.repeat(32) }
    const draft = await office('/notices/N2/approve', body)
    const none = await office('/notices/N9/approve', body)
    expect(draft).toMatchObject({ status: 404, json: { error: { code: 'unknown-notice' } } })
    expect(none.json).toEqual(draft.json)
    expect((await office('/notices/N2/refuse', {})).status).toBe(404)
  })
})
