import type { Code, CodeHeard, Room } from '../documents.ts'
import { type Outcome, silence } from '../outcome.ts'
import type { Put, Reading } from '../reading.ts'
import { accountOfLine } from '../sending/account-for.ts'
import type { Situation } from '../situation.ts'

/**
 * One line with a group's code, heard by several of our accounts: all of them are in that group. Only one of them may
 * know whoever said it as staff, and either may think about it first, so each leaves in the code what it has heard.
 * The same line is: the same code (it cannot be guessed), at the same time, in a room of the same topic.
 */
export type GroupCode = Code & { readonly kind: 'group' }

/** Clocks of two accounts tell the same second, or the next. */
const sameWithin = 5_000
/** Another account that hears it later than this has not been there. */
const goodFor = 10 * 60_000

/** Undefined in private. */
export async function heardIn({ cause, reading, saidAt }: Situation): Promise<CodeHeard | undefined> {
  const account = accountOfLine(cause.lines[0]?.id ?? '')
  const room = await roomOf(reading, account, cause.conversation ?? '', cause.group)
  return room && { room: room.id, topic: room.topic, at: saidAt }
}

async function roomOf(
  reading: Reading,
  account: string,
  conversation: string,
  group: string | null,
): Promise<Room | undefined> {
  if (group === null) return reading.get('rooms', conversation.replace(/^room\//u, ''))
  const { documents } = await reading.find('rooms', { where: { group } })
  return documents.find((room) => room.account === account)
}

/** Heard here, from somebody whom this account does not know as staff. */
export function rememberHeard(code: GroupCode, heard: CodeHeard): Put {
  const others = (code.heard ?? []).filter(({ room }) => room !== heard.room)
  // a code that many people play with in many rooms is kept short
  return { collection: 'codes', document: { ...code, heard: [...others, heard].slice(-20) } }
}

/** It is spent, but for accounts that heard this very line. */
export function saidNow({ heard: _, ...code }: GroupCode, said: CodeHeard, now: number): GroupCode {
  return { ...code, said, expiresAt: Math.min(code.expiresAt, now + goodFor) }
}

/** Staff said it to this account: the rooms in which others heard the same line are the same group. */
export async function joinOthers(
  reading: Reading,
  code: GroupCode,
  said: CodeHeard,
): Promise<{ readonly puts: readonly Put[] }> {
  const puts: Put[] = []
  for (const heard of code.heard ?? []) {
    const room = isSameLine(heard, said) ? await reading.get('rooms', heard.room) : undefined
    if (room && room.group === null) puts.push(inGroup(room, code.group))
  }
  return { puts }
}

/** Another account was told the line by staff; this one hears it too. */
export async function joinLater({ reading }: Situation, code: GroupCode, heard: CodeHeard): Promise<Outcome> {
  const room = code.said && isSameLine(heard, code.said) ? await reading.get('rooms', heard.room) : undefined
  if (!room || room.group !== null) return silence('unbound')
  return silence('recorded', {
    puts: [inGroup(room, code.group)],
    why: `code: room is now group ${code.group}`,
  })
}

function inGroup(room: Room, group: string): Put {
  return { collection: 'rooms', document: { ...room, group } }
}

function isSameLine(one: CodeHeard, other: CodeHeard): boolean {
  const sameTime = Math.abs(one.at - other.at) <= sameWithin
  return sameTime && one.room !== other.room && one.topic === other.topic
}
