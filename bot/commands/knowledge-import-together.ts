import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DocumentFile, loadDocuments } from '../../adapters/files/knowledge-folder.ts'

/**
 * Reads old and new together, before anything is written, so that what stands in the way of the whole (an id that
 * two documents have) is found while nothing has happened.
 * @throws BadDocumentsError
 */
export async function assertTogether(
  fresh: readonly { readonly name: string; readonly text: string }[],
  staying: readonly DocumentFile[],
): Promise<void> {
  const trial = await mkdtemp(join(tmpdir(), 'linli-import-'))
  try {
    const coming = []
    for (const [at, { name, text }] of fresh.entries()) {
      const path = join(trial, String(at))
      await writeFile(path, text)
      coming.push({ file: name, path })
    }
    await loadDocuments([...staying, ...coming])
  } finally {
    await rm(trial, { recursive: true, force: true })
  }
}
