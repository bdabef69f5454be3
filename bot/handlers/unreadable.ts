import { localDate } from '../../tickets/shanghai-time.ts'
import { fileWords, looseMemory } from '../notices/writing/loose-attachment.ts'
import { silence } from '../outcome.ts'
import { type Handler, reply } from '../situation.ts'
import { whyNotSpeak } from '../speak.ts'

/**
 * Voice gets one kind sentence a day a person; photos, and files of staff, wait for their words; stickers and cards get
 * nothing.
 */
export const unreadable: Handler = async (situation) => {
  const { cause, text, photos, house, reading, person, now } = situation
  if (text !== '') return undefined
  const loose = looseMemory(situation)
  if (loose && !situation.addressed) return silence('photoOnly', { memory: loose })
  const words = [...(photos.length > 0 ? [house.texts.photoAlone()] : []), ...fileWords(situation)]
  if (situation.addressed && words.length > 0)
    return reply(situation, words.join('\n'), loose ? { memory: loose } : {})
  if (cause.lines.some((line) => line.kind === 'voice')) {
    const today = localDate(now)
    const { documents } = await reading.find('memories', { where: { person: person.id }, limit: 1_000 })
    if (documents.some(({ voiceAnswered }) => voiceAnswered === today)) return silence('voice')
    const reason = whyNotSpeak(situation)
    if (reason) return silence(reason)
    return reply(situation, house.texts.voiceKindly(), { memory: { voiceAnswered: today } })
  }
  // a bare mention is a call: the fallback says what the bot can do
  return situation.addressed ? undefined : silence('empty')
}
