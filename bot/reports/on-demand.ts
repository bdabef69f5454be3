import type { StaffCommand } from '../../intents/staff-commands.ts'
import { periodAt, periodBefore, type ReportKind } from '../../tickets/reports/period.ts'
import { assertMay } from '../doors/authority.ts'
import { RefusedError } from '../doors/command.ts'
import type { Outcome } from '../outcome.ts'
import { answerTo, reply, type Situation } from '../situation.ts'
import { placeOfGroup, reportAsked } from './ask.ts'
import { chatText, rankingText } from './chat-text.ts'
import { keepPicture } from './keep-files.ts'

/** 日报, 周报, 排名: what staff ask for in chat, of the places they answer for. Longer ones come with a picture. */
export async function reportOnDemand(
  situation: Situation,
  { kind, before, ranking, place }: StaffCommand & { readonly command: 'report' },
): Promise<Outcome> {
  const { house, reading, person, group, now } = situation
  const actor = { kind: 'person', id: person.id } as const
  const at = (before ? periodBefore(periodAt(kind, now)) : periodAt(kind, now)).first
  // a group reads along: the figures of where it is, not of all that this person answers for
  const here = place ?? (group && (await placeOfGroup(house, group.id)))
  try {
    await assertMay(reading, actor, 'report')
    const report = await reportAsked(house, reading, actor, { kind, place: here, at })
    const text = ranking ? rankingText(report) : chatText(report, { inGroup: group !== undefined })
    const picture = !ranking && hasPicture(kind) ? await keepPicture(house, report) : undefined
    return { sends: [{ kind: 'reply', to: answerTo(situation), text, ...(picture && { picture }) }] }
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error
    const { texts } = house
    const words = { place: place ?? group?.name ?? '' }
    return reply(
      situation,
      error.code === 'unknown' ? texts.reportPlaceUnknown(words) : texts.reportPlaceOthers(words),
    )
  }
}

function hasPicture(kind: ReportKind): boolean {
  return kind !== 'daily'
}
