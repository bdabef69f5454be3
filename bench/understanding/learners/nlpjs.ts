import { createRequire } from 'node:module'
import type { Learner } from '../learner.ts'

/** nlp.js as its README has it, with its own Chinese language package. It comes without types. */

interface Nlp {
  settings: { autoSave: boolean }
  addLanguage(locale: string): void
  addDocument(locale: string, text: string, intent: string): void
  train(): Promise<void>
  process(locale: string, text: string): Promise<{ readonly intent: string }>
}

interface Container {
  use(plugin: unknown): void
  get(name: 'nlp'): Nlp
}

const load = createRequire(import.meta.url)

export const nlpjs: Learner = {
  name: 'nlp.js',
  async train(examples) {
    const { containerBootstrap } = load('@nlpjs/core') as { containerBootstrap(): Promise<Container> }
    const container = await containerBootstrap()
    container.use(load('@nlpjs/nlp').Nlp)
    container.use(load('@nlpjs/lang-zh').LangZh)
    const nlp = container.get('nlp')
    nlp.settings.autoSave = false
    nlp.addLanguage('zh')
    for (const { text, intent } of examples) nlp.addDocument('zh', text, intent)
    await nlp.train()
    return async (text) => {
      const { intent } = await nlp.process('zh', text)
      // None is its word for what it is unsure of. Its best guess instead is right half as often.
      return intent === 'None' ? 'chatter' : intent
    }
  },
}
