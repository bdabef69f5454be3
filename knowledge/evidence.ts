import type { Passage } from './answer.ts'
import type { AskedTable } from './asked-table.ts'
import { type Question, weightOfAspects } from './question.ts'
import { Tally, WantedPlaces } from './tally.ts'
import type { TermIndex } from './term-index.ts'
import { TextScanner } from './text-scanner.ts'

/** How a passage meets a question; every share is 0 to 1, whatever the size of the knowledge base. */
export interface Evidence {
  /** Its question is a whole letter, and its text was read too. */
  readonly isLetter: boolean
  /** Of what the question wants (by rarity), the share that title, tags and questions mention. */
  readonly subject: number
  /** Likeness of the question and the most like of the passage's own questions; 0 for a letter. */
  readonly agreement: number
  /** Of the aspects asked about, the share that the passage's questions name; 0.5 when none is asked. */
  readonly aspects: number
  /** As `agreement`, with those questions alone that name an aspect asked about: 老年证收费吗, not 坐公交收费吗. */
  readonly focus: number
  /** As `subject`, in the text of a letter's reply; 0 otherwise. */
  readonly inText: number
}

export interface Named {
  /** Of the characters that name things, the share found in title, tags and questions. */
  readonly asSubject: number
  /** The same, the text included. */
  readonly anywhere: number
}

type Likeness = Pick<Evidence, 'agreement' | 'focus'>
const unlike: Likeness = { agreement: 0, focus: 0 }

/** Reads passages for one question after the other. */
export class EvidenceReader {
  readonly #index: TermIndex
  readonly #asked: AskedTable
  readonly #scanner = new TextScanner()
  /** By number of a term in the index: its place in the question, from 1; 0 for all others. */
  readonly #placeOf: Uint16Array
  #question: Question | undefined
  #wanted = new WantedPlaces([])
  #own = new Tally(this.#wanted)
  #all = new Tally(this.#wanted)

  constructor(index: TermIndex, asked: AskedTable) {
    this.#index = index
    this.#asked = asked
    this.#placeOf = new Uint16Array(index.terms)
  }

  /** All that follows is about this question. */
  begin(question: Question): void {
    this.#point(() => 0)
    this.#question = question
    this.#wanted = new WantedPlaces(question.wanted)
    this.#own = new Tally(this.#wanted)
    this.#all = new Tally(this.#wanted)
    this.#point((place) => place + 1)
    this.#scanner.begin(this.#wanted)
  }

  /** `place`: of the passage, in the base. */
  read(passage: Passage, place: number): Evidence {
    const question = this.#question as Question
    const whole = Math.max(1e-9, question.weight)
    const isLetter = this.#asked.isLetter(place)
    const { agreement, focus } = this.#readQuestions(passage, place)
    const subject = this.#all.weight / whole
    let inText = 0
    if (isLetter) {
      this.#own.clear()
      this.#scanner.scan(passage.text, this.#own)
      inText = this.#own.weight / whole
    }
    const aspects = shareOfBits(question.aspectBits, this.#asked.aspects(place))
    return { isLetter, subject, inText, agreement, focus, aspects }
  }

  /** For the passage that may become the answer: what of the question it names. */
  named(passage: Passage, place: number): Named {
    const { content } = this.#question as Question
    this.#readQuestions(passage, place)
    const asSubject = this.#all.shareOf(content)
    this.#scanner.scan(passage.text, this.#all)
    return { asSubject, anywhere: this.#all.shareOf(content) }
  }

  /** Fills the tally of all with questions, title and tags. */
  #readQuestions(passage: Passage, place: number): Likeness {
    this.#all.clear()
    if (this.#asked.isLetter(place) || this.#wanted.hasSingles) {
      this.#scanQuestions(passage)
    }
    return this.#asked.isLetter(place) ? unlike : this.#readTable(place)
  }

  #readTable(place: number): Likeness {
    const asked = this.#asked
    const { weight, aspectBits } = this.#question as Question
    const whole = weight + weightOfAspects(aspectBits, this.#index)
    const last = asked.firstUnit(place + 1) - 1
    let agreement = 0
    let focus = 0
    for (let unit = asked.firstUnit(place); unit < last; unit++) {
      this.#own.clear()
      this.#readUnit(unit, this.#own)
      const shared = aspectBits & (asked.unitAspects[unit] as number)
      const met = this.#own.weight + (shared === 0 ? 0 : weightOfAspects(shared, this.#index))
      const likeness = Math.min(1, (2 * met) / (whole + asked.weight(unit)))
      agreement = Math.max(agreement, likeness)
      focus = shared === 0 ? focus : Math.max(focus, likeness)
    }
    this.#readUnit(last, this.#all)
    return { agreement, focus }
  }

  #readUnit(unit: number, own: Tally): void {
    const { terms, unitStarts } = this.#asked
    const placeOf = this.#placeOf
    const all = this.#all
    const end = unitStarts[unit + 1] as number
    for (let at = unitStarts[unit] as number; at < end; at++) {
      const place = placeOf[terms[at] as number] as number
      if (place !== 0) {
        own.mark(place - 1)
        all.mark(place - 1)
      }
    }
  }

  #scanQuestions({ heading, alsoAsked, title, tags }: Passage): void {
    for (const text of [heading, ...alsoAsked, title, ...tags]) {
      this.#scanner.scan(text, this.#all)
    }
  }

  #point(to: (place: number) => number): void {
    for (const [place, term] of this.#wanted.terms.entries()) {
      const number = this.#index.numberOf(term)
      if (number !== -1) {
        this.#placeOf[number] = to(place)
      }
    }
  }
}

/** Of the bits asked for, the share that is there; 0.5 when none is asked. */
function shareOfBits(asked: number, there: number): number {
  return asked === 0 ? 0.5 : bitsOf(asked & there) / bitsOf(asked)
}

function bitsOf(set: number): number {
  let count = 0
  for (let rest = set; rest !== 0; rest &= rest - 1) {
    count++
  }
  return count
}
