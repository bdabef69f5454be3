import type { Understanding } from '../intents/understanding.ts'
import { decide } from './decide.ts'
import type { Group, InboxEntry, Person } from './documents.ts'
import type { House } from './house.ts'
import { startReading } from './reading.ts'
import { situationOf, utteranceOf } from './situation.ts'

/** Would the bot say anything to this, from a resident, in a group with default settings? Nothing is kept. */
export interface Audition {
  understanding: Understanding
  wouldReply: boolean
}

const person: Person = { id: 'p-audition', name: '居民', role: 'resident', places: [], friend: true }
const group: Group = { id: 'g-audition', name: '群', places: [], tags: [], setting: 'answer', owner: '' }

/** `house` needs a store of its own: prepareAudition fills it. */
export async function audition(house: House, text: string, mentioned: boolean): Promise<Audition> {
  const line: InboxEntry & { version: number } = {
    ...{ id: 'audition', conversation: `group/${group.id}`, group: group.id, person: person.id },
    ...{ at: house.now(), kind: 'text', text, mentioned, state: 'waiting', forgetAt: null, version: 1 },
  }
  const utterance = utteranceOf('audition', [line], house.settings.botName)
  const understanding = house.understander.understand(utterance?.text ?? text)
  if (!utterance) return { understanding, wouldReply: false }
  const situation = await situationOf(house, startReading(house.store), utterance, understanding)
  const outcome = situation ? await decide(situation) : {}
  return { understanding, wouldReply: outcome.sends?.some((send) => send.kind === 'reply') ?? false }
}

export async function prepareAudition(house: House): Promise<void> {
  await house.store.commit([
    { collection: 'people', id: person.id, put: person },
    { collection: 'groups', id: group.id, put: group },
  ])
}
