import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createKnowledge } from '../../knowledge/knowledge-base.ts'
import { parseSynonyms } from '../../knowledge/phrases.ts'
import { withoutNumbersOfCards } from '../../knowledge/private-numbers.ts'
import { readingKnowledge } from './knowledge-changes.ts'
import { documentsThere, type LoadOptions, loadKnowledgeFolder } from './knowledge-folder.ts'

/**
 * Which documents serve: a community's own when there is one of them, else the shipped samples. Never both: the
 * figures of the samples are invented, and nobody may be told them as if they held.
 */

/** In the data folder, so that an upgrade of the program leaves it alone. */
export function ownKnowledgeIn(dataFolder: string): string {
  return join(dataFolder, 'knowledge')
}

export function shippedKnowledgeIn(root: string): string {
  return join(root, 'knowledge', 'policies')
}

/** `own`: a folder that need not be there. An import that died in it must be finished before: see readingKnowledge. */
export async function servingFolder(root: string, own: string | undefined): Promise<string> {
  const serves = own !== undefined && (await documentsThere(own)).length > 0
  return serves ? own : shippedKnowledgeIn(root)
}

/** @throws BadDocumentsError */
export async function readServingKnowledge(root: string, own: string | undefined, options: LoadOptions = {}) {
  const read = async () => {
    const folder = await servingFolder(root, own)
    // here, so that nobody behind it can say, suggest or send one
    const passages = (await loadKnowledgeFolder(folder, options)).map(withoutNumbersOfCards)
    return { folder, passages }
  }
  const found = own === undefined ? await read() : await readingKnowledge(own, read)
  const synonyms = parseSynonyms(await readFile(join(root, 'knowledge', 'synonyms.txt'), 'utf8'))
  return { ...found, synonyms }
}

/** @throws BadDocumentsError */
export async function loadServingKnowledge(root: string, own: string | undefined) {
  const { passages, synonyms, folder } = await readServingKnowledge(root, own)
  return { folder, passages: passages.length, knowledge: createKnowledge(passages, synonyms) }
}
