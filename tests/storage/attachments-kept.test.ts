import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openAttachments } from '../../adapters/storage/attachments.ts'
import { backup } from '../../adapters/storage/lowdb/backup.ts'
import { restore } from '../../adapters/storage/lowdb/restore.ts'
import { openLowdbStore } from '../../adapters/storage/lowdb/store.ts'
import { sweepAttachments } from '../../bot/commands/sweep-attachments.ts'
import { backupContents } from '../../bot/commands/upkeep.ts'
import type { Attachment } from '../../bot/notices/notice.ts'
import { schema } from '../../bot/schema.ts'

const now = Date.now()
const day = 86_400_000

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'linli-attachments-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function opened(data = join(folder, 'data')) {
  const store = await openLowdbStore({ folder: data, schema, onWarning: () => undefined })
  return { store, data, attachments: openAttachments(join(data, 'attachments')) }
}

function pdf(words: string): Uint8Array {
  return Buffer.from(`%PDF-1.7\n${words}`)
}

describe('attachments are kept as long as somebody names them', () => {
  it('a notice, a copy of it, a message or a memory; the others go', async () => {
    const { store, data, attachments } = await opened()
    const kept: Record<string, Attachment> = {}
    for (const name of ['notices', 'outbox', 'inbox', 'memories', 'nobody'])
      kept[name] = await attachments.save(`${name}.pdf`, pdf(name))
    const put = (collection: string, document: object) => ({
      ...{ collection, id: 'x' },
      put: { id: 'x', ...document },
    })
    await store.commit([
      put('notices', { state: 'finished', writtenAt: now, attachment: kept['notices'] }),
      put('outbox', { account: 'main', state: 'queued', rank: 1, attachment: kept['outbox'] }),
      put('inbox', { state: 'done', at: now, attachment: kept['inbox'] }),
      put('memories', {
        person: 'p',
        forgetAt: now,
        looseAttachment: { attachment: kept['memories'], at: now },
      }),
    ])
    const yesterday = new Date(now - 2 * day)
    for (const { file } of Object.values(kept))
      await utimes(join(data, 'attachments', file), yesterday, yesterday)
    await sweepAttachments(store, join(data, 'attachments'), now)
    const left = await readdir(join(data, 'attachments'))
    expect(left).toHaveLength(4)
    expect(left).not.toContain(kept['nobody']?.file)
    await store.close()
  })

  it('a backup has them, and brings them back', async () => {
    const { store, attachments } = await opened()
    const saved = await attachments.save('停水通知.pdf', pdf('停水'))
    await backup(store, join(folder, 'backup'), { now, contents: backupContents })
    await store.close()
    await restore(join(folder, 'backup'), join(folder, 'new'), { now, onWarning: () => undefined })
    const again = await opened(join(folder, 'new'))
    expect(Buffer.from((await again.attachments.read(saved.file)) ?? []).toString()).toContain('停水')
    await again.store.close()
  })
})
