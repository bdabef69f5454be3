import type { Attachment } from '../notices/notice.ts'

/** WeChat shows larger pictures late, and an account that uploads 642 of them is slow. */
export const mostPictureBytes = 5 * 1024 * 1024
export const mostFileBytes = 20 * 1024 * 1024

/** Pictures and files that go out with notices. Nothing is decided here; what may be kept is told by the content. */
export interface Attachments {
  /** Durable when it resolves. @throws NoticeRefusedError attachment: too-large, empty, unknown-kind */
  save(name: string, bytes: Uint8Array): Promise<Attachment>
  /** @param file as `save` named it; undefined when it is gone */
  read(file: string): Promise<Uint8Array | undefined>
}
