import { FILE_MODE, type OpenFile, type WritableFile, writeAll, writeDurably } from '../durable-files.ts'
import { journalPath } from './generations.ts'
import { encodeHeader } from './lines.ts'

/** Invariant: the file ends after the last line that was synced, unless append() has thrown. */
export class JournalFile {
  readonly path: string
  readonly #file: WritableFile
  #size: number

  constructor(path: string, file: WritableFile, size: number) {
    this.path = path
    this.#file = file
    this.#size = size
  }

  get size(): number {
    return this.#size
  }

  /**
   * Durable when it resolves. When it throws, the line was taken back as far as the disk allows;
   * no other line may follow, because a bad line in the middle cannot be told from later damage.
   */
  async append(line: Uint8Array): Promise<void> {
    try {
      await writeAll(this.#file, line)
      await this.#file.datasync()
      this.#size += line.length
    } catch (error) {
      await this.#takeBack(error)
      throw error
    }
  }

  close(): Promise<void> {
    return this.#file.close()
  }

  async #takeBack(cause: unknown): Promise<void> {
    try {
      await this.#file.truncate(this.#size)
      await this.#file.sync()
    } catch (error) {
      throw new Error(`${messageOf(cause)}; and taking the line back: ${messageOf(error)}`, { cause: error })
    }
  }
}

/** A new journal appears whole, with its header: so an empty one is always damage. */
export async function createJournal(
  folder: string,
  generation: number,
  writtenAt: string,
  openFile: OpenFile,
): Promise<JournalFile> {
  const header = encodeHeader({ linli: 'journal', generation, writtenAt })
  await writeDurably(journalPath(folder, generation), [header], { openFile })
  return openJournal(folder, generation, header.length, openFile)
}

export async function openJournal(
  folder: string,
  generation: number,
  size: number,
  openFile: OpenFile,
): Promise<JournalFile> {
  const path = journalPath(folder, generation)
  const file = await openFile(path, 'a', FILE_MODE)
  // What was read back at the start may still be in the page cache only: from now on it is built upon.
  await file.sync()
  return new JournalFile(path, file, size)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
