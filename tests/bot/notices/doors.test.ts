import { describe, expect, test } from 'vitest'
import { execute } from '../../../bot/doors/execute.ts'
import type { NoticeCopyRow, NoticeProgressRow } from '../../../bot/doors/notices/notice-rows.ts'
import { openNoticeStage } from './notice-stage.ts'

const water = '明天上午8点到12点停水，请提前储水。'
const owners = { places: ['幸福里社区'], tags: ['业主群'] }

describe('a notice is written, previewed and sent', () => {
  test('a draft counts groups and people, and sends nothing', async () => {
    const { stage, run, notice } = await openNoticeStage()
    const preview = await run('小赵', { type: 'notice.write', text: water, targets: owners })
    expect(preview).toMatchObject({ notice: 'N1', state: 'draft', groups: 2, people: 200, needs: '' })
    expect(preview['text']).toBe(water)
    await stage.wait(3_600)
    expect(stage.sent).toEqual([])
    expect((await notice('N1')).author).toBe('p-小赵')
  })

  test('submitted, it reaches exactly the groups that are meant, once each, and ends', async () => {
    const { stage, run, ask, notice } = await openNoticeStage()
    await run('小赵', { type: 'notice.write', text: water, targets: owners })
    await run('小赵', { type: 'notice.submit', notice: 'N1' })
    await stage.wait(60)
    expect(stage.saidTo('幸福里一期业主群')).toEqual([water])
    expect(stage.saidTo('幸福里二期业主群')).toEqual([water])
    expect(stage.saidTo('幸福里商户群')).toEqual([])
    expect(stage.saidTo('和平家园业主群')).toEqual([])
    expect((await notice('N1')).state).toBe('finished')
    const [row] = await ask<NoticeProgressRow>('小赵', { type: 'notice', notice: 'N1' })
    expect(row).toMatchObject({ author: '小赵', groups: 2, remainingMs: 0 })
    expect(row?.history.map(({ event }) => event)).toEqual(['written', 'submitted', 'started', 'finished'])
    const copies = await ask<NoticeCopyRow>('小赵', { type: 'notice.groups', notice: 'N1' })
    expect(copies.map(({ name }) => name)).toEqual(['幸福里一期业主群', '幸福里二期业主群'])
  })

  test('other words take the place of a draft, and what is not given stays', async () => {
    const { stage, run } = await openNoticeStage()
    await run('小赵', { type: 'notice.write', text: water, targets: owners, receipt: true })
    const other = '明天下午2点到5点停水，请提前储水。'
    const revised = await run('小赵', { type: 'notice.revise', notice: 'N1', text: other })
    expect(revised).toMatchObject({ notice: 'N1', text: other, groups: 2 })
    await run('小赵', { type: 'notice.submit', notice: 'N1' })
    await stage.wait(60)
    expect(stage.saidTo('幸福里一期业主群')).toEqual([other])
  })

  test('a draft that was discarded cannot be sent any more', async () => {
    const { stage, run } = await openNoticeStage()
    await run('小赵', { type: 'notice.write', text: water, targets: owners })
    await run('小赵', { type: 'notice.discard', notice: 'N1' })
    await expect(run('小赵', { type: 'notice.submit', notice: 'N1' })).rejects.toMatchObject({
      code: 'unlawful',
      fault: { kind: 'state', state: 'discarded' },
    })
    await stage.wait(60)
    expect(stage.sent).toEqual([])
  })

  test('a draft made in the evening waits for the morning, one of an emergency does not', async () => {
    const { stage, run, notice } = await openNoticeStage({ start: '2026-11-18 22:30' })
    const flood = '河水上涨，请马上离开地下车库。'
    await run('operator', { type: 'notice.write', text: water, targets: owners })
    await run('operator', { type: 'notice.submit', notice: 'N1' })
    await run('operator', { type: 'notice.write', text: flood, targets: owners, emergency: true })
    await run('operator', { type: 'notice.submit', notice: 'N2' })
    await stage.wait(600)
    expect(stage.saidTo('幸福里一期业主群')).toEqual([flood])
    expect((await notice('N1')).state).toBe('scheduled')
    await stage.wait(9 * 3_600)
    expect(stage.saidTo('幸福里一期业主群')).toEqual([flood, water])
  })
})

describe('after it went out', () => {
  test('a correction and a retraction go to exactly those who got it, and quote it', async () => {
    const { stage, run } = await openNoticeStage()
    await run('小赵', { type: 'notice.write', text: water, targets: owners })
    await run('小赵', { type: 'notice.submit', notice: 'N1' })
    await stage.wait(60)
    await stage.change('groups', 'g-幸福里二期业主群', { tags: [] })
    const text = '停水改到后天上午8点到12点。'
    await run('小赵', { type: 'notice.follow', notice: 'N1', as: 'correction', text })
    await run('小赵', { type: 'notice.submit', notice: 'N2' })
    await stage.wait(60)
    for (const group of ['幸福里一期业主群', '幸福里二期业主群']) {
      expect(stage.saidTo(group)).toHaveLength(2)
      expect(stage.saidTo(group)[1]).toContain('更正')
      expect(stage.saidTo(group)[1]).toContain(text)
    }
    expect(stage.saidTo('和平家园业主群')).toEqual([])
    await run('小赵', { type: 'notice.follow', notice: 'N2', as: 'retraction' })
    await run('小赵', { type: 'notice.submit', notice: 'N3' })
    await stage.wait(60)
    expect(stage.saidTo('幸福里二期业主群')[2]).toContain('作废')
    // the correction is quoted by its own words, not by what it quotes
    expect(stage.saidTo('幸福里二期业主群')[2]).toContain('（停水改到后天上午8点到12点…）')
  })

  test('the retraction of a notice that was corrected quotes what people read last', async () => {
    const { stage, run } = await openNoticeStage()
    await run('小赵', { type: 'notice.write', text: water, targets: owners })
    await run('小赵', { type: 'notice.submit', notice: 'N1' })
    await stage.wait(60)
    const text = '停水改到后天上午8点到12点。'
    await run('小赵', { type: 'notice.follow', notice: 'N1', as: 'correction', text })
    await run('小赵', { type: 'notice.submit', notice: 'N2' })
    await stage.wait(60)
    const retraction = await run('小赵', { type: 'notice.follow', notice: 'N1', as: 'retraction' })
    expect(retraction['text']).toContain('（停水改到后天上午8点到12点…）')
  })

  test('there is nothing to correct where nobody got it', async () => {
    const { run } = await openNoticeStage()
    await run('小赵', { type: 'notice.write', text: water, targets: owners })
    const follow = { type: 'notice.follow', notice: 'N1', as: 'correction', text: '改期' }
    await expect(run('小赵', follow)).rejects.toMatchObject({ fault: { kind: 'state' } })
  })
})

describe('nothing is sent that should not be', () => {
  const refusals: readonly [string, object, object][] = [
    [
      'an unknown place',
      { targets: { places: ['幸福理社区'] } },
      { kind: 'unknown-place', alike: ['幸福里社区'] },
    ],
    ['an unknown group', { targets: { groups: ['没有的群'] } }, { kind: 'unknown-group' }],
    [
      'places and tags without a group',
      { targets: { places: ['和平社区'], tags: ['商户群'] } },
      { kind: 'no-groups' },
    ],
    ['no target at all', { targets: {} }, { kind: 'no-groups' }],
    ['5,000 characters', { text: '水'.repeat(5_000) }, { kind: 'too-long', length: 5_000 }],
    ['no words', { text: ' \n ' }, { kind: 'empty' }],
    ['control characters', { text: '停水\u0007通知' }, { kind: 'control-characters' }],
    ['a time that is over', { sendAt: Date.parse('2026-11-17T09:00:00+08:00') }, { kind: 'in-the-past' }],
    [
      'an end before its beginning',
      { sendAt: Date.parse('2026-11-19T09:00:00+08:00'), expiresAt: Date.parse('2026-11-18T12:00:00+08:00') },
      { kind: 'ends-before-it-begins' },
    ],
    ['an unknown template', { template: '停课' }, { kind: 'unknown-template' }],
    ['a template without its fields', { template: '停水', text: '' }, { kind: 'missing-fields' }],
  ]
  test.each(refusals)('%s is refused with a clear fault, and nothing is kept', async (_, change, fault) => {
    const { stage, run } = await openNoticeStage()
    const command = { type: 'notice.write', text: water, targets: owners, ...change }
    await expect(run('operator', command)).rejects.toMatchObject({ fault })
    expect(await stage.all('notices')).toEqual([])
    expect(await stage.all('audit')).toEqual([])
  })

  test('a grid worker writes to the groups of their own places only', async () => {
    const { run } = await openNoticeStage()
    for (const targets of [{ places: ['和平社区'] }, { everywhere: true }])
      await expect(run('小赵', { type: 'notice.write', text: water, targets })).rejects.toMatchObject({
        code: 'elsewhere',
        fault: { kind: 'not-theirs' },
      })
  })

  test('somebody else’s notice is not for a colleague to send, stop or change', async () => {
    const { run } = await openNoticeStage()
    await run('小赵', { type: 'notice.write', text: water, targets: owners })
    for (const type of ['notice.submit', 'notice.discard'])
      await expect(run('小孙', { type, notice: 'N1' })).rejects.toMatchObject({ code: 'elsewhere' })
    const revise = { type: 'notice.revise', notice: 'N1', text: '不停水了' }
    await expect(run('小孙', revise)).rejects.toMatchObject({ code: 'elsewhere' })
  })

  test('residents and volunteers can do nothing with notices, and see none', async () => {
    const { stage, run, ask } = await openNoticeStage()
    await stage.hire('志愿者小吴', 'volunteer')
    await run('小赵', { type: 'notice.write', text: water, targets: owners })
    const write = { type: 'notice.write', text: water, targets: owners }
    await expect(run('志愿者小吴', write)).rejects.toMatchObject({ code: 'authority' })
    await expect(run('志愿者小吴', { type: 'notice.submit', notice: 'N1' })).rejects.toMatchObject({
      code: 'authority',
    })
    await expect(ask('志愿者小吴', { type: 'notices' })).rejects.toMatchObject({ code: 'authority' })
  })

  test('another system writes and submits, but cannot approve, and sees only its own', async () => {
    const { stage, run, notice } = await openNoticeStage()
    const system = { kind: 'system', name: 'flood-platform' } as const
    const text = '河水上涨，请马上离开地下车库。'
    const write = { type: 'notice.write', text, emergency: true, targets: owners }
    await execute(stage.house, system, 's1', write)
    await execute(stage.house, system, 's2', { type: 'notice.submit', notice: 'N1' })
    expect(await notice('N1')).toMatchObject({ state: 'awaiting', author: 'system/flood-platform' })
    const approve = { type: 'notice.approve', notice: 'N1' }
    await expect(execute(stage.house, system, 's3', approve)).rejects.toMatchObject({ code: 'authority' })
    await run('小赵', { type: 'notice.write', text: water, targets: owners })
    await expect(
      execute(stage.house, system, 's4', { type: 'notice.submit', notice: 'N2' }),
    ).rejects.toMatchObject({ fault: { kind: 'unknown-notice' } })
  })

  test('the same command twice writes one notice', async () => {
    const { stage } = await openNoticeStage()
    const command = { type: 'notice.write', text: water, targets: owners }
    const operator = { kind: 'operator' } as const
    const first = await execute(stage.house, operator, 'once', command)
    expect(await execute(stage.house, operator, 'once', command)).toEqual(first)
    expect(await stage.all('notices')).toHaveLength(1)
  })
})
