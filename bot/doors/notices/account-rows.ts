import { isoShanghai } from '../../../tickets/shanghai-time.ts'
import { accountsOf, linksOf } from '../../accounts/links.ts'
import type { House } from '../../house.ts'
import type { AccountState } from '../../notices/notice.ts'
import type { Reading } from '../../reading.ts'

/** One of our accounts: its link, and whether it may send notices now. */
export interface AccountRow {
  readonly account: string
  /** `elsewhere`: no process that has its link has written down how it is. */
  readonly link: string
  readonly queued: number
  readonly paused?: NonNullable<AccountState['paused']>['reason']
  readonly until?: string
}

export async function accountRows(house: House, reading: Reading): Promise<readonly AccountRow[]> {
  const { documents } = await reading.find('accountStates', { limit: 10_000 })
  const links = new Map((await linksOf(reading)).map(({ id, state }) => [id, state]))
  const names = new Set([...accountsOf(house), ...documents.map(({ id }) => id)])
  const rows: AccountRow[] = []
  for (const account of [...names].sort()) {
    const isElsewhere = house.isHere?.(account) === false
    const chat = isElsewhere ? undefined : house.chats.find((each) => each.account === account)
    const paused = documents.find(({ id }) => id === account)?.paused
    rows.push({
      ...{ account, link: chat?.state().state ?? links.get(account) ?? 'elsewhere' },
      queued: await reading.count('outbox', { where: { account, state: 'queued' } }),
      ...(paused && { paused: paused.reason }),
      ...(paused?.until !== undefined && { until: isoShanghai(paused.until) }),
    })
  }
  return rows
}
