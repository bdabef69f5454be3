import { maskPersonalData } from '../../../intents/personal-data.ts'
import type { House } from '../../house.ts'
import type { Notice, NoticeStep } from '../../notices/notice.ts'
import { NoticeRefusedError } from '../../notices/refusal.ts'
import { nameOf } from '../../people/name-of.ts'
import type { Reading } from '../../reading.ts'
import { type Actor, byOf } from '../command.ts'
import { assertRevision } from './awaiting.ts'
import { assertMayApprove } from './whose-notice.ts'

interface Decision {
  /** What was read of it; absent: nobody says. */
  readonly revision?: string
  /** Who decided in another system, as it calls them. */
  readonly by?: string
}

export interface Decider {
  readonly step: Pick<NoticeStep, 'by' | 'person'>
  /** As its author is told: 老钱, oa（王主任） */
  readonly name: string
}

/** Who decides about a notice: allowed to, and knowing what it says. @throws NoticeRefusedError, RefusedError */
export async function deciderOf(
  house: House,
  reading: Reading,
  actor: Actor,
  { notice, revision, by }: Decision & { readonly notice: Notice },
): Promise<Decider> {
  await assertMayApprove(house, reading, actor, notice)
  if (revision !== undefined) assertRevision(notice, revision)
  const name = await nameOf(house, reading, byOf(actor))
  if (by === undefined) return { step: { by: byOf(actor) }, name }
  await assertSomebodyElse(house, reading, notice, by)
  const person = maskPersonalData(by)
  return { step: { by: byOf(actor), person }, name: `${name}（${person}）` }
}

/** Whoever wrote it here and approves it there is no second person. */
async function assertSomebodyElse(house: House, reading: Reading, notice: Notice, by: string): Promise<void> {
  const submitter = notice.history.findLast(({ event }) => event === 'submitted')?.by ?? notice.author
  for (const who of new Set([notice.author, submitter]))
    if ((await nameOf(house, reading, who)) === by)
      throw new NoticeRefusedError(
        { kind: 'own-approval' },
        `notice ${notice.id} needs a second person: ${by} wrote or sent it, and cannot approve it`,
      )
}
