import { cp, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, extname, join, relative } from 'node:path'
import { loadKnowledgeFolder } from '../../adapters/files/knowledge-folder.ts'
import { createFolder, writeDurably } from '../../adapters/storage/durable-files.ts'

const endings = ['.md', '.jsonl', '.csv']

/**
 * Copies documents into a knowledge base, after all of it was read with them in it.
 * @returns what was taken, a line each
 * @throws BadDocumentsError; Error naming what is of another format or there already
 */
export async function importKnowledge(path: string, target: string): Promise<string[]> {
  const documents = await documentsAt(path)
  const others = documents.filter(({ name }) => !endings.includes(extname(name).toLowerCase()))
  if (others.length > 0)
    throw new Error(
      `expected ${endings.join(', ')}, but came ${others.map(({ name }) => name).join(', ')}: nothing was taken. Word, Excel, PDF and pictures come with a later version; until then save them as Markdown or CSV`,
    )
  if (documents.length === 0)
    throw new Error(`${path}: expected documents (${endings.join(', ')}), but found none: correct the path`)
  const there = await namesIn(target)
  const taken = documents.filter(({ name }) => there.has(name))
  if (taken.length > 0)
    throw new Error(
      `${target} already has ${taken.map(({ name }) => name).join(', ')}: nothing was taken; rename the new ones, or remove the old ones first`,
    )
  await tryOut(documents, target)
  const written: string[] = []
  try {
    for (const { name, file } of documents) {
      await createFolder(dirname(join(target, name)))
      await writeDurably(join(target, name), [await readFile(file)])
      written.push(name)
    }
  } catch (error) {
    for (const name of written) await rm(join(target, name), { force: true })
    throw error
  }
  return [
    ...written.map((name) => `taken: ${name}`),
    `${written.length} documents are in ${target}; a running bot knows them after its next start`,
  ]
}

interface Found {
  /** Below the folder that was named. */
  readonly name: string
  readonly file: string
}

async function documentsAt(path: string): Promise<Found[]> {
  if (!(await stat(path)).isDirectory()) return [{ name: basename(path), file: path }]
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({ name: relative(path, file), file }))
}

async function namesIn(target: string): Promise<ReadonlySet<string>> {
  try {
    return new Set((await documentsAt(target)).map(({ name }) => name))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return new Set()
    throw error
  }
}

/** Old and new together, so that an id which both have is found before anything is written. */
async function tryOut(documents: readonly Found[], target: string): Promise<void> {
  const trial = await mkdtemp(join(tmpdir(), 'linli-import-'))
  try {
    if ((await namesIn(target)).size > 0) await cp(target, trial, { recursive: true })
    for (const { name, file } of documents) await cp(file, join(trial, name))
    await loadKnowledgeFolder(trial)
  } finally {
    await rm(trial, { recursive: true, force: true })
  }
}
