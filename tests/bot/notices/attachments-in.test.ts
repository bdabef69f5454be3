import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openAttachments } from '../../../adapters/storage/attachments.ts'
import type { InboundFile, InboundMessage } from '../../../bot/ports/chat.ts'
import type { Stage } from '../stage.ts'
import { openNoticeStage } from './notice-stage.ts'

const pdf = Buffer.from('%PDF-1.7\n rest')
const jpg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3])
const MB = 1024 * 1024

let folder: string
let stage: Stage
let reads: number
let lines = 0
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'linli-attachments-'))
  stage = (await openNoticeStage()).stage
  Object.assign(stage.house, { attachments: openAttachments(folder) })
  reads = 0
})
afterEach(() => rm(folder, { recursive: true }))

function fileOf(name: string, bytes: Uint8Array, size?: number): Pick<InboundMessage, 'kind' | 'file'> {
  const read: InboundFile['read'] = async () => {
    reads += 1
    return bytes
  }
  return { kind: 'other', file: { name, read, ...(size !== undefined && { size }) } }
}

function pictureOf(name: string, bytes: Uint8Array): Pick<InboundMessage, 'kind' | 'photo'> {
  return { kind: 'image', photo: { name, read: async () => bytes } }
}

/** Sends it in private, or in a group; everything that comes of it has happened. */
async function send(from: string, what: Partial<InboundMessage>, group?: string): Promise<readonly string[]> {
  const before = stage.sent.length
  lines += 1
  const message = {
    ...{ account: stage.chat.account, id: `file-${lines}`, sender: { id: `c-${from}`, name: from } },
    ...(group !== undefined && { room: { id: `r-${group}`, topic: group } }),
    ...{ at: stage.clock.now, kind: 'text' as const, text: '', mentioned: group === undefined, own: false },
    ...what,
  }
  await stage.engine.handle(stage.chat, { type: 'message', message })
  await stage.wait(20)
  return stage.sent.slice(before).map(({ text }) => text)
}

async function kept(): Promise<readonly string[]> {
  return readdir(folder)
}

describe('a file of staff waits for the notice', () => {
  it('in private it is kept, and the sender told how to go on', async () => {
    const said = await send('小赵', fileOf('停水通知.pdf', pdf))
    expect(said).toEqual(['文件“停水通知.pdf”收到了。要和通知一起发，请接着说：通知 发到哪里 通知内容'])
    expect(await kept()).toHaveLength(1)
  })

  it('the notice said right after takes it, and goes out with it', async () => {
    await send('小赵', fileOf('停水通知.pdf', pdf))
    await send('小赵', { text: '通知 幸福里社区 业主群 明天上午8点到12点停水，请提前接好用水。' })
    const [notice] = await stage.all('notices')
    expect(notice?.attachment).toMatchObject({ name: '停水通知.pdf', kind: 'file' })
    await send('小赵', { text: '发' })
    await stage.wait(60)
    const got = stage.chat.sent.filter(({ to }) => 'room' in to && to.room === 'r-幸福里一期业主群')
    expect(got.map(({ text }) => text)).toEqual([
      '明天上午8点到12点停水，请提前接好用水。',
      expect.stringContaining('停水通知.pdf'),
    ])
  })

  it('the next notice does not take it again', async () => {
    await send('小赵', fileOf('停水通知.pdf', pdf))
    await send('小赵', { text: '通知 幸福里社区 业主群 明天上午8点到12点停水，请提前接好用水。' })
    await send('小赵', { text: '通知 幸福里社区 商户群 后天下午打扫卫生，请把门口的东西收一收。' })
    const second = (await stage.all('notices')).find(({ id }) => id === 'N2')
    expect(second?.text).toContain('打扫卫生')
    expect(second?.attachment).toBeUndefined()
  })

  it('after twenty minutes it belongs to nothing any more', async () => {
    await send('小赵', fileOf('停水通知.pdf', pdf))
    await stage.wait(20 * 60)
    await send('小赵', { text: '通知 幸福里社区 业主群 明天上午8点到12点停水，请提前接好用水。' })
    const [notice] = await stage.all('notices')
    expect(notice?.text).toContain('停水')
    expect(notice?.attachment).toBeUndefined()
  })

  it('a picture is kept for a notice as well', async () => {
    await send('小赵', pictureOf('海报.jpg', jpg))
    await send('小赵', { text: '通知 幸福里社区 业主群 周六上午9点在广场义诊，请带身份证。' })
    const [notice] = await stage.all('notices')
    expect(notice?.attachment).toMatchObject({ name: '海报.jpg', kind: 'picture' })
  })

  it('in a group of staff it is kept without a word', async () => {
    expect(await send('小赵', fileOf('停水通知.pdf', pdf), '街道网格员群')).toEqual([])
    expect(await kept()).toHaveLength(1)
    expect(stage.silences).toContain('photoOnly')
  })
})

describe('files that are none of our business are not fetched', () => {
  it('those of residents, in private and in groups', async () => {
    await stage.hire('王阿姨', 'resident')
    await stage.hire('志愿者小李', 'volunteer')
    await send('王阿姨', fileOf('我的病历.pdf', pdf))
    await send('志愿者小李', fileOf('名单.pdf', pdf))
    await send('从没见过的人', fileOf('文件.pdf', pdf), '幸福里一期业主群')
    expect([reads, await kept()]).toEqual([0, []])
  })

  it('those that staff send in a group of residents', async () => {
    await send('小赵', fileOf('通知.pdf', pdf), '幸福里一期业主群')
    expect([reads, await kept()]).toEqual([0, []])
  })

  it('those that the messenger says are too large: refused before they are read', async () => {
    const said = await send('小赵', fileOf('录像.pdf', pdf, 20 * MB + 1))
    expect(said).toEqual([
      '“录像.pdf”太大了，发不了。图片要在5MB以内，文件要在20MB以内，请压小一点再发给我。',
    ])
    expect(reads).toBe(0)
  })
})

describe('a file that cannot go with a notice is refused with the way out', () => {
  it.each([
    ['空.pdf', new Uint8Array(), '“空.pdf”是空的'],
    ['程序.exe', Buffer.from('MZ\x90\x00', 'latin1'), '“程序.exe”这种文件发不了。请存成PDF'],
  ])('%s', async (name, bytes, words) => {
    const [said] = await send('小赵', fileOf(name, bytes))
    expect(said).toContain(words)
    expect(await kept()).toEqual([])
  })

  it('a picture of 10 MB is taken as a photo of a problem, and refused for notices', async () => {
    const picture = new Uint8Array(10 * MB)
    picture.set(jpg)
    const [said] = await send('小赵', pictureOf('海报.jpg', picture))
    expect(said).toContain('“海报.jpg”太大了')
    await send('小赵', { text: '通知 幸福里社区 业主群 周六上午9点在广场义诊，请带身份证。' })
    expect((await stage.all('notices')).every(({ attachment }) => attachment === undefined)).toBe(true)
  })

  it('one that the messenger has lost: the sender is asked again, nothing breaks', async () => {
    const lost = { name: '丢了.pdf', read: () => Promise.reject(new Error('expired')) }
    const [said] = await send('小赵', { kind: 'other', file: lost })
    expect(said).toBe('“丢了.pdf”没收全，发不了。请再发给我一次。')
    expect(stage.happenings.some((each) => each.type === 'trouble' && each.text.includes('expired'))).toBe(
      true,
    )
  })
})
