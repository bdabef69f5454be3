import type { House } from '../../../bot/house.ts'
import { copiesOf } from '../../../bot/notices/copies.ts'
import { type AccountState, type CopyState, noticeStates } from '../../../bot/notices/notice.ts'
import { type Reading, startReading } from '../../../bot/reading.ts'
import { type Family, gauge, type Sample } from './family.ts'

/** How far the notices are that run. States are all the labels there are: no notice, no group, no account. */

const copyStates = [
  ...(['queued', 'sending', 'sent', 'confirmed', 'unconfirmed', 'failed', 'skipped'] as const),
] satisfies CopyState[]
const reasons = ['rate', 'down', 'failures', 'staff'] as const satisfies NonNullable<
  AccountState['paused']
>['reason'][]

export async function noticeFamilies({ store }: House): Promise<readonly Family[]> {
  const reading = startReading(store)
  const states: Sample[] = []
  for (const state of noticeStates)
    states.push({ labels: { state }, value: await reading.count('notices', { where: { state } }) })
  return [
    gauge('linli_notices', 'Notices by state', states),
    gauge(
      'linli_notice_copies',
      'Groups of the notices being sent or paused, by what became of their copy',
      await copies(reading),
    ),
    gauge('linli_accounts_paused', 'Accounts that send no notices now, by reason', await paused(reading)),
  ]
}

async function copies(reading: Reading): Promise<readonly Sample[]> {
  const counts = new Map<CopyState, number>()
  const where = { state: { in: ['sending', 'paused'] } }
  const { documents } = await reading.find('notices', { where, order: 'writtenAt', limit: 10_000 })
  for (const notice of documents)
    for (const { state } of await copiesOf(reading, notice)) counts.set(state, (counts.get(state) ?? 0) + 1)
  return copyStates.map((state) => ({ labels: { state }, value: counts.get(state) ?? 0 }))
}

async function paused(reading: Reading): Promise<readonly Sample[]> {
  const { documents } = await reading.find('accountStates', { limit: 10_000 })
  return reasons.map((reason) => ({
    labels: { reason },
    value: documents.filter(({ paused: each }) => each?.reason === reason).length,
  }))
}
