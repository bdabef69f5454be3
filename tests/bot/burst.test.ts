import { describe, expect, test } from 'vitest'
import { openStage, type Stage } from './stage.ts'

/** Seconds from the start of the stage to the opening of its first ticket. */
function openedAfter(stage: Stage): number {
  const opened = stage.events.find((event) => event.type === 'opened')
  return ((opened?.at ?? Number.NaN) - stage.chat.since) / 1000
}

describe('one speaker’s lines become one utterance', () => {
  test('8 s after the last line', async () => {
    const stage = await openStage()
    await stage.say('石女士', '电梯又停了')
    await stage.wait(7)
    await stage.say('石女士', '11号楼1单元的')
    await stage.wait(7)
    expect(stage.events).toEqual([])
    await stage.wait(1)
    expect(openedAfter(stage)).toBe(15)
    expect(stage.events[0]).toMatchObject({ text: '电梯又停了\n11号楼1单元的' })
  })

  test('30 s after the first line at the latest; what comes then is a new utterance', async () => {
    const stage = await openStage()
    await stage.say('石女士', '11号楼1单元电梯坏了')
    for (const text of ['真是的', '天天坏', '没人管', '烦死了', '哎']) {
      await stage.wait(6)
      await stage.say('石女士', text)
    }
    expect(openedAfter(stage)).toBe(30)
    expect((await stage.all('timers')).filter(({ kind }) => kind === 'burst')).toHaveLength(1)
  })

  test('2 s when the bot was mentioned, in whichever line', async () => {
    const stage = await openStage()
    await stage.say('石女士', '电梯又停了')
    await stage.wait(3)
    await stage.say('石女士', '@小邻 11号楼1单元的')
    await stage.wait(60)
    expect(openedAfter(stage)).toBe(5)
  })

  test('2 s in private, where every line is meant for the bot', async () => {
    const stage = await openStage()
    await stage.say('石女士', '11号楼1单元电梯坏了', { group: '' })
    await stage.wait(60)
    expect(openedAfter(stage)).toBe(2)
  })

  test('photos are part of it, and wait like a line', async () => {
    const stage = await openStage()
    await stage.say('石女士', '11号楼1单元电梯坏了')
    await stage.wait(5)
    await stage.say('石女士', '', { photo: 'lift.jpg' })
    await stage.say('石女士', '', { photo: 'door.jpg' })
    await stage.wait(60)
    expect(openedAfter(stage)).toBe(13)
    expect(stage.events[0]).toMatchObject({ photos: [{ name: 'lift.jpg' }, { name: 'door.jpg' }] })
  })

  test('lines of others in between do not mix', async () => {
    const stage = await openStage()
    await stage.say('石女士', '11号楼1单元电梯坏了')
    await stage.wait(2)
    await stage.say('马叔', '小区南门路灯不亮，黑漆漆的')
    await stage.wait(2)
    await stage.say('石女士', '昨天刚修过')
    await stage.wait(60)
    const opened = stage.events.filter((event) => event.type === 'opened')
    expect(opened.map(({ text }) => text)).toEqual([
      '小区南门路灯不亮，黑漆漆的',
      '11号楼1单元电梯坏了\n昨天刚修过',
    ])
  })

  test('the same person in two groups speaks twice', async () => {
    const stage = await openStage()
    await stage.say('石女士', '11号楼1单元电梯坏了', { group: '甲' })
    await stage.say('石女士', '早上好', { group: '乙' })
    await stage.wait(60)
    expect(stage.events[0]).toMatchObject({ text: '11号楼1单元电梯坏了' })
    expect(stage.silences).toEqual(['chatter'])
  })
})
