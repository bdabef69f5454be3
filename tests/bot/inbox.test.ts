import { describe, expect, test } from 'vitest'
import { defaultGroup, openStage } from './stage.ts'

const broken = '3号楼2单元电梯坏了'
const hour = 3_600_000

describe('the inbox lets each line in once', () => {
  test('an id that comes twice opens one ticket, also when the second comes after the answer', async () => {
    const stage = await openStage()
    await stage.say('石女士', broken, { id: 'same' })
    await stage.say('石女士', broken, { id: 'same' })
    await stage.wait(60)
    await stage.say('石女士', broken, { id: 'same' })
    await stage.wait(60)
    expect(stage.eventTypes).toEqual(['opened', 'dispatched'])
    expect(await stage.all('inbox')).toHaveLength(1)
  })

  test('the same id from two accounts is two messages', async () => {
    const stage = await openStage({ accounts: ['main', 'second'] })
    await stage.say('石女士', '早上好', { id: 'same', group: '甲' })
    await stage.say('马叔', '早上好', { id: 'same', group: '乙', account: 'second' })
    expect((await stage.all('inbox')).map(({ id }) => id)).toEqual(['main/same', 'second/same'])
  })

  test('its own words are no message', async () => {
    const stage = await openStage()
    await stage.hear('小邻', broken, { own: true })
    expect(await stage.all('inbox')).toEqual([])
    expect(stage.events).toEqual([])
  })

  test('lines older than the login are none of its business, a clock that is a minute off is forgiven', async () => {
    const stage = await openStage()
    await stage.hear('石女士', broken, { at: stage.chat.since - hour })
    expect(await stage.all('inbox')).toEqual([])
    await stage.hear('石女士', broken, { at: stage.chat.since - 60_000 })
    expect(stage.eventTypes).toEqual(['opened', 'dispatched'])
  })

  test('everything is durable before anything is thought about it', async () => {
    const stage = await openStage()
    await stage.say('石女士', broken)
    expect(await stage.all('inbox')).toMatchObject([{ text: broken, state: 'waiting' }])
    expect((await stage.all('timers')).map(({ kind }) => kind)).toContain('burst')
    expect(stage.events).toEqual([])
  })
})

describe('several accounts in one group', () => {
  test('the owner hears, the others stop at the inbox', async () => {
    const stage = await openStage({ accounts: ['main', 'second'] })
    await stage.say('石女士', '早上好')
    const { id } = await stage.groupNamed()
    const room = `r-${defaultGroup}`
    await stage.put('rooms', {
      ...{ id: `second/${room}`, account: 'second', room },
      ...{ topic: defaultGroup, group: id },
    })
    await stage.hear('石女士', broken, { id: 'second-copy', account: 'second' })
    expect(stage.events).toEqual([])
    await stage.hear('石女士', broken, { id: 'main-copy' })
    expect(stage.eventTypes).toEqual(['opened', 'dispatched'])
    expect(stage.sent.map(({ account }) => account)).toEqual(['main'])
  })
})

describe('a room that nobody bound', () => {
  test('is heard only for codes, and never answered', async () => {
    const stage = await openStage({ settings: { bindRoomsThemselves: false } })
    await stage.hear('石女士', broken)
    await stage.hear('石女士', '@小邻 在吗')
    await stage.hear('石女士', '5号楼着火了，快来人')
    expect(await stage.all('inbox')).toEqual([])
    expect(stage.sent).toEqual([])
    expect(stage.happenings).toEqual([])
  })
})

describe('a photo', () => {
  test('that cannot be had is no reason to lose the words, and the operator is told', async () => {
    const stage = await openStage()
    const photos = {
      save: async () => {
        throw new Error('the disk is full')
      },
      remove: async () => undefined,
    }
    Object.assign(stage.house, { photos })
    await stage.say('石女士', broken)
    await stage.hear('石女士', '', { photo: 'lift.jpg' })
    expect(stage.events[0]).toMatchObject({ type: 'opened', text: broken, photos: [] })
    expect(stage.happenings).toContainEqual(
      expect.objectContaining({ type: 'trouble', text: expect.stringContaining('the disk is full') }),
    )
  })
})
