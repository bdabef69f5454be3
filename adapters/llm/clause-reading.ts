/** Passages and answers, cut into clauses whose words and figures can be compared one by one. */
import type { ModelPassage } from '../../bot/ports/model.ts'
import { meaningOf } from './clause-words.ts'
import { type Fact, figuresIn } from './facts.ts'

/** One character of the meaning; a figure is one character, with what it says. */
export interface Token {
  readonly text: string
  readonly figure?: readonly Fact[]
}

const sentenceEnd = /[。！!？?；;\n]/

/** How a figure looks among words, whatever it says. */
export const anyFigure = '\ue000'

export interface Clause {
  readonly written: string
  readonly tokens: readonly Token[]
  /** After a comma of its sentence. */
  readonly goesOn: boolean
}

export interface PassageClause extends Clause {
  readonly passage: Clauses
  /** The clauses of its sentence, itself among them at `place`. */
  readonly sentence: readonly PassageClause[]
  readonly place: number
}

export interface Clauses {
  /** In the order of the text. */
  readonly all: readonly PassageClause[]
  /** Title and heading, as `meaning` has them. */
  readonly headings: readonly string[]
  readonly meaning: string
}

export function readPassage({ title, heading, text }: ModelPassage): Clauses {
  const all: PassageClause[] = []
  const passage: Clauses = { all, headings: [meaning(title), meaning(heading)], meaning: meaning(text) }
  for (const sentenceText of text.split(sentenceEnd)) {
    const sentence: PassageClause[] = []
    for (const clause of clausesIn(sentenceText))
      sentence.push({ ...clause, passage, sentence, place: sentence.length })
    all.push(...sentence)
  }
  return passage
}

/** A comma inside 1,500 parts nothing, nor a colon inside 8：30. */
export function clausesIn(text: string): Clause[] {
  return text.split(sentenceEnd).flatMap((sentence) =>
    sentence
      .split(/(?<!\d)[，,]|[，,](?!\d{3}(?!\d))|：(?!\d)|[｜|]/)
      .map((written) => ({ written: written.trim(), tokens: tokensOf(written) }))
      .filter(({ tokens }) => tokens.length > 0)
      .map((clause, place) => ({ ...clause, goesOn: place > 0 })),
  )
}

function tokensOf(written: string): Token[] {
  const { text, figures } = figuresIn(written)
  return [...meaningOf(text)].map((character) => {
    const figure = figures[character.charCodeAt(0) - 0xe000]
    return figure === undefined ? { text: character } : { text: anyFigure, figure }
  })
}

export function meaning(text: string): string {
  return textOf(tokensOf(text))
}

export function textOf(tokens: readonly Token[]): string {
  return tokens.map(({ text }) => text).join('')
}
