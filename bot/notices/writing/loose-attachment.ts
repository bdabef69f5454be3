import { minute } from '../../../tickets/shanghai-time.ts'
import type { InboxEntry, Memory } from '../../documents.ts'
import type { House } from '../../house.ts'
import { isStaff } from '../../people/directory.ts'
import { mostFileBytes } from '../../ports/attachments.ts'
import type { InboundMessage } from '../../ports/chat.ts'
import type { Situation } from '../../situation.ts'
import type { Attachment } from '../notice.ts'
import { NoticeRefusedError } from '../refusal.ts'
import { staffGroupTag } from './target-words.ts'

/**
 * A picture or a document that staff send to the bot, in private or in a group of staff, for the notice that they write
 * right after it. What residents send is not fetched for this, and not kept.
 */

/** A file and the notice that it belongs to come one after the other, at most this far apart, ms: a notice takes a while to type. */
const belongsFor = 20 * minute

/** The one that came with these words, or else right before them; the newest wins. */
export function looseAttachmentOf({ cause, memory, now }: Situation): Attachment | undefined {
  const here = cause.lines.findLast((line) => line.attachment !== undefined)?.attachment
  if (here) return here
  const loose = memory?.looseAttachment
  return loose?.attachment && now - loose.at <= belongsFor ? loose.attachment : undefined
}

/** What came without a word, to remember until the words come; undefined: nothing to remember. */
export function looseMemory({
  cause,
  photos,
  now,
}: Situation): Pick<Memory, 'loosePhotos' | 'looseAttachment'> | undefined {
  const attachment = cause.lines.findLast((line) => line.attachment !== undefined)?.attachment
  if (photos.length === 0 && !attachment) return undefined
  return {
    ...(photos.length > 0 && { loosePhotos: { photos, at: now } }),
    ...(attachment && { looseAttachment: { attachment, at: now } }),
  }
}

/** For whoever sent a file alone: that it is here, or why it is not. A picture that is here has words of its own. */
export function fileWords({ cause, house: { texts } }: Situation): readonly string[] {
  const line = cause.lines.findLast(({ attachment, attachmentRefused }) => attachment ?? attachmentRefused)
  if (line?.attachment) return line.photo ? [] : [texts.fileAlone({ name: line.attachment.name })]
  const refused = line?.attachmentRefused
  if (!refused) return []
  const name = shownName(refused.name)
  switch (refused.why) {
    case 'too-large':
      return [texts.noticeFileTooLarge({ name })]
    case 'empty':
      return [texts.noticeFileEmpty({ name })]
    case 'unknown-kind':
      return [texts.noticeFileUnknownKind({ name })]
    case 'missing':
      return [texts.noticeFileMissing({ name })]
  }
}

/** It is refused, and may be called anything. */
function shownName(name: string): string {
  return [...name.replace(/\p{C}/gu, '')].slice(0, 40).join('')
}

/** For a notice that took it: it goes with no second one. */
export function attachmentUsed({ now }: Pick<Situation, 'now'>): Pick<Memory, 'looseAttachment'> {
  return { looseAttachment: { attachment: null, at: now } }
}

export type KeptAttachment = Pick<InboxEntry, 'attachment' | 'attachmentRefused'>

/**
 * On disk before the commit that names it. What cannot be had is no reason to lose the words.
 *
 * @param picture the bytes of the message's picture, where it has one
 */
export async function keepAttachment(
  house: House,
  message: InboundMessage,
  picture: Uint8Array | undefined,
): Promise<KeptAttachment> {
  const { attachments } = house
  const { file, photo } = message
  const name = file?.name ?? photo?.name
  if (!attachments || name === undefined || !(await isForNotices(house, message))) return {}
  try {
    const bytes = picture ?? (file && (await fetched(file)))
    return bytes ? { attachment: await attachments.save(name, bytes) } : {}
  } catch (error) {
    if (error instanceof NoticeRefusedError && error.fault.kind === 'attachment')
      return { attachmentRefused: { name, why: error.fault.why } }
    const reason = error instanceof Error ? error.message : String(error)
    house.observe({ type: 'trouble', at: house.now(), text: `a file was not kept: ${reason}` })
    return { attachmentRefused: { name, why: 'missing' } }
  }
}

async function fetched(file: NonNullable<InboundMessage['file']>): Promise<Uint8Array> {
  const bytes = (file.size ?? 0) > mostFileBytes ? undefined : await file.read(mostFileBytes)
  if (bytes) return bytes
  throw new NoticeRefusedError(
    { kind: 'attachment', why: 'too-large', name: file.name },
    `the file ${file.name}: expected at most ${mostFileBytes} bytes, it is larger`,
  )
}

async function isForNotices({ store }: House, { account, room, sender }: InboundMessage): Promise<boolean> {
  const contact = await store.get<{ id: string; person: string }>('contacts', `${account}/${sender.id}`)
  const person =
    contact &&
    (await store.get<{ id: string; role: Parameters<typeof isStaff>[0]['role'] }>('people', contact.person))
  if (!person || !isStaff(person)) return false
  if (!room) return true
  const bound = await store.get<{ id: string; group: string | null }>('rooms', `${account}/${room.id}`)
  const group =
    bound?.group && (await store.get<{ id: string; tags: readonly string[] }>('groups', bound.group))
  return group ? group.tags.includes(staffGroupTag) : false
}
