import { maskNames } from '../../intents/personal-names.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import type { Person } from '../documents.ts'
import type { House } from '../house.ts'

/** What takes the names of those who reported and supported a ticket out of words that leave the house. */
export async function withoutNames(
  { store, texts }: Pick<House, 'store' | 'texts'>,
  { reporter, supporters, text }: Pick<Ticket, 'reporter' | 'supporters' | 'text'>,
): Promise<(words: string) => string> {
  const people = await Promise.all([reporter, ...supporters].map((id) => store.get<Person>('people', id)))
  const [before = '', after = ''] = texts.open311Contact({ contact: '\n' }).split('\n')
  const told = text
    .split('\n')
    .filter((line) => before !== '' && line.startsWith(before) && line.endsWith(after))
    .flatMap((line) => namesTold(line.slice(before.length, line.length - after.length)))
  const names = [...people.flatMap((person) => (person ? [person.name] : [])), ...told]
  return (words) => maskNames(words, names)
}

/** In 王 桂芳 13800138000 wang@example.org the family name comes first; written in one it is the same name. */
function namesTold(contact: string): readonly string[] {
  const parts = contact.split(/\s+/u).filter((part) => part !== '' && !/[\d@]/u.test(part))
  return [parts.join(' '), parts.join(''), [...parts].reverse().join(' '), ...parts]
}
