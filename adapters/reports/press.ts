import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ReportPress } from '../../bot/ports/report-press.ts'
import type { Sheet } from '../../bot/reports/sheets.ts'
import { createFolder, writeDurably } from '../storage/durable-files.ts'
import { createXlsxWriter } from './xlsx-writer.ts'

/** Reports as files in one folder. The drawing is loaded when the first picture is wanted: it weighs 30 MB. */
export function openReportPress(folder: string): ReportPress {
  return {
    async picture(page) {
      const { drawReport } = await import('./picture.ts')
      return drawReport(page)
    },
    workbook: workbookOf,
    async keep(name, bytes) {
      const path = pathIn(folder, name)
      await createFolder(folder)
      await writeDurably(path, [bytes])
      return name
    },
    async read(file) {
      try {
        return await readFile(pathIn(folder, file))
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
        throw error
      }
    },
  }
}

/** A day, then letters, digits and - alone, so that no name leads out of the folder. */
const plainName = /^\d{4}-\d{2}-\d{2}-[\p{L}\p{N}_-]+\.(?:png|xlsx|md)$/u

export function isReportFile(name: string): boolean {
  return plainName.test(name)
}

function pathIn(folder: string, name: string): string {
  if (isReportFile(name)) return join(folder, name)
  throw new Error(`expected the name of a report, found ${JSON.stringify(name)}`)
}

const narrow = 10
const wide = 60

async function workbookOf(sheets: readonly Sheet[]): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  const writer = await createXlsxWriter(
    sheets.map(({ name }) => name),
    async (bytes) => {
      parts.push(bytes)
    },
  )
  for (const { rows, notes = [] } of sheets) {
    await writer.sheet(widthsOf(rows))
    await writer.rows([...rows, ...notes.flatMap((note) => [[], [note]])])
  }
  await writer.end()
  return Buffer.concat(parts)
}

/** A Chinese character is as wide as two letters. */
function widthsOf(rows: Sheet['rows']): readonly number[] {
  const columns = Math.max(0, ...rows.map((cells) => cells.length))
  return Array.from({ length: columns }, (_, at) => {
    const longest = Math.max(...rows.map((cells) => [...String(cells[at] ?? '')].length * 2))
    return Math.min(wide, Math.max(narrow, longest + 2))
  })
}
