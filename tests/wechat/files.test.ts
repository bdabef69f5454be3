import { FileBox } from 'file-box'
import { describe, expect, it } from 'vitest'
import { startSim } from './sim.ts'

describe('files over the simulated WeChat', () => {
  it('a document is heard as such, and fetched only when it is read', async () => {
    const { world, chat, recorder } = await startSim()
    world.say({ from: 'zhang', room: 'r1', file: FileBox.fromBuffer(Buffer.from('%PDF-1.7'), '通知.pdf') })
    await chat.settled()
    const [message] = recorder.heard()
    expect(message).toMatchObject({ kind: 'other', text: '', file: { name: '通知.pdf' } })
    expect(message?.photo).toBeUndefined()
    expect(Buffer.from((await message?.file?.read(100)) ?? []).toString()).toBe('%PDF-1.7')
  })

  it('one that is larger than wanted is not fetched', async () => {
    const { world, chat, recorder } = await startSim()
    world.say({ from: 'zhang', room: 'r1', file: FileBox.fromBuffer(Buffer.alloc(101), '大.pdf') })
    await chat.settled()
    expect(await recorder.heard()[0]?.file?.read(100)).toBeUndefined()
  })

  it('the length that WeChat tells in its XML is passed on', async () => {
    const { world, chat, recorder } = await startSim()
    const file = FileBox.fromBuffer(Buffer.from('x'), '大.pdf')
    world.say({
      from: 'zhang',
      room: 'r1',
      file,
      text: '<msg><appattach><totallen>20971521</totallen></appattach></msg>',
    })
    await chat.settled()
    expect(recorder.heard()[0]).toMatchObject({ text: '', file: { size: 20_971_521 } })
  })

  it('words, a picture and a document are sent, each as what it is', async () => {
    const { world, chat } = await startSim()
    await chat.send({ room: 'r1' }, '停水通知')
    await chat.send({ room: 'r1' }, { name: '海报.png', bytes: Buffer.from('png') })
    await chat.send({ room: 'r1' }, { name: '停水通知.pdf', bytes: Buffer.from('pdf') })
    await chat.settled()
    const sent = [...world.messages.values()].map(({ kind, text, file }) => [kind, text, file?.name])
    expect(sent).toEqual([
      ['text', '停水通知', undefined],
      ['image', '', '海报.png'],
      ['file', '', '停水通知.pdf'],
    ])
  })

  it('our own file coming back is our own', async () => {
    const { chat, recorder } = await startSim()
    await chat.send({ room: 'r1' }, { name: '停水通知.pdf', bytes: Buffer.from('pdf') })
    await chat.settled()
    await recorder.until('message')
    expect(recorder.messages()).toMatchObject([{ own: true, text: '' }])
  })
})
