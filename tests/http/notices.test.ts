import { describe, expect, test } from 'vitest'
import { execute } from '../../bot/doors/execute.ts'
import { openNoticeDoor, owners, water } from './notice-door.ts'

/** Notices of other systems, over real HTTP: from the first draft to the last group. */

const flood = '河水上涨，请马上离开地下车库。'

describe('a notice is written, previewed and sent', () => {
  test('a draft answers with its preview, and sends nothing', async () => {
    const { stage, api } = await openNoticeDoor()
    const written = await api('/notices', { text: water, targets: owners })
    expect(written.status).toBe(201)
    expect(written.headers.get('location')).toBe('/api/v1/notices/N1')
    expect(written.json).toMatchObject({
      ...{ notice: 'N1', state: 'draft', text: water, groups: 2, people: 200, approval: [], approvers: null },
      ...{ targets: '幸福里社区·业主群', attachment: null, alike: null },
      beginsAt: '2026-11-18T09:00:00.000+08:00',
    })
    await stage.wait(3_600)
    expect(stage.sent).toEqual([])
  })

  test('written and submitted in one call it reaches exactly its groups, and tells how far it is', async () => {
    const { stage, api } = await openNoticeDoor()
    const written = await api('/notices', { text: water, targets: owners, submit: true })
    expect(written.json).toMatchObject({ notice: 'N1', state: 'scheduled' })
    await stage.wait(1)
    const begun = await api('/notices/N1')
    expect(begun.json).toMatchObject({ state: 'sending', groups: 2, copies: { failed: 0, skipped: 0 } })
    expect(begun.json.copies.queued).toBeGreaterThan(0)
    expect(begun.json.remainingSeconds).toBeGreaterThan(0)
    await stage.wait(60)
    expect(stage.saidTo('幸福里一期业主群')).toEqual([water])
    expect(stage.saidTo('幸福里二期业主群')).toEqual([water])
    expect(stage.saidTo('幸福里商户群')).toEqual([])
    expect(stage.saidTo('和平家园业主群')).toEqual([])
    const ended = await api('/notices/n1')
    expect(ended.json).toMatchObject({ state: 'finished', remainingSeconds: 0 })
    const { copies } = ended.json
    expect(copies.confirmed + copies.sent).toBe(2)
    const events = ended.json.history.map(({ event }: { event: string }) => event)
    expect(events).toEqual(['written', 'submitted', 'started', 'finished'])
    const rows = await api('/notices/N1/groups')
    const names = rows.json.groups.map(({ name }: { name: string }) => name)
    expect(names.sort()).toEqual(['幸福里一期业主群', '幸福里二期业主群'])
    expect((await api('/notices/N1/groups?state=failed')).json).toEqual({ groups: [] })
  })

  test('it waits for its time, and is paused, resumed, changed, discarded and stopped before it', async () => {
    const { stage, api } = await openNoticeDoor()
    const sendAt = '2026-11-18T15:00:00+08:00'
    await api('/notices', { text: water, targets: owners, sendAt, submit: true })
    expect((await api('/notices/N1/pause', {})).json).toMatchObject({ state: 'paused' })
    expect((await api('/notices/N1/resume', {})).json).toMatchObject({ notice: 'N1', state: 'scheduled' })
    const text = '明天下午2点到5点停水，请提前储水。'
    const changed = await api('/notices/N1', { text }, { method: 'PATCH' })
    expect(changed.json).toMatchObject({ notice: 'N1', state: 'draft', text, groups: 2 })
    expect(changed.json.beginsAt).toBe('2026-11-18T15:00:00.000+08:00')
    await api('/notices/N1/submit', {})
    await stage.wait(5 * 3_600)
    expect(stage.saidTo('幸福里一期业主群')).toEqual([])
    await api('/notices/N1/stop', {})
    await stage.wait(5 * 3_600)
    expect(stage.sent).toEqual([])
    expect((await api('/notices/N1')).json.state).toBe('stopped')
    await api('/notices', { text: '另一件事，请看。', targets: owners })
    expect((await api('/notices/N2/discard', {})).json).toEqual({
      notice: 'N2',
      state: 'discarded',
      groups: 2,
    })
    expect((await api('/notices/N2/submit', {})).status).toBe(409)
  })

  test('what was an emergency by mistake is none after a change that says so', async () => {
    const { api } = await openNoticeDoor()
    const written = await api('/notices', { text: water, targets: owners, emergency: true })
    expect(written.json.approval).toEqual(['emergency'])
    const changed = await api('/notices/N1', { emergency: false }, { method: 'PATCH' })
    expect(changed.json).toMatchObject({ text: water, approval: [] })
  })

  test('a correction and a retraction go to exactly those who got it', async () => {
    const { stage, api } = await openNoticeDoor()
    await api('/notices', { text: water, targets: owners, submit: true })
    await stage.wait(60)
    await stage.change('groups', 'g-幸福里二期业主群', { tags: [] })
    const text = '停水改到后天上午8点到12点。'
    const corrected = await api('/notices/N1/correct', { text, submit: true })
    expect(corrected).toMatchObject({ status: 201, json: { notice: 'N2', groups: 2, state: 'scheduled' } })
    await stage.wait(60)
    expect((await api('/notices/N1/retract', { submit: true })).json.notice).toBe('N3')
    await stage.wait(60)
    for (const group of ['幸福里一期业主群', '幸福里二期业主群']) {
      expect(stage.saidTo(group)).toHaveLength(3)
      expect(stage.saidTo(group)[1]).toContain(text)
    }
    expect((await api('/notices/N2')).json.follows).toBe('correction N1')
  })

  test('groups and people are counted before anything is written', async () => {
    const { stage, api } = await openNoticeDoor()
    const counted = await api('/notices/targets', { targets: owners })
    expect(counted.json).toEqual({
      ...{ targets: '幸福里社区·业主群', groups: 2, people: 200, minutes: 1 },
      names: expect.arrayContaining(['幸福里一期业主群', '幸福里二期业主群']),
    })
    expect(await stage.all('notices')).toEqual([])
  })

  test('templates are told with their fields, and filled', async () => {
    const { api } = await openNoticeDoor()
    const { templates } = (await api('/notices/templates')).json
    const { name, fields } = templates.find((each: { name: string }) => each.name === '停水')
    const filled = Object.fromEntries(
      fields.map((field: { name: string; example: string }) => [field.name, field.example]),
    )
    const written = await api('/notices', { template: name, fields: filled, targets: owners })
    expect(written.status).toBe(201)
    for (const value of Object.values(filled)) expect(written.json.text).toContain(value)
  })
})

describe('a second person approves what the rules name', () => {
  test('it waits for a person, whom no system can replace, and goes out after it', async () => {
    const { stage, api } = await openNoticeDoor()
    const written = await api('/notices', { text: flood, targets: owners, emergency: true, submit: true })
    expect(written.json).toMatchObject({ state: 'awaiting', approval: ['emergency'], approvers: 1 })
    await stage.wait(60)
    expect(stage.saidTo('幸福里一期业主群')).toEqual([])
    expect(stage.toldTo('老钱').join()).toContain('flood-platform')
    expect((await api('/notices/N1/approve', {})).status).toBe(403)
    await execute(stage.house, { kind: 'person', id: 'p-老钱' }, 'yes', {
      type: 'notice.approve',
      notice: 'N1',
    })
    await stage.wait(60)
    expect(stage.saidTo('幸福里一期业主群')).toEqual([flood])
    const { json, text } = await api('/notices/N1')
    expect(json).toMatchObject({ state: 'finished', approved: true })
    expect(text).not.toContain('老钱')
  })

  test('what staff have paused goes on when staff say so, and not before', async () => {
    const { stage, api } = await openNoticeDoor()
    await api('/notices', { text: water, targets: owners, sendAt: '2026-11-18T15:00:00+08:00', submit: true })
    const leader = { kind: 'person', id: 'p-老钱' } as const
    await execute(stage.house, leader, 'halt', { type: 'notice.pause', notice: 'N1' })
    const refused = await api('/notices/N1/resume', {})
    expect(refused).toMatchObject({
      status: 403,
      json: { error: { message: expect.stringMatching(/by staff/u) } },
    })
    await execute(stage.house, leader, 'go', { type: 'notice.resume', notice: 'N1' })
    expect((await api('/notices/N1')).json.state).toBe('scheduled')
  })

  test('refused, it tells the system why', async () => {
    const { stage, api } = await openNoticeDoor()
    await api('/notices', { text: flood, targets: owners, emergency: true, submit: true })
    const refuse = { type: 'notice.refuse', notice: 'N1', reason: '等街道统一发' }
    await execute(stage.house, { kind: 'person', id: 'p-老钱' }, 'no', refuse)
    const { json } = await api('/notices/N1')
    expect(json.state).toBe('refused')
    expect(json.history.at(-1)).toMatchObject({ event: 'refused', note: '等街道统一发' })
  })
})

describe('收到请回复', () => {
  test('how many have said so is told by group, and nobody by name', async () => {
    const { stage, api } = await openNoticeDoor()
    await api('/notices', { text: water, targets: owners, receipt: true, submit: true })
    await stage.wait(60)
    await stage.hear('王阿姨', '收到', { group: '幸福里一期业主群' })
    const { json, text } = await api('/notices/N1/receipts')
    expect(json.read).toBe(1)
    const rows = json.groups.map(({ name, members, read }: Record<string, unknown>) => [name, members, read])
    expect(rows).toContainEqual(['幸福里一期业主群', 100, 1])
    expect(rows).toContainEqual(['幸福里二期业主群', 100, 0])
    expect(text).not.toContain('王阿姨')
  })
})

describe('/metrics', () => {
  test('tells how far the notices are and which accounts rest, and nothing else of them', async () => {
    const { stage, api, ask } = await openNoticeDoor()
    await api('/notices', { text: water, targets: owners, submit: true })
    await stage.wait(1)
    await stage.put('accountStates', {
      ...{ id: 'main', failuresInRow: 0 },
      paused: { reason: 'rate', since: stage.clock.now },
    })
    const { text } = await ask('/metrics')
    expect(text).toContain('linli_notices{state="sending"} 1')
    expect(text).toContain('linli_notices{state="draft"} 0')
    expect(text).toContain('linli_accounts_paused{reason="rate"} 1')
    const copies = [...text.matchAll(/^linli_notice_copies\{state="\w+"\} (\d+)$/gmu)].map(([, count]) =>
      Number(count),
    )
    expect(copies).toHaveLength(7)
    expect(copies.reduce((sum, each) => sum + each, 0)).toBe(2)
    const ours = text
      .split('\n')
      .filter((line) => /linli_(?:notice|accounts)/u.test(line))
      .join('\n')
    expect(ours.length).toBeGreaterThan(500)
    for (const secret of ['N1', '幸福里', 'main', 'flood-platform']) expect(ours).not.toContain(secret)
  })
})
