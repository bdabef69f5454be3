import { minute } from '../tickets/shanghai-time.ts'
import type { TicketPhoto } from '../tickets/ticket.ts'
import type { Situation } from './situation.ts'

/**
 * A photo and the words it belongs to come one after the other, at most this far apart, ms. A later picture may be of
 * anything: a private one has no place in a file for staff.
 */
export const photoBelongsFor = 5 * minute

/** Those that came with the words, and those that the same person sent without words just before. */
export function photosFor({
  memory,
  photos,
  now,
}: Pick<Situation, 'memory' | 'photos' | 'now'>): readonly TicketPhoto[] {
  const loose = memory?.loosePhotos
  return loose && now - loose.at <= photoBelongsFor ? [...loose.photos, ...photos] : photos
}
