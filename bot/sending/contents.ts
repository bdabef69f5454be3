import type { House } from '../house.ts'
import type { ChatFile, Destination } from '../ports/chat.ts'
import { SendError } from '../ports/chat.ts'
import type { OutboxEntry } from './outbox-documents.ts'

/** @throws SendError `gone` when somebody has deleted the file of a picture or an attachment */
export async function contentOf(
  house: House,
  { id, text, picture, attachment }: OutboxEntry,
): Promise<string | ChatFile> {
  const file = picture ?? attachment
  if (!file) return text
  const bytes = picture
    ? await house.reportPress?.read(picture.file)
    : await house.attachments?.read(file.file)
  if (bytes) return { name: file.name, bytes }
  const folder = picture ? 'reports' : 'attachments'
  throw new SendError('gone', `the file ${file.file} of ${id} is not in the folder of ${folder} any more`)
}

/** @throws SendError `gone` when there is no way to reach them through this account */
export async function destinationOf(house: House, account: string, entry: OutboxEntry): Promise<Destination> {
  if ('group' in entry.to) {
    const { documents } = await house.store.find<{ id: string; account: string; room: string }>('rooms', {
      where: { group: entry.to.group },
    })
    const room = documents.find((each) => each.account === account)
    if (room) return { room: room.room }
    throw new SendError('gone', `account ${account} is not in group ${entry.to.group}`)
  }
  const { documents } = await house.store.find<{ id: string; account: string; contact: string }>('contacts', {
    where: { person: entry.to.person },
  })
  const contact = documents.find((each) => each.account === account)
  if (contact) return { contact: contact.contact }
  throw new SendError('gone', `account ${account} does not know this person`)
}
