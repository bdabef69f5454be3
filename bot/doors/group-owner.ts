import type { z } from 'zod'
import { accountsOf } from '../accounts/links.ts'
import { roomsOf } from '../accounts/speaker.ts'
import type { Group } from '../documents.ts'
import type { House } from '../house.ts'
import type { Put, Reading } from '../reading.ts'
import { RefusedError } from './command.ts'
import type { Decided } from './decided.ts'
import type { groupOwnerCommand } from './group-owner-command.ts'

/** As many of what waits for the old owner go over with the group. */
const mostWaiting = 10_000

export async function giveGroup(
  house: House,
  reading: Reading,
  { group: name, account }: z.infer<typeof groupOwnerCommand>,
): Promise<Decided> {
  const group = await groupCalled(reading, name)
  const known = accountsOf(house)
  if (known.length > 0 && !known.includes(account))
    throw new RefusedError('unknown', `no account ${account}: there are ${known.join(', ')}`)
  const rooms = await roomsOf(reading, group.id)
  if (!rooms.some((room) => room.account === account && room.left !== true))
    throw new RefusedError(
      'unlawful',
      `account ${account} is not in ${group.name}: let it in, then somebody on the roster says a code of \`linli group bind ${group.name}\` there`,
    )
  const result = { group: group.id, name: group.name, account, before: group.owner }
  if (group.owner === account) return { outcome: {}, result, unchanged: true }
  const puts: Put[] = [{ collection: 'groups', document: { ...group, owner: account } }]
  return { outcome: { puts: [...puts, ...(await waitingOf(reading, group, account))] }, result }
}

async function groupCalled(reading: Reading, name: string): Promise<Group> {
  const byId = await reading.get('groups', name)
  if (byId) return byId
  const { documents } = await reading.find('groups', { limit: 10_000 })
  const called = documents.filter((group) => group.name === name)
  const [only] = called
  if (only && called.length === 1) return only
  const problem = only ? `${called.length} groups are called ${name}: name it by its id` : `no group ${name}`
  throw new RefusedError('unknown', `${problem}: see linli group list`)
}

async function waitingOf(reading: Reading, group: Group, account: string): Promise<readonly Put[]> {
  const where = { account: group.owner, state: 'queued' }
  const { documents } = await reading.find('outbox', { where, order: 'rank', limit: mostWaiting })
  return documents
    .filter(({ to }) => 'group' in to && to.group === group.id)
    .map((document): Put => ({ collection: 'outbox', document: { ...document, account } }))
}
