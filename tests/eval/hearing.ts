import { readFile } from 'node:fs/promises'
import { loadLore } from '../../adapters/files/lore.ts'
import { openMemoryStore } from '../../adapters/storage/memory.ts'
import { defaultSettings, type House } from '../../bot/house.ts'
import { seededRandom } from '../../bot/replay/seeded-random.ts'
import { schema } from '../../bot/schema.ts'
import { audition, prepareAudition } from '../../bot/would-reply.ts'

/**
 * Texts that are not messages of a group at all: what is none of the bot's business (headlines, reviews, descriptions
 * of apps), at which it must keep quiet, and titles of letters to officials, which it must hear. Whether it speaks is
 * asked of the same code that `understand` asks.
 */
export interface ForeignText {
  readonly kind: string
  readonly text: string
  readonly line: number
}

/** Rows of kind, text. */
export async function loadForeignTexts(): Promise<ForeignText[]> {
  return (await linesOf('foreign-texts.tsv')).map((row, index) => {
    const [kind = '', text = ''] = row.split('\t')
    return { kind, text, line: index + 1 }
  })
}

/** One title a line. */
export async function loadLetterTitles(): Promise<ForeignText[]> {
  return (await linesOf('letter-titles.tsv')).map((text, index) => ({
    kind: 'letter',
    text,
    line: index + 1,
  }))
}

async function linesOf(file: string): Promise<string[]> {
  const content = await readFile(new URL(file, import.meta.url), 'utf8')
  return content.split('\n').filter((line) => line !== '')
}

export interface HearingFigures {
  readonly texts: number
  /** Share of texts at which the bot would speak unasked, in a group with default settings. */
  readonly spokenShare: number
  /** Share that is understood as a complaint or a question of policy. */
  readonly heardShare: number
  readonly emergencies: number
  /** Each with what was made of it. */
  readonly spoken: readonly string[]
  readonly unheard: readonly string[]
  readonly alarms: readonly string[]
}

export async function measureHearing(house: House, texts: readonly ForeignText[]): Promise<HearingFigures> {
  const spoken: string[] = []
  const unheard: string[] = []
  const alarms: string[] = []
  for (const { kind, text } of texts) {
    const { understanding, wouldReply } = await audition(house, text, false)
    const { intent, confidence, category = '', urgency, why } = understanding
    const told = `${kind} ${intent} ${category} ${confidence.toFixed(2)}  ${text}  (${why})`
    if (wouldReply) spoken.push(told)
    if (intent !== 'complaint' && intent !== 'policy') unheard.push(told)
    if (urgency === 'emergency') alarms.push(told)
  }
  return {
    texts: texts.length,
    spokenShare: spoken.length / texts.length,
    heardShare: 1 - unheard.length / texts.length,
    emergencies: alarms.length,
    ...{ spoken, unheard, alarms },
  }
}

/** Odd lines may be looked at, even ones only measure. */
export function ofHalf(half: 'odd' | 'even', texts: readonly ForeignText[]): ForeignText[] {
  return texts.filter(({ line }) => (line % 2 === 1) === (half === 'odd'))
}

export function describeHearing({ spokenShare, heardShare, emergencies }: HearingFigures): string {
  const percent = (share: number) => `${(share * 100).toFixed(1)}%`
  return `would speak at ${percent(spokenShare)}, heard as complaint or policy ${percent(heardShare)}, emergencies ${emergencies}`
}

/** The shipped house without a network, as the command `understand` uses it. */
export async function quietHouse(root: string): Promise<House> {
  const house: House = {
    ...(await loadLore(root)),
    ...{ store: openMemoryStore(schema), chats: [], settings: defaultSettings },
    now: () => Date.UTC(2026, 10, 18, 4),
    random: seededRandom(1),
    salt: () => '',
    photos: { save: async (name) => ({ name, file: name }) },
    observe: () => undefined,
  }
  await prepareAudition(house)
  return house
}
