import { hasSeveralAccounts, linksOf } from '../accounts/links.ts'
import { speakerOf } from '../accounts/speaker.ts'
import type { InboxEntry } from '../documents.ts'
import type { House } from '../house.ts'
import type { Put, Reading } from '../reading.ts'

/** The account that says something to a group or a person. */
type To = { readonly group: string } | { readonly person: string }

/** What it is the answer to, if it is one. */
interface Heard {
  readonly group: string | null
  readonly person?: string
  readonly lines: readonly Pick<InboxEntry, 'id'>[]
}

/** @param puts what the same outcome writes: a code that binds this very room decides who speaks there from now on */
export async function accountFor(
  house: House,
  reading: Reading,
  heard: Heard,
  puts: readonly Put[],
  to: To,
): Promise<string> {
  return (
    plannedAccount(puts, to) ??
    ('group' in to
      ? accountForGroup(house, reading, heard, to.group)
      : accountForPerson(house, reading, heard, to.person))
  )
}

function plannedAccount(puts: readonly Put[], to: To): string | undefined {
  for (const { collection, document } of puts) {
    if (collection === 'groups' && 'group' in to && document.id === to.group) return document.owner
    if (collection === 'contacts' && 'person' in to && document.person === to.person) return document.account
  }
  return undefined
}

async function accountForGroup(house: House, reading: Reading, heard: Heard, id: string): Promise<string> {
  const group = await reading.get('groups', id)
  if (!group) return firstOf(house)
  // whoever took a line while the owner was not there also answers it
  const stoodIn = heard.group === id ? await heardBy(house, reading, heard) : undefined
  return stoodIn ?? speakerOf(house, reading, group)
}

/** The account that they wrote to; else one that they can be reached by. */
async function accountForPerson(house: House, reading: Reading, heard: Heard, id: string): Promise<string> {
  const several = hasSeveralAccounts(house)
  const limit = several ? 100 : 1
  const { documents } = await reading.find('contacts', { where: { person: id }, limit })
  const [first, ...others] = documents.map(({ account }) => account)
  if (first === undefined) return firstOf(house)
  if (others.length === 0) return first
  const asked = heard.person === id ? await heardBy(house, reading, heard) : undefined
  if (asked !== undefined && [first, ...others].includes(asked)) return asked
  const up = new Set((await linksOf(reading)).filter(({ state }) => state === 'up').map((link) => link.id))
  return [first, ...others].find((account) => up.has(account)) ?? first
}

/** Undefined when it cannot answer any more. */
async function heardBy(house: House, reading: Reading, { lines }: Heard): Promise<string | undefined> {
  const [line] = lines
  if (!line || !hasSeveralAccounts(house)) return undefined
  const account = accountOfLine(line.id)
  const link = (await linksOf(reading)).find(({ id }) => id === account)
  return link?.state === 'up' ? account : undefined
}

/** `${account}/${message id}`; no account has a slash in its name. */
export function accountOfLine(id: string): string {
  return id.slice(0, Math.max(id.indexOf('/'), 0))
}

function firstOf({ chats }: House): string {
  return chats[0]?.account ?? ''
}
