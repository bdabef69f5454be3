import { readdir, readFile } from 'node:fs/promises'
import { loadKnowledgeFolder } from '../../adapters/files/knowledge-folder.ts'
import type { Passage } from '../../knowledge/answer.ts'
import { answerThreshold, confidenceOf, type Support, supportNames } from '../../knowledge/answerability.ts'
import { createKnowledge } from '../../knowledge/knowledge-base.ts'
import { parseSynonyms } from '../../knowledge/phrases.ts'
import { documentOf, isExpected, loadPolicyQuestions, type PolicyQuestion } from './retrieval.ts'

/**
 * Fits the weights of knowledge/answerability.ts and prints them: npx tsx tests/eval/fit-answerability.ts
 * Each question is asked of four knowledge bases: the documents as they are, and as bare rows of question and
 * answer (so that the weights hold for JSONL as well); each with everything, and without the document that
 * answers (the hardest negatives there are: its neighbours remain).
 */

interface Sample {
  readonly support: Support
  readonly right: boolean
  readonly weight: number
}

const today = '2026-11-18'
const knowledgeFolder = new URL('../../knowledge/', import.meta.url)
/** A resident asks about what the documents do not cover less often than this table does. */
const withoutDocumentWeight = 0.4
/** Questions of the documents' own 问法 lines, short ones above all; some of them fit two sections. */
const alsoAskedWeight = 0.5
/** Lines of intents/corpus/chatter: there are thousands, and they must not outweigh the questions. */
const chatterWeight = 0.1
const penalty = 0.3
const step = 3

interface Trial extends PolicyQuestion {
  readonly weight: number
}

type Base = ReturnType<typeof createKnowledge>

async function loadSamples(half: 'fit' | 'measure'): Promise<Sample[]> {
  const documents = await loadKnowledgeFolder(new URL('policies', knowledgeFolder).pathname)
  const synonyms = parseSynonyms(await readFile(new URL('synonyms.txt', knowledgeFolder), 'utf8'))
  const questions = (await loadPolicyQuestions(half)).map((question): Trial => ({ ...question, weight: 1 }))
  const firstAsked = documents.flatMap(({ id, heading, alsoAsked: [question] }, at): Trial[] =>
    question === undefined || (at % 2 === 1) !== (half === 'fit')
      ? []
      : [{ question, expected: { document: documentOf(id), section: heading }, weight: alsoAskedWeight }],
  )
  const rows = documents.map((passage): Passage => ({ ...passage, title: '', alsoAsked: [], tags: [] }))
  const unseen = documents.map((passage) => ({ ...passage, alsoAsked: passage.alsoAsked.slice(1) }))
  const chatter = await loadChatter(half)
  return [
    ...samplesOf(documents, synonyms, [...questions, ...chatter]),
    ...samplesOf(rows, synonyms, [...questions, ...firstAsked]),
    ...samplesOf(unseen, synonyms, firstAsked),
  ]
}

async function loadChatter(half: 'fit' | 'measure'): Promise<Trial[]> {
  const folder = new URL('../../intents/corpus/chatter/', import.meta.url)
  const files = (await readdir(folder)).sort()
  const texts = await Promise.all(files.map((file) => readFile(new URL(file, folder), 'utf8')))
  return texts
    .flatMap((text) => text.split('\n'))
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .filter((_, at) => (at % 2 === 0) === (half === 'fit'))
    .map((line) => ({ question: line.split('\t', 1)[0] ?? '', expected: null, weight: chatterWeight }))
}

function samplesOf(
  passages: readonly Passage[],
  synonyms: readonly (readonly string[])[],
  trials: readonly Trial[],
): Sample[] {
  const whole = createKnowledge(passages, synonyms)
  const without = new Map<string, Base>()
  const baseWithout = (document: string): Base => {
    const others = passages.filter(({ id }) => documentOf(id) !== document)
    const base = without.get(document) ?? createKnowledge(others, synonyms)
    without.set(document, base)
    return base
  }
  return trials.flatMap(({ question, expected, weight }) => {
    const samples = [sampleOf(whole, question, expected, weight)]
    if (expected !== null) {
      samples.push(sampleOf(baseWithout(expected.document), question, null, withoutDocumentWeight))
    }
    return samples.filter((sample) => sample !== undefined)
  })
}

function sampleOf(
  base: Base,
  question: string,
  expected: PolicyQuestion['expected'],
  weight: number,
): Sample | undefined {
  const { candidates, support } = base.find(question, { today })
  const best = candidates[0]?.passage
  return support === undefined || best === undefined
    ? undefined
    : { support, right: expected !== null && isExpected(best, expected), weight }
}

/** Logistic regression by gradient descent; the penalty keeps weights of like inputs from fighting. */
function fitWeights(samples: readonly Sample[]): { bias: number; weights: Map<keyof Support, number> } {
  const weights = new Map(supportNames.map((name) => [name, 0]))
  let bias = 0
  const total = samples.reduce((sum, { weight }) => sum + weight, 0)
  for (let round = 0; round < 4000; round++) {
    const slopes = new Map(supportNames.map((name) => [name, (penalty * (weights.get(name) ?? 0)) / total]))
    let biasSlope = 0
    for (const { support, right, weight } of samples) {
      const sum = supportNames.reduce((each, name) => each + (weights.get(name) ?? 0) * support[name], bias)
      const error = (weight * (1 / (1 + Math.exp(-sum)) - Number(right))) / total
      biasSlope += error
      for (const name of supportNames) {
        slopes.set(name, (slopes.get(name) ?? 0) + error * support[name])
      }
    }
    bias -= step * biasSlope
    for (const name of supportNames) {
      weights.set(name, (weights.get(name) ?? 0) - step * (slopes.get(name) ?? 0))
    }
  }
  return { bias, weights }
}

const { bias, weights } = fitWeights(await loadSamples('fit'))
console.log(`bias ${bias.toFixed(2)}`)
for (const [name, weight] of weights) {
  console.log(`${name}: ${weight.toFixed(2)},`)
}
const samples = await loadSamples('measure')
const measured = samples.filter(({ weight }) => weight === 1)
const chatter = samples.filter(({ weight }) => weight === chatterWeight)
for (let threshold = answerThreshold - 0.2; threshold < 0.95; threshold += 0.05) {
  const given = measured.filter(({ support }) => confidenceOf(support) >= threshold)
  const right = given.filter((sample) => sample.right).length
  const talk = chatter.filter(({ support }) => confidenceOf(support) >= threshold).length
  console.log(
    `shipped weights, ${threshold.toFixed(2)}: ${given.length} answers, ${right} right; ${talk} of ${chatter.length} lines of chatter answered`,
  )
}
