import { parseStaffCommand } from '../intents/staff-commands.ts'
import { decideAndCommit } from './commit.ts'
import { decide } from './decide.ts'
import type { InboxEntry } from './documents.ts'
import { noteStaffLine } from './duties/ladder.ts'
import type { House } from './house.ts'
import { type LeftTo, receive } from './inbox.ts'
import { withoutReceipt } from './notices/residents/receipt-words.ts'
import { atLeast } from './people/directory.ts'
import type { Chat, InboundMessage } from './ports/chat.ts'
import type { Stored } from './ports/store.ts'
import { isQuizGuess, stopsQuiz, takeQuizAnswer, takeQuizAnswersLeft } from './quiz/answering.ts'
import type { RecordedReading } from './reading.ts'
import { situationOf, type Utterance, utteranceOf, withoutMention } from './situation.ts'
import type { Timer } from './timer.ts'
import { understand } from './understand.ts'

type Burst = Timer & { readonly kind: 'burst' }

/**
 * The way of one message: inbox → glance → burst → understand → decide → commit → outbox.
 * @returns the account of ours that it was left to: the owner of the group
 */
export async function hear(house: House, chat: Chat, message: InboundMessage): Promise<LeftTo | undefined> {
  const received = await receive(house, chat, message)
  if (received && 'leftTo' in received) return received
  if (received) await glance(house, received.entry, received.burst)
  return undefined
}

/** Each line alone: an emergency goes straight on, with the lines already waiting; staff and answers to the quiz are noticed at once. */
async function glance(house: House, entry: InboxEntry, burst: Burst): Promise<void> {
  // a guess at the bin says neither that an alert was seen nor that staff want the floor
  if (!(await isQuizGuess(house, entry))) await noteStaffLine(house, entry)
  const atOnce = house.emergencyOf(entry.text) !== undefined || (await stopsQuiz(house, entry))
  if (atOnce) await speakUp(house, burst.id, { evenIfWaiting: true })
  else await takeQuizAnswer(house, entry)
}

/** The burst is over: understand the utterance, decide, commit. Nothing happens when it happened already. */
export async function speakUp(
  house: House,
  burstId: string,
  { evenIfWaiting = false }: { readonly evenIfWaiting?: boolean } = {},
): Promise<void> {
  const understandOnce = understand(house)
  const waiting = evenIfWaiting ? undefined : await house.store.get<Timer>('timers', burstId)
  if (waiting?.kind === 'burst') await takeQuizAnswersLeft(house, waiting.lines)
  await decideAndCommit(house, async (reading) => {
    const burst = await reading.get('timers', burstId)
    if (burst?.kind !== 'burst' || (!evenIfWaiting && burst.dueAt > house.now())) return undefined
    const waitingNow = await waitingLines(reading, burst)
    const lines = await firstOrder(house, reading, waitingNow)
    const utterance = utteranceOf(`said/${lines[0]?.id ?? burst.lines[0]}`, lines, house.settings.botName)
    const cause = utterance?.cause ?? { id: burstId, group: null, lines: [] }
    const situation =
      utterance && (await situationOf(house, reading, utterance, await understandOnce(heardIn(utterance))))
    const outcome = situation ? await decide(situation) : {}
    const rest = waitingNow.slice(lines.length).map(({ id }) => id)
    if (rest.length > 0) {
      const next = { ...burst, lines: rest, dueAt: house.now() }
      return { cause, outcome: { ...outcome, timers: [...(outcome.timers ?? []), next] } }
    }
    return { cause, outcome: { ...outcome, cancelled: [...(outcome.cancelled ?? []), burstId] } }
  })
}

/** Whoever says 收到 first, and then what is wrong, is understood by what is wrong. */
function heardIn(utterance: Utterance): Utterance {
  const text = withoutReceipt(utterance.text)
  return text === utterance.text ? utterance : { ...utterance, text }
}

/** Orders of staff that came in one breath are obeyed one by one: each sees what the one before has changed. */
async function firstOrder(
  house: House,
  reading: RecordedReading,
  lines: readonly Stored<InboxEntry>[],
): Promise<readonly Stored<InboxEntry>[]> {
  const [first] = lines
  const person = first && (await reading.get('people', first.person))
  if (!person || !atLeast(person, 'volunteer')) return lines
  const isOrder = ({ text, mentioned }: InboxEntry) => {
    const order = parseStaffCommand(withoutMention(text, house.settings.botName))
    return order !== undefined && (mentioned || order.flagged)
  }
  const orders = lines.flatMap((line, at) => (isOrder(line) ? [at] : []))
  return lines.slice(0, orders[1])
}

async function waitingLines(reading: RecordedReading, burst: Burst): Promise<readonly Stored<InboxEntry>[]> {
  const lines = await Promise.all(burst.lines.map((id) => reading.get('inbox', id)))
  return lines.filter((line) => line !== undefined && line.state === 'waiting') as Stored<InboxEntry>[]
}
