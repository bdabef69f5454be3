import { remainsOf } from '../../tickets/chain.ts'
import type { TicketEvent } from '../../tickets/event.ts'
import { fold } from '../../tickets/fold.ts'
import type { TicketChange } from '../outcome.ts'
import type { Put, Reading } from '../reading.ts'

/**
 * What one person wrote goes out of the events of the tickets that it stands in, and with it the salt, so that
 * nobody can try out what it was. An `erased` event in the same commit says which events these are and what is left
 * of them; the ticket is folded anew from what is left.
 */
export const erasedWords = '（已删除）'

export interface Erasing {
  /** Person id. */
  readonly person: string
  /** Inbox ids of everything that this person said. */
  readonly messages: ReadonlySet<string>
  /** Who erases, as in an event. */
  readonly by: string
}

export async function eraseFromTickets(
  reading: Reading,
  tickets: ReadonlySet<string>,
  erasing: Erasing,
): Promise<{ readonly puts: readonly Put[]; readonly facts: readonly TicketChange[] }> {
  const puts: Put[] = []
  const facts: TicketChange[] = []
  for (const ticket of [...tickets].sort()) {
    const where = { ticket }
    const { documents } = await reading.find('ticketEvents', { where, order: 'sequence', limit: 10_000 })
    // where they live they may have told, or somebody else for them
    const ofReporter = documents[0]?.by === erasing.person
    const left = documents.map((event) => withoutWordsOf(event, erasing, ofReporter))
    const changed = left.filter((event, at) => event !== documents[at])
    // read, so that a change meanwhile is a conflict
    const known = await reading.get('tickets', ticket)
    const folded = fold(left)
    if (changed.length === 0 || !known || !folded) continue
    for (const event of changed) puts.push({ collection: 'ticketEvents', document: event })
    puts.push({ collection: 'tickets', document: folded })
    const sequences = changed.map(({ sequence }) => sequence)
    const remains = changed.map(remainsOf)
    facts.push({ ticket, by: erasing.by, fact: { type: 'erased', sequences, remains } })
  }
  return { puts, facts }
}

/** The event itself when nothing of this person stands in it. */
function withoutWordsOf(event: TicketEvent, { person, messages }: Erasing, ofReporter: boolean): TicketEvent {
  const kept = event.messages.filter((message) => !messages.has(message))
  const placed = ofReporter && event.type === 'amended' ? withoutRoomOf(event) : event
  const own = event.by === person ? withoutOwnWords(placed) : placed
  if (own === event && kept.length === event.messages.length) return event
  const { salt: _, ...rest } = own
  return { ...rest, messages: kept }
}

/** What staff did, and why, is the record of their office and stays; a building stays, a room does not. */
function withoutOwnWords(event: TicketEvent): TicketEvent {
  switch (event.type) {
    case 'opened':
      return { ...event, text: erasedWords, photos: [], place: event.place && withoutRoom(event.place) }
    case 'amended': {
      const { text, photos, place } = event
      if (text === undefined && photos === undefined && place?.room === undefined) return event
      return {
        ...event,
        ...(text !== undefined && { text: erasedWords }),
        ...(photos !== undefined && { photos: [] }),
        ...(place !== undefined && { place: withoutRoom(place) }),
      }
    }
    case 'withdrawn':
      return event.remark === undefined ? event : { ...event, remark: erasedWords }
    default:
      return event
  }
}

function withoutRoomOf(event: TicketEvent & { readonly type: 'amended' }): TicketEvent {
  return event.place?.room === undefined ? event : { ...event, place: withoutRoom(event.place) }
}

function withoutRoom<T extends { readonly room?: string }>(place: T): Omit<T, 'room'> {
  const { room: _, ...rest } = place
  return rest
}
