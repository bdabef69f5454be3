import { decideAndCommit } from '../../commit.ts'
import type { House } from '../../house.ts'
import type { ChatEvent } from '../../ports/chat.ts'
import { linkDown, linkUp } from './health.ts'

/** An account whose link stays away sends no notices; one that is back goes on. */
export async function hearLink(
  house: House,
  { type, account }: Pick<ChatEvent & { type: 'up' | 'down' }, 'type' | 'account'>,
): Promise<void> {
  await decideAndCommit(house, async (reading) => {
    const outcome = await (type === 'up' ? linkUp : linkDown)(house, reading, account)
    if (Object.keys(outcome).length === 0) return undefined
    return { cause: { id: `account/${account}/${type}@${house.now()}`, group: null, lines: [] }, outcome }
  })
}
