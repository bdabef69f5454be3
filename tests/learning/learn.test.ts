import { beforeAll, expect, test } from 'vitest'
import { readTeaching, type Teaching } from '../../adapters/files/lore.ts'
import { projectRoot } from '../../adapters/files/project-root.ts'
import { type LearningInput, learn } from '../../bot/learning/learn.ts'
import type { Example } from '../../intents/corpus.ts'
import { parseLabelledMessages } from '../../intents/guard-set.ts'
import type { Model } from '../../intents/linear-model.ts'
import { trainModel } from '../../intents/model-training.ts'
import { createUnderstander } from '../../intents/understand.ts'
import type { Understander } from '../../intents/understanding.ts'

/** On an eighth of the corpus: it is the learning that is tried here, not the model. */
let teaching: Teaching
let base: Model
let current: Understander
beforeAll(async () => {
  const whole = await readTeaching(projectRoot())
  teaching = { ...whole, examples: whole.examples.filter((_, index) => index % 8 === 0) }
  base = trainModel(teaching.examples, teaching.signs)
  current = createUnderstander({ model: base, rules: teaching.rules })
})

const guard = parseLabelledMessages(
  [
    'policy\t-\t请问老人的优待证在哪里办',
    'policy\t-\t新生儿的医保怎么参保',
    'complaint\tfacilities\t5號樓的電梯壞了沒人修',
    'complaint\tnoise\t工地半夜还在施工，吵得睡不着',
    'chatter\t-\t今天的太阳真好',
    'emergency\tsafety\t着火了，快来人救火啊',
  ].join('\n'),
)

function example(text: string, intent: Example['intent'], category?: Example['category']): Example {
  return { text, intent, ...(category && { category }), urgency: 'normal', source: text }
}

function input(examples: readonly Example[]): LearningInput {
  const { rules } = teaching
  return { base, rules, guard, current, lesson: { examples, landmarks: [] } }
}

const nickname = example('胖墩又闹脾气了，上上下下全靠两条腿', 'complaint', 'facilities')
const wrong = example('5号楼的电梯坏了没人修', 'complaint', 'noise')

test('a lesson that does no harm is taken at its firmest, and heeded', () => {
  const learned = learn(input([nickname]))
  expect(learned).toMatchObject({ worse: [], firmness: 0.6, leftOut: [], number: 1 })
  expect(learned.heeded).toEqual({ before: 0, after: 1, of: 1 })
})

test('a correction that is wrong itself is found out and left out; the others are learnt', () => {
  const learned = learn(input([nickname, wrong]))
  expect(learned).toMatchObject({ worse: [], leftOut: [wrong] })
  expect(learned.heeded).toEqual({ before: 0, after: 1, of: 2 })
})

test('alone it is not taken, and the figures that fell are named', () => {
  const learned = learn(input([wrong]))
  expect(learned.worse).toEqual(['category'])
  expect(learned.leftOut).toEqual([])
})

test('what sounds like an emergency is never taught to be an everyday complaint', () => {
  const learned = learn(input([example('着火了，快来救火', 'complaint', 'facilities')]))
  expect(learned.heeded.of).toBe(0)
})

test('every attempt is told, at most five', () => {
  const attempts: number[] = []
  learn({ ...input([wrong, nickname]), onAttempt: ({ number }) => attempts.push(number) })
  expect(attempts).toEqual(attempts.map((_, index) => index + 1))
  expect(attempts.length).toBeLessThanOrEqual(5)
})
