import { loadUnderstanding } from '../../adapters/files/lore.ts'
import {
  type ModelRecord,
  type ModelShelf,
  openModelShelf,
  SpoiledModelError,
} from '../../adapters/files/model-shelf.ts'
import { plainDateTime } from '../../tickets/shanghai-time.ts'
import { loadConfig } from '../config.ts'
import type { OperatorOptions } from './operator-door.ts'

/** `linli learn --rollback` and `--history`: the models that were taken, and the way back, whatever is spoiled. */

/** One step back, as far as the shipped model; what cannot be read is stepped over. */
export async function rollBack({ root, print, warn }: OperatorOptions): Promise<number> {
  const shelf = openModelShelf(loadConfig(root).dataFolder)
  const current = await versionNamed(shelf, warn)
  if (current === 0) {
    print('the shipped model serves already: there is nothing to go back to')
    return 0
  }
  const to = current === undefined ? 0 : await readableBefore(shelf, current, warn)
  await shelf.use(to)
  const aside = current === undefined ? '' : `model ${current} is laid aside, `
  print(`${aside}${nameOf(to)} serves: a running bot uses it within half a minute`)
  return 0
}

/** undefined: nobody can tell. */
async function versionNamed(shelf: ModelShelf, warn: (line: string) => void): Promise<number | undefined> {
  try {
    return await shelf.current()
  } catch (error) {
    if (!(error instanceof SpoiledModelError)) throw error
    warn(error.message)
    return undefined
  }
}

async function readableBefore(
  shelf: ModelShelf,
  version: number,
  warn: (line: string) => void,
): Promise<number> {
  const { records } = await shelf.history()
  for (let to = versionBefore(records, version); to > 0; to = versionBefore(records, to)) {
    try {
      await shelf.load(to)
      return to
    } catch (error) {
      if (!(error instanceof SpoiledModelError)) throw error
      warn(`model ${to} cannot be served: ${error.message}`)
    }
  }
  return 0
}

/** Of a model without a record, the newest that is older. */
function versionBefore(records: readonly ModelRecord[], version: number): number {
  const previous = records.find((record) => record.version === version)?.previous
  if (previous !== undefined && previous < version) return previous
  return Math.max(0, ...records.map((record) => record.version).filter((other) => other < version))
}

export async function printHistory({ root, print, warn }: OperatorOptions): Promise<number> {
  const { dataFolder } = loadConfig(root)
  const { records, faults } = await openModelShelf(dataFolder).history()
  // whatever the shelf names, this is what serves
  const { learned } = await loadUnderstanding(root, { dataFolder, warn })
  for (const record of records) print(historyLine(record, learned))
  for (const { message } of faults) warn(message)
  print(`${nameOf(learned)} serves`)
  return 0
}

function historyLine({ version, at, corrections, before, after }: ModelRecord, serving: number): string {
  const mark = version === serving ? '*' : ' '
  const scores = `macro-F1 ${before.macroF1.toFixed(3)} > ${after.macroF1.toFixed(3)}`
  return `${mark} model ${version}  ${plainDateTime(at)}  ${corrections.length} corrections  ${scores}`
}

function nameOf(version: number): string {
  return version === 0 ? 'the shipped model' : `model ${version}`
}
