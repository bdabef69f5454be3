import { describe, expect, test } from 'vitest'
import { openReportPress } from '../../adapters/reports/press.ts'
import type { ReportPress } from '../../bot/ports/report-press.ts'
import { setReportTimers } from '../../bot/reports/make-reports.ts'
import { instant, openStage, type Stage } from '../bot/stage.ts'

/** Reports that make themselves, on virtual time. 2026-11-20 is a Friday. */

/** The real press, but for the disk. */
function pressInMemory(): ReportPress & { readonly files: Map<string, Uint8Array> } {
  const files = new Map<string, Uint8Array>()
  const { picture, workbook } = openReportPress('/nowhere')
  return {
    ...{ files, picture, workbook },
    async keep(name, bytes) {
      files.set(name, bytes)
      return name
    },
    read: async (file) => files.get(file),
  }
}

async function settled(start: string) {
  const press = pressInMemory()
  const stage = await openStage({ start, reportPress: press })
  await stage.put('places', { id: 'c', name: '槐荫社区', kind: 'community', parent: null })
  await stage.put('places', { id: 'g1', name: '第一网格', kind: 'grid', parent: 'c' })
  await stage.hire('赵敏', 'grid_leader')
  await stage.change('people', 'p-赵敏', { places: ['c'] })
  await stage.hire('钱主任', 'admin')
  await setReportTimers(stage.house)
  return { stage, press }
}

async function complainAbout(stage: Stage, text: string): Promise<void> {
  await stage.hear('王阿姨', text, { mentioned: true })
  const group = await stage.groupNamed()
  if (group.places.length === 0) await stage.change('groups', group.id, { places: ['g1'] })
}

const reportsTo = (stage: Stage, name: string, kind: string) =>
  stage.toldTo(name).filter((text) => new RegExp(`^【.*${kind}】`, 'u').test(text))
const picturesTo = (stage: Stage, name: string) =>
  stage.sent.filter(({ to, picture }) => 'contact' in to && to.contact === `c-${name}` && picture)

describe('the daily report', () => {
  test('reaches the grid leader and the admin at 17:45 of a working day, in words that fit a phone', async () => {
    const { stage } = await settled('2026-11-20 09:00')
    await complainAbout(stage, '11号楼1单元电梯坏了')
    await stage.runUntil(instant('2026-11-20 17:44'))
    expect(reportsTo(stage, '赵敏', '日报')).toEqual([])
    await stage.runUntil(instant('2026-11-20 17:50'))
    const [text = ''] = reportsTo(stage, '赵敏', '日报')
    expect(text).toContain(
      '【槐荫社区日报】11月20日（截至11月20日17:45）\n新收1件（比上期多1），办结0件，销号0件',
    )
    expect(text).toContain('按时办结率 = 按时办结 ÷ 办结：无（没有办结的）')
    expect(text.length).toBeLessThan(600)
    expect(reportsTo(stage, '钱主任', '日报')).toHaveLength(1)
    expect(picturesTo(stage, '赵敏')).toEqual([])
  })

  test('rests at the weekend, and names nobody', async () => {
    const { stage } = await settled('2026-11-20 09:00')
    await complainAbout(stage, '我家11号楼301室漏水，我叫王秀英，电话13800138000')
    await stage.runUntil(instant('2026-11-23 08:00'))
    const texts = reportsTo(stage, '赵敏', '日报')
    expect(texts).toHaveLength(1)
    expect(texts.join()).not.toMatch(/王|301|13800138000/u)
  })
})

describe('the weekly report', () => {
  test('comes on Monday with a picture, a workbook and a page of Markdown, about the week before', async () => {
    const { stage, press } = await settled('2026-11-20 09:00')
    await complainAbout(stage, '11号楼1单元电梯坏了')
    await stage.runUntil(instant('2026-11-23 09:00'))
    expect(reportsTo(stage, '赵敏', '周报')).toEqual([
      expect.stringContaining('【槐荫社区周报】11月16日至22日\n新收1件'),
    ])
    const [picture] = picturesTo(stage, '赵敏')
    expect(picture?.picture?.name).toBe('2026-11-16-周报-槐荫社区-c.png')
    expect(Buffer.from(picture?.picture?.bytes.subarray(1, 4) ?? []).toString()).toBe('PNG')
    const names = [...press.files.keys()].filter((name) => name.includes('周报-槐荫社区'))
    expect(names.sort()).toEqual(
      ['md', 'png', 'xlsx'].map((ending) => `2026-11-16-周报-槐荫社区-c.${ending}`),
    )
  })

  test('is sent without its picture when the machine cannot draw, and the operator is told', async () => {
    const { stage, press } = await settled('2026-11-20 09:00')
    press.picture = async () => {
      throw new Error('no font here')
    }
    await stage.runUntil(instant('2026-11-23 09:00'))
    expect(reportsTo(stage, '赵敏', '周报')).toHaveLength(1)
    expect(picturesTo(stage, '赵敏')).toEqual([])
    expect(stage.happenings).toContainEqual(
      expect.objectContaining({ type: 'trouble', text: expect.stringContaining('no font here') }),
    )
  })
})

describe('a bot that was off', () => {
  test('makes the last report that was missed, late but once', async () => {
    const { stage } = await settled('2026-11-17 09:00')
    // off from Tuesday to Thursday night; then a start, as live.ts does it
    stage.clock.now = instant('2026-11-19 21:00')
    await setReportTimers(stage.house)
    await stage.runUntil(instant('2026-11-19 21:10'))
    expect(reportsTo(stage, '赵敏', '日报')).toEqual([expect.stringContaining('【槐荫社区日报】11月19日')])
    await setReportTimers(stage.house)
    await stage.runUntil(instant('2026-11-20 12:00'))
    expect(reportsTo(stage, '赵敏', '日报')).toHaveLength(1)
    await stage.runUntil(instant('2026-11-20 18:00'))
    expect(reportsTo(stage, '赵敏', '日报')).toHaveLength(2)
  })

  test('and comes back in the small hours lets people sleep', async () => {
    const { stage } = await settled('2026-11-19 09:00')
    stage.clock.now = instant('2026-11-20 03:00')
    await stage.runUntil(instant('2026-11-20 06:59'))
    expect(reportsTo(stage, '赵敏', '日报')).toEqual([])
    await stage.runUntil(instant('2026-11-20 07:05'))
    expect(reportsTo(stage, '赵敏', '日报')).toHaveLength(1)
  })

  test('with a picture still in the outbox sends it after the start', async () => {
    const { stage } = await settled('2026-11-22 09:00')
    stage.chat.failNext('offline', 'offline', 'offline', 'offline')
    await stage.runUntil(instant('2026-11-23 08:40'))
    await stage.runUntil(instant('2026-11-23 09:00'))
    expect(picturesTo(stage, '赵敏')).toHaveLength(1)
    expect((await stage.all('outbox')).filter(({ state }) => state === 'queued')).toEqual([])
  })
})

describe('where no duties are scheduled', () => {
  test('no report is made, and timers of before are taken away', async () => {
    const { stage } = await settled('2026-11-20 09:00')
    expect((await stage.all('timers')).filter(({ kind }) => kind === 'report')).toHaveLength(4)
    await setReportTimers({ ...stage.house, settings: { ...stage.house.settings, scheduledDuties: false } })
    expect((await stage.all('timers')).filter(({ kind }) => kind === 'report')).toEqual([])
  })

  test('a schedule that was edited holds from the next start on', async () => {
    const { stage } = await settled('2026-11-20 09:00')
    const { reports } = stage.house
    const daily = { ...reports.schedule.daily, at: 12 * 3_600_000 }
    await setReportTimers({
      ...stage.house,
      reports: { ...reports, schedule: { ...reports.schedule, daily } },
    })
    const timer = (await stage.all('timers')).find(({ id }) => id === 'report/daily')
    expect(timer?.dueAt).toBe(instant('2026-11-20 12:00'))
  })
})

describe('staff who are no friends of the bot', () => {
  test('are told once, in the group of staff, and no question of residents is repeated there', async () => {
    const { stage } = await settled('2026-11-20 09:00')
    await stage.hear('孙网格', '大家好', { group: '网格员工作群' })
    await stage.change('groups', (await stage.groupNamed('网格员工作群')).id, { tags: ['网格员群'] })
    for (const id of ['p-赵敏', 'p-钱主任'])
      await stage.change('people', id, { friend: false, places: ['c'] })
    await stage.runUntil(instant('2026-11-20 17:50'))
    expect(stage.saidTo('网格员工作群').filter((text) => text.startsWith('【槐荫社区日报】'))).toHaveLength(1)
    expect(reportsTo(stage, '赵敏', '日报')).toEqual([])
  })
})
