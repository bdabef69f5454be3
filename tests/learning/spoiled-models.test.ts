import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { loadUnderstanding, readTeaching } from '../../adapters/files/lore.ts'
import { loadModel } from '../../adapters/files/model-file.ts'
import { openModelShelf } from '../../adapters/files/model-shelf.ts'
import { projectRoot } from '../../adapters/files/project-root.ts'
import { checkLearnedModel } from '../../bot/commands/doctor-models.ts'
import { followLearning } from '../../bot/commands/learned-understanding.ts'
import type { Model } from '../../intents/linear-model.ts'
import { linli, ownDataFolder } from '../commands/terminal.ts'

/** Whatever happens to models/, the bot understands with the shipped model and says so once. */

const root = projectRoot()
let shipped: Model
let base: string
beforeAll(async () => {
  const { examples, signs, fingerprint } = await readTeaching(root)
  shipped = await loadModel(join(root, 'dist/model.bin'), examples, signs)
  base = fingerprint
})

const score = {
  ...{ macroF1: 0.9, complaintRecall: 0.9, category: 0.9 },
  ...{ spokenChatter: 1, emergenciesMissed: 0, emergenciesFalse: 0 },
}

/** A data folder with so many models that serve well. */
async function withModels(count: number): Promise<{ readonly data: string; readonly models: string }> {
  const data = join(await ownDataFolder(), 'data')
  await mkdir(data)
  const shelf = openModelShelf(data)
  for (let made = 0; made < count; made++)
    await shelf.add(
      {
        ...{ at: 1, base, corrections: ['c'], landmarks: ['老槐树底下'], before: score, after: score },
        previous: made,
      },
      shipped,
    )
  return { data, models: join(data, 'models') }
}

const spoilings: readonly [what: string, spoil: (models: string) => Promise<void>, named: RegExp][] = [
  ['its model is rubbish', (models) => writeFile(join(models, '2.bin'), 'rubbish'), /models\/2\.bin/],
  ['its record is gone', (models) => rm(join(models, '2.json')), /models\/2\.json: it is missing/],
  [
    'current.json is rubbish',
    (models) => writeFile(join(models, 'current.json'), '{'),
    /models\/current\.json/,
  ],
]

describe.each(spoilings)('when %s', (_, spoil, named) => {
  test('the shipped model serves, with one warning that names the file', async () => {
    const { data, models } = await withModels(2)
    await spoil(models)
    const warn = vi.fn<(line: string) => void>()
    const { understander, learned } = await loadUnderstanding(root, { dataFolder: data, warn })
    expect(learned).toBe(0)
    expect(understander.understand('3号楼的灯不亮了').intent).toBe('complaint')
    expect(warn.mock.calls.map(([line]) => line)).toEqual([expect.stringMatching(named)])
  })

  test('doctor finds it and says what to do', async () => {
    const { data, models } = await withModels(2)
    expect(await checkLearnedModel(root, data)).toMatchObject({ state: 'good' })
    await spoil(models)
    const finding = await checkLearnedModel(root, data)
    expect(finding).toMatchObject({ state: 'bad', remedy: expect.stringContaining('learn --rollback') })
    expect(finding.text).toMatch(named)
  })

  test('the way back is open', async () => {
    const { data, models } = await withModels(2)
    await spoil(models)
    expect((await linli(['learn', '--rollback'])).status).toBe(0)
    const to = named.source.includes('current') ? 0 : 1
    expect(await openModelShelf(data).current()).toBe(to)
  })
})

test('a rollback steps over a model that cannot be read', async () => {
  const { data, models } = await withModels(3)
  await writeFile(join(models, '2.bin'), 'rubbish')
  const { out, errors } = await linli(['learn', '--rollback'])
  expect(errors).toMatch(/2\.bin/)
  expect(out).toEqual(['model 3 is laid aside, model 1 serves: a running bot uses it within half a minute'])
  expect(await openModelShelf(data).current()).toBe(1)
})

test('a running bot says once that it cannot take a model, and takes the next one', async () => {
  const { data, models } = await withModels(1)
  const lines: string[] = []
  const warn = (line: string) => {
    lines.push(line)
  }
  const first = await loadUnderstanding(root, { dataFolder: data, warn })
  const following = await followLearning(first, { root, dataFolder: data, warn, every: 20 })
  try {
    await writeFile(join(models, 'current.json'), 'rubbish')
    await vi.waitFor(() => expect(lines).toHaveLength(1), 10_000)
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(lines).toEqual([expect.stringContaining('current.json')])
    const place = () => following.lore.understander.understand('老槐树底下的灯坏了').place
    expect(place()).toBeUndefined()
    await openModelShelf(data).use(1)
    await vi.waitFor(() => expect(lines).toContain('model 1 serves now'), 10_000)
    expect(place()).toEqual({ landmark: '老槐树底下' })
  } finally {
    following.stop()
  }
})
