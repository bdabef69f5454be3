import { readFile } from 'node:fs/promises'
import { loadKnowledgeFolder } from '../../adapters/files/knowledge-folder.ts'
import type { Passage } from '../../knowledge/answer.ts'
import { answerThreshold, confidenceOf, type Support, supportNames } from '../../knowledge/answerability.ts'
import { createKnowledge } from '../../knowledge/knowledge-base.ts'
import { parseSynonyms } from '../../knowledge/phrases.ts'
import { documentOf, isExpected, loadPolicyQuestions } from './retrieval.ts'

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
const withoutDocumentWeight = 0.5
const penalty = 0.3

async function loadSamples(half: 'fit' | 'measure'): Promise<Sample[]> {
  const documents = await loadKnowledgeFolder(new URL('policies', knowledgeFolder).pathname)
  const synonyms = parseSynonyms(await readFile(new URL('synonyms.txt', knowledgeFolder), 'utf8'))
  const rows = documents.map((passage): Passage => ({ ...passage, title: '', alsoAsked: [], tags: [] }))
  const questions = await loadPolicyQuestions(half)
  const samples: Sample[] = []
  for (const passages of [documents, rows]) {
    const whole = createKnowledge(passages, synonyms)
    const without = new Map<string, typeof whole>()
    for (const { question, expected } of questions) {
      const { candidates, support } = whole.find(question, { today })
      const best = candidates[0]?.passage
      if (support !== undefined && best !== undefined) {
        samples.push({ support, right: expected !== null && isExpected(best, expected), weight: 1 })
      }
      if (expected === null) {
        continue
      }
      const { document } = expected
      const others = without.get(document) ?? createKnowledge(passages.filter(({ id }) => documentOf(id) !== document), synonyms)
      without.set(document, others)
      const second = others.find(question, { today }).support
      if (second !== undefined) {
        samples.push({ support: second, right: false, weight: withoutDocumentWeight })
      }
    }
  }
  return samples
}

/** Logistic regression by gradient descent; the penalty keeps weights of like inputs from fighting. */
function fit(samples: readonly Sample[]): { bias: number; weights: Map<keyof Support, number> } {
  const weights = new Map(supportNames.map((name) => [name, 0]))
  let bias = 0
  const total = samples.reduce((sum, { weight }) => sum + weight, 0)
  for (let round = 0; round < 30_000; round++) {
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
    bias -= 2 * biasSlope
    for (const name of supportNames) {
      weights.set(name, (weights.get(name) ?? 0) - 2 * (slopes.get(name) ?? 0))
    }
  }
  return { bias, weights }
}

const { bias, weights } = fit(await loadSamples('fit'))
console.log(`bias ${bias.toFixed(2)}`)
for (const [name, weight] of weights) {
  console.log(`${name}: ${weight.toFixed(2)},`)
}
const measured = await loadSamples('measure')
for (let threshold = answerThreshold - 0.2; threshold < 0.95; threshold += 0.05) {
  const given = measured.filter(({ support }) => confidenceOf(support) >= threshold)
  const right = given.filter((sample) => sample.right).length
  console.log(`shipped weights, ${threshold.toFixed(2)}: ${given.length} answers, ${right} right`)
}
