import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openLowdbStore } from '../../adapters/storage/lowdb/store.ts'
import type { Notice, NoticeRecord } from '../../bot/notices/notice.ts'
import { schema } from '../../bot/schema.ts'
import { linli, ownDataFolder } from './terminal.ts'

/** `linli notice` and `linli account` on the data of a bot that has been stopped. */

const at = Date.parse('2026-11-18T09:00:00+08:00')
const water = '明天上午8点到12点停水，请提前储水。'
const happy = { id: 'pl-happy', name: '幸福里社区', kind: 'community', parent: null }
const groups = ['幸福里一期业主群', '幸福里二期业主群', '幸福里商户群']

/** Two groups of owners and one of merchants; more is put into the data when it is given. */
async function district(
  more: readonly { readonly collection: string; readonly document: { readonly id: string } }[] = [],
): Promise<string> {
  const folder = await ownDataFolder()
  const store = await openLowdbStore({ folder: join(folder, 'data'), schema })
  const documents = groups.flatMap((name) => {
    const [id, tag] = [`g-${name}`, name.slice(-3)]
    const bound = { places: [happy.id], tags: [tag], setting: 'answer', owner: 'sim' }
    const room = { account: 'sim', room: `r-${name}`, topic: name, group: id, members: 100 }
    return [
      { collection: 'groups', document: { id, name, ...bound } },
      { collection: 'rooms', document: { id: `sim/r-${name}`, ...room } },
    ]
  })
  const all = [{ collection: 'places', document: happy }, ...documents, ...more]
  await store.commit(all.map(({ collection, document }) => ({ collection, id: document.id, put: document })))
  await store.close()
  return folder
}

const owners = ['--place', '幸福里社区', '--tag', '业主群']

function finished(id: string, by: string): Notice {
  return {
    ...{ id, state: 'finished', text: water, targets: { places: [happy.id], tags: ['业主群'], groups: [] } },
    ...{ targetWords: '幸福里社区·业主群', emergency: false, receipt: false, expiresAt: at + 86_400_000 },
    ...{ author: by, writtenAt: at, approval: [], startedAt: at, endedAt: at + 65_000, groups: 2 },
    history: [{ at, by, event: 'written' }],
  }
}

const record: NoticeRecord = {
  id: 'N1',
  copies: [
    { group: 'g-幸福里一期业主群', account: 'sim', state: 'confirmed', at },
    { group: 'g-幸福里二期业主群', account: 'sim', state: 'unconfirmed', at },
  ],
}

const past = [
  {
    collection: 'people',
    document: { id: 'p-1', name: '赵大姐', role: 'grid_worker', places: [], friend: true },
  },
  { collection: 'notices', document: finished('N1', 'p-1') },
  { collection: 'noticeRecords', document: record },
  { collection: 'counters', document: { id: 'notice', value: 1 } },
]

describe('linli notice write', () => {
  test('shows what would be sent to how many, and sends nothing', async () => {
    await district()
    const { out, status } = await linli(['notice', 'write', water, ...owners])
    expect(status).toBe(0)
    expect(out[0]).toBe('N1 is a draft: nothing is sent yet')
    expect(out[1]).toBe('to: 幸福里社区·业主群 (2 groups, about 200 people), within a minute')
    expect(out).toContain(`  │ ${water}`)
    expect(out.at(-1)).toBe('send it: linli notice submit N1')
    expect((await linli(['notice', 'list'])).out).toEqual([
      expect.stringMatching(/^N1 {2}draft {2}幸福里社区·业主群 {2}2 groups {2}系统管理员 {2}20/u),
    ])
  })

  test('takes the words from a file or from standard input, as well', async () => {
    const folder = await district()
    const file = join(folder, 'words.txt')
    await writeFile(file, `${water}\n`)
    const read = await linli(['notice', 'write', '--file', file, ...owners, '--json'])
    expect(JSON.parse(read.out[0] ?? '')).toMatchObject({ notice: 'N1', text: water, groups: 2 })
    const piped = await linli(
      ['notice', 'write', '-', ...owners, '--json'],
      ['义诊在社区活动室。', '欢迎参加。'],
    )
    expect(JSON.parse(piped.out[0] ?? '')).toMatchObject({
      notice: 'N2',
      text: '义诊在社区活动室。\n欢迎参加。',
    })
  })

  test('fills a template, adds a file, a time and an end', async () => {
    const folder = await district()
    const picture = join(folder, '停水.png')
    await writeFile(picture, Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(99)]))
    const day = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10)
    const made = await linli([
      ...[
        'notice',
        'write',
        '--template',
        '停水',
        '--field',
        '时间=明早8点到12点',
        '--field',
        '范围=1-6号楼',
      ],
      ...['--field', '原因=管道检修', ...owners, '--attach', picture],
      ...['--at', `${day} 08:30`, '--until', `${day} 12:00`, '--receipt'],
    ])
    expect(made.errors).toBe('')
    expect(made.out).toContain(`begins: ${day} 08:30; over: ${day} 12:00`)
    expect(made.out).toContain('with: 停水.png')
    expect(made.out.join('\n')).toContain('明早8点到12点')
  })

  test('with --submit it goes out as soon as a bot runs', async () => {
    await district()
    const { out } = await linli(['notice', 'write', water, ...owners, '--submit'])
    expect(out.at(-1)).toMatch(/^N1 goes out from 20\d\d-\d\d-\d\d \d\d:\d\d on; linli notice watch/u)
    const [row] = (await linli(['notice', 'show', 'N1', '--json'])).out
    expect(JSON.parse(row ?? '')).toMatchObject({ state: 'scheduled', author: '系统管理员' })
  })

  test('with --submit it is held back when nearly the same was just sent', async () => {
    await district()
    await linli(['notice', 'write', water, ...owners, '--submit'])
    const { errors, status, out } = await linli(['notice', 'write', water, ...owners, '--submit'])
    expect(status).toBe(1)
    expect(out).toContain('careful: N1 says nearly the same to some of these groups')
    expect(errors).toMatch(/^N2 is kept as a draft and not sent, because N1 says nearly the same/u)
    expect((await linli(['notice', 'submit', 'N2'])).out[0]).toMatch(/^N2 goes out/u)
    const meant = await linli(['notice', 'write', water, ...owners, '--submit', '--even-if-alike'])
    expect(meant.out.at(-1)).toMatch(/^N3 goes out/u)
  })

  test('is revised, and what is not given stays', async () => {
    await district()
    await linli(['notice', 'write', water, ...owners, '--receipt'])
    const { out } = await linli(['notice', 'revise', 'n1', '不停水了。'])
    expect(out).toContain('  │ 不停水了。')
    expect(out[1]).toMatch(/^to: 幸福里社区·业主群 \(2 groups/u)
    expect((await linli(['notice', 'revise', 'N1', '--group', '幸福里商户群'])).out[1]).toMatch(/\(1 group,/u)
    const [row] = (await linli(['notice', 'show', '1', '--json'])).out
    expect(JSON.parse(row ?? '')).toMatchObject({ text: '不停水了。', receipt: true, groups: 1 })
  })
})

describe('linli notice, afterwards', () => {
  test('shows who wrote it as the roster has them, and what became of each copy', async () => {
    await district(past)
    const shown = (await linli(['notice', 'show', 'N1'])).out
    expect(shown[0]).toBe('N1  finished  幸福里社区·业主群  2 groups')
    expect(shown[1]).toMatch(/^by 赵大姐; over 2026-11-19 09:00/u)
    expect(shown).toContain('1 confirmed, 1 unconfirmed')
    const lost = (await linli(['notice', 'groups', 'N1', '--state', 'unconfirmed'])).out
    expect(lost).toEqual([
      expect.stringMatching(/^g-幸福里二期业主群 {2}幸福里二期业主群 {2}unconfirmed {2}account sim/u),
    ])
    expect((await linli(['notice', 'groups', 'N1', '--json'])).out).toHaveLength(2)
  })

  test('what was never confirmed is settled by whoever looked', async () => {
    await district(past)
    const settled = await linli(['notice', 'settle', 'N1', 'arrived'])
    expect(settled.out).toEqual(['N1 is settled: every unconfirmed group arrived'])
    expect((await linli(['notice', 'groups', 'N1', '--state', 'unconfirmed'])).out).toEqual([
      'no copy of N1 is unconfirmed',
    ])
  })

  test('a correction goes to exactly those who got it', async () => {
    await district(past)
    const { out } = await linli(['notice', 'correct', 'N1', '停水改到后天。', '--submit', '--json'])
    expect(JSON.parse(out[0] ?? '')).toMatchObject({ notice: 'N2', groups: 2, state: 'scheduled' })
    const retracted = await linli(['notice', 'retract', 'N1', '--json'])
    expect(JSON.parse(retracted.out[0] ?? '')).toMatchObject({ notice: 'N3', state: 'draft', groups: 2 })
  })

  test('watching what has its end tells it and ends, and where no bot runs nobody waits', async () => {
    await district(past)
    const ended = await linli(['notice', 'watch', 'N1'])
    expect(ended).toMatchObject({ status: 0 })
    expect(ended.out[0]).toBe('N1 finished: 1 confirmed, 1 unconfirmed, of 2 groups, in 2 min')
    expect(ended.out[1]).toMatch(/linli notice settle N1/u)
    await linli(['notice', 'write', '义诊在社区活动室，欢迎参加。', ...owners, '--submit'])
    const waiting = await linli(['notice', 'watch', 'N2'])
    expect(waiting).toMatchObject({
      status: 1,
      errors: expect.stringMatching(/^N2 is scheduled, and no bot is running here/u),
    })
  })

  test('an operator approves, refuses, pauses, stops and discards', async () => {
    const awaiting = (id: string): Notice => ({
      ...finished(id, 'p-1'),
      state: 'awaiting',
      expiresAt: Date.now() + 86_400_000,
    })
    await district([
      ...past.slice(0, 1),
      ...['N1', 'N2', 'N3'].map((id) => ({ collection: 'notices', document: awaiting(id) })),
    ])
    expect((await linli(['notice', 'approve', 'N1'])).out[0]).toMatch(/^N1 goes out/u)
    expect((await linli(['notice', 'refuse', 'N2', '等街道统一发'])).out).toEqual([
      'N2 is refused; its author is told',
    ])
    expect((await linli(['notice', 'discard', 'N3'])).out).toEqual(['N3 is discarded'])
    expect((await linli(['notice', 'stop', 'N1'])).out).toEqual(['N1 is stopped'])
    const states = (await linli(['notice', 'list', '--json'])).out.map((line) => JSON.parse(line).state)
    expect(states.sort()).toEqual(['discarded', 'refused', 'stopped'])
  })
})

describe('linli notice says what is wrong in one line, and changes nothing', () => {
  const mistakes: readonly [words: readonly string[], told: RegExp][] = [
    [['write', water, '--place', '幸福理社区'], /no place is called "幸福理社区": perhaps 幸福里社区/u],
    [['write', water, '--tag', '家长群'], /the tags are: 业主群, 商户群/u],
    [['write', water], /nothing was named: name places, tags or groups/u],
    [['write', ...owners, '--template', '停课'], /no template is called "停课"; known are: /u],
    [['write', ...owners, '--template', '停水', '--field', '时间'], /--field 时间: expected NAME=VALUE/u],
    [['write', water, ...owners, '--at', '明早8点'], /expected a time such as "2026-11-20 08:30"/u],
    [['write', water, ...owners, '--at', '2026-02-30 08:00'], /expected a time such as/u],
    [['write', water, ...owners, '--at', '2026-11-17 08:00'], /over|past/u],
    [['write', water, ...owners, '--attach', '/nowhere/a.png'], /nothing is there: correct the path/u],
    [['write', water, '--file', 'a.txt', ...owners], /both came: leave one out/u],
    [['write', '水'.repeat(5_000), ...owners], /at most 600 characters.*5000/u],
    [['write', '停水\u0007', ...owners], /U\+0007|control/u],
    [['show', 'N9'], /no notice N9: see linli notice list/u],
    [['show', 'nine'], /expected the number of a notice, for example N12/u],
    [['watch', 'N9'], /no notice N9/u],
    [['submit', 'N9'], /no notice N9/u],
    [['settle', 'N9', 'gone'], /expected a way, one of arrived, again, left/u],
    [['groups', 'N9', '--state', 'lost'], /expected a state, one of queued/u],
    [['list', '--limit', '0'], /expected a number from 1 to 1000/u],
    [['write', water, ...owners, '--repeat', 'always'], /cron/u],
  ]
  test('whatever it is', async () => {
    await district()
    for (const [words, told] of mistakes) {
      const { status, errors } = await linli(['notice', ...words])
      expect(errors).toMatch(told)
      expect(errors.trimEnd().replace('\n(--help tells more)', '')).not.toContain('\n')
      expect(status).not.toBe(0)
    }
    expect((await linli(['notice', 'list'])).out).toEqual(['no notice yet: linli notice write'])
  }, 60_000)
})

describe('linli account', () => {
  test('lists who rests and why, pauses, and goes on when told', async () => {
    const paused = { reason: 'rate', since: at, until: at + 1_800_000 }
    await district([
      { collection: 'accountStates', document: { id: 'sim', failuresInRow: 0, paused } as never },
    ])
    expect((await linli(['account', 'list'])).out).toEqual([
      'sim  link elsewhere  0 waiting  sends no notices: WeChat says it is too fast, until 2026-11-18 09:30',
    ])
    expect((await linli(['account', 'resume', 'sim'])).out).toEqual(['sim sends notices again'])
    expect((await linli(['account'])).out).toEqual(['sim  link elsewhere  0 waiting  sends notices'])
    expect((await linli(['account', 'pause', 'sim'])).out).toEqual(['sim sends no notices now'])
    expect((await linli(['account', 'list', '--json'])).out[0]).toMatch(/"paused":"staff"/u)
    const unknown = await linli(['account', 'resume', 'north'])
    expect(unknown).toMatchObject({ status: 1, errors: expect.stringMatching(/no account north/u) })
  })
})
