import { readFile } from 'node:fs/promises'
import { readCorpus } from '../../adapters/files/corpus-folder.ts'
import { projectRoot } from '../../adapters/files/project-root.ts'
import type { Example } from '../../intents/corpus.ts'
import { parseLabelledMessages } from '../../intents/guard-set.ts'
import type { Intent } from '../../intents/understanding.ts'
import { seededRandom } from '../statistics.ts'

/** The same split for everybody: four fifths of the corpus to learn from, one fifth held out. */

export interface Labelled {
  readonly text: string
  readonly intent: Intent
}

export interface UnderstandingSet {
  readonly training: readonly Example[]
  readonly heldOut: readonly Labelled[]
  /** By another hand than the corpus: tests/eval/messages.tsv. */
  readonly otherHand: readonly Labelled[]
}

const heldOutShare = 0.2
const seed = 20_261_118

export async function loadUnderstandingSet(): Promise<UnderstandingSet> {
  const root = projectRoot()
  const random = seededRandom(seed)
  const training: Example[] = []
  const heldOut: Labelled[] = []
  const seen = new Set<string>()
  for (const example of await readCorpus(`${root}/intents/corpus`)) {
    // What stands in the corpus twice must not be learnt and asked.
    if (seen.has(example.text)) continue
    seen.add(example.text)
    if (random() < heldOutShare) heldOut.push({ text: example.text, intent: example.intent })
    else training.push(example)
  }
  const labelled = await readFile(`${root}/tests/eval/messages.tsv`, 'utf8')
  return { training, heldOut, otherHand: parseLabelledMessages(labelled) }
}
