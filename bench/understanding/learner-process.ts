import { intents } from '../../intents/understanding.ts'
import { tellReady, tellResult, usedMemory } from '../child.ts'
import { median } from '../statistics.ts'
import type { Learner, Reader } from './learner.ts'
import { type Labelled, loadUnderstandingSet } from './messages.ts'

/** `learner-process.ts LEARNER`: trains, is examined, and is timed. */

export interface LearnerFigures {
  readonly name: string
  readonly trainMs: number
  readonly bytes: number
  readonly perSecond: number
  readonly heldOut: Quality
  readonly otherHand: Quality
}

export interface Quality {
  readonly messages: number
  readonly accuracy: number
  readonly macroF1: number
}

export const learnerNames = ['linli', 'nlpjs', 'naive-bayes'] as const
export type LearnerName = (typeof learnerNames)[number]

const timingBudgetMs = 4000
const mostRounds = 11

if (process.send) await main(process.argv[2] as LearnerName)

async function main(learnerName: LearnerName): Promise<void> {
  const { training, heldOut, otherHand } = await loadUnderstandingSet()
  const learner = await loadLearner(learnerName)
  tellReady()
  const before = usedMemory()
  const began = performance.now()
  const reader = await learner.train(training)
  const trainMs = performance.now() - began
  const bytes = usedMemory() - before
  tellResult({
    ...{ name: learner.name, trainMs, bytes },
    heldOut: await examine(reader, heldOut),
    otherHand: await examine(reader, otherHand),
    perSecond: await timeReading(reader, heldOut),
  } satisfies LearnerFigures)
}

async function examine(reader: Reader, messages: readonly Labelled[]): Promise<Quality> {
  const pairs: { said: string; meant: string }[] = []
  for (const { text, intent } of messages) pairs.push({ meant: intent, said: await reader(text) })
  const right = pairs.filter(({ said, meant }) => said === meant).length
  const scores = intents.map((intent) => {
    const both = pairs.filter(({ said, meant }) => said === intent && meant === intent).length
    const either = pairs.filter(({ said }) => said === intent).length
    return (2 * both) / (either + pairs.filter(({ meant }) => meant === intent).length || 1)
  })
  const macroF1 = scores.reduce((sum, score) => sum + score, 0) / scores.length
  return { messages: messages.length, accuracy: right / messages.length, macroF1 }
}

/** The median round over the held-out messages. */
async function timeReading(reader: Reader, messages: readonly Labelled[]): Promise<number> {
  const rates: number[] = []
  const until = performance.now() + timingBudgetMs
  for (let round = 0; round < mostRounds && (round === 0 || performance.now() < until); round++) {
    const began = performance.now()
    for (const { text } of messages) {
      const intent = reader(text)
      if (intent instanceof Promise) await intent
    }
    rates.push((messages.length / (performance.now() - began)) * 1000)
  }
  return median(rates)
}

async function loadLearner(name: LearnerName): Promise<Learner> {
  switch (name) {
    case 'linli':
      return (await import('./learners/linli.ts')).linli
    case 'nlpjs':
      return (await import('./learners/nlpjs.ts')).nlpjs
    case 'naive-bayes':
      return (await import('./learners/naive-bayes.ts')).naiveBayes
  }
}
