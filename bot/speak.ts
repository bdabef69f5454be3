import type { Outcome, SilenceReason } from './outcome.ts'
import { reply, type Situation } from './situation.ts'
import { isOnSubject } from './staff-floor.ts'

/**
 * When the bot opens its mouth in a group, in one place. Asked (mentioned or in private) it always may;
 * unasked only when nothing speaks against it. Emergencies do not ask here.
 */

/** After a line of staff the bot leaves the floor to them for this long. */
const staffSilence = 10 * 60_000
/** The same answer is worth two hundred people's attention once in this time. */
const repeatSilence = 30 * 60_000
const remembered = 20

export function whyNotSpeak(situation: Situation, key?: string): SilenceReason | undefined {
  const { addressed, group, groupState, now, staff } = situation
  if (addressed || !group) return undefined
  if (group.setting === 'listen') return 'listenOnly'
  if (group.setting === 'mentioned') return 'mentionedOnly'
  if (staff) return 'staffSpeaking'
  if (staffHaveTheFloor(situation)) return 'staffHere'
  const again = groupState?.answered.some((each) => each.key === key && now - each.at < repeatSilence)
  return again ? 'saidAlready' : undefined
}

/** For what was said before their line, and for what goes on about its subject. */
function staffHaveTheFloor({ groupState, saidAt, now, text }: Situation): boolean {
  const { lastStaffAt, staffSubject = [] } = groupState ?? {}
  if (lastStaffAt === undefined || now - lastStaffAt >= staffSilence) return false
  return saidAt <= lastStaffAt || isOnSubject(text, staffSubject)
}

/** Says it, or does the rest silently; what was said is remembered by `key`. */
export function sayIfFitting(situation: Situation, key: string, text: string, more: Outcome = {}): Outcome {
  const reason = whyNotSpeak(situation, key)
  if (reason) return { ...more, silence: reason }
  return remembering(situation, key, reply(situation, text, more))
}

function remembering(situation: Situation, key: string, outcome: Outcome): Outcome {
  const { group, groupState, now } = situation
  if (!group) return outcome
  const answered = [...(groupState?.answered ?? []), { key, at: now }].slice(-remembered)
  return { ...outcome, groupState: { ...outcome.groupState, answered } }
}
