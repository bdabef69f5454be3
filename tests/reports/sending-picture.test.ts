import { describe, expect, test } from 'vitest'
import { startSim } from '../wechat/sim.ts'

/** A picture goes the same way as words: one port, one queue, one guard. */
const picture = { name: '2026-11-16-周报.png', bytes: new Uint8Array([0x89, 0x50, 0x4e, 0x47]) }

describe('a picture that is sent', () => {
  test('arrives in the room byte for byte, under its name, and its echo is our own', async () => {
    const { world, chat, recorder } = await startSim()
    const { messageId = '' } = await chat.send({ room: 'r1' }, picture)
    await chat.settled()
    const file = world.messages.get(messageId)?.file
    expect(file?.name).toBe(picture.name)
    expect(new Uint8Array((await file?.toBuffer()) ?? [])).toEqual(picture.bytes)
    expect(recorder.messages()).toMatchObject([{ id: messageId, own: true, text: '' }])
  })

  test('without an id from the messenger is still known as our own', async () => {
    const { chat, recorder } = await startSim({ tellsIds: false })
    expect(await chat.send({ room: 'r1' }, picture)).toEqual({})
    await chat.settled()
    expect(recorder.messages()).toMatchObject([{ own: true, text: '' }])
  })

  test('fails with the same codes as words', async () => {
    const { chat, puppet } = await startSim()
    puppet.gate = async () => {
      throw new Error('操作过于频繁，请稍后再试')
    }
    await expect(chat.send({ room: 'r1' }, picture)).rejects.toMatchObject({
      name: 'SendError',
      code: 'rate',
    })
    await expect(chat.send({ contact: 'nobody' }, picture)).rejects.toMatchObject({ code: 'gone' })
  })
})
