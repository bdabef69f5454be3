import type { Contact } from '../documents.ts'
import type { Reading, Removal } from '../reading.ts'

/**
 * Somebody is known by another contact of the same account from now on: those of before lead nowhere any more, and must
 * not stay a way into the role.
 */
export async function replacedContacts(
  reading: Reading,
  person: string,
  { id, account }: Pick<Contact, 'id' | 'account'>,
): Promise<readonly Removal[]> {
  const { documents } = await reading.find('contacts', { where: { person }, limit: 1_000 })
  return documents
    .filter((contact) => contact.account === account && contact.id !== id)
    .map((contact) => ({ collection: 'contacts', id: contact.id }) as const)
}
