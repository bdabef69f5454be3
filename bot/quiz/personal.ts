import type { Put, Reading, Removal } from '../reading.ts'
import type { QuizRound, QuizScore } from './quiz-documents.ts'
import { alone } from './scores.ts'

/** What the quiz knows of one person beside the scores: for them, and for taking it away. */
export interface QuizTraces {
  /** Rounds of others without this person. */
  readonly puts: readonly Put[]
  readonly removals: readonly Removal[]
  readonly rows: readonly object[]
}

/** @param scores all of that person: whoever answered in a group has one there */
export async function quizTraces(
  reading: Reading,
  person: string,
  scores: readonly QuizScore[],
): Promise<QuizTraces> {
  const own = alone(person)
  const found = await Promise.all(scores.map(({ scope }) => reading.get('quizRounds', scope)))
  const begun = (await reading.find('quizRounds', { where: { by: person }, limit: 10_000 })).documents
  const stopped = await runningStoppedBy(reading, person)
  const rounds = new Map(
    [...found, ...begun, ...stopped].flatMap((round) =>
      round && round.id !== own ? [[round.id, round] as const] : [],
    ),
  )
  const [round, deck] = [await reading.get('quizRounds', own), await reading.get('quizDecks', own)]
  const rows = [...rounds.values()]
    .filter(
      (each) =>
        each.by === person ||
        Object.hasOwn(each.answers, person) ||
        Object.hasOwn(each.points, person) ||
        each.stops?.includes(person),
    )
    .map((each) => rowOf(each, person))
  return {
    puts: [...rounds.values()].map((each) => ({
      collection: 'quizRounds' as const,
      document: withoutPerson(each, person),
    })),
    removals: [
      ...(round ? [{ collection: 'quizRounds', id: own } as const] : []),
      ...(deck ? [{ collection: 'quizDecks', id: own } as const] : []),
    ],
    rows: [...rows, ...(round ? [{ collection: 'quizRounds', ...round }] : [])],
  }
}

/** Whoever only said 停 to a game that runs has no score by which to find it. */
async function runningStoppedBy(reading: Reading, person: string): Promise<readonly QuizRound[]> {
  const running = { where: { state: { in: ['asking', 'pausing'] } }, limit: 10_000 }
  const { documents } = await reading.find('quizRounds', running)
  return documents.filter(({ stops }) => stops?.includes(person))
}

/** The answers of others are none of this person's business. */
function rowOf({ id, question, answers, points, by, stops }: QuizRound, person: string): object {
  const { [person]: answer } = answers
  const { [person]: own } = points
  return {
    ...{ collection: 'quizRounds', id, question: question.text, begun: by === person },
    ...(answer !== undefined && { answer }),
    ...(own !== undefined && { points: own }),
    ...(stops?.includes(person) && { wantedToStop: true }),
  }
}

function withoutPerson({ by, stops, ...round }: QuizRound, person: string): QuizRound {
  const { [person]: _, ...answers } = round.answers
  const { [person]: __, ...points } = round.points
  return {
    ...{ ...round, answers, points, right: round.right.filter((each) => each !== person) },
    ...(by !== undefined && by !== person && { by }),
    ...(stops && { stops: stops.filter((each) => each !== person) }),
  }
}
