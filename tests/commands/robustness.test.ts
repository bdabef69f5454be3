import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { projectRoot } from '../../adapters/files/project-root.ts'
import { calendarWarning, warningCalendar } from '../../bot/commands/calendar-warning.ts'
import { describeError } from '../../bot/commands/describe-error.ts'
import { createWorkingCalendar } from '../../tickets/working-calendar.ts'
import { linli, ownDataFolder } from './terminal.ts'

test('a reader that has gone away ends the command without a word', () => {
  const script = `${process.execPath} --import tsx bot/main.ts --help | true`
  const { stderr } = spawnSync('bash', ['-c', script], { cwd: projectRoot(), encoding: 'utf8' })
  expect(stderr).toBe('')
})

test('--version prints the version of package.json', async () => {
  expect((await linli(['--version'])).out).toEqual([expect.stringMatching(/^\d+\.\d+\.\d+$/)])
})

describe('what the operating system refuses is told with a remedy', () => {
  test('a file that is not there, and a folder in place of a file', async () => {
    const folder = await ownDataFolder()
    expect((await linli(['replay', join(folder, 'nope')])).errors).toMatch(
      /nothing is there: correct the path/,
    )
    expect((await linli(['replay', folder])).errors).toMatch(/it is a folder: name a file/)
  })

  test.runIf(process.platform === 'linux')('a data folder where none can be made', async () => {
    await ownDataFolder()
    vi.stubEnv('LINLI_DATA', '/proc/linli/data')
    expect((await linli(['roster', 'list'])).errors).toMatch(/nothing can be made there: name another folder/)
    const { status, out } = await linli(['doctor'])
    expect(status).toBe(1)
    expect(out.join('\n')).toMatch(/✗ data folder: \/proc\/linli: .*\n {4}give this account the right/)
  })

  test.each([
    ['ENOSPC', /the disk is full.*free space/],
    ['EROFS', /read-only: mount it writable/],
    ['EACCES', /may not open it: give it the right/],
  ])('%s', (code, told) => {
    const error = Object.assign(new Error(code), { code, path: '/data/lock.json', syscall: 'open' })
    expect(describeError(error)).toMatch(told)
  })
})

test('a field that is wrong is named, with what was expected and what came', async () => {
  await ownDataFolder()
  expect((await linli(['roster', 'add', '', 'admin'])).errors).toMatch(
    /expected 'name' to have some text, but "" came/,
  )
  expect((await linli(['understand'], ['{"id":"1"}'])).errors).toMatch(
    /line 1: expected 'text' as text, .* but it is missing; expected \{"id"/,
  )
})

test('a city without garbage rules stops the start and is found by doctor', async () => {
  await ownDataFolder()
  vi.stubEnv('LINLI_REGION', '火星')
  expect((await linli(['start'])).errors).toMatch(/LINLI_REGION: .*火星.*known: .*上海/)
  expect((await linli(['doctor'])).out.join('\n')).toMatch(/✗ configuration: LINLI_REGION: .*火星/)
})

test('a group that is bound again keeps what is not given anew', async () => {
  await ownDataFolder()
  await linli(['place', 'add', '一社区', 'community'])
  await linli(['group', 'bind', '一号群', '--place', '一社区', '--tag', '业主'])
  const again = await linli(['group', 'bind', '一号群', '--tag', '网格员群'])
  expect(again.out).toContain('its places: 一社区; its tags: 网格员群')
})

test('an unknown year is warned of once, and next year from November on', () => {
  const lines: string[] = []
  const calendar = warningCalendar(createWorkingCalendar(), (line) => lines.push(line))
  for (const date of ['2026-12-31', '2099-01-01', '2099-01-02']) calendar.isWorkingDay(date)
  expect(lines).toEqual([expect.stringMatching(/holidays of 2099 are not known/)])
  const next = { ...calendar, knows: (year: number) => year <= 2026 }
  expect(calendarWarning(next, Date.parse('2026-10-31T12:00:00+08:00'))).toBeUndefined()
  expect(calendarWarning(next, Date.parse('2026-11-01T12:00:00+08:00'))).toMatch(/2027/)
})

test('a voice message gets its sentence once a day, in whichever group, and then a reason', async () => {
  await ownDataFolder()
  const { out } = await linli(['chat', '--fast', '--alone'], ['/语音', '/等', '/私聊', '/语音', '/等'])
  expect(out.filter((line) => line.includes('小邻'))).toEqual([expect.stringMatching(/语音我还听不懂/)])
  expect(out).toContainEqual(expect.stringMatching(/没说话：a voice message; this person was told today/))
})

test('a broken text keeps nobody from the roster', async () => {
  await ownDataFolder()
  const { houseWithoutLore } = await import('../../bot/commands/quiet-lore.ts')
  const parts = { now: () => 7 } as unknown as Parameters<typeof houseWithoutLore>[0]
  const house = houseWithoutLore(parts)
  expect(house.now()).toBe(7)
  expect(() => house.texts).toThrow(/running bot only/)
})
