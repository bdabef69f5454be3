import type { Outcome, SilenceReason } from './outcome.ts'
import { reply, type Situation } from './situation.ts'
import { isOnSubject } from './staff-floor.ts'

/**
 * When the bot opens its mouth in a group: the whole policy. Asked (mentioned, or in private) it always may;
 * unasked only when it is sure enough and no rule below speaks against it. Emergencies do not ask here. Quiet
 * hours hold back what can wait (notices, the quiz, follow-ups: sending/quiet-hours.ts), never an answer.
 */

/**
 * How sure it must be before it answers or acts. `complaint`, `policy`, `quiz`: of what was meant; `garbage`:
 * of the thing that was named; `ticket`: of words about a ticket that name none; `offer`: how sure
 * the search is of its answer before its title is offered to whoever asked the bot.
 */
export const sureEnough = {
  complaint: { addressed: 0.35, unasked: 0.5 },
  policy: { addressed: 0, unasked: 0.4 },
  offer: { addressed: 0.3, unasked: Number.POSITIVE_INFINITY },
  garbage: { addressed: 0.45, unasked: 0.6 },
  quiz: { addressed: 0, unasked: 0.5 },
  ticket: { addressed: 0.6, unasked: 0.6 },
} as const

export function isSureEnough(
  matter: keyof typeof sureEnough,
  confidence: number,
  { addressed }: Pick<Situation, 'addressed'>,
): boolean {
  return confidence >= sureEnough[matter][addressed ? 'addressed' : 'unasked']
}

const minutes = 60_000
/** After a line of staff the bot leaves the floor to them for this long. */
const staffSilence = 10 * minutes
/** The same answer is worth two hundred people's attention once in this time; a question they play with, sooner. */
const repeatSilence = { answer: 30 * minutes, game: 1 * minutes }
/** A lively hour shall not become a dialogue with the bot: so many answers of the day's small talk, then a rest. */
const often = { answers: 10, within: 10 * minutes }
/** What counts there; the promise of a ticket is owed to everybody. A game counts for itself, not against answers. */
const ofGame = /^quiz\//u
const ofSmallTalk = [/^(?:policy|garbage|several|progress|notice)\//u, ofGame]
const remembered = 40

interface Rule {
  readonly reason: SilenceReason
  /** `key` names what would be said: policy/dogs#2, ticket/20261118-001. */
  holds(situation: Situation, key: string | undefined): boolean
}

/** Any one of these keeps it quiet; the first that holds is the reason that people are shown. */
const rules: readonly Rule[] = [
  { reason: 'listenOnly', holds: ({ group }) => group?.setting === 'listen' },
  { reason: 'mentionedOnly', holds: ({ group }) => group?.setting === 'mentioned' },
  { reason: 'staffSpeaking', holds: ({ staff }) => staff },
  { reason: 'staffHere', holds: staffHaveTheFloor },
  { reason: 'saidAlready', holds: saidLately },
  { reason: 'tooOften', holds: spokeOftenLately },
]

export function whyNotSpeak(situation: Situation, key?: string): SilenceReason | undefined {
  if (situation.addressed || !situation.group) return undefined
  return rules.find((rule) => rule.holds(situation, key))?.reason
}

/** For what was said before their line, and for what goes on about its subject. */
function staffHaveTheFloor({ groupState, saidAt, now, text }: Situation): boolean {
  const { lastStaffAt, staffSubject = [] } = groupState ?? {}
  if (lastStaffAt === undefined || now - lastStaffAt >= staffSilence) return false
  return saidAt <= lastStaffAt || isOnSubject(text, staffSubject)
}

export function saidLately({ groupState, now }: Situation, key = ''): boolean {
  const quiet = ofGame.test(key) ? repeatSilence.game : repeatSilence.answer
  return groupState?.answered.some((each) => each.key === key && now - each.at < quiet) ?? false
}

export function spokeOftenLately({ groupState, now }: Situation, key = ''): boolean {
  const kind = ofSmallTalk.find((each) => each.test(key))
  if (!kind) return false
  const lately = groupState?.answered.filter((each) => kind.test(each.key) && now - each.at < often.within)
  return (lately?.length ?? 0) >= often.answers
}

/** Says it, or does the rest silently; what was said is remembered by `key`. */
export function sayIfFitting(situation: Situation, key: string, text: string, more: Outcome = {}): Outcome {
  const reason = whyNotSpeak(situation, key)
  if (reason) return { ...more, silence: reason }
  return remembering(situation, key, reply(situation, text, more))
}

/** What is said by it counts for the rules above. */
export function remembering(situation: Situation, key: string, outcome: Outcome): Outcome {
  const { group, groupState, now } = situation
  if (!group) return outcome
  const answered = [...(groupState?.answered ?? []), { key, at: now }].slice(-remembered)
  return { ...outcome, groupState: { ...outcome.groupState, answered } }
}

/** A group that wants the bot to listen only hears nothing unasked but emergencies; what was decided still happens. */
export function heedListening({ group, addressed, text }: Situation, outcome: Outcome): Outcome {
  const asked = addressed || text.startsWith('#') || outcome.owed
  if (asked || group?.setting !== 'listen') return outcome
  const sends = outcome.sends?.filter((send) => send.kind !== 'reply' || send.urgent) ?? []
  return sends.length === outcome.sends?.length ? outcome : { ...outcome, sends, silence: 'listenOnly' }
}
