import { loadServingKnowledge } from '../../adapters/files/own-knowledge.ts'
import type { Knowledge } from '../../knowledge/answer.ts'

/** Knowledge that can be exchanged under a running bot: whoever asks next asks the new one. */
export interface ReloadableKnowledge {
  readonly knowledge: Knowledge
  /** Reads the documents anew. When one is bad nothing is exchanged. @throws BadDocumentsError */
  reload(): Promise<Reloaded>
}

export interface Reloaded {
  readonly folder: string
  readonly passages: number
}

/** `own`: the folder of the community's documents, which need not be there. */
export function createReloadableKnowledge(
  first: Knowledge,
  { root, own }: { readonly root: string; readonly own: string },
): ReloadableKnowledge {
  let current = first
  return {
    knowledge: { ask: (question, options) => current.ask(question, options) },
    async reload() {
      const { knowledge, ...told } = await loadServingKnowledge(root, own)
      current = knowledge
      return told
    },
  }
}
