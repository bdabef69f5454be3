import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { readCorpus } from '../../adapters/files/corpus-folder.ts'
import { loadGarbageFolder } from '../../adapters/files/garbage-folder.ts'
import { loadLore, loadShippedKnowledge, readCorrectionWords } from '../../adapters/files/lore.ts'
import { readRules } from '../../adapters/files/rules-files.ts'
import { localDate } from '../../tickets/shanghai-time.ts'
import { ConfigError } from '../config.ts'
import { parseTexts } from '../texts.ts'
import { bad, type Finding, good, note } from './finding.ts'
import { assertRegion } from './open-house.ts'

/** The files that people edit. Each is read by itself, so that one mistake hides no other. */
const folders: readonly (readonly [what: string, read: (root: string) => Promise<unknown>])[] = [
  ['bot/texts.yaml', async (root) => parseTexts(parse(await readFile(join(root, 'bot/texts.yaml'), 'utf8')))],
  ['bot/learning/correction-words.yaml', readCorrectionWords],
  ['intents/rules', (root) => readRules(join(root, 'intents/rules'))],
  ['intents/corpus', (root) => readCorpus(join(root, 'intents/corpus'))],
  ['knowledge/policies', (root) => loadShippedKnowledge(root)],
  ['knowledge/garbage', (root) => loadGarbageFolder(join(root, 'knowledge/garbage'))],
]

export async function* checkFiles(root: string, dataFolder: string | undefined): AsyncGenerator<Finding> {
  let whole = true
  for (const [what, read] of folders) {
    const finding = await readable(what, () => read(root))
    whole &&= finding.state === 'good'
    yield finding
  }
  // what has no reader of its own is read with the rest; after a mistake above it would only say that again
  if (whole) yield* checkCategoriesAndCalendar(root, dataFolder)
}

/** LINLI_REGION names a city that has rules. */
export async function checkRegion(root: string, region: string): Promise<Finding> {
  try {
    assertRegion(await loadGarbageFolder(join(root, 'knowledge/garbage')), region)
    return good(`region: ${region}`)
  } catch (error) {
    if (!(error instanceof ConfigError)) return note('region: not checked, knowledge/garbage cannot be read')
    return bad(`configuration: ${error.faults.join('; ')}`, 'mend it in .env or the environment')
  }
}

async function readable(what: string, read: () => Promise<unknown>): Promise<Finding> {
  try {
    await read()
    return good(`${what} can be read`)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return bad(`${what}: ${reason.replaceAll('\n', '\n    ')}`, 'mend the file and run doctor again')
  }
}

async function* checkCategoriesAndCalendar(
  root: string,
  dataFolder: string | undefined,
): AsyncGenerator<Finding> {
  let lore: Awaited<ReturnType<typeof loadLore>>
  try {
    lore = await loadLore(root, dataFolder === undefined ? {} : { dataFolder })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    yield bad(
      `tickets/: ${reason}`,
      'mend the file that is named; your own copy in settings/ of the data folder goes before tickets/',
    )
    return
  }
  yield good('tickets/categories.yaml, things.txt and calendar.yaml can be read')
  const thisYear = Number(localDate(Date.now()).slice(0, 4))
  for (const year of [thisYear, thisYear + 1]) {
    const known = lore.calendar.knows(year)
    const remedy = `write the holidays and make-up days of ${year} into tickets/calendar.yaml, or update LinLi`
    // next year's calendar is published in November: until then nobody can know it
    if (known) yield good(`calendar: ${year} is known`)
    else if (year === thisYear)
      yield bad(`calendar: ${year} is not known, deadlines ignore its holidays`, remedy)
    else yield note(`calendar: ${year} is not known yet`, remedy)
  }
}
