import type { Passage } from '../../knowledge/answer.ts'
import { answerThreshold } from '../../knowledge/answerability.ts'
import type { KnowledgeBase } from '../../knowledge/knowledge-base.ts'
import { createKnowledge } from '../../knowledge/knowledge-base.ts'
import { amongOthers, type Letter, lettersOf } from './letters.ts'
import { plainBm25 } from './plain-bm25.ts'
import type { Asked } from './retrieval.ts'

/** How well letters are found by the titles of their writers, beside plain BM25 in the same run. */

export interface LetterFigures {
  readonly hitAt1: number
  readonly meanReciprocalRank: number
  /** Of plain BM25 over characters and pairs. */
  readonly plainHitAt1: number
  readonly plainMeanReciprocalRank: number
  /** Over plain BM25. */
  readonly lead: number
  readonly answeredRate: number
  readonly precision: number
}

const today = '2026-11-18'
/** Of the made-up letters around them; two, because which ones they are decides a point or two. */
const seeds = [1, 2]

type Synonyms = readonly (readonly string[])[]

export function measureLetters(
  letters: readonly Letter[],
  size: number,
  synonyms: Synonyms,
): { figures: LetterFigures; asked: readonly Asked[] } {
  const measured = lettersOf('measure', letters)
  const rounds = seeds.map((seed) => measureAmong(amongOthers(letters, size, seed), measured, synonyms))
  const asked = rounds.flatMap((round) => round.asked)
  const given = asked.filter(({ confidence }) => confidence >= answerThreshold)
  const answerable = asked.filter((each) => each.answerable).length
  const hitAt1 = mean(rounds.flatMap(({ ranks }) => ranks.map(isFirst)))
  const plainHitAt1 = mean(rounds.flatMap(({ plainRanks }) => plainRanks.map(isFirst)))
  const figures = {
    ...{ hitAt1, plainHitAt1, lead: hitAt1 - plainHitAt1 },
    meanReciprocalRank: mean(rounds.flatMap(({ ranks }) => ranks.map(reciprocal))),
    plainMeanReciprocalRank: mean(rounds.flatMap(({ plainRanks }) => plainRanks.map(reciprocal))),
    answeredRate: given.filter((each) => each.answerable).length / answerable,
    precision: given.filter(({ right }) => right).length / Math.max(1, given.length),
  }
  return { figures, asked }
}

function measureAmong(passages: readonly Passage[], letters: readonly Letter[], synonyms: Synonyms) {
  const knowledge: KnowledgeBase = createKnowledge(passages, synonyms)
  const plain = plainBm25(passages.map(({ heading, text }) => `${heading} ${text}`))
  const ranks: number[] = []
  const plainRanks: number[] = []
  const asked = letters.map(({ id, title, passage }): Asked => {
    const { candidates, confidence } = knowledge.find(title, { today })
    const rank = candidates.slice(0, 10).findIndex((each) => each.passage.id === id)
    if (passage !== undefined) {
      ranks.push(rank)
      plainRanks.push(plain.find(title, 10).findIndex((place) => passages[place]?.id === id))
    }
    return { confidence, answerable: passage !== undefined, right: rank === 0 }
  })
  return { ranks, plainRanks, asked }
}

function isFirst(rank: number): number {
  return Number(rank === 0)
}

function reciprocal(rank: number): number {
  return rank < 0 ? 0 : 1 / (rank + 1)
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}
