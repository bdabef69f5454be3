import type { Answer, Knowledge, Passage } from '../../knowledge/answer.ts'
import { answerText } from '../../knowledge/answer-text.ts'
import { answerThreshold } from '../../knowledge/answerability.ts'
import type { QuestionSense } from '../../knowledge/question-groups.ts'
import { localDate } from '../../tickets/shanghai-time.ts'
import type { House } from '../house.ts'
import type { Store } from '../ports/store.ts'
import type { Reading } from '../reading.ts'
import type { Texts } from '../texts.ts'
import type { StaffAnswer } from './question-documents.ts'
import { answersCounter } from './topic.ts'
import { whereaboutsOf } from './whereabouts.ts'

/**
 * What staff answered, as knowledge beside the documents. The search finds the likeliest; whether one of them is
 * the answer is decided by its questions. A few dozen answers are too few for the search alone to know which
 * words are rare.
 */

/** So alike that nothing else need speak for it. */
const surelySame = 0.8
/**
 * When the search agrees. More than makes one topic of two questions: there staff still look at the words, here
 * nobody does, and a neighbour is misled.
 */
const likelySame = 0.68
/** An answer whose askers were all erased has no questions left; its own words must say it clearly. */
const clearly = 0.85

interface Shelf {
  readonly knowledge: Knowledge
  readonly books: ReadonlyMap<string, Book>
}

interface Book {
  readonly answer: StaffAnswer
  readonly passage: Passage
  readonly senses: readonly QuestionSense[]
}

interface Library {
  readonly version: number
  /** Community, or `*` → what holds there. */
  readonly shelves: ReadonlyMap<string, Shelf>
}

/** Built once for each store, however many look into it; the counter in the store says when it is old. */
const libraries = new WeakMap<Store, Library>()

/** Who asks, and what. */
interface Asking {
  readonly house: House
  readonly reading: Reading
  readonly text: string
  readonly now: number
  readonly group: { readonly id: string } | undefined
  readonly person: { readonly id: string }
}

/** Undefined when staff have not surely answered this: then the documents may speak. */
export async function askStaffAnswers(asking: Asking): Promise<Answer | undefined> {
  const { house, reading, text, now, group, person } = asking
  const { shelves } = await libraryOf(house, reading)
  if (shelves.size === 0) return undefined
  const { near } = await whereaboutsOf(reading, { group: group?.id ?? null, person: person.id })
  const today = localDate(now)
  const found = ['*', ...near].flatMap((place) => {
    const shelf = shelves.get(place)
    return shelf ? surelyFound(house, shelf, text, today) : []
  })
  const [best] = found.sort(
    (one, other) => other.sureness - one.sureness || other.book.answer.at - one.book.answer.at,
  )
  if (!best) return undefined
  const { passage } = best.book
  return {
    ...{ answered: true, text: answerText(passage, text, today), passage },
    confidence: Math.max(answerThreshold, best.sureness),
    sources: [{ id: passage.id, title: passage.heading, score: best.sureness }],
  }
}

function surelyFound(
  { questionGrouping }: House,
  { knowledge, books }: Shelf,
  text: string,
  today: string,
): readonly { readonly book: Book; readonly sureness: number }[] {
  const answer = knowledge.ask(text, { today })
  const asked = questionGrouping.read(text)
  return answer.sources.flatMap(({ id }) => {
    const book = books.get(id)
    if (!book || (book.answer.validUntil ?? today) < today) return []
    const fitting = book.senses.filter((sense) => asksNoLess(asked, sense))
    const likeness = Math.max(0, ...fitting.map((sense) => questionGrouping.likeness(asked, sense)))
    const supported = answer.answered && answer.passage?.id === id
    const clear = book.senses.length === 0 && supported && answer.confidence >= clearly
    const sure = likeness >= surelySame || (likeness >= likelySame && supported)
    return sure ? [{ book, sureness: likeness }] : clear ? [{ book, sureness: answer.confidence }] : []
  })
}

/** What was answered for 3号楼 is no answer where no building was named. */
function asksNoLess(asked: QuestionSense, answered: QuestionSense): boolean {
  return [...answered.numbers].every((number) => asked.numbers.has(number))
}

async function libraryOf(house: House, reading: Reading): Promise<Library> {
  const version = (await reading.get('counters', answersCounter))?.value ?? 0
  const known = libraries.get(house.store)
  if (known?.version === version) return known
  const { documents } = await reading.find('staffAnswers', {
    where: { state: 'valid' },
    order: 'at',
    limit: 10_000,
  })
  const library = { version, shelves: shelvesOf(house, documents) }
  libraries.set(house.store, library)
  return library
}

function shelvesOf(house: House, answers: readonly StaffAnswer[]): ReadonlyMap<string, Shelf> {
  const byPlace = new Map<string, StaffAnswer[]>()
  for (const answer of answers) {
    const place = answer.place ?? '*'
    byPlace.set(place, [...(byPlace.get(place) ?? []), answer])
  }
  return new Map([...byPlace].map(([place, each]) => [place, shelfOf(house, each)]))
}

function shelfOf({ knowledgeOf, questionGrouping, texts }: House, answers: readonly StaffAnswer[]): Shelf {
  const books = answers.map((answer): Book => {
    const senses = answer.questions.map((question) => questionGrouping.read(question))
    return { answer, passage: passageOf(texts, answer), senses }
  })
  return {
    knowledge: knowledgeOf(books.map(({ passage }) => passage)),
    books: new Map(books.map((book) => [book.passage.id, book])),
  }
}

const staffAnswerMark = 'staff-answer/'

/** People stand for these words: they are quoted, never worded anew. */
export function isStaffAnswer({ id }: Passage): boolean {
  return id.startsWith(staffAnswerMark)
}

/** The source names a role: who of them it was, stays in the record. */
export function passageOf(texts: Texts, { id, questions, text, at, validUntil }: StaffAnswer): Passage {
  const [heading = '', ...alsoAsked] = questions
  return {
    ...{ id: `${staffAnswerMark}${id}`, title: '', heading, alsoAsked, text, tags: [] },
    ...{ source: texts.staffAnswerSource({ date: localDate(at) }) },
    ...(validUntil !== undefined && { validUntil }),
  }
}
