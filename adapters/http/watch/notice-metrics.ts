import type { AccountRow } from '../../../bot/doors/notices/account-rows.ts'
import type { NoticeProgressRow } from '../../../bot/doors/notices/notice-rows.ts'
import { type Notice, noticeStates } from '../../../bot/notices/notice.ts'
import type { HttpParts } from '../parts.ts'
import { type Family, gauge, type Sample } from './family.ts'

/** How far the notices are that run. States are all the labels there are: no notice, no group, no account. */

const copyStates = [
  ...(['queued', 'sending', 'sent', 'confirmed', 'unconfirmed', 'failed', 'skipped'] as const),
] satisfies (keyof NoticeProgressRow['copies'])[]
const reasons = ['rate', 'down', 'failures', 'staff'] as const satisfies AccountRow['paused'][]
/** Whoever may read the numbers of the house reads no more than numbers. */
const operator = { kind: 'operator' } as const

export async function noticeFamilies(parts: HttpParts): Promise<readonly Family[]> {
  const { store } = parts.house
  const states: Sample[] = []
  for (const state of noticeStates)
    states.push({ labels: { state }, value: await store.count('notices', { where: { state } }) })
  return [
    gauge('linli_notices', 'Notices by state', states),
    gauge(
      'linli_notice_copies',
      'Groups of the notices being sent or paused, by what became of their copy',
      await copies(parts),
    ),
    gauge('linli_accounts_paused', 'Accounts that send no notices now, by reason', await paused(parts)),
  ]
}

async function copies({ house, query }: HttpParts): Promise<readonly Sample[]> {
  const where = { state: { in: ['sending', 'paused'] } }
  const { documents } = await house.store.find<Notice>('notices', {
    where,
    order: 'writtenAt',
    limit: 10_000,
  })
  const counts = new Map<string, number>()
  for (const { id } of documents) {
    const [row] = (await query(operator, { type: 'notice', notice: id })) as readonly NoticeProgressRow[]
    for (const state of copyStates) counts.set(state, (counts.get(state) ?? 0) + (row?.copies[state] ?? 0))
  }
  return copyStates.map((state) => ({ labels: { state }, value: counts.get(state) ?? 0 }))
}

async function paused({ query }: HttpParts): Promise<readonly Sample[]> {
  const rows = (await query(operator, { type: 'accounts' })) as readonly AccountRow[]
  return reasons.map((reason) => ({
    labels: { reason },
    value: rows.filter((row) => row.paused === reason).length,
  }))
}
