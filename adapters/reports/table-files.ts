import { randomUUID } from 'node:crypto'
import { link, mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { csvLine } from './ledger-file.ts'
import { createXlsxWriter } from './xlsx-writer.ts'

/** Small tables as files for the owner alone: names of people stand in them. */
export interface NamedTable {
  readonly name: string
  /** The first is the head. */
  readonly rows: readonly (readonly string[])[]
}

interface Replacing {
  readonly replace: boolean
}

/** One workbook, a sheet for each table. @throws Error with code EEXIST when a file is there */
export async function writeWorkbook(
  path: string,
  tables: readonly NamedTable[],
  { replace }: Replacing,
): Promise<void> {
  const parts: Uint8Array[] = []
  const writer = await createXlsxWriter(
    tables.map(({ name }) => name),
    async (bytes) => {
      parts.push(bytes)
    },
  )
  for (const { rows } of tables) {
    await writer.sheet((rows[0] ?? []).map(() => columnWidth))
    await writer.rows(rows)
  }
  await writer.end()
  await writePrivately(path, parts, replace)
}

/** In characters. */
const columnWidth = 22

/** A .csv for each table. @throws Error with code EEXIST when a file is there */
export async function writeCsvFolder(
  folder: string,
  tables: readonly NamedTable[],
  replacing: Replacing,
): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const table of tables) await writeCsv(join(folder, `${table.name}.csv`), table.rows, replacing)
}

export async function writeCsv(
  path: string,
  rows: NamedTable['rows'],
  { replace }: Replacing,
): Promise<void> {
  // the mark tells spreadsheets that this is UTF-8
  await writePrivately(path, [Buffer.from(`\ufeff${rows.map(csvLine).join('')}`)], replace)
}

/** The file has its name only when it is whole. */
async function writePrivately(path: string, parts: readonly Uint8Array[], replace: boolean): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`
  const file = await open(temporary, 'wx', 0o600)
  try {
    for (const part of parts) await file.writeFile(part)
    await file.sync()
    await file.close()
    if (replace) await rename(temporary, path)
    // unlike rename, this never takes the place of what is there
    else await link(temporary, path)
  } finally {
    await file.close()
    await rm(temporary, { force: true })
  }
}
