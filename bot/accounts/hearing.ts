import { createHash } from 'node:crypto'
import type { Group } from '../documents.ts'
import type { House } from '../house.ts'
import type { InboundMessage, Instant } from '../ports/chat.ts'
import type { Put, Reading } from '../reading.ts'
import type { AccountLink, Hearing } from './account-documents.ts'
import { roomsOf, standInOf } from './speaker.ts'

/**
 * Who takes a line that several of our accounts hear, each under an id of its own. The owner of the group takes
 * whatever it hears; another account what was said while the owner's link was not up. In the moments in which the
 * owner goes or comes both may believe that a line is theirs: so whoever takes it writes down that it was heard,
 * under an id that is the same for all accounts, in the same commit, and the second one finds it there.
 */

/** Two accounts are told the same second, or the next. Nobody says the same twice so soon and means two things. */
const sameWithin = 5_000
const keptFor = 10 * 60_000

/** The claim to write together with the line; `taken`: another account has it; `left`: its owner is there to take it. */
export async function claimLine(
  house: House,
  reading: Reading,
  group: Group,
  message: InboundMessage,
): Promise<'taken' | 'left' | readonly Put[]> {
  const { account, at } = message
  const rooms = await roomsOf(reading, group.id)
  if (group.owner !== account) {
    const isDeaf = didNotHear(at)
    const heardIt = (other: AccountLink) => other.id === account || !isDeaf(other)
    if ((await standInOf(reading, group, isDeaf, heardIt)) !== account) return 'left'
  }
  if (!rooms.some((room) => room.account !== account)) return []
  const id = lineId(group.id, message)
  const before = await reading.get('hearings', id)
  if (before && before.account !== account && Math.abs(before.at - at) <= sameWithin) return 'taken'
  const document: Hearing = { id, account, at, forgetAt: house.now() + keptFor }
  return [{ collection: 'hearings', document }]
}

/** The link was not there when it was said. */
export function didNotHear(at: Instant): (owner: AccountLink) => boolean {
  return ({ state, since }) => state === 'down' || since > at
}

function lineId(group: string, { sender, kind, text }: InboundMessage): string {
  const same = JSON.stringify([group, sender.name, kind, text])
  return createHash('sha256').update(same).digest('hex').slice(0, 32)
}

/** `@` and the name of any of our accounts means the bot, whichever of them answers. */
export function mentionsUs(links: readonly AccountLink[], text: string): boolean {
  const isMention = (rest: string) => /^(?:\s|$)/u.test(rest)
  return links.some(({ name }) => name !== '' && text.split(`@${name}`).slice(1).some(isMention))
}
