import MiniSearch from 'minisearch'
import { bigrams, type Engine, fieldNames, fieldsOf, fieldWeights, joined, wanted } from '../engine.ts'

export function minisearch({ weighted }: { readonly weighted: boolean }): Engine {
  return {
    name: weighted ? 'MiniSearch, weighted fields' : 'MiniSearch',
    build(passages) {
      const index = new MiniSearch({
        fields: weighted ? [...fieldNames] : ['all'],
        tokenize: bigrams,
        processTerm: (term) => term,
        ...(weighted && { searchOptions: { boost: fieldWeights } }),
      })
      index.addAll(
        passages.map((passage) => ({
          id: passage.id,
          ...(weighted ? fieldsOf(passage) : { all: joined(passage) }),
        })),
      )
      return {
        find: (question) =>
          index
            .search(question)
            .slice(0, wanted)
            .map(({ id }) => id as string),
      }
    },
  }
}
