import { describe, expect, test } from 'vitest'
import { execute } from '../../bot/doors/execute.ts'
import { openNoticeDoor, owners, water } from './notice-door.ts'

/** A platform that hears no answer asks again: whatever happens in between, its notice is sent once. */

const operator = { kind: 'operator' } as const
const flood = '河水上涨，请马上离开地下车库。'

describe('the same is sent once', () => {
  test('asked again without a key the same body is the same notice', async () => {
    const { stage, api } = await openNoticeDoor()
    const first = await api('/notices', { text: water, targets: owners, submit: true })
    await stage.wait(300)
    const second = await api('/notices', { text: water, targets: owners, submit: true })
    expect(second).toMatchObject({ status: 201, json: first.json })
    await stage.wait(60)
    expect(stage.saidTo('幸福里一期业主群')).toHaveLength(1)
  })

  test('asked with the same key a day later it is still the same notice', async () => {
    const { stage, api } = await openNoticeDoor()
    const headers = { 'Idempotency-Key': '停水 2026-11-18'.replace('停水', 'water') }
    const first = await api('/notices', { text: water, targets: owners, submit: true }, { headers })
    await stage.wait(86_400)
    const second = await api('/notices', { text: water, targets: owners, submit: true }, { headers })
    expect(second.json).toEqual(first.json)
    expect(await stage.all('notices')).toHaveLength(1)
    expect(stage.saidTo('幸福里一期业主群')).toHaveLength(1)
  })

  test.each([
    ['one key', { 'Idempotency-Key': 'k-1' }],
    ['no key', {}],
  ])('twenty at once with %s write one notice, and all hear of it', async (_, headers) => {
    const { stage, api } = await openNoticeDoor()
    const body = { text: water, targets: owners, submit: true }
    const answers = await Promise.all(Array.from({ length: 20 }, () => api('/notices', body, { headers })))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
    expect(new Set(answers.map(({ json }) => json.notice))).toEqual(new Set(['N1']))
    await stage.wait(60)
    expect(await stage.all('notices')).toHaveLength(1)
    expect(stage.saidTo('幸福里一期业主群')).toHaveLength(1)
  })

  test('what was thrown away is written anew when it comes again', async () => {
    const { api } = await openNoticeDoor()
    for (const notice of ['N1', 'N2', 'N3']) {
      const written = await api('/notices', { text: water, targets: owners })
      expect(written.json).toMatchObject({ notice, state: 'draft' })
      expect((await api('/notices', { text: water, targets: owners })).json.notice).toBe(notice)
      await api(`/notices/${notice}/discard`, {})
    }
  })

  test('a key that comes again with another notice is refused, and that notice is not written', async () => {
    const { stage, api } = await openNoticeDoor()
    const headers = { 'Idempotency-Key': 'k-1' }
    await api('/notices', { text: water, targets: owners }, { headers })
    const other = await api('/notices', { text: flood, targets: owners }, { headers })
    expect(other).toMatchObject({ status: 422, json: { error: { code: 'key-reused' } } })
    expect(await stage.all('notices')).toHaveLength(1)
  })

  test('two systems may use the same key', async () => {
    const { api, key } = await openNoticeDoor()
    const headers = { 'Idempotency-Key': 'k-1' }
    await api('/notices', { text: water, targets: owners }, { headers })
    const other = await key('school-platform', 'notices')
    const written = await api('/notices', { text: flood, targets: owners }, { headers, key: other })
    expect(written.json).toMatchObject({ notice: 'N2', text: flood })
  })

  test('nearly the same of somebody else is held back, and sent when it is meant', async () => {
    const { stage, api } = await openNoticeDoor()
    await execute(stage.house, operator, 'o1', { type: 'notice.write', text: water, targets: owners })
    await execute(stage.house, operator, 'o2', { type: 'notice.submit', notice: 'N1' })
    await stage.wait(60)
    const held = await api('/notices', { text: water, targets: owners, submit: true })
    expect(held).toMatchObject({ status: 409, json: { error: { code: 'alike' } } })
    expect(held.json.error.message).toMatch(/N2 is kept as a draft and not sent/u)
    // whose it is, is not theirs to know
    expect(held.text).not.toContain('N1')
    await stage.wait(60)
    expect(stage.saidTo('幸福里一期业主群')).toHaveLength(1)
    const meant = { text: water, targets: owners, submit: true, evenIfAlike: true }
    expect((await api('/notices', meant)).json).toMatchObject({
      state: 'scheduled',
      alike: expect.any(Object),
    })
    await stage.wait(60)
    expect(stage.saidTo('幸福里一期业主群')).toHaveLength(2)
  })

  test('submitted twice it is sent once', async () => {
    const { stage, api } = await openNoticeDoor()
    await api('/notices', { text: water, targets: owners })
    const headers = { 'Idempotency-Key': 's-1' }
    const first = await api('/notices/N1/submit', {}, { headers })
    expect((await api('/notices/N1/submit', {}, { headers })).json).toEqual(first.json)
    expect((await api('/notices/N1/submit', {})).status).toBe(409)
    await stage.wait(60)
    expect(stage.saidTo('幸福里一期业主群')).toHaveLength(1)
  })
})
