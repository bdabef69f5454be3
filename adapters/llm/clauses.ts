/**
 * Is every clause of an answer borne out by ONE clause of the passages? It may leave words out, and hardly put any
 * in: then neither a swapped subject nor a swapped amount, a dropped 不 or an invented office gets through, without
 * anybody having to list what models may invent.
 */
import type { ModelPassage } from '../../bot/ports/model.ts'
import { bearsOut, equal, matches } from './clause-match.ts'
import {
  type Clause,
  type Clauses,
  clausesIn,
  meaning,
  type PassageClause,
  readPassage,
  type Token,
  textOf,
} from './clause-reading.ts'
import * as words from './clause-words.ts'
import { withoutListNumbers } from './figures.ts'

export function clausesStand(answer: string, passages: readonly ModelPassage[]): boolean {
  const known = passages.map(readPassage)
  const said = clausesIn(withoutListNumbers(answer))
  const borneOut = said.map((clause) => bearersOf(clause, known))
  return said.every((clause, at) => {
    const bearers = borneOut[at] ?? []
    const neighbours = { before: borneOut[at - 1], after: borneOut[at + 1] }
    if (bearers === 'title') return true
    return bearers.some(
      (bearer) => mayFollow(bearer, clause, neighbours) && standsInContext(bearer, clause, known, neighbours),
    )
  })
}

type Bearers = 'title' | readonly PassageClause[]

function bearersOf(clause: Clause, known: readonly Clauses[]): Bearers {
  if (isTitle(clause, known)) return 'title'
  const isVerdict = words.verdict.test(textOf(clause.tokens))
  if (isVerdict && known.length > 1) return []
  const exactly = isVerdict || words.secrets.test(clause.written)
  return known.flatMap(({ all }) => all).filter((bearer) => bearsOut(bearer, clause, exactly))
}

/** 按《…办法》: that the title stands there is seen to elsewhere. */
function isTitle({ written }: Clause, known: readonly Clauses[]): boolean {
  const [, title] = /^\s*(?:按照?|根据|依据)?《([^》]+)》\s*$/.exec(written) ?? []
  return (
    title !== undefined && known.some(({ headings }) => headings.some((one) => one.includes(meaning(title))))
  )
}

interface Neighbours {
  readonly before: Bearers | undefined
  readonly after: Bearers | undefined
}

/** Across a comma an answer goes on in the same sentence, or from a whole thought to the beginning of another. */
function mayFollow(bearer: PassageClause, said: Clause, { before }: Neighbours): boolean {
  if (!said.goesOn || before === undefined || before === 'title') return true
  if (words.verdict.test(textOf(said.tokens)))
    return before.some(({ sentence, place }) => sentence[place + 1] === bearer)
  return before.some(({ sentence, place, tokens }) =>
    sentence === bearer.sentence
      ? place <= bearer.place
      : bearer.place === 0 && (place === sentence.length - 1 || words.predicate.test(textOf(tokens))),
  )
}

/** Conditions before a comma and exceptions after it are said with what they belong to. */
function standsInContext(
  bearer: PassageClause,
  said: Clause,
  known: readonly Clauses[],
  { before, after }: Neighbours,
): boolean {
  const { sentence, place } = bearer
  const [previous, next] = [sentence[place - 1], sentence[place + 1]]
  const follows = previous !== undefined && has(before, previous)
  if (previous !== undefined && !follows && leansBack(bearer, previous)) return false
  const needsNext =
    next !== undefined && (words.exception.test(next.written) || words.conditional.test(bearer.written))
  const leads = next !== undefined && has(after, next)
  if (needsNext && !leads) return false
  return follows || leads || !couldSayOther(said, bearer, known)
}

/** 电瓶，都不能进电梯: what may, must or must not be is said with its subject. */
function leansBack({ tokens }: PassageClause, previous: PassageClause): boolean {
  if (words.conditional.test(previous.written)) return true
  const claim = textOf(tokens).replace(words.limit, '')
  return (words.turning.test(claim) || words.modal.test(claim)) && !words.ownSubject.test(claim)
}

function has(bearers: Bearers | undefined, clause: PassageClause): boolean {
  return bearers !== undefined && bearers !== 'title' && bearers.includes(clause)
}

/** 每月1600元 says nothing where 自理老人每月800元 stands as well: its words fit another figure. */
function couldSayOther(said: Clause, bearer: PassageClause, known: readonly Clauses[]): boolean {
  if (said.tokens.every(({ figure }) => figure === undefined)) return false
  const opens = bearer.place === 0 && equal(said.tokens, bearer.tokens)
  return known
    .flatMap(({ all }) => all)
    .some(
      (clause) =>
        (!opens || clause.tokens.length === said.tokens.length) && fitsOther(said.tokens, clause.tokens),
    )
}

/** Do the words fit, from the left, with a figure of the same kind that is another one? */
function fitsOther(said: readonly Token[], known: readonly Token[]): boolean {
  let at = 0
  let differs = false
  for (const token of said) {
    while (at < known.length && !sameKind(token, known[at])) at++
    if (at === known.length) return false
    differs ||= !matches(token, known[at])
    at++
  }
  return differs
}

function sameKind(said: Token, known: Token | undefined): boolean {
  if (said.figure === undefined || known?.figure === undefined) return matches(said, known)
  const [one, other] = [said.figure[0], known.figure[0]]
  return one?.kind === other?.kind && (one?.unit === undefined || one.unit === other?.unit)
}
