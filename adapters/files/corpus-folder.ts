import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CorpusError, type CorpusFile, type Example, parseCorpus } from '../../intents/corpus.ts'

/** Reads `<folder>/<intent>/*.txt`, in the order of the names, so that training is the same everywhere. */
export async function readCorpus(folder: string): Promise<Example[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const intents = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  const files: CorpusFile[] = []
  for (const intent of intents.sort()) {
    const names = (await readdir(join(folder, intent))).filter((name) => name.endsWith('.txt'))
    for (const name of names.sort())
      files.push({ path: `${intent}/${name}`, content: await readFile(join(folder, intent, name), 'utf8') })
  }
  if (files.length === 0) throw new CorpusError(`${folder}: expected <intent>/*.txt, found no file`)
  return parseCorpus(files)
}
