import { decideAndCommit } from '../commit.ts'
import type { House } from '../house.ts'
import type { Outcome } from '../outcome.ts'
import { hear } from '../pipeline.ts'
import type { Chat, ChatEvent } from '../ports/chat.ts'
import { alertRole } from '../sending/alert-role.ts'
import { findCode } from './codes.ts'
import { groupOf, personOf } from './directory.ts'

/** Entering, leaving and renaming of groups, and new friends. */

/** Two lines, once; a room that is not bound yet is greeted when it is. */
export async function enterGroup(house: House, event: ChatEvent & { type: 'joined' }): Promise<void> {
  await decideAndCommit(house, async (reading) => {
    const { group, puts } = await groupOf(
      reading,
      event.account,
      event.room,
      house.settings.bindRoomsThemselves,
    )
    const id = `introduced/${event.account}/${event.room.id}`
    if (await reading.get('counters', id)) return undefined
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

/** Removed from a group: its staff are told. */
export async function leaveGroup(house: House, event: ChatEvent & { type: 'left' }): Promise<void> {
  await decideAndCommit(house, async (reading) => {
    const { group } = await groupOf(reading, event.account, event.room, false)
    if (!group) return undefined
    const text = house.texts.kickedAlert({ group: group.name })
    const sends = await alertRole(reading, 'grid_worker', group, text)
    return {
      cause: { id: `left/${event.account}/${event.room.id}/${event.at}`, group: null, lines: [] },
      outcome: { sends },
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
  if (known)
    return hear(house, chat, {
      account,
      id,
      sender: contact,
      at,
      kind: 'text',
      text: code,
      mentioned: true,
      own: false,
    })
  await decideAndCommit(house, async (reading) => {
    const { person, puts } = await personOf(reading, account, contact, true)
    const text = house.texts.friendWelcome({ bot: house.settings.botName })
    const cause = { id: `${account}/${id}`, group: null, lines: [] }
    return { cause, outcome: { puts, sends: [{ kind: 'reply', to: { person: person.id }, text }] } }
  })
}
