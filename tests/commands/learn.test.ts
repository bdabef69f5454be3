import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { loadUnderstanding } from '../../adapters/files/lore.ts'
import { projectRoot } from '../../adapters/files/project-root.ts'
import { learnFromCorrections } from '../../bot/commands/learn.ts'
import { followLearning } from '../../bot/commands/learned-understanding.ts'
import { linli, ownDataFolder } from './terminal.ts'

/** What only this estate says: 胖墩 is its old lift. */
const said = '胖墩又闹脾气了，上上下下全靠两条腿'

describe('linli learn', () => {
  test('takes corrections to a running bot, and takes them back again', async () => {
    const dataFolder = join(await ownDataFolder(), 'data')
    const root = projectRoot()
    const warn = vi.fn<(line: string) => void>()
    const following = await followLearning(await loadUnderstanding(root), {
      ...{ root, dataFolder, warn, every: 50 },
    })
    const understand = () => following.lore.understander.understand(said)
    const before = understand()
    expect(before.category).not.toBe('facilities')
    try {
      await linli(['corrections', 'add', said, '--intent', 'complaint', '--category', 'facilities'])
      await linli(['corrections', 'add', said, '--place', '胖墩'])
      const tried = await linli(['learn', '--dry-run'])
      expect(tried.status).toBe(0)
      expect(tried.out[0]).toBe('learning 1 corrected messages and 1 places …')
      expect(tried.out).toContainEqual(expect.stringMatching(/^ {2}macro-F1 +0\.\d+ > 0\.\d+$/))
      expect(tried.out).toContain('  corrected messages  0 > 1 of 1 understood as corrected')
      expect(tried.out.at(-1)).toBe('it would be taken; run it without --dry-run')
      expect((await linli(['learn'])).out).toContain(
        'taken as model 1: a running bot uses it within half a minute',
      )
      await vi.waitFor(() => expect(warn).toHaveBeenCalledWith('model 1 serves now'), 10_000)
      expect(understand()).toMatchObject({
        ...{ intent: 'complaint', category: 'facilities', place: { landmark: '胖墩' } },
      })
      expect((await linli(['learn', '--history'])).out).toEqual([
        expect.stringMatching(/^\* model 1 .* 2 corrections {2}macro-F1 0\.\d+ > 0\.\d+$/),
        'model 1 serves',
      ])

      await linli(['learn', '--rollback'])
      await vi.waitFor(() => expect(warn).toHaveBeenCalledWith('the shipped model serves now'), 10_000)
      expect(understand()).toEqual(before)
      expect((await linli(['learn', '--rollback'])).out).toEqual([
        'the shipped model serves already: there is nothing to go back to',
      ])
    } finally {
      following.stop()
    }
  }, 120_000)

  test('has nothing to do without corrections', async () => {
    await ownDataFolder()
    const { status, out } = await linli(['learn'])
    expect(status).toBe(0)
    expect(out).toEqual([expect.stringMatching(/^nothing to learn: no corrections yet/)])
  })

  test('keeps the model in use, with status 1, when a correction would make it worse', async () => {
    const options = {
      ...(await smallProject()),
      progress: () => ({ step: () => undefined, end: () => undefined }),
    }
    await linli(['corrections', 'add', '5号楼的电梯坏了没人修', '--category', 'noise'])
    expect(await learnFromCorrections(options, { dryRun: false })).toBe(1)
    expect(options.print).toHaveBeenCalledWith('  category            1 > 0  worse')
    expect(options.warn).toHaveBeenCalledWith(
      expect.stringMatching(/^not taken, the model in use stays: worse in category/),
    )
    expect(options.print).not.toHaveBeenCalledWith(expect.stringMatching(/^taken as model/))
  })

  test('leaves out the one correction that does harm, says which, and learns the others', async () => {
    const options = {
      ...(await smallProject()),
      progress: () => ({ step: () => undefined, end: () => undefined }),
    }
    await linli(['corrections', 'add', '5号楼的电梯坏了没人修', '--category', 'noise'])
    await linli(['corrections', 'add', '老黄牛又罢工了，七十级台阶爬得我腿软', '--category', 'facilities'])
    expect(await learnFromCorrections(options, { dryRun: false })).toBe(0)
    expect(options.print).toHaveBeenCalledWith(
      expect.stringMatching(
        /^left out, because the guard set fell with it: 5号楼的电梯坏了没人修 {2}\(correction-/,
      ),
    )
    expect(options.print).toHaveBeenCalledWith('  corrected messages  0 > 1 of 2 understood as corrected')
  })
})

/** Some of the shipped corpus and a guard set of one line, so that training takes no time. */
async function smallProject() {
  const root = join(await ownDataFolder(), 'project')
  const shipped = join(projectRoot(), 'intents')
  await mkdir(join(root, 'intents/guard'), { recursive: true })
  await symlink(join(shipped, 'rules'), join(root, 'intents/rules'))
  await writeFile(join(root, 'intents/guard/messages.tsv'), 'complaint\tfacilities\t5號樓的電梯壞了沒人修\n')
  for (const intent of await readdir(join(shipped, 'corpus'))) {
    const names = await readdir(join(shipped, 'corpus', intent))
    const some = names.filter((name, index) => name.startsWith('facilities') || index % 8 === 0)
    await mkdir(join(root, 'intents/corpus', intent), { recursive: true })
    for (const name of some)
      await symlink(join(shipped, 'corpus', intent, name), join(root, 'intents/corpus', intent, name))
  }
  return { root, print: vi.fn<(line: string) => void>(), warn: vi.fn<(line: string) => void>() }
}

describe('linli corrections', () => {
  const mistakes: readonly [words: readonly string[], told: RegExp][] = [
    [['夜里打桩'], /expected what it really was: --intent, --category or --place/],
    [['--intent', 'chatter'], /the words of the message, or --ticket NUMBER/],
    [['夜里打桩', '--ticket', '20260101-001', '--intent', 'chatter'], /expected one of the two/],
    [['--ticket', '20260101-001', '--intent', 'chatter'], /no ticket 20260101-001/],
    [['夜里打桩', '--intent', 'policy', '--category', 'noise'], /only a complaint has a category/],
    [['夜里打桩', '--intent', 'gossip'], /expected an intent, one of policy, complaint/],
  ]

  test.each(mistakes)('add %j is refused with what to do, and nothing is kept', async (words, told) => {
    await ownDataFolder()
    const { status, errors } = await linli(['corrections', 'add', ...words])
    expect(status).not.toBe(0)
    expect(errors).toMatch(told)
    expect((await linli(['corrections', 'list'])).out).toEqual([expect.stringMatching(/^no corrections yet/)])
  })
})
