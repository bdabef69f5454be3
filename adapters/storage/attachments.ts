/**
 * Pictures and files of notices on disk, named by the hash of their content as photos are: a name never becomes a path,
 * and the same file is kept once. Hundreds of groups open what is kept here, so it is told by its content what it is,
 * and whatever could carry a program stays out.
 */
import { createHash } from 'node:crypto'
import { readdir, readFile, rm, stat, utimes } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { Attachment } from '../../bot/notices/notice.ts'
import { NoticeRefusedError } from '../../bot/notices/refusal.ts'
import { type Attachments, mostFileBytes, mostPictureBytes } from '../../bot/ports/attachments.ts'
import { cleanName } from '../clean-name.ts'
import { DocumentRefusedError } from '../documents/refusal.ts'
import { checkZip } from '../documents/zip-check.ts'
import { createFolder, syncFolder, TEMPORARY_SUFFIX, writeDurably } from './durable-files.ts'

const MB = 1024 * 1024
const PICTURES = ['jpg', 'png', 'gif', 'webp']
const ATTACHMENT_FILE = /^[0-9a-f]{64}\.(?:jpg|png|gif|webp|pdf|docx|xlsx|pptx|txt)$/

export interface AttachmentFolder extends Attachments {
  /** Removes what nobody names and what is older than the grace time; returns the names. */
  sweep(options: SweepOptions): Promise<readonly string[]>
}

export interface SweepOptions {
  readonly isNamed: (file: string) => boolean
  /** Milliseconds since 1970. */
  readonly now: number
}

const GRACE_MS = 24 * 60 * 60 * 1000

/** The folder is created when something is kept in it. */
export function openAttachments(folder: string): AttachmentFolder {
  return {
    async save(name, bytes) {
      await createFolder(folder)
      return saveIn(folder, name, bytes)
    },
    async read(file) {
      // what is no name of ours is nowhere: it may come from outside, and leads out of no folder
      return ATTACHMENT_FILE.test(file) ? await ifThere(readFile(join(folder, file))) : undefined
    },
    sweep: (options) => sweepIn(folder, options),
  }
}

async function saveIn(folder: string, name: string, bytes: Uint8Array): Promise<Attachment> {
  const { extension, kind, shown } = describe(name, bytes)
  const file = `${createHash('sha256').update(bytes).digest('hex')}.${extension}`
  const path = join(folder, file)
  if ((await ifThere(stat(path)))?.size === bytes.length) {
    // It counts as new again, or a sweep could take it before the commit that names it.
    const now = new Date()
    await utimes(path, now, now)
  } else {
    await writeDurably(path, [bytes])
  }
  return { name: shown, file, kind }
}

interface Description {
  readonly extension: string
  readonly kind: Attachment['kind']
  readonly shown: string
}

/** @throws NoticeRefusedError attachment */
function describe(name: string, bytes: Uint8Array): Description {
  if (bytes.length === 0) throw refused('empty', name, 'it is empty: send it again')
  const promised = extname(name).slice(1).toLowerCase()
  const extension = extensionOf(promised, bytes)
  if (extension === undefined)
    throw refused(
      'unknown-kind',
      name,
      'expected a picture (jpg, png, gif, webp), or a pdf, docx, xlsx, pptx or txt file whose content is what its ending says: save it as a PDF',
    )
  const kind = PICTURES.includes(extension) ? 'picture' : 'file'
  const most = kind === 'picture' ? mostPictureBytes : mostFileBytes
  if (bytes.length > most)
    throw refused(
      'too-large',
      name,
      `expected at most ${most / MB} MB, found ${(bytes.length / MB).toFixed(1)} MB: make it smaller`,
    )
  return { extension, kind, shown: cleanName(name, extension) }
}

function refused(
  why: 'too-large' | 'empty' | 'unknown-kind',
  name: string,
  message: string,
): NoticeRefusedError {
  return new NoticeRefusedError({ kind: 'attachment', why, name }, `the attachment ${name}: ${message}`)
}

/** Pictures and PDF by their content alone; Office files and text by content and ending. */
function extensionOf(promised: string, bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, 16)).toString('latin1')
  if (start.startsWith('\xff\xd8\xff')) return 'jpg'
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'png'
  if (start.startsWith('GIF87a') || start.startsWith('GIF89a')) return 'gif'
  if (start.startsWith('RIFF') && start.slice(8, 12) === 'WEBP') return 'webp'
  if (start.startsWith('%PDF-')) return 'pdf'
  const part = officeParts[promised]
  if (start.startsWith('PK\x03\x04')) return part !== undefined && holds(bytes, part) ? promised : undefined
  return promised === 'txt' && isText(bytes) ? 'txt' : undefined
}

const officeParts: Readonly<Record<string, string>> = { docx: 'word/', xlsx: 'xl/', pptx: 'ppt/' }

/** What is too large to be looked into is refused for its size. */
function holds(bytes: Uint8Array, part: string): boolean {
  if (bytes.length > mostFileBytes) return true
  try {
    const names = [...checkZip(Buffer.from(bytes)).names]
    const hasMacros = names.some(
      (each) => /vbaProject|\.bin$/iu.test(each) && !/printerSettings/iu.test(each),
    )
    return names.includes('[Content_Types].xml') && names.some((each) => each.startsWith(part)) && !hasMacros
  } catch (error) {
    if (error instanceof DocumentRefusedError) return false
    throw error
  }
}

/** UTF-8 or the encoding of Chinese Windows, without the bytes that no text has. */
function isText(bytes: Uint8Array): boolean {
  if (bytes.some((byte) => byte < 32 && ![9, 10, 13].includes(byte))) return false
  return ['utf-8', 'gb18030'].some((encoding) => {
    try {
      new TextDecoder(encoding, { fatal: true }).decode(bytes)
      return true
    } catch (error) {
      if (error instanceof TypeError) return false
      throw error
    }
  })
}

async function sweepIn(folder: string, { isNamed, now }: SweepOptions): Promise<readonly string[]> {
  const removed: string[] = []
  for (const file of (await ifThere(readdir(folder))) ?? []) {
    const path = join(folder, file)
    const isOurs = ATTACHMENT_FILE.test(file) || file.endsWith(TEMPORARY_SUFFIX)
    const age = now - ((await ifThere(stat(path)))?.mtimeMs ?? now)
    if (!isOurs || age <= GRACE_MS || isNamed(file)) continue
    await rm(path, { force: true })
    removed.push(file)
  }
  if (removed.length > 0) await syncFolder(folder)
  return removed
}

async function ifThere<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
