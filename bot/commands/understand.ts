import { z } from 'zod'
import { loadLore } from '../../adapters/files/lore.ts'
import { readJsonLines } from '../../adapters/jsonl.ts'
import { openMemoryStore } from '../../adapters/storage/memory.ts'
import { formatPlace } from '../../intents/places.ts'
import { defaultSettings, type House, type Lore } from '../house.ts'
import { seededRandom } from '../replay/seeded-random.ts'
import { schema } from '../schema.ts'
import { type Audition, audition, prepareAudition } from '../would-reply.ts'

/** `understand`: JSONL in, what each message means out, and whether the bot would say anything. */
export interface UnderstandOptions {
  readonly root: string
  readonly input: AsyncIterable<Uint8Array | string>
  print(line: string): void
  warn(line: string): void
}

const rowSchema = z.strictObject({ id: z.string(), text: z.string(), mentioned: z.boolean().optional() })

/** @returns the exit status: 1 when a line could not be read; the others are answered all the same */
export async function understand({ root, input, print, warn }: UnderstandOptions): Promise<number> {
  const house = auditionHouse(await loadLore(root))
  await prepareAudition(house)
  let status = 0
  let rows = 0
  for await (const row of readJsonLines(input, rowSchema)) {
    rows++
    if ('error' in row) {
      warn(`line ${row.line}: ${row.error}; expected {"id":"…","text":"…"}`)
      status = 1
      continue
    }
    const { id, text } = row.value
    const mentioned = row.value.mentioned ?? text.includes(`@${defaultSettings.botName}`)
    print(JSON.stringify(answerOf(id, await audition(house, text, mentioned))))
  }
  if (rows > 0) return status
  warn('nothing came on standard input: expected one {"id","text"} a line')
  return 1
}

function answerOf(id: string, { understanding, wouldReply }: Audition) {
  const { intent, confidence, category, urgency, place, why } = understanding
  return {
    ...{ id, intent, confidence: Math.round(confidence * 1000) / 1000 },
    ...(category && { category }),
    urgency,
    ...(place && { place: formatPlace(place, { withRoom: true }) }),
    ...{ wouldReply, why },
  }
}

function auditionHouse(lore: Lore): House {
  const now = Date.now()
  return {
    ...lore,
    ...{ store: openMemoryStore(schema), chats: [], settings: defaultSettings },
    now: () => now,
    random: seededRandom(1),
    salt: () => '',
    photos: { save: async (name) => ({ name, file: name }) },
    observe: () => undefined,
  }
}
