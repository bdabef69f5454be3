import { day, plainDate } from '../../../tickets/shanghai-time.ts'
import { copiesOf, mayHaveIt } from '../../notices/copies/copies.ts'
import type { Notice } from '../../notices/notice.ts'
import { numberOf } from '../../notices/notice-number.ts'
import { noticesIn } from '../../notices/residents/group-notices.ts'
import { mayReadNames } from '../../notices/residents/receipt-report.ts'
import type { Outcome } from '../../outcome.ts'
import { reply, type Situation } from '../../situation.ts'
import { beginningOf } from './state-words.ts'

/** What staff look at where residents read along: only what this group has got. The rest is told in private. */

/** Residents read along. */
export function isInCompany({ group }: Pick<Situation, 'group'>): boolean {
  return !mayReadNames(group)
}

/** Whether this may be shown here: in private, among staff, and what this group has got anyway. */
export async function mayBeShown(situation: Situation, notice: Notice): Promise<boolean> {
  const { group, reading } = situation
  if (!group || !isInCompany(situation)) return true
  return (await copiesOf(reading, notice)).some((copy) => copy.group === group.id && mayHaveIt(copy))
}

/** The answer goes to whoever asked, and the group reads only that. Somebody whom the bot cannot reach is asked to write to it. */
export function toldAside(situation: Situation, outcome: Outcome): Outcome {
  const { person, house } = situation
  if (!person.friend) return reply(situation, house.texts.noticeAskPrivately())
  const sends = (outcome.sends ?? []).map((send) =>
    send.kind === 'reply' ? { ...send, to: { person: person.id } } : send,
  )
  return reply(situation, house.texts.noticeToldPrivately(), { ...outcome, sends })
}

/** So far back a group is told of its notices. */
const lookedBack = 30 * day
const mostListed = 8

/** What this group has got, without names. */
export async function listHere(situation: Situation, group: string): Promise<string> {
  const { reading, now, house } = situation
  const arrived = await noticesIn(reading, group, now, now - lookedBack)
  const lines = arrived.slice(0, mostListed).map(({ notice, at }) =>
    house.texts.noticeListLineHere({
      ...{ number: numberOf(notice), day: plainDate(at), text: beginningOf(notice.text, 16) },
    }),
  )
  return lines.length === 0
    ? house.texts.noticeListHereNone()
    : house.texts.noticeListHere({ lines: lines.join('\n') })
}
