import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readNoticeTemplates } from '../../../adapters/files/notice-templates-file.ts'
import { readNoticeRules } from '../../../adapters/files/notices-file.ts'
import { projectRoot } from '../../../adapters/files/project-root.ts'
import type { Role } from '../../../bot/documents.ts'
import { NoticeRefusedError } from '../../../bot/notices/refusal.ts'
import { approvalReasons, type ToApprove } from '../../../bot/notices/writing/approval.ts'
import { checkedText } from '../../../bot/notices/writing/check-text.ts'
import { estimate, estimateWords } from '../../../bot/notices/writing/estimate.ts'
import { hour, minute } from '../../../tickets/shanghai-time.ts'
import { instant } from '../stage.ts'

const shipped = await readNoticeRules(projectRoot(), undefined)

describe('who has to approve', () => {
  const plain: ToApprove = {
    ...{ role: 'grid_worker', groups: 3, emergency: false, repeated: false },
    sendAt: instant('2026-11-20 10:00'),
  }

  it.each<[string, Partial<ToApprove>, readonly string[]]>([
    ['an ordinary notice to three groups', {}, []],
    ['exactly as many groups as are free', { groups: 20 }, []],
    ['one group more', { groups: 21 }, ['groups']],
    ['a template about money', { template: '医保缴费' }, ['template']],
    ['another template', { template: '停水' }, []],
    ['it begins at 06:59', { sendAt: instant('2026-11-20 06:59') }, ['hours']],
    ['it begins at 07:00, when the quiet hours end', { sendAt: instant('2026-11-20 07:00') }, []],
    ['it begins at 20:00', { sendAt: instant('2026-11-20 20:00') }, ['hours']],
    ['an emergency in the night', { emergency: true, sendAt: instant('2026-11-20 03:00') }, ['emergency']],
    ['every week', { repeated: true }, ['repeated']],
    [
      'several at once, in the order of the rules',
      { groups: 642, template: '医保缴费', sendAt: instant('2026-11-20 20:30'), repeated: true },
      ['groups', 'template', 'hours', 'repeated'],
    ],
    ['a leader is not free', { role: 'grid_leader', groups: 21 }, ['groups']],
    ['an administrator is free of all', { role: 'admin', groups: 642, emergency: true, repeated: true }, []],
  ])('%s', (_, change, reasons) => {
    expect(approvalReasons(shipped, { ...plain, ...change })).toEqual(reasons)
  })

  it('hours that go over midnight are read so', () => {
    const rules = { approval: { ...shipped.approval, outside: { from: 22 * hour, to: 6 * hour } } }
    const at = (time: string) => approvalReasons(rules, { ...plain, sendAt: instant(`2026-11-20 ${time}`) })
    expect(at('23:00')).toEqual([])
    expect(at('05:59')).toEqual([])
    expect(at('12:00')).toEqual(['hours'])
  })

  it('more power, more groups or a later hour never need less approval than the rules say', () => {
    const roles: readonly Role[] = ['grid_worker', 'grid_leader', 'department', 'admin']
    fc.assert(
      fc.property(fc.nat({ max: 50 }), fc.nat({ max: 50 }), fc.constantFrom(...roles), (one, more, role) => {
        const few = approvalReasons(shipped, { ...plain, role, groups: one })
        const many = approvalReasons(shipped, { ...plain, role, groups: one + more })
        expect(many).toEqual(expect.arrayContaining([...few]))
      }),
    )
  })
})

describe('how long it takes', () => {
  const pace = {
    ...{ reply: 1_500, notice: 4_000, jitter: 1_000, group: 1_000 },
    rest: 0,
    attempts: 6,
    backoff: 2_000,
  }

  it('one account sends with its gap and half the jitter; the first copy waits for nothing', () => {
    expect(estimate(pace, new Map([['main', 1]]))).toBe(0)
    expect(estimate(pace, new Map([['main', 642]]))).toBe(641 * 4_500)
  })

  it('several accounts send side by side: the one with the most groups counts', () => {
    expect(
      estimate(
        pace,
        new Map([
          ['a', 300],
          ['b', 200],
          ['c', 142],
        ]),
      ),
    ).toBe(299 * 4_500)
  })

  it('an attachment is a second send', () => {
    expect(estimate(pace, new Map([['main', 10]]), 2)).toBe(19 * 4_500)
  })

  it('nobody gets it in no time', () => {
    expect(estimate(pace, new Map())).toBe(0)
  })

  it.each([
    [0, '1分钟内'],
    [minute, '1分钟内'],
    [minute + 1, '约2分钟'],
    [45 * minute, '约45分钟'],
    [59.5 * minute, '约1小时'],
    [hour, '约1小时'],
    [hour + 20 * minute, '约1小时20分钟'],
    [2 * hour - 1, '约2小时'],
  ])('%s ms is %s', (length, words) => {
    expect(estimateWords(length)).toBe(words)
  })
})

describe('the words of a notice', () => {
  const limit = { longest: 20 }

  function faultOf(text: string): unknown {
    try {
      return checkedText(text, limit)
    } catch (error) {
      if (error instanceof NoticeRefusedError) return error.fault
      throw error
    }
  }

  it('are trimmed, with plain line ends, no spaces at the end of a line, one empty line at most', () => {
    expect(checkedText('  停水 \r\n时间\t明早\r\r\r\r范围 \u2028完', limit)).toBe(
      '停水\n时间　明早\n\n范围\n完',
    )
  })

  it('are composed, so that the same letters are the same text', () => {
    expect(checkedText('cafe\u0301', limit)).toBe('caf\u00e9')
  })

  it('must be there', () => {
    for (const nothing of ['', '  \n ', '\ufeff']) expect(faultOf(nothing)).toEqual({ kind: 'empty' })
  })

  it('are counted as people count them, and have their limit', () => {
    expect(faultOf('😀'.repeat(20))).toBe('😀'.repeat(20))
    expect(faultOf('字'.repeat(21))).toEqual({ kind: 'too-long', length: 21, longest: 20 })
    expect(faultOf('字'.repeat(5_000))).toMatchObject({ kind: 'too-long', length: 5_000 })
  })

  it('have no characters that nobody sees: they are named', () => {
    expect(faultOf('停\u0007水')).toEqual({ kind: 'control-characters', codes: ['U+0007'] })
    expect(faultOf('停\u200b水\u202e通\u200b知')).toEqual({
      ...{ kind: 'control-characters', codes: ['U+200B', 'U+202E'] },
    })
    expect(faultOf('停\u2066水')).toMatchObject({ codes: ['U+2066'] })
    expect(faultOf('停\u3164水')).toMatchObject({ codes: ['U+3164'] })
    expect(faultOf('停\ud800水')).toMatchObject({ codes: ['U+D800'] })
  })

  it('have nobody’s identity card or bank card; telephones and ticket numbers stay', () => {
    const long = { longest: 100 }
    const fault = (text: string) => {
      try {
        return checkedText(text, long)
      } catch (error) {
        if (error instanceof NoticeRefusedError) return error.fault
        throw error
      }
    }
    expect(fault('张某，身份证号11010519491231002X，请来领证')).toEqual({
      ...{ kind: 'private-numbers', what: 'identity card', endings: ['002X'] },
    })
    expect(fault('请汇到6222020200112233445')).toMatchObject({ what: 'bank card', endings: ['3445'] })
    for (const office of ['有事打0571-83312200或13800138000', '单号20261120-001', '1号楼2单元301停水'])
      expect(fault(office)).toBe(office)
  })

  it('may have pictures, also those that are put together', () => {
    for (const picture of ['❤️', '👍🏻', '👨‍👩‍👧', '1️⃣', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '👩🏽‍⚕️']) expect(faultOf(picture)).toBe(picture)
  })

  it('once checked, checking again changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (text) => {
        const once = faultOf(text)
        if (typeof once === 'string') expect(checkedText(once, limit)).toBe(once)
      }),
    )
  })
})

describe('the files that people edit', () => {
  async function withOwn<T>(name: string, yaml: string, work: (data: string) => Promise<T>): Promise<T> {
    const data = await mkdtemp(join(tmpdir(), 'linli-rules-'))
    try {
      await mkdir(join(data, 'settings'))
      await writeFile(join(data, 'settings', name), yaml)
      return await work(data)
    } finally {
      await rm(data, { recursive: true })
    }
  }

  it('a community’s own templates replace the shipped ones', async () => {
    const yaml =
      'templates: [{ name: 停暖, fields: [{ name: 时间, kind: time, example: 明早8点, required: true }], text: "停暖：{时间}" }]'
    const own = await withOwn('notice-templates.yaml', yaml, (data) =>
      readNoticeTemplates(projectRoot(), data),
    )
    expect(own.map(({ name }) => name)).toEqual(['停暖'])
  })

  it.each([
    [
      'a gap without a field',
      '{ name: 停暖, fields: [], text: "停暖：{时间}" }',
      /停暖: \{时间\} is no field/,
    ],
    [
      'a field without a gap',
      '{ name: 停暖, fields: [{ name: 时间, example: x }], text: 停暖 }',
      /停暖: \{时间\} stands nowhere/,
    ],
    ['an end that is no field', '{ name: 停暖, fields: [], text: 停暖, lastsUntil: 时间 }', /lastsUntil/],
    [
      'two of one name',
      '{ name: 停暖, fields: [], text: a }, { name: 供暖, also: [停暖], fields: [], text: b }',
      /two templates are called 停暖/,
    ],
  ])('%s is refused by name', async (_, templates, message) => {
    await withOwn('notice-templates.yaml', `templates: [${templates}]`, async (data) => {
      await expect(readNoticeTemplates(projectRoot(), data)).rejects.toThrow(message)
    })
  })

  it('a mistake in the rules names the file and the field', async () => {
    await withOwn('notices.yaml', 'longest: 5', async (data) => {
      await expect(readNoticeRules(projectRoot(), data)).rejects.toThrow(/notices\.yaml[\s\S]*longest/)
    })
  })
})
