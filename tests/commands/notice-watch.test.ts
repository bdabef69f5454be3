import { PassThrough } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { type Seen, type Watching, watchUntilEnd } from '../../bot/commands/notice-watch.ts'
import { progressOn } from '../../bot/commands/progress.ts'
import type { NoticeProgressRow } from '../../bot/doors/notices/notice-rows.ts'

/** What somebody at a terminal sees of a notice that is being sent. */

const began = Date.parse('2026-11-18T09:00:00+08:00')

function row(change: Partial<NoticeProgressRow> = {}): NoticeProgressRow {
  return {
    ...{ notice: 'N12', state: 'sending', text: '停水', targets: '全区', groups: 642, author: '赵大姐' },
    ...{ writtenAt: '2026-11-18T08:59:00.000+08:00', startedAt: '2026-11-18T09:00:00.000+08:00' },
    ...{ expiresAt: '2026-11-19T09:00:00.000+08:00', emergency: false, receipt: false },
    ...{ copies: {}, remainingMs: 0, history: [], ...change },
  }
}

/** `looks`: what is there second after second; nothing where no bot answers. */
function watch(looks: readonly (Seen | undefined)[], { isTTY = false, columns = 200, json = false } = {}) {
  const stream = Object.assign(new PassThrough(), { isTTY, columns })
  const leaving = new AbortController()
  const lines: string[] = []
  let now = began
  let look = 0
  const watching: Watching = {
    async look() {
      if (look >= looks.length) {
        leaving.abort()
        return looks.at(-1)
      }
      return looks[look++]
    },
    ...{ bar: progressOn(stream, () => now)('N12'), print: (line) => lines.push(line), now: () => now, json },
    async wait(ms) {
      now += ms
    },
    signal: leaving.signal,
  }
  return {
    status: watchUntilEnd('N12', watching),
    lines,
    drawn: () => String(stream.read() ?? '').split('\r'),
  }
}

/** So many of 642 are confirmed. */
function sending(confirmed: number, change: Partial<NoticeProgressRow> = {}): Seen {
  const copies = { confirmed, queued: 642 - confirmed }
  return { row: row({ copies, remainingMs: (642 - confirmed) * 4_350, ...change }), accounts: [] }
}

const ended: Seen = {
  row: row({ state: 'finished', copies: { confirmed: 642 }, endedAt: '2026-11-18T09:47:00.000+08:00' }),
  accounts: [],
}

describe('at a terminal', () => {
  test('a bar is redrawn in place with count, rate and what remains, and goes away at the end', async () => {
    const looks = Array.from({ length: 60 }, (_, second) => sending(100 + Math.floor(second / 4)))
    const { status, lines, drawn } = watch([...looks, ended], { isTTY: true })
    expect(await status).toBe(0)
    const last =
      drawn()
        .filter((each) => each.includes('N12'))
        .at(-1) ?? ''
    expect(last).toMatch(/^N12 █+░+ 17% {2}114\/642 {2}sending {2}14\/min {2}39 min to go/u)
    expect(lines).toEqual(['N12 finished: 642 confirmed, of 642 groups, in 47 min'])
  })

  test('it says which accounts rest, what could not be sent, and who paused it', async () => {
    const resting = [
      { account: 'north', link: 'up', queued: 3, paused: 'rate', until: '2026-11-18T09:31:00.000+08:00' },
      { account: 'south', link: 'up', queued: 3 },
    ] as const
    const copies = { confirmed: 640, unconfirmed: 1, failed: 1 }
    const at = '2026-11-18T09:10:00.000+08:00'
    const history = [{ at, by: '钱主任', event: 'paused' }]
    const seen = { row: row({ state: 'paused', copies, history }), accounts: resting }
    const { status, drawn } = watch([seen], { isTTY: true })
    await status
    expect(drawn().join('\n')).toContain(
      'paused by 钱主任  1 unconfirmed, 1 failed  paused: north (rate until 09:31)',
    )
  })

  test('a narrow window gets a shorter line, and never one that breaks', async () => {
    const history = [{ at: '', by: '名字很长很长很长很长的管理员', event: 'paused' }]
    const seen = { row: row({ state: 'paused', history }), accounts: [] }
    const { status, drawn } = watch([seen], { isTTY: true, columns: 64 })
    await status
    const [line = ''] = drawn().filter((each) => each.includes('N12'))
    const width = [...line.replace('\u001b[K', '')].reduce(
      (sum, sign) => sum + (/\p{Script=Han}/u.test(sign) ? 2 : 1),
      0,
    )
    expect(width).toBeLessThan(64)
    expect(width).toBeGreaterThan(60)
  })

  test('while the bot is away it waits, and goes on when it is back', async () => {
    const { status, lines, drawn } = watch([sending(100), undefined, undefined, sending(101), ended], {
      isTTY: true,
    })
    expect(await status).toBe(0)
    expect(drawn().join('\n')).toContain('waiting for the bot')
    expect(lines.at(-1)).toMatch(/^N12 finished/u)
  })
})

describe('without a terminal', () => {
  test('there is a line every ten seconds, and the end at once', async () => {
    const looks = Array.from({ length: 35 }, (_, second) => sending(100 + second))
    const { status, lines } = watch([...looks, ended])
    expect(await status).toBe(0)
    expect(lines).toEqual([
      '2026-11-18 09:00  N12  100/642  sending  40 min to go',
      expect.stringMatching(/^2026-11-18 09:00 {2}N12 {2}110\/642 {2}sending {2}60\/min/u),
      expect.stringMatching(/120\/642/u),
      expect.stringMatching(/130\/642/u),
      'N12 finished: 642 confirmed, of 642 groups, in 47 min',
    ])
  })

  test('as JSON each line is a whole row, and the last one is its end', async () => {
    const { status, lines } = watch([...Array.from({ length: 11 }, () => sending(5)), ended], { json: true })
    expect(await status).toBe(0)
    expect(lines.map((line) => JSON.parse(line).state)).toEqual(['sending', 'sending', 'finished'])
  })
})

describe('watching ends', () => {
  test('when whoever watches leaves; the notice goes on', async () => {
    const { status, lines } = watch([sending(1), sending(2)])
    expect(await status).toBe(0)
    expect(lines.at(-1)).toBe(
      'not watched any more; N12 goes on (linli notice pause N12, linli notice stop N12)',
    )
  })

  test('at once where there is nothing to watch: a draft, and one that is repeated', async () => {
    const draft = watch([{ row: row({ state: 'draft' }), accounts: [] }])
    expect(await draft.status).toBe(1)
    expect(draft.lines).toEqual(['N12 is a draft: nothing is sent before linli notice submit N12'])
    const repeated = watch([{ row: row({ state: 'scheduled', repeat: '每周一 08:30' }), accounts: [] }])
    expect(await repeated.status).toBe(1)
    expect(repeated.lines[0]).toMatch(/each time makes a notice of its own/u)
  })

  test('with what to do about groups that were never confirmed, or failed', async () => {
    const copies = { confirmed: 640, failed: 1, unconfirmed: 1 }
    const seen = { ...ended, row: { ...ended.row, copies } }
    const { status, lines } = watch([seen])
    expect(await status).toBe(0)
    expect(lines[1]).toContain('linli notice groups N12 --state unconfirmed')
  })
})
