import type { Understanding } from '../intents/understanding.ts'
import type { TicketPhoto } from '../tickets/ticket.ts'
import type { Cause } from './commit.ts'
import type { Group, GroupState, InboxEntry, Memory, Person } from './documents.ts'
import type { House } from './house.ts'
import type { Outcome, Recipient } from './outcome.ts'
import { isStaff } from './people/directory.ts'
import type { Stored } from './ports/store.ts'
import type { Reading } from './reading.ts'

/** All that a handler needs to decide about one utterance. */
export interface Situation {
  readonly house: House
  readonly reading: Reading
  readonly cause: Cause
  readonly person: Person
  /** Undefined in private, and in a room that is not bound. */
  readonly group: Group | undefined
  readonly groupState: GroupState | undefined
  readonly memory: Memory | undefined
  /** The lines as written, joined by \n, mentions of the bot taken out. */
  readonly text: string
  readonly photos: readonly TicketPhoto[]
  readonly understanding: Understanding
  /** Mentioned, or in private: the bot always answers something useful. */
  readonly addressed: boolean
  readonly isPrivate: boolean
  readonly staff: boolean
  /** When the first line was said. */
  readonly saidAt: number
  readonly now: number
}

/** Gives what should happen, or undefined: the next handler may look. */
export type Handler = (situation: Situation) => Promise<Outcome | undefined>

export interface Utterance {
  readonly cause: Cause
  readonly text: string
  readonly photos: readonly TicketPhoto[]
  readonly addressed: boolean
}

export function utteranceOf(
  id: string,
  lines: readonly Stored<InboxEntry>[],
  botName: string,
): Utterance | undefined {
  const first = lines[0]
  if (!first) return undefined
  const { conversation, person, group } = first
  return {
    cause: { id, conversation, group, person, lines },
    text: lines
      .map((line) => withoutMention(leftToSay(line), botName))
      .filter((text) => text !== '')
      .join('\n'),
    photos: lines.flatMap((line) => (line.photo ? [line.photo] : [])),
    addressed: lines.some((line) => line.mentioned),
  }
}

export async function situationOf(
  house: House,
  reading: Reading,
  utterance: Utterance,
  understanding: Understanding,
): Promise<Situation | undefined> {
  const { cause, text, photos, addressed } = utterance
  const person = await reading.get('people', cause.person ?? '')
  if (!person) return undefined
  const group = cause.group ? await reading.get('groups', cause.group) : undefined
  return {
    ...{ house, reading, cause, person, group, text, photos, understanding, addressed },
    groupState: group && (await reading.get('groupStates', group.id)),
    memory: await reading.get('memories', `${cause.conversation}/${person.id}`),
    isPrivate: cause.conversation?.startsWith('person/') ?? false,
    staff: isStaff(person),
    saidAt: cause.lines[0]?.at ?? house.now(),
    now: house.now(),
  }
}

/** What was counted as an answer to the quiz is settled. */
function leftToSay({ text, quizLines }: InboxEntry): string {
  if (!quizLines) return text
  return text
    .split('\n')
    .filter((_, at) => !quizLines.includes(at))
    .join('\n')
}

/** WeChat ends a mention with U+2005, a space, or nothing at all. */
export function withoutMention(text: string, botName: string): string {
  return text.replaceAll(new RegExp(`@${escaped(botName)}[\\u2005\\s]*`, 'gu'), '').trim()
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}

/** Where the answer to this utterance goes. */
export function answerTo(situation: Situation): Recipient {
  return situation.group ? { group: situation.group.id } : { person: situation.person.id }
}

export function reply(situation: Situation, text: string, more: Outcome = {}): Outcome {
  const said = { kind: 'reply', to: answerTo(situation), text } as const
  return { ...more, sends: [...(more.sends ?? []), said] }
}
