import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { type ModelRecord, openModelShelf } from '../../adapters/files/model-shelf.ts'
import type { Model } from '../../intents/linear-model.ts'
import { encodeModel } from '../../intents/model-codec.ts'
import { trainModel } from '../../intents/model-training.ts'
import { createSigns } from '../../intents/signs.ts'
import { shippedRules } from '../intents/fixtures.ts'

let model: Model
beforeAll(async () => {
  const { signs } = await shippedRules()
  const texts = ['灯坏了', '早上好', '医保怎么办', '苹果核扔哪', '来一题', '我的单子呢']
  const kinds = ['complaint', 'chatter', 'policy', 'garbage', 'quiz', 'ticket'] as const
  const examples = kinds.map((intent, index) => ({
    ...{ text: texts[index] ?? '', intent, urgency: 'normal' as const, source: intent },
    ...(intent === 'complaint' && { category: 'facilities' as const }),
  }))
  model = trainModel(examples, createSigns(signs))
})

const score = {
  ...{ macroF1: 0.9, complaintRecall: 0.9, category: 0.9 },
  ...{ spokenChatter: 1, emergenciesMissed: 0, emergenciesFalse: 0 },
}

function record(previous: number): Omit<ModelRecord, 'version'> {
  return { at: 1, base: 'b', corrections: ['c'], landmarks: [], before: score, after: score, previous }
}

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'linli-shelf-'))
  onTestFinished(() => rm(made, { recursive: true, force: true }))
  return made
}

test('an empty shelf means the shipped model', async () => {
  expect(await openModelShelf(await folder()).current()).toBe(0)
})

test('what is added serves, survives a restart, and the one before can be taken again', async () => {
  const data = await folder()
  await openModelShelf(data).add(record(0), model)
  await openModelShelf(data).add(record(1), model)
  const shelf = openModelShelf(data)
  expect(await shelf.current()).toBe(2)
  expect(Buffer.compare(encodeModel((await shelf.load(2)).model), encodeModel(model))).toBe(0)
  await shelf.use(1)
  expect(await openModelShelf(data).current()).toBe(1)
  expect((await shelf.history()).map(({ version }) => version)).toEqual([1, 2])
})

test('a model whose record was never written, as after a crash, is not served', async () => {
  const data = await folder()
  await openModelShelf(data).add(record(0), model)
  await writeFile(join(data, 'models/2.bin'), 'half')
  expect(await openModelShelf(data).current()).toBe(1)
  expect((await openModelShelf(data).add(record(1), model)).version).toBe(2)
})

test('the ten newest are kept', async () => {
  const data = await folder()
  const shelf = openModelShelf(data)
  for (let made = 0; made < 12; made++) await shelf.add(record(made), model)
  const names = await readdir(join(data, 'models'))
  expect(names.filter((name) => name.endsWith('.bin'))).toHaveLength(10)
  expect(await shelf.current()).toBe(12)
})

test('a record that somebody spoiled names the file and the way back', async () => {
  const data = await folder()
  await openModelShelf(data).add(record(0), model)
  await writeFile(join(data, 'models/1.json'), '{"version":"one"}')
  await expect(openModelShelf(data).history()).rejects.toThrow(/1\.json.*remove the folder/)
})
