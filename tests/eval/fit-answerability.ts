import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { loadKnowledgeFolder } from '../../adapters/files/knowledge-folder.ts'
import type { Passage } from '../../knowledge/answer.ts'
import { answerThreshold, confidenceOf, measureNames, type Support } from '../../knowledge/answerability.ts'
import { documentOf } from '../../knowledge/editions.ts'
import { createKnowledge } from '../../knowledge/knowledge-base.ts'
import { parseSynonyms } from '../../knowledge/phrases.ts'
import { amongOthers, type Letter, lettersOf, loadLetters } from './letters.ts'
import { isExpected, loadPolicyQuestions } from './retrieval.ts'

/**
 * Fits the models of knowledge/answerability.ts and prints them: npx tsx tests/eval/fit-answerability.ts
 * Each question is asked of bases with everything, and of bases without what answers it (the hardest negatives
 * there are: its neighbours remain). Policies as they are, as bare rows of question and answer, and without the
 * phrasing that is asked; letters alone and among 2,000 and 7,000 others, by their title and more loosely.
 */

type Half = 'fit' | 'measure'
type Base = ReturnType<typeof createKnowledge>

interface Trial {
  readonly question: string
  /** Of a passage: does it answer? */
  readonly isRight: (passage: Passage) => boolean
  /** What answers, as a group that can be left out; undefined when nothing does. */
  readonly group: string | undefined
  readonly weight: number
}

interface Sample {
  readonly support: Support
  readonly right: boolean
  readonly weight: number
}

const today = '2026-11-18'
const knowledgeFolder = new URL('../../knowledge/', import.meta.url)
/** A resident asks about what the documents do not cover less often than this table does. */
const withoutWeight = 0.4
/** Questions of the documents' own 问法 lines, short ones above all; some of them fit two sections. */
const alsoAskedWeight = 0.5
/** Lines of intents/corpus/chatter: there are thousands, and they must not outweigh the questions. */
const chatterWeight = 0.1
const penalty = 0.3
const step = 2
const never = () => false

const synonyms = parseSynonyms(await readFile(new URL('synonyms.txt', knowledgeFolder), 'utf8'))
const documents = await loadKnowledgeFolder(fileURLToPath(new URL('policies', knowledgeFolder)))
const letters = await loadLetters()

async function policySamples(half: Half): Promise<Sample[]> {
  const questions = (await loadPolicyQuestions(half)).map(
    ({ question, expected }): Trial =>
      expected === null
        ? { question, isRight: never, group: undefined, weight: 1 }
        : {
            question,
            isRight: (passage) => isExpected(passage, expected),
            group: expected.document,
            weight: 1,
          },
  )
  const firstAsked = documents.flatMap(({ id, alsoAsked: [question] }, at): Trial[] =>
    question === undefined || (at % 2 === 1) !== (half === 'fit')
      ? []
      : [
          {
            question,
            isRight: (passage) => passage.id === id,
            group: documentOf(id),
            weight: alsoAskedWeight,
          },
        ],
  )
  const rows = documents.map((passage): Passage => ({ ...passage, title: '', alsoAsked: [], tags: [] }))
  const unseen = documents.map((passage) => ({ ...passage, alsoAsked: passage.alsoAsked.slice(1) }))
  const groupOf = ({ id }: Passage) => documentOf(id)
  return [
    ...samplesOf(documents, groupOf, [...questions, ...(await loadChatter(half))]),
    ...samplesOf(rows, groupOf, [...questions, ...firstAsked]),
    ...samplesOf(unseen, groupOf, firstAsked),
  ]
}

async function loadChatter(half: Half): Promise<Trial[]> {
  const folder = new URL('../../intents/corpus/chatter/', import.meta.url)
  const files = (await readdir(folder)).sort()
  const texts = await Promise.all(files.map((file) => readFile(new URL(file, folder), 'utf8')))
  return texts
    .flatMap((text) => text.split('\n'))
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .filter((_, at) => (at % 2 === 0) === (half === 'fit'))
    .map((line) => ({
      question: line.split('\t', 1)[0] ?? '',
      isRight: never,
      group: undefined,
      weight: chatterWeight,
    }))
}

/** `group` left out of the base for the negatives: the documents of policies, single letters. */
function samplesOf(
  passages: readonly Passage[],
  groupOf: (passage: Passage) => string | undefined,
  trials: readonly Trial[],
): Sample[] {
  const whole = createKnowledge(passages, synonyms)
  const without = new Map<string, Base>()
  const baseWithout = (group: string): Base => {
    const others = passages.filter((passage) => groupOf(passage) !== group)
    const base = without.get(group) ?? createKnowledge(others, synonyms)
    without.set(group, base)
    return base
  }
  return trials.flatMap((trial) => [
    ...sampleOf(whole, trial),
    ...(trial.group === undefined
      ? []
      : sampleOf(baseWithout(trial.group), {
          ...trial,
          isRight: never,
          weight: trial.weight * withoutWeight,
        })),
  ])
}

/** Letters are left out a cluster's third at a time, or building bases would take an hour. */
function letterSamples(half: Half): Sample[] {
  const asked = lettersOf(half, letters)
  const sets = [
    { size: 168, seed: 1 },
    { size: 2000, seed: 2 },
    { size: 7000, seed: 3 },
  ]
  return sets.flatMap(({ size, seed }) => {
    const passages = amongOthers(letters, size, seed)
    const thirdOf = ({ id }: { readonly id: string }) => `${Number(id.split('-').at(-1)) % 3}`
    const isMade = ({ id }: Passage) => id.startsWith('other-')
    return samplesOf(
      passages,
      (passage) => (isMade(passage) ? undefined : thirdOf(passage)),
      asked.flatMap((letter) => trialsOf(letter, thirdOf(letter))),
    )
  })
}

function trialsOf({ id, title, briefly, passage }: Letter, third: string): Trial[] {
  const weight = 1
  if (passage === undefined) {
    return [{ question: title, isRight: never, group: undefined, weight }]
  }
  const isRight = (found: Passage) => found.id === id
  return [title, briefly ?? title].map((question) => ({ question, isRight, group: third, weight }))
}

function sampleOf(base: Base, { question, isRight, weight }: Trial): Sample[] {
  const { candidates, support } = base.find(question, { today })
  const best = candidates[0]?.passage
  return support === undefined || best === undefined ? [] : [{ support, right: isRight(best), weight }]
}

/** Logistic regression by gradient descent; the penalty keeps weights of like inputs from fighting. */
function fitModel(samples: readonly Sample[]): Record<string, number> {
  const weights = measureNames.map(() => 0)
  let bias = 0
  const total = samples.reduce((sum, { weight }) => sum + weight, 0)
  const rows = samples.map(({ support, right, weight }) => ({
    inputs: measureNames.map((name) => support[name]),
    right: Number(right),
    weight: weight / total,
  }))
  for (let round = 0; round < 6000; round++) {
    const slopes = weights.map((weight) => (penalty * weight) / total)
    let biasSlope = 0
    for (const { inputs, right, weight } of rows) {
      const sum = inputs.reduce((each, input, at) => each + input * (weights[at] as number), bias)
      const error = weight * (1 / (1 + Math.exp(-sum)) - right)
      biasSlope += error
      for (const [at, input] of inputs.entries()) {
        slopes[at] = (slopes[at] as number) + error * input
      }
    }
    bias -= step * biasSlope
    for (const [at, slope] of slopes.entries()) {
      weights[at] = (weights[at] as number) - step * slope
    }
  }
  return Object.fromEntries([['bias', bias], ...measureNames.map((name, at) => [name, weights[at]])])
}

function describe(name: string, samples: readonly Sample[]): void {
  for (const threshold of [0.5, 0.6, answerThreshold, 0.8, 0.9]) {
    const given = samples.filter(({ support }) => confidenceOf(support) >= threshold)
    const right = given.filter((sample) => sample.right).length
    const possible = samples.filter((sample) => sample.right).length
    console.log(
      `${name}, shipped weights, ${threshold.toFixed(2)}: ${given.length} of ${samples.length} answered, ` +
        `precision ${(right / Math.max(1, given.length)).toFixed(3)}, ${right} of ${possible} right ones`,
    )
  }
}

for (const half of ['fit', 'measure'] as const) {
  const samples = [...(await policySamples(half)), ...letterSamples(half)]
  for (const kind of ['section', 'row', 'letter'] as const) {
    const ours = samples.filter(({ support }) => support.kind === kind)
    if (half === 'fit') {
      console.log(kind, fitModel(ours))
    } else {
      describe(
        kind,
        ours.filter(({ weight }) => weight === 1),
      )
    }
  }
}
