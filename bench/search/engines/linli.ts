import { readFile } from 'node:fs/promises'
import { projectRoot } from '../../../adapters/files/project-root.ts'
import { createKnowledge } from '../../../knowledge/knowledge-base.ts'
import { parseSynonyms } from '../../../knowledge/phrases.ts'
import type { Engine } from '../engine.ts'

/** `ask`, whole: the search, the close reading of the best, the decision whether they answer, and the answer. */
export function linli({ synonyms }: { readonly synonyms: boolean }): Engine {
  return {
    name: synonyms ? 'LinLi' : 'LinLi, no synonyms',
    async build(passages) {
      const list = synonyms ? await readFile(`${projectRoot()}/knowledge/synonyms.txt`, 'utf8') : ''
      const knowledge = createKnowledge(passages, parseSynonyms(list))
      return { find: (question) => knowledge.ask(question, { today }).sources.map(({ id }) => id) }
    },
  }
}

/** Decides what has expired. */
const today = '2026-11-18'
