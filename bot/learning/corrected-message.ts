import { formatPlace } from '../../intents/places.ts'
import { parseStaffCommand } from '../../intents/staff-commands.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import type { InboxEntry, Understood } from '../documents.ts'
import { type Command, RefusedError } from '../doors/command.ts'
import { isPleasantry } from '../handlers/pleasantry.ts'
import type { House } from '../house.ts'
import { isStaff } from '../people/directory.ts'
import type { Reading } from '../reading.ts'
import { utteranceOf } from '../situation.ts'
import type { Correction, CorrectionOf } from './correction-documents.ts'

/** Which message staff mean when they correct one: a ticket's, one they quote, or what was answered last. */

export interface CorrectedMessage {
  readonly text: string
  readonly was?: NonNullable<Correction['was']>
  /** Who said it; null: quoted, and nobody said it here lately. */
  readonly person: string | null
  readonly ticket?: Ticket
}

type Add = Command & { readonly type: 'correction.add' }

/** @throws RefusedError */
export async function messageMeant(house: House, reading: Reading, command: Add): Promise<CorrectedMessage> {
  const { ticket, text, group, right } = command
  if (ticket !== undefined && text !== undefined)
    throw new RefusedError('unlawful', 'name a ticket or the words of a message, not both')
  if (ticket !== undefined) return ofTicket(reading, ticket)
  if (text !== undefined) {
    const said = group === undefined ? undefined : await saidHere(house, reading, group, text)
    return said ?? { text, person: null }
  }
  if (group !== undefined) return lastAnswered(house, reading, group, right)
  throw new RefusedError('unknown', 'say which message is meant: by its ticket, its group, or its words')
}

async function ofTicket(reading: Reading, id: string): Promise<CorrectedMessage> {
  const ticket = await reading.get('tickets', id)
  if (!ticket) throw new RefusedError('unknown', `no ticket ${id}: see the list with 工单`)
  const { category, place, text, reporter } = ticket
  const where = place && formatPlace(place, { withRoom: true })
  const was = { intent: 'complaint', category, ...(where && { place: where }) } as const
  return { text, was, person: reporter, ticket }
}

/** The newest utterance here with these words in it. */
async function saidHere(
  house: House,
  reading: Reading,
  group: string,
  words: string,
): Promise<CorrectedMessage | undefined> {
  const wanted = plain(words)
  for (const said of await saidLately(house, reading, group))
    if (!(await isToUs(reading, said)) && plain(said.text).includes(wanted)) return asMeant(reading, said)
  return undefined
}

function plain(text: string): string {
  return text.replaceAll(/\s+/gu, '')
}

/** What the bot answered last in this group and can have got wrong in this way. */
async function lastAnswered(
  house: House,
  reading: Reading,
  group: string,
  right: CorrectionOf,
): Promise<CorrectedMessage> {
  for (const said of await saidLately(house, reading, group)) {
    const { understood } = said.last
    if (!understood?.spoke || !couldBeMeant(understood, right) || isPleasantry(said.text)) continue
    if (!(await isToUs(reading, said))) return asMeant(reading, said)
  }
  throw new RefusedError('unknown', 'the bot answered nothing of that kind in this group within 24 hours')
}

/** Only answers to questions can be wrong; and what was understood so already needs no correction. */
function couldBeMeant(was: Understood, right: CorrectionOf): boolean {
  if (right.answer) return was.intent === 'policy' || was.intent === 'garbage'
  if (right.category) return was.intent !== 'complaint' || was.category !== right.category
  if (right.intent) return was.intent !== right.intent
  return was.intent === 'complaint'
}

interface Said {
  /** All lines of that breath, mentions of the bot taken out. */
  readonly text: string
  readonly last: InboxEntry
}

/** Orders of staff are work for the bot, and teach nothing about residents; what staff ask to try it out does. */
async function isToUs(reading: Reading, { text, last }: Said): Promise<boolean> {
  if (text.startsWith('#')) return true
  if (!parseStaffCommand(text)) return false
  const person = await reading.get('people', last.person)
  return person !== undefined && isStaff(person)
}

const lookBack = 60
const within = 24 * 3_600_000

/** Newest first. */
async function saidLately(house: House, reading: Reading, group: string): Promise<readonly Said[]> {
  const { documents } = await reading.find('inbox', {
    where: { conversation: `group/${group}` },
    order: 'at',
    range: { field: 'at', gte: house.now() - within },
    descending: true,
    limit: lookBack,
  })
  const heard = documents.filter(({ understood, utterance }) => understood && utterance)
  const newest = heard.filter(
    ({ utterance }, index) => heard.findIndex((each) => each.utterance === utterance) === index,
  )
  return newest.flatMap((last) => {
    const lines = heard.filter(({ utterance }) => utterance === last.utterance).reverse()
    const text = utteranceOf('said', lines, house.settings.botName)?.text ?? ''
    return text === '' ? [] : [{ text, last }]
  })
}

async function asMeant(reading: Reading, { text, last }: Said): Promise<CorrectedMessage> {
  const { intent, category, place } = last.understood ?? {}
  const was = intent && { intent, ...(category && { category }), ...(place && { place }) }
  return { text, ...(was && { was }), person: last.person, ...(await ticketOf(reading, last)) }
}

/** The ticket that this very message opened or joined. */
async function ticketOf(reading: Reading, entry: InboxEntry): Promise<{ readonly ticket?: Ticket }> {
  const memory = await reading.get('memories', `${entry.conversation}/${entry.person}`)
  const ticket = memory?.lastTicket && (await reading.get('tickets', memory.lastTicket.ticket))
  return ticket?.messages.includes(entry.id) ? { ticket } : {}
}
