import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { loadLore } from '../../adapters/files/lore.ts'
import { replay } from '../../bot/commands/replay.ts'

/** How often a model server would be asked: the sample transcripts through the whole bot, with one that only counts. */
export interface CascadeFigures {
  readonly lines: number
  /** What a message means. */
  readonly understanding: number
  /** How an answer is worded. */
  readonly wording: number
  readonly callsPerThousand: number
}

export async function measureCascade(root: string): Promise<CascadeFigures> {
  const folder = join(root, 'tests/transcripts')
  const names = (await readdir(folder)).filter(
    (name) => name.endsWith('.jsonl') && !name.endsWith('.expected.jsonl'),
  )
  const calls = { understanding: 0, wording: 0 }
  const model = {
    understand: async () => {
      calls.understanding++
      return undefined
    },
    compose: async () => {
      calls.wording++
      return undefined
    },
    embed: async () => undefined,
  }
  const lore = { ...(await loadLore(root)), model }
  let lines = 0
  for (const name of names.sort()) {
    const file = join(folder, name)
    await replay({ file, root, lore, print: () => undefined })
    lines += (await readFile(file, 'utf8')).split('\n').filter((line) => line.trim() !== '').length
  }
  const all = calls.understanding + calls.wording
  return { lines, ...calls, callsPerThousand: (1000 * all) / lines }
}
