import { extname } from 'node:path'
import type { House } from '../../house.ts'
import type { Attachment } from '../notice.ts'
import { NoticeRefusedError } from '../refusal.ts'
import { assertVisible } from './check-text.ts'

/**
 * What a command names as its attachment comes from outside: the file must be there, and its name be one that shows what
 * it is.
 *
 * @throws NoticeRefusedError attachment missing or unknown-kind, control-characters
 */
export async function assertAttachment(
  { attachments }: Pick<House, 'attachments'>,
  { name, file }: Attachment,
): Promise<void> {
  assertVisible(name)
  if (/[/\\]/u.test(name) || extname(name).toLowerCase() !== extname(file))
    throw new NoticeRefusedError(
      { kind: 'attachment', why: 'unknown-kind', name },
      `the attachment ${name}: expected a plain name that ends with ${extname(file) || 'its ending'}`,
    )
  if ((await attachments?.read(file)) === undefined)
    throw new NoticeRefusedError(
      { kind: 'attachment', why: 'missing', name },
      `the attachment ${name} (${file}) is not kept here (any more): send the file again, then name it as the answer does`,
    )
}
