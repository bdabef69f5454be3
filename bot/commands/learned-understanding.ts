import { loadUnderstanding } from '../../adapters/files/lore.ts'
import { openModelShelf, SpoiledModelError } from '../../adapters/files/model-shelf.ts'
import type { Lore } from '../house.ts'

/** A running bot takes what `linli learn` put on the shelf, and what was rolled back, without a restart. */

type UnderstandingLore = Pick<Lore, 'understander' | 'emergencyOf' | 'soundsLikeDanger'>

export interface LearnedUnderstanding {
  readonly lore: UnderstandingLore
  stop(): void
}

export interface LearnedUnderstandingOptions {
  readonly root: string
  readonly dataFolder: string
  readonly warn: (line: string) => void
  /** ms between two looks at the shelf. */
  readonly every?: number
}

export async function followLearning(
  first: UnderstandingLore,
  { root, dataFolder, warn, every = 20_000 }: LearnedUnderstandingOptions,
): Promise<LearnedUnderstanding> {
  const shelf = openModelShelf(dataFolder)
  /** The version that is named; of a name that cannot be read, what is wrong with it. */
  const named = async () => {
    try {
      return await shelf.current()
    } catch (error) {
      if (error instanceof SpoiledModelError) return error.message
      throw error
    }
  }
  let known = await named()
  let current = first
  let looking = false
  let trouble = ''
  const look = async () => {
    const newest = await named()
    if (newest === known) return
    const loaded = await loadUnderstanding(root, { dataFolder, warn })
    current = loaded
    // what could not be taken is looked at again only when the shelf names another
    known = newest
    trouble = ''
    if (loaded.learned === newest)
      warn(newest === 0 ? 'the shipped model serves now' : `model ${newest} serves now`)
  }
  const tellOnce = (error: unknown) => {
    const line = `the learned model was not taken: ${String(error)}`
    if (line !== trouble) warn(line)
    trouble = line
  }
  const timer = setInterval(() => {
    if (looking) return
    looking = true
    look()
      .catch(tellOnce)
      .finally(() => {
        looking = false
      })
  }, every).unref()
  return {
    lore: {
      understander: { understand: (text) => current.understander.understand(text) },
      emergencyOf: (text) => current.emergencyOf(text),
      soundsLikeDanger: (text) => current.soundsLikeDanger(text),
    },
    stop: () => clearInterval(timer),
  }
}
