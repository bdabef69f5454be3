import { describe, expect, test } from 'vitest'
import { errorSchema } from '../../adapters/http/answer-schemas.ts'
import { openNoticeDoor, owners, water } from './notice-door.ts'

/** Pictures and files for notices, over real HTTP. */

describe('attachments', () => {
  const png = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(2_000, 7)])
  const type = { 'Content-Type': 'application/octet-stream' }
  const named = (name: string) => ({ ...type, 'X-File-Name': encodeURIComponent(name) })

  test('a picture is kept, goes out with a notice, and is called as its sender called it', async () => {
    const { ask, api, kept, platform, stage } = await openNoticeDoor()
    const answered = await ask('/api/v1/attachments', {
      key: platform,
      body: png,
      headers: named('停水 通知.png'),
    })
    expect(answered.status).toBe(201)
    expect(answered.json).toEqual({
      ...{ name: '停水 通知.png', kind: 'picture' },
      file: expect.stringMatching(/^[0-9a-f]{64}\.png$/u),
    })
    expect(await kept()).toEqual([`attachments/${answered.json.file}`])
    const body = { text: water, targets: owners, attachment: answered.json, submit: true }
    expect((await api('/notices', body)).json.attachment).toBe('停水 通知.png')
    await stage.wait(60)
    const [notice] = await stage.all('notices')
    expect(notice).toMatchObject({ state: 'finished', attachment: answered.json })
  })

  test('whatever is said of a file, its content decides, and its name hides nothing', async () => {
    const { ask, api, platform } = await openNoticeDoor()
    const { json } = await ask('/api/v1/attachments', { key: platform, body: png, headers: named('a.png') })
    const attachment = { ...json, kind: 'file', name: '通知\u202efdp.exe' }
    const written = await api('/notices', { text: water, targets: owners, attachment })
    expect(written.json.attachment).toBe('通知fdp.exe.png')
  })

  test('a picture of 10 MB is refused after its first bytes, and nothing is kept', async () => {
    const { ask, kept, platform } = await openNoticeDoor()
    const body = Buffer.concat([png, Buffer.alloc(10 << 20)])
    const refused = await ask('/api/v1/attachments', { key: platform, body, headers: named('大图.png') })
    expect(refused).toMatchObject({ status: 413, json: { error: { code: 'too-large' } } })
    expect(refused.json.error.message).toBe('the body is larger than 5 MB: make it smaller')
    expect(await kept()).toEqual([])
  })

  test('a file that never ends is cut off at 20 MB, and nothing is kept', async () => {
    const { ask, kept, platform } = await openNoticeDoor()
    let sent = 0
    const body = new ReadableStream({
      pull(controller) {
        sent += 1 << 20
        controller.enqueue(new Uint8Array(1 << 20).fill(0x25))
        if (sent > 200 << 20) controller.close()
      },
    })
    const outcome = await ask('/api/v1/attachments', { key: platform, body, headers: named('a.pdf') }).then(
      ({ status }) => status,
      // the connection may be closed before all was sent
      () => 413,
    )
    expect(outcome).toBe(413)
    expect(sent).toBeLessThan(200 << 20)
    expect(await kept()).toEqual([])
  })

  const wrong: readonly [what: string, body: Uint8Array, headers: Record<string, string>, status: number][] =
    [
      ['nothing at all', Buffer.alloc(0), named('a.png'), 400],
      ['a program', Buffer.from('MZ\x90\x00'.repeat(50), 'latin1'), named('通知.pdf'), 415],
      ['a page that may run something', Buffer.from('<svg onload="alert(1)"/>'), named('a.png'), 415],
      [
        'a form around it',
        png,
        { 'Content-Type': 'multipart/form-data; boundary=x', 'X-File-Name': 'a.png' },
        415,
      ],
      ['a file without a name', png, type, 400],
      ['a name in no encoding', png, { ...type, 'X-File-Name': '%E5%81' }, 400],
      ['a name of a thousand letters', png, named('a'.repeat(1_000)), 400],
    ]
  test.each(wrong)('%s is refused, and nothing is kept', async (_, body, headers, status) => {
    const { ask, kept, platform } = await openNoticeDoor()
    const refused = await ask('/api/v1/attachments', { key: platform, method: 'POST', body, headers })
    expect(refused.status).toBe(status)
    expect(errorSchema.safeParse(refused.json)).toMatchObject({ success: true })
    expect(await kept()).toEqual([])
  })

  test('a name that leads somewhere else leads nowhere', async () => {
    const { ask, kept, platform } = await openNoticeDoor()
    const headers = named('../../../etc/cron.d/x.png')
    const { json } = await ask('/api/v1/attachments', { key: platform, body: png, headers })
    expect(json.name).not.toMatch(/[/\\]/u)
    expect(await kept()).toEqual([`attachments/${json.file}`])
  })
})
