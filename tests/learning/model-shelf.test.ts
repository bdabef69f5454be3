import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { type ModelRecord, openModelShelf, SpoiledModelError } from '../../adapters/files/model-shelf.ts'
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
  expect((await shelf.history()).records.map(({ version }) => version)).toEqual([1, 2])
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

test('a record that somebody spoiled is named with the way back, hides no other, and keeps its number', async () => {
  const data = await folder()
  await openModelShelf(data).add(record(0), model)
  await openModelShelf(data).add(record(1), model)
  await writeFile(join(data, 'models/2.json'), '{"version":"one"}')
  const shelf = openModelShelf(data)
  const { records, faults } = await shelf.history()
  expect(records.map(({ version }) => version)).toEqual([1])
  expect(faults.map(({ message }) => message)).toEqual([
    expect.stringMatching(/models\/2\.json: .*'version'.*linli learn --rollback/),
  ])
  expect((await shelf.add(record(0), model)).version).toBe(3)
})

const half = Buffer.from('LLM5\x10\x00\x00\x00{"fingerprint":')
const headless = Buffer.concat([Buffer.from('LLM5\x02\x00\x00\x00'), Buffer.from('{}'), Buffer.alloc(9)])
const rubbish: readonly [what: string, bytes: Uint8Array][] = [
  ['empty', new Uint8Array()],
  ['text', Buffer.from('rubbish')],
  ['cut off', half],
  ['without heads', headless],
]

test.each(rubbish)('a model file that is %s is named with the way back', async (_, bytes) => {
  const data = await folder()
  await openModelShelf(data).add(record(0), model)
  await writeFile(join(data, 'models/1.bin'), bytes)
  const loading = openModelShelf(data).load(1)
  await expect(loading).rejects.toThrow(/models\/1\.bin: .*linli learn --rollback/)
  await expect(loading).rejects.toThrow(SpoiledModelError)
})

test('a file that is missing is named, and so is a current.json that says nothing', async () => {
  const data = await folder()
  await openModelShelf(data).add(record(0), model)
  await rm(join(data, 'models/1.json'))
  await expect(openModelShelf(data).load(1)).rejects.toThrow(/models\/1\.json: it is missing; linli learn/)
  await writeFile(join(data, 'models/current.json'), 'rubbish')
  await expect(openModelShelf(data).current()).rejects.toThrow(/current\.json: expected JSON/)
})
