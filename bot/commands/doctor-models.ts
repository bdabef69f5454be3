import { readTeaching } from '../../adapters/files/lore.ts'
import { type ModelShelf, openModelShelf, SpoiledModelError } from '../../adapters/files/model-shelf.ts'
import { bad, type Finding, good, note } from './finding.ts'

/** What staff taught: does it serve, and can the models that one could go back to be read. */
export async function checkLearnedModel(root: string, dataFolder: string): Promise<Finding> {
  const shelf = openModelShelf(dataFolder)
  try {
    return await serving(root, shelf)
  } catch (error) {
    if (!(error instanceof SpoiledModelError)) throw error
    return bad(
      `learned model: the shipped one serves instead; ${reasonOf(error)}`,
      '`linli learn --rollback` goes back to the model before, `linli learn` makes a new one',
    )
  }
}

async function serving(root: string, shelf: ModelShelf): Promise<Finding> {
  const version = await shelf.current()
  const record = version === 0 ? undefined : (await shelf.load(version)).record
  if (record && (await isOfAnotherRelease(root, record.base)))
    return note(
      `learned model: model ${version} was learned under another release, the shipped one serves`,
      'learn anew: `linli learn`',
    )
  const words = record
    ? `model ${version} serves, taught by ${record.corrections.length} corrections`
    : 'none, the shipped one serves'
  const [fault] = (await shelf.history()).faults
  return fault
    ? note(
        `learned model: ${words}; of another one, ${reasonOf(fault)}`,
        'nobody can go back to that one; its files may be removed',
      )
    : good(`learned model: ${words}`)
}

/** A corpus that cannot be read has its own line. */
async function isOfAnotherRelease(root: string, base: string): Promise<boolean> {
  try {
    return (await readTeaching(root)).fingerprint !== base
  } catch (error) {
    if (error instanceof Error) return false
    throw error
  }
}

/** The remedy has its own line. */
function reasonOf({ message }: SpoiledModelError): string {
  return message.split('; linli learn')[0] ?? message
}
