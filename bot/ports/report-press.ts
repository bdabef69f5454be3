import type { PicturePage } from '../reports/picture-page.ts'
import type { Sheet } from '../reports/sheets.ts'

/** Makes files of reports and keeps them. Nothing is decided here: every word comes from bot/reports/. */
export interface ReportPress {
  /** A PNG with its own Chinese font. @throws Error where this machine cannot draw: linli doctor says why */
  picture(page: PicturePage): Promise<Uint8Array>
  /** An .xlsx, a sheet each. */
  workbook(sheets: readonly Sheet[]): Promise<Uint8Array>
  /** Durable when it resolves; a file of that name is replaced. @returns its name in the folder of reports */
  keep(name: string, bytes: Uint8Array): Promise<string>
  /** undefined when it is gone. */
  read(file: string): Promise<Uint8Array | undefined>
}
