import { describe, expect, test } from 'vitest'
import { readConfig } from '../../bot/config.ts'
import { linli, ownDataFolder } from '../commands/terminal.ts'

describe('the operator', () => {
  test('switches the daily question of a group on and off, and sees it in the list', async () => {
    await ownDataFolder()
    const { group } = JSON.parse((await linli(['group', 'bind', '一号群', '--json'])).out[0] ?? '') as {
      group: string
    }
    expect((await linli(['group', 'quiz', group, '9'])).out[0]).toContain('daily question at 9:00')
    expect((await linli(['group', 'list'])).out[0]).toMatch(/daily quiz at 9:00$/u)
    expect((await linli(['group', 'quiz', group, 'off'])).out[0]).toContain('no daily question')
    expect((await linli(['group', 'list'])).out[0]).not.toContain('daily quiz')
  })

  test('is told what was expected of an hour or a group', async () => {
    await ownDataFolder()
    for (const hour of ['23', '6', 'noon', '9.5']) {
      const { status, errors } = await linli(['group', 'quiz', 'g-1', hour])
      expect(status).not.toBe(0)
      expect(errors).toContain('expected an hour from 7 to 21, or off')
    }
    expect((await linli(['group', 'quiz', 'g-1', '9'])).errors).toContain('no group g-1')
  })

  test('configures the times and the bonus, and is told every mistake', () => {
    const { quiz } = readConfig({
      ...{ LINLI_QUIZ_SECONDS: '60', LINLI_QUIZ_SERIES_SECONDS: '45', LINLI_QUIZ_FIRST_BONUS: '1' },
    }).settings
    expect(quiz).toMatchObject({ single: 60_000, series: 45_000, firstBonus: 1 })
    expect(readConfig({}).settings.quiz).toMatchObject({ single: 180_000, series: 90_000, firstBonus: 0 })
    expect(() => readConfig({ LINLI_QUIZ_SECONDS: '5', LINLI_QUIZ_FIRST_BONUS: 'many' })).toThrow(
      /LINLI_QUIZ_SECONDS: seconds.*20 to 3600[\s\S]*LINLI_QUIZ_FIRST_BONUS: extra points/u,
    )
  })
})
