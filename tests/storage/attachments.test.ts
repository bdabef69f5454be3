import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strToU8, zipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type AttachmentFolder, openAttachments } from '../../adapters/storage/attachments.ts'
import { NoticeRefusedError } from '../../bot/notices/refusal.ts'

const MB = 1024 * 1024
const jpg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3])
const png = Buffer.from('\x89PNG\r\n\x1a\n rest', 'latin1')
const pdf = Buffer.from('%PDF-1.7\n rest')

function office(part: string, more: Record<string, Uint8Array> = {}): Uint8Array {
  return zipSync({
    '[Content_Types].xml': strToU8('<Types/>'),
    [`${part}/document.xml`]: strToU8('<x/>'),
    ...more,
  })
}

function large(start: Uint8Array, bytes: number): Uint8Array {
  const all = new Uint8Array(bytes)
  all.set(start)
  return all
}

let folder: string
let attachments: AttachmentFolder
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'linli-attachments-'))
  attachments = openAttachments(join(folder, 'attachments'))
})
afterEach(() => rm(folder, { recursive: true }))

async function faultOf(name: string, bytes: Uint8Array): Promise<unknown> {
  try {
    return await attachments.save(name, bytes)
  } catch (error) {
    if (error instanceof NoticeRefusedError) return error.fault
    throw error
  }
}

describe('attachments', () => {
  it('what was saved is read again, under the hash of its content, the same content once', async () => {
    const saved = await attachments.save('停水通知.pdf', pdf)
    expect(saved).toMatchObject({ name: '停水通知.pdf', kind: 'file' })
    expect(saved.file).toMatch(/^[0-9a-f]{64}\.pdf$/u)
    expect(Buffer.from((await attachments.read(saved.file)) ?? [])).toEqual(pdf)
    expect((await attachments.save('另一个名字.pdf', pdf)).file).toBe(saved.file)
    expect(await readdir(join(folder, 'attachments'))).toEqual([saved.file])
  })

  it.each([
    ['海报.jpg', jpg, { name: '海报.jpg', kind: 'picture' }],
    ['海报.JPEG', jpg, { name: '海报.jpg', kind: 'picture' }],
    ['海报.png', png, { name: '海报.png', kind: 'picture' }],
    ['动图.gif', Buffer.from('GIF89a rest'), { name: '动图.gif', kind: 'picture' }],
    ['图.webp', Buffer.from('RIFF....WEBPVP8 '), { name: '图.webp', kind: 'picture' }],
    ['报名表.docx', office('word'), { name: '报名表.docx', kind: 'file' }],
    ['名单.xlsx', office('xl'), { name: '名单.xlsx', kind: 'file' }],
    ['讲座.pptx', office('ppt'), { name: '讲座.pptx', kind: 'file' }],
    ['说明.txt', Buffer.from('请看这里\n'), { name: '说明.txt', kind: 'file' }],
    // 说明 in the encoding of Chinese Windows
    ['说明.txt', Buffer.from([0xcb, 0xb5, 0xc3, 0xf7]), { name: '说明.txt', kind: 'file' }],
  ])('%s is taken', async (name, bytes, expected) => {
    expect(await faultOf(name, bytes)).toMatchObject(expected)
  })

  it('the content says what it is: a picture with another ending is a picture', async () => {
    expect(await faultOf('海报.pdf', png)).toMatchObject({ name: '海报.pdf.png', kind: 'picture' })
    expect(await faultOf('通知', pdf)).toMatchObject({ name: '通知.pdf', kind: 'file' })
  })

  it.each([
    ['病毒.exe', Buffer.from('MZ\x90\x00 program', 'latin1')],
    ['病毒.pdf', Buffer.from('MZ\x90\x00 program', 'latin1')],
    ['病毒.jpg', Buffer.from('MZ\x90\x00 program', 'latin1')],
    ['网页.html', Buffer.from('<html></html>')],
    ['打包.zip', zipSync({ 'a.txt': strToU8('a') })],
    ['假的.docx', zipSync({ 'a.exe': strToU8('MZ') })],
    ['表格其实.docx', office('xl')],
    ['宏.docx', office('word', { 'word/vbaProject.bin': strToU8('x') })],
    ['坏的.docx', Buffer.from('PK\x03\x04 nothing more', 'latin1')],
    ['二进制.txt', Buffer.from([0x61, 0, 0x62])],
    ['旧的.doc', Buffer.from('\xd0\xcf\x11\xe0 rest', 'latin1')],
  ])('%s is refused: nobody in 642 groups should open that', async (name, bytes) => {
    expect(await faultOf(name, bytes)).toEqual({ kind: 'attachment', why: 'unknown-kind', name })
    expect(await attachments.read('x')).toBeUndefined()
  })

  it('an empty file is refused', async () => {
    expect(await faultOf('空.pdf', new Uint8Array())).toMatchObject({ why: 'empty' })
  })

  it('a picture has at most 5 MB, another file 20 MB, to the byte', async () => {
    expect(await faultOf('大.jpg', large(jpg, 5 * MB))).toMatchObject({ kind: 'picture' })
    expect(await faultOf('大.jpg', large(jpg, 5 * MB + 1))).toMatchObject({
      why: 'too-large',
      name: '大.jpg',
    })
    expect(await faultOf('大.jpg', large(jpg, 10 * MB))).toMatchObject({ why: 'too-large' })
    expect(await faultOf('大.pdf', large(pdf, 20 * MB))).toMatchObject({ kind: 'file' })
    expect(await faultOf('大.pdf', large(pdf, 20 * MB + 1))).toMatchObject({ why: 'too-large' })
  })

  it.each([
    ['../../etc/passwd.pdf', 'etc passwd.pdf'],
    ['C:\\桌面\\通知.pdf', 'C 桌面 通知.pdf'],
    ['通知\u202efdp.exe.pdf', '通知fdp.exe.pdf'],
    ['通\u0000知\n.pdf', '通知.pdf'],
    ['.pdf', '附件.pdf'],
    ['   .pdf', '附件.pdf'],
    [`${'长'.repeat(300)}.pdf`, `${'长'.repeat(60)}.pdf`],
    ['通知（2026年 11月）.pdf', '通知（2026年 11月）.pdf'],
  ])('the name %j becomes %j', async (name, shown) => {
    expect(await faultOf(name, pdf)).toMatchObject({ name: shown })
  })

  it('no name leads out of the folder', async () => {
    await writeFile(join(folder, 'secret.pdf'), 'secret')
    for (const name of ['../secret.pdf', '/etc/passwd', '', '..', `${'0'.repeat(64)}.exe`])
      expect(await attachments.read(name)).toBeUndefined()
  })

  it('what nobody names goes after a day, what is named or new stays', async () => {
    const named = await attachments.save('a.pdf', pdf)
    const unnamed = await attachments.save('b.png', png)
    const fresh = await attachments.save('c.jpg', jpg)
    const yesterday = new Date(Date.now() - 25 * 3_600_000)
    for (const { file } of [named, unnamed])
      await utimes(join(folder, 'attachments', file), yesterday, yesterday)
    const isNamed = (file: string) => file === named.file
    expect(await attachments.sweep({ isNamed, now: Date.now() })).toEqual([unnamed.file])
    expect(await attachments.read(unnamed.file)).toBeUndefined()
    expect(await attachments.read(fresh.file)).toBeDefined()
    expect(await attachments.read(named.file)).toBeDefined()
  })

  it('saved again, it counts as new: a sweep does not take it from a notice that is being written', async () => {
    const { file } = await attachments.save('a.pdf', pdf)
    const yesterday = new Date(Date.now() - 25 * 3_600_000)
    await utimes(join(folder, 'attachments', file), yesterday, yesterday)
    await attachments.save('a.pdf', pdf)
    expect(await attachments.sweep({ isNamed: () => false, now: Date.now() })).toEqual([])
    expect((await stat(join(folder, 'attachments', file))).size).toBe(pdf.length)
  })

  it('a folder that is not there yet has nothing', async () => {
    expect(await attachments.read(`${'0'.repeat(64)}.pdf`)).toBeUndefined()
    expect(await attachments.sweep({ isNamed: () => false, now: Date.now() })).toEqual([])
  })
})
