import { takeReport } from '../handlers/complaint.ts'
import { photosFor } from '../loose-photos.ts'
import type { Outcome } from '../outcome.ts'
import { reply, type Situation } from '../situation.ts'

/** 随手记: staff who meet with a problem report it like everybody else, also in the group; it is always taken. */
export async function takeNote(situation: Situation, text: string): Promise<Outcome> {
  const { house } = situation
  if (text === '') return reply(situation, house.texts.quickNoteMissing())
  const { category = 'other', urgency, place = null } = house.understander.understand(text)
  const report = { category, urgency, place, text, photos: photosFor(situation) }
  return takeReport({ ...situation, text, addressed: true }, report)
}
