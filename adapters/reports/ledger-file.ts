import { randomUUID } from 'node:crypto'
import { type FileHandle, link, open, rename, rm } from 'node:fs/promises'
import { safeCell } from './safe-cell.ts'
import { createXlsxWriter } from './xlsx-writer.ts'

/** The ledger as a file, written while its rows come. The file has its name only when it is whole. */
export const ledgerFormats = ['xlsx', 'csv', 'jsonl'] as const
export type LedgerFormat = (typeof ledgerFormats)[number]

export interface LedgerFile {
  add(rows: readonly (readonly string[])[]): Promise<void>
  /** Gives the file its name. @throws Error when somebody has put another file there meanwhile */
  finish(): Promise<void>
  /** Leaves no trace. */
  giveUp(): Promise<void>
}

export interface LedgerFileOptions {
  readonly path: string
  readonly format: LedgerFormat
  readonly columns: readonly string[]
  /** Widths of the columns in characters, for xlsx. */
  readonly widths: readonly number[]
  readonly replace: boolean
}

interface RowWriter {
  rows(rows: readonly (readonly string[])[]): Promise<void>
  end(): Promise<void>
}

export async function createLedgerFile(options: LedgerFileOptions): Promise<LedgerFile> {
  const { path, replace } = options
  const temporary = `${path}.${randomUUID()}.tmp`
  // for the owner alone: places and complaints of people stand in it
  const file = await open(temporary, 'wx', 0o600)
  let closed = false
  const close = async () => {
    if (!closed) await file.close()
    closed = true
  }
  const writer = await writerOf(file, options)
  return {
    add: (rows) => writer.rows(rows),
    async finish() {
      await writer.end()
      await file.sync()
      await close()
      if (replace) return rename(temporary, path)
      // unlike rename, this never takes the place of what is there
      await link(temporary, path)
      await rm(temporary)
    },
    async giveUp() {
      await close()
      await rm(temporary, { force: true })
    },
  }
}

async function writerOf(
  file: FileHandle,
  { format, columns, widths }: LedgerFileOptions,
): Promise<RowWriter> {
  const write = async (text: string) => {
    await file.writeFile(text)
  }
  switch (format) {
    case 'xlsx': {
      const xlsx = await createXlsxWriter(['台账'], async (bytes) => {
        await file.writeFile(bytes)
      })
      await xlsx.sheet(widths)
      await xlsx.rows([columns])
      return xlsx
    }
    case 'csv':
      // the mark tells spreadsheets that this is UTF-8
      await write(`\ufeff${csvLine(columns)}`)
      return { rows: (rows) => write(rows.map(csvLine).join('')), end: async () => undefined }
    case 'jsonl':
      return {
        rows: (rows) => write(rows.map((cells) => jsonLine(columns, cells)).join('')),
        end: async () => undefined,
      }
  }
}

/** One line of a table, for every program that opens such. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => `"${safeCell(cell).replaceAll('"', '""')}"`).join(',')}\r\n`
}

/** Nothing opens it as a table: the words stay as they are. */
function jsonLine(columns: readonly string[], cells: readonly string[]): string {
  return `${JSON.stringify(Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? ''])))}\n`
}
