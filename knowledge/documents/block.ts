/**
 * A document as its reader hands it on: headings and paragraphs in their order, whatever the format was.
 * A paragraph may have several lines: a table is one, with a line for each row.
 */
export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly text: string }
  /** `bold`: all of it, as writers without heading styles mark their headings. */
  | { readonly kind: 'paragraph'; readonly text: string; readonly bold?: true }

/** What a file says about itself in fields meant for it, as the pages of public offices do. */
export interface SaidByFile {
  readonly title?: string
  readonly source?: string
  /** As written. */
  readonly issued?: string
}

/** Without characters that nobody can see, which some programs leave behind. */
export function visible(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\uFFFD]/gu, (each) => (each === '\n' || each === '\t' ? each : ''))
}

export interface Draft {
  readonly blocks: readonly Block[]
  readonly about: SaidByFile
  /** What could not be taken, for people: "2 pictures". */
  readonly lost: readonly string[]
}
