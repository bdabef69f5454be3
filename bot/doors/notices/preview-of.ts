import { isoShanghai } from '../../../tickets/shanghai-time.ts'
import type { Group } from '../../documents.ts'
import type { House } from '../../house.ts'
import { sharesOf } from '../../notices/copies/shares-of.ts'
import type { Notice } from '../../notices/notice.ts'
import { beginAt, firstTime } from '../../notices/times/schedule.ts'
import { alikeNotice } from '../../notices/writing/alike.ts'
import { estimate } from '../../notices/writing/estimate.ts'
import type { Reading } from '../../reading.ts'
import type { CommandResult } from '../decided.ts'
import { peopleIn } from './people-in.ts'

/** When it would begin if it were submitted now. */
export function beginOf(
  house: House,
  { sendAt, repeat, emergency }: Pick<Notice, 'sendAt' | 'repeat' | 'emergency'>,
): number {
  const now = house.now()
  const at = firstTime({ repeat, sendAt, emergency }, now, house.calendar)
  return beginAt(now, { emergency, ...(at !== undefined && { sendAt: at }) })
}

/** What its author is shown before anything is sent. */
export async function previewOf(
  house: House,
  reading: Reading,
  notice: Notice,
  groups: readonly Group[],
  begins: number,
): Promise<CommandResult> {
  const { text, id, state, targetWords: words, approval, expiresAt } = notice
  const alike = await alikeNotice(
    reading,
    {
      ...{ text, groups: groups.map((group) => group.id) },
      except: [id, ...(notice.follows ? [notice.follows.notice] : [])],
    },
    house.now(),
    house.notices,
  )
  const copies = await sharesOf(house, reading, groups)
  const minutes = Math.ceil(estimate(house.settings.pace, copies, notice.attachment ? 2 : 1) / 60_000)
  return {
    ...{ notice: id, state, text, groups: groups.length, people: await peopleIn(reading, groups), minutes },
    ...{ targets: words, needs: approval.join(','), alike: alike?.id ?? '' },
    ...{ beginsAt: isoShanghai(begins), expiresAt: isoShanghai(expiresAt) },
    attachment: notice.attachment?.name ?? '',
  }
}
