import { loadUnderstanding } from '../../adapters/files/lore.ts'
import { openModelShelf } from '../../adapters/files/model-shelf.ts'
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
  let version = await shelf.current()
  let current = first
  let looking = false
  const look = async () => {
    const newest = await shelf.current()
    if (newest === version) return
    current = await loadUnderstanding(root, { dataFolder, warn })
    version = newest
    warn(newest === 0 ? 'the shipped model serves now' : `model ${newest} serves now`)
  }
  const timer = setInterval(() => {
    if (looking) return
    looking = true
    look()
      .catch((error: unknown) => warn(`the learned model was not taken: ${String(error)}`))
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
