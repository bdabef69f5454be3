import { describe, expect, test } from 'vitest'
import { openStage } from './stage.ts'

const broken = '3号楼2单元电梯坏了'

describe('a message that is taken back takes back what it caused', () => {
  test('while it still waits, nothing comes of it', async () => {
    const stage = await openStage()
    const id = await stage.say('石女士', broken)
    await stage.wait(3)
    await stage.recall(id)
    await stage.wait(60)
    expect(stage.events).toEqual([])
    expect(stage.sent).toEqual([])
    expect(await stage.all('inbox')).toMatchObject([{ state: 'done', outcome: 'recalled by its writer' }])
  })

  test('only the line that was recalled is left out of its burst', async () => {
    const stage = await openStage()
    const wrong = await stage.say('石女士', '2号楼2单元电梯坏了')
    await stage.wait(3)
    await stage.recall(wrong)
    await stage.say('石女士', broken)
    await stage.wait(60)
    expect(stage.events[0]).toMatchObject({ text: broken, place: { building: '3', unit: '2' } })
  })

  test('its ticket is withdrawn when nobody has acted on it', async () => {
    const stage = await openStage()
    const id = await stage.say('石女士', broken)
    await stage.wait(60)
    await stage.recall(id)
    expect(stage.eventTypes).toEqual(['opened', 'dispatched', 'withdrawn'])
    expect((await stage.all('timers')).filter(({ kind }) => kind === 'light')).toEqual([])
  })

  test('a ticket that staff took stays', async () => {
    const stage = await openStage()
    await stage.hire('网格员小赵', 'grid_worker')
    const id = await stage.say('石女士', broken)
    await stage.wait(60)
    await stage.hear('网格员小赵', '#接单')
    await stage.recall(id)
    expect(stage.eventTypes).not.toContain('withdrawn')
  })

  test('a ticket that a neighbour supports stays', async () => {
    const stage = await openStage()
    const id = await stage.say('石女士', broken)
    await stage.wait(20)
    await stage.hear('马叔', '3号楼的电梯又坏了')
    await stage.recall(id)
    expect(stage.eventTypes).toEqual(['opened', 'dispatched', 'supported'])
  })

  test('of a message that nobody knows, or of chatter, nothing comes', async () => {
    const stage = await openStage()
    const id = await stage.say('石女士', '早上好')
    await stage.wait(20)
    await stage.recall(id)
    await stage.recall('never-heard')
    expect(stage.events).toEqual([])
    expect(stage.sent).toEqual([])
  })
})
