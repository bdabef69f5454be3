import { readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { readingKnowledge } from '../../adapters/files/knowledge-changes.ts'
import { documentsIn } from '../../adapters/files/knowledge-folder.ts'
import { startChild } from '../storage/child-process.ts'
import { temporaryFolder } from '../storage/temporary-folder.ts'

/** Which editions a reader finds, and of how many documents. */
async function editionsIn(folder: string): Promise<readonly string[]> {
  return readingKnowledge(folder, async () => {
    const documents = await documentsIn(folder)
    const editions = await Promise.all(documents.map(({ path }) => readFile(path, 'utf8')))
    return [...new Set(editions)].map((edition) => `${documents.length} of ${edition}`)
  })
}

/** Killed while it opens the given file, or so many ms after its plan was written. */
type Moment = { readonly file: string } | { readonly afterPlan: number }

const moments: readonly Moment[] = [
  ...[{ file: '0.md' }, { file: '23.md' }, { file: 'imports.json' }, { file: 'plan.json' }],
  ...[0, 1, 2, 3, 4, 6, 8].map((afterPlan) => ({ afterPlan })),
]

test('kill -9 in the middle of an import leaves all of it or none of it', async () => {
  const folder = await temporaryFolder()
  let before: readonly string[] = []
  const outcomes = new Set<string>()
  for (const [at, moment] of moments.entries()) {
    const edition = String(1_700_000_000_000 + at)
    const writer = startChild('../commands/knowledge-writer.ts', folder, edition)
    const wanted = 'file' in moment ? moment.file : 'plan.json'
    for await (const line of writer.lines) {
      // its name has a random part and .tmp behind it
      if (!line.startsWith(wanted)) continue
      if ('afterPlan' in moment) await wait(moment.afterPlan)
      break
    }
    await writer.kill()
    const found = await editionsIn(folder)
    expect([before, [`40 of ${edition}`]]).toContainEqual(found)
    outcomes.add(found === before || found.join() === before.join() ? 'none' : 'all')
    before = found
  }
  // else it was killed at the same moment each time, and nothing was tried
  expect([...outcomes].sort()).toEqual(['all', 'none'])
}, 60_000)
