import { create, insertMultiple, search } from '@orama/orama'
import { bigrams, type Engine, joined, wanted } from '../engine.ts'

export const orama: Engine = {
  name: 'Orama',
  async build(passages) {
    const database = create({
      schema: { all: 'string' },
      components: {
        tokenizer: { language: 'english', normalizationCache: new Map(), tokenize: bigrams },
      },
    })
    const documents = passages.map((passage) => ({ id: passage.id, all: joined(passage) }))
    await insertMultiple(database, documents, 500)
    return {
      async find(question) {
        const { hits } = await search(database, { term: question, limit: wanted })
        return hits.map(({ id }) => id)
      },
    }
  },
}
