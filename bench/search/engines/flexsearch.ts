import { Index } from 'flexsearch'
import { bigrams, type Engine, joined, wanted } from '../engine.ts'

/** `suggest`: also what lacks a term of the question; without it hardly any question finds anything. */
export const flexsearch: Engine = {
  name: 'FlexSearch',
  build(passages) {
    const index = new Index({ tokenize: 'strict', encode: bigrams })
    for (const [at, passage] of passages.entries()) index.add(at, joined(passage))
    return {
      find: (question) =>
        (index.search(question, { limit: wanted, suggest: true }) as number[]).map(
          (at) => passages[at]?.id ?? '',
        ),
    }
  },
}
