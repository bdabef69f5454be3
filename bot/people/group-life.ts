import { accountsOf, hasSeveralAccounts } from '../accounts/links.ts'
import { roomsOf } from '../accounts/speaker.ts'
import { decideAndCommit } from '../commit.ts'
import type { House } from '../house.ts'
import type { Outcome } from '../outcome.ts'
import { hear } from '../pipeline.ts'
import type { Chat, ChatEvent } from '../ports/chat.ts'
import type { Put } from '../reading.ts'
import { alertRole } from '../sending/alert-role.ts'
import { findCode } from './codes.ts'
import { groupOf, personOf } from './directory.ts'

/** Entering, leaving and renaming of groups, and new friends. */

/** Two lines, once; a room that is not bound yet is greeted when it is. */
export async function enterGroup(house: House, event: ChatEvent & { type: 'joined' }): Promise<void> {
  await decideAndCommit(house, async (reading) => {
    const { account, room } = event
    const binds = house.settings.bindRoomsThemselves
    const { group, puts } = await groupOf(reading, account, room, binds, accountsOf(house))
    const id = `introduced/${account}/${room.id}`
    // where another account of ours speaks, nobody needs to be introduced
    const isKnown = (await reading.get('counters', id)) !== undefined || (group && group.owner !== account)
    if (isKnown)
      return puts.length > 0 ? { cause: { id, group: null, lines: [] }, outcome: { puts } } : undefined
    const hello = { kind: 'reply', text: house.texts.introduction({ bot: house.settings.botName }) } as const
    const outcome: Outcome = group
      ? {
          puts: [...puts, { collection: 'counters', document: { id, value: 1 } }],
          sends: [{ ...hello, to: { group: group.id } }],
        }
      : { puts }
    return { cause: { id, group: group?.id ?? null, lines: [] }, outcome }
  })
}

/** Removed from a group: its staff are told, unless another account of ours is still there and goes on. */
export async function leaveGroup(house: House, event: ChatEvent & { type: 'left' }): Promise<void> {
  await decideAndCommit(house, async (reading) => {
    const { group } = await groupOf(reading, event.account, event.room, false)
    if (!group) return undefined
    const { account, room } = event
    const rooms = await roomsOf(reading, group.id)
    const puts = rooms
      .filter(({ id }) => id === `${account}/${room.id}`)
      .map((document): Put => ({ collection: 'rooms', document: { ...document, left: true } }))
    const goesOn =
      hasSeveralAccounts(house) && rooms.some((each) => each.account !== account && each.left !== true)
    const text = house.texts.kickedAlert({ group: group.name })
    const sends = goesOn ? [] : await alertRole(reading, 'grid_worker', group, text)
    return {
      cause: { id: `left/${account}/${room.id}/${event.at}`, group: null, lines: [] },
      outcome: { sends, puts },
    }
  })
}

/** The topic is only for people to read; the group stays what it is. */
export async function rename(house: House, event: ChatEvent & { type: 'renamed' }): Promise<void> {
  await decideAndCommit(house, async (reading) => {
    const { group, puts } = await groupOf(reading, event.account, event.room, false)
    const named =
      group && house.settings.bindRoomsThemselves
        ? [{ collection: 'groups', document: { ...group, name: event.room.topic } } as const]
        : []
    return { cause: { id: 'renamed', group: null, lines: [] }, outcome: { puts: [...puts, ...named] } }
  })
}

/**
 * A friend request is accepted when it carries a code, which counts as said; simulated ones always are.
 * What else people write in a request is not read.
 */
export async function befriend(
  house: House,
  chat: Chat,
  event: ChatEvent & { type: 'friend' },
): Promise<void> {
  const { account, contact, hello, at } = event
  const code = findCode(hello)
  const known = code && (await house.store.get('codes', code))
  if (!known && !house.settings.bindRoomsThemselves) return
  await event.accept()
  const id = `friend/${contact.id}/${at}`
  if (known) {
    await hear(house, chat, {
      account,
      id,
      sender: contact,
      at,
      kind: 'text',
      text: code,
      mentioned: true,
      own: false,
    })
    return
  }
  await decideAndCommit(house, async (reading) => {
    const { person, puts } = await personOf(reading, account, contact, true)
    const text = house.texts.friendWelcome({ bot: house.settings.botName })
    const cause = { id: `${account}/${id}`, group: null, lines: [] }
    return { cause, outcome: { puts, sends: [{ kind: 'reply', to: { person: person.id }, text }] } }
  })
}
