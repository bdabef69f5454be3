import { localDate } from '../../tickets/shanghai-time.ts'
import { silence } from '../outcome.ts'
import { type Handler, reply } from '../situation.ts'

/** Voice gets one kind sentence a day a person; stickers, cards and the like nothing. */
export const unreadable: Handler = async (situation) => {
  const { cause, text, photos, house, memory, now } = situation
  if (text !== '' || photos.length > 0) return undefined
  if (cause.lines.some((line) => line.kind === 'voice')) {
    const today = localDate(now)
    if (memory?.voiceAnswered === today) return silence('voice')
    return reply(situation, house.texts.voiceKindly(), { memory: { voiceAnswered: today } })
  }
  // a bare mention is a call: the fallback says what the bot can do
  return situation.addressed ? undefined : silence('empty')
}
