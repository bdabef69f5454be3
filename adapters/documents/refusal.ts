/** Why a file was not taken, for the person who named it: what was expected, what came, what to do. */
export class DocumentRefusedError extends Error {
  override readonly name = 'DocumentRefusedError'
  readonly code = 'document-refused'
}

/** How large what is read may become; more is a mistake, or somebody's trap. */
export const limits = {
  /** Bytes of a Word, PDF, Excel, HTML or text document. */
  document: 50 << 20,
  /** Bytes of a table of questions: a hundred thousand rows fit. */
  table: 256 << 20,
  /** Bytes of what a .docx or .xlsx unpacks to. */
  unpacked: 300 << 20,
  /** Files inside a .docx or .xlsx. */
  entries: 10_000,
  pages: 3_000,
  rows: 200_000,
  /** Characters of text of one document. */
  characters: 5_000_000,
} as const
