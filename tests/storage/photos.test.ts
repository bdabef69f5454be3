import { readdir, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openOnDisk } from '../../adapters/storage/durable-files.ts'
import { MAXIMUM_PHOTO_BYTES, openPhotos } from '../../adapters/storage/photos.ts'
import { temporaryFolder } from './temporary-folder.ts'

const JPEG = Buffer.from('\xff\xd8\xff\xe0 a photo of a lift', 'latin1')
const PNG = Buffer.from('\x89PNG\r\n\x1a\n a screenshot', 'latin1')
const DAY = 24 * 60 * 60 * 1000

describe('photos', () => {
  test('are read back as they were saved, from a file for the owner only', async () => {
    const folder = await temporaryFolder()
    const photos = await openPhotos(folder)
    const { name, file } = await photos.save('电梯.jpg', JPEG)
    expect(name).toBe('电梯.jpg')
    expect(file).toMatch(/^[0-9a-f]{64}\.jpg$/)
    expect(await photos.read(file)).toEqual(JPEG)
    expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600)
  })

  test.each([
    ['jpg', JPEG],
    ['png', PNG],
    ['gif', Buffer.from('GIF89a…')],
    ['webp', Buffer.from('RIFF1234WEBPVP8 ')],
    ['heic', Buffer.from('0000ftypheic0000')],
    ['bin', Buffer.from('<script>alert(1)</script>')],
    ['bin', Buffer.from('x')],
  ])('are %s by their content, not by what they are called', async (extension, bytes) => {
    const photos = await openPhotos(await temporaryFolder())
    expect((await photos.save('photo.html', bytes)).file).toMatch(new RegExp(`\\.${extension}$`))
  })

  test('never lead out of their folder, whatever they are called', async () => {
    const folder = await temporaryFolder()
    const photos = await openPhotos(join(folder, 'photos'))
    await photos.save('../../etc/passwd', JPEG)
    expect(await readdir(folder)).toEqual(['photos'])
    for (const file of [
      '../secret',
      '/etc/passwd',
      `${'a'.repeat(64)}.jpg/../x`,
      'a.jpg',
      '',
      `${'a'.repeat(64)}.jpg\0`,
    ]) {
      await expect(photos.read(file)).rejects.toMatchObject({ code: 'photo-name' })
      await expect(photos.remove(file)).rejects.toMatchObject({ code: 'photo-name' })
    }
  })

  test('that are the same are kept once', async () => {
    const folder = await temporaryFolder()
    const photos = await openPhotos(folder)
    const [first, second] = await Promise.all([photos.save('1.jpg', JPEG), photos.save('2.jpg', JPEG)])
    expect(second.file).toBe(first.file)
    expect(await readdir(folder)).toEqual([first.file])
  })

  test('that are empty or larger than 20 MB are refused with the limit', async () => {
    const photos = await openPhotos(await temporaryFolder())
    const large = Buffer.alloc(MAXIMUM_PHOTO_BYTES + 1)
    await expect(photos.save('large.jpg', large)).rejects.toThrow('at most 20971520 bytes, found 20971521')
    await expect(photos.save('none.jpg', Buffer.alloc(0))).rejects.toMatchObject({ code: 'photo-empty' })
  })

  test('are there whole or not at all when the disk is full', async () => {
    const folder = await temporaryFolder()
    const photos = await openPhotos(folder, {
      openFile: async (path, flags, mode) => {
        const file = await openOnDisk(path, flags, mode)
        const full = () => Promise.reject(new Error('ENOSPC'))
        return { ...bound(file), write: full }
      },
    })
    await expect(photos.save('1.jpg', JPEG)).rejects.toThrow('ENOSPC')
    expect(await readdir(folder)).toEqual([])
  })

  test('that were removed are undefined, also when removed twice', async () => {
    const photos = await openPhotos(await temporaryFolder())
    const { file } = await photos.save('1.jpg', JPEG)
    await photos.remove(file)
    await photos.remove(file)
    expect(await photos.read(file)).toBeUndefined()
  })

  test('that nobody names are swept after a day; new ones, named ones and foreign files stay', async () => {
    const folder = await temporaryFolder()
    const photos = await openPhotos(folder)
    const now = Date.now()
    const old = new Date(now - 2 * DAY)
    const [named, unnamed, sentAgain] = await Promise.all(
      ['named', 'unnamed', 'sent again'].map(
        async (text) => (await photos.save(text, Buffer.from(text))).file,
      ),
    )
    await writeFile(join(folder, 'readme.txt'), 'not a photo')
    for (const file of await readdir(folder)) {
      await utimes(join(folder, file), old, old)
    }
    await photos.save('sent again', Buffer.from('sent again'))
    const fresh = (await photos.save('fresh', PNG)).file
    expect(await photos.sweep({ isNamed: (file) => file === named, now })).toEqual([unnamed])
    expect((await readdir(folder)).sort()).toEqual([named, sentAgain, fresh, 'readme.txt'].sort())
  })
})

function bound(file: Awaited<ReturnType<typeof openOnDisk>>) {
  return {
    datasync: () => file.datasync(),
    sync: () => file.sync(),
    truncate: (length: number) => file.truncate(length),
    close: () => file.close(),
  }
}
