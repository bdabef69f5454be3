import { findAspects } from '../aspects.ts'
import { foldText } from '../terms.ts'
import type { FigureKind } from './figures.ts'

/** Which figures a question is about, by the words that ask for them. */
const asks: readonly (readonly [words: string, kinds: readonly FigureKind[]])[] = [
  ['多少钱', ['amount', 'share']],
  ['补多少', ['amount', 'share']],
  ['罚多少', ['amount']],
  ['多久', ['days', 'months', 'years', 'hours']],
  ['几点', ['time']],
  ['几岁', ['age']],
  ['电话', ['phone']],
]

export function figuresAskedFor(question: string): ReadonlySet<FigureKind> {
  const groups = new Set(findAspects(foldText(question)).map(({ group }) => group))
  // how something is done is told with the days it takes
  const how: readonly FigureKind[] = /[咋怎].{0,2}办|如何办|一件事/u.test(question) ? ['days'] : []
  return new Set([
    ...how,
    ...asks
      .filter(([words]) => findAspects(words).some(({ group }) => groups.has(group)))
      .flatMap(([, kinds]) => kinds),
  ])
}
