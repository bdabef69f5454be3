import { maskPersonalData } from '../../intents/personal-data.ts'
import type { QuizRound } from '../documents.ts'
import type { House } from '../house.ts'
import type { Outcome } from '../outcome.ts'
import type { Reading } from '../reading.ts'
import { categoryOfChoice, rightLetter } from './quiz.ts'

/** The end of a question: the answer, why, and who had it right, in the order in which they had it. */
export async function closeRound(house: House, reading: Reading, round: QuizRound): Promise<Outcome> {
  const item = house.garbage.items.find((each) => each.name === round.item)
  const words = {
    ...{ letter: rightLetter(round), item: round.item, hint: item?.hint ?? '' },
    category: house.categoryName(categoryOfChoice(round.answer)),
  }
  const names = await Promise.all(round.right.map(async (id) => (await reading.get('people', id))?.name))
  const known = names.filter((name) => name !== undefined).map(maskPersonalData)
  const text =
    known.length > 0
      ? house.texts.quizClosed({ ...words, names: known.join('、') })
      : house.texts.quizClosedNobody(words)
  const person = round.id.startsWith('person/') ? round.id.slice('person/'.length) : undefined
  return {
    sends: [{ kind: 'reply', to: person ? { person } : { group: round.id }, text }],
    puts: [{ collection: 'quizRounds', document: { ...round, open: false } }],
    why: 'the quiz question is over',
  }
}
