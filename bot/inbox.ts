import type { AccountLink } from './accounts/account-documents.ts'
import { claimLine, mentionsUs } from './accounts/hearing.ts'
import { accountsOf, hasSeveralAccounts, linksOf } from './accounts/links.ts'
import { isSaidByUs } from './accounts/our-words.ts'
import type { Group, InboxEntry } from './documents.ts'
import type { House } from './house.ts'
import { type KeptAttachment, keepAttachment } from './notices/writing/loose-attachment.ts'
import { findCode } from './people/codes.ts'
import { groupOf, personOf } from './people/directory.ts'
import type { Chat, InboundMessage, Photo } from './ports/chat.ts'
import { ConflictError } from './ports/store.ts'
import { type Put, type RecordedReading, startReading, toChanges } from './reading.ts'
import type { Timer } from './timer.ts'

/**
 * The door. Own words, ids that were seen, and lines older than the login stop here; everything else is
 * durable, with the timer of its burst, before anything is thought about it.
 */

/** Clocks of messenger and machine differ a little. */
const clockTolerance = 2 * 60_000
const conflictLimit = 12

export interface Received {
  readonly entry: InboxEntry
  readonly burst: Timer & { readonly kind: 'burst' }
}

/** Another account of ours, the owner of the group, is there to take it. */
export interface LeftTo {
  readonly leftTo: string
}

export async function receive(
  house: House,
  chat: Chat,
  message: InboundMessage,
): Promise<Received | LeftTo | undefined> {
  if (message.own || isOld(chat, message)) return undefined
  const id = `${message.account}/${message.id}`
  if (await house.store.get('inbox', id)) return undefined
  const files = await keepFiles(house, message)
  for (let attempt = 1; ; attempt++) {
    const reading = startReading(house.store)
    const plan = await admit(house, reading, message, files)
    try {
      if (plan.puts.length > 0) await house.store.commit(toChanges(reading, plan.puts, []))
      return plan.received
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error
      // somebody was faster with the same id: it is a duplicate
      if (error.collection === 'inbox') return undefined
      if (attempt >= conflictLimit) throw error
    }
  }
}

function isOld(chat: Chat, message: InboundMessage): boolean {
  const link = chat.state()
  return link.state === 'up' && message.at < link.since - clockTolerance
}

async function admit(
  house: House,
  reading: RecordedReading,
  message: InboundMessage,
  files: KeptFiles,
): Promise<{ readonly received?: Received | LeftTo; readonly puts: readonly Put[] }> {
  const { account, room, sender } = message
  const links = hasSeveralAccounts(house) ? await linksOf(reading) : []
  if (await isSaidByUs(reading, links, message)) return { puts: [] }
  const binds = house.settings.bindRoomsThemselves
  const where = room && (await groupOf(reading, account, room, binds, accountsOf(house)))
  const group = where?.group
  // an unbound room is heard only for codes
  if (room && !group && !findCode(message.text)) return { puts: where?.puts ?? [] }
  const claim = group && hasSeveralAccounts(house) ? await claimLine(house, reading, group, message) : []
  if (claim === 'taken' || claim === 'left') return notOurs(claim, group, where?.puts ?? [])
  const { person, puts } = await personOf(reading, account, sender, room === undefined)
  const place = group ? `group/${group.id}` : room ? `room/${account}/${room.id}` : `person/${person.id}`
  const id = `${account}/${message.id}`
  await reading.get('inbox', id)
  const entry: InboxEntry = {
    ...{ id, conversation: place, group: group?.id ?? null, person: person.id, at: message.at },
    ...{ kind: message.kind, text: message.text, mentioned: isMentioned(message, links) },
    ...files,
    ...{ state: 'waiting', forgetAt: null },
  }
  const burst = await extendBurst(house, reading, entry)
  const all: Put[] = [...(where?.puts ?? []), ...claim, ...puts]
  all.push({ collection: 'inbox', document: entry }, { collection: 'timers', document: burst })
  return { received: { entry, burst }, puts: all }
}

/** @param puts the room is known from now on, whoever takes its lines */
function notOurs(claim: 'taken' | 'left', group: Group | undefined, puts: readonly Put[]) {
  // in a room that was not known, its owner has heard this line without writing down for us that it was heard
  const isLeft = claim === 'left' && group && puts.length === 0
  return { puts, ...(isLeft && { received: { leftTo: group.owner } }) }
}

function isMentioned({ mentioned, room, text }: InboundMessage, links: readonly AccountLink[]): boolean {
  return mentioned || room === undefined || mentionsUs(links, text)
}

/** One speaker's lines become one utterance: a while after the last line, and not for ever. */
async function extendBurst(
  house: House,
  reading: RecordedReading,
  entry: InboxEntry,
): Promise<Timer & { readonly kind: 'burst' }> {
  const { afterLast, atMost, mentioned } = house.settings.burst
  const id = `burst/${entry.conversation}/${entry.person}`
  const before = await reading.get('timers', id)
  const running = before?.kind === 'burst' ? before : undefined
  const now = house.now()
  const firstAt = running?.firstAt ?? now
  const asked = entry.mentioned || (running?.mentioned ?? false)
  return {
    ...{ id, kind: 'burst', conversation: entry.conversation, firstAt, mentioned: asked },
    lines: [...(running?.lines ?? []), entry.id],
    dueAt: Math.min(now + (asked ? mentioned : afterLast), firstAt + atMost),
  }
}

type KeptFiles = Pick<InboxEntry, 'photo'> & KeptAttachment

/** On disk before the commit that names them. */
async function keepFiles(house: House, message: InboundMessage): Promise<KeptFiles> {
  const picture = message.photo && (await fetchPhoto(house, message.photo))
  const photo = message.photo && picture && (await savePhoto(house, message.photo.name, picture))
  return { ...(photo && { photo }), ...(await keepAttachment(house, message, picture)) }
}

/** A photo that cannot be had is no reason to lose the words. */
async function fetchPhoto(house: House, photo: Photo): Promise<Uint8Array | undefined> {
  return notLosingWords(house, () => photo.read())
}

async function savePhoto(house: House, name: string, bytes: Uint8Array): Promise<InboxEntry['photo']> {
  return notLosingWords(house, () => house.photos.save(name, bytes))
}

async function notLosingWords<T>(house: House, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    house.observe({ type: 'trouble', at: house.now(), text: `a photo was not saved: ${reason}` })
    return undefined
  }
}
