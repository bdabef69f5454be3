/** What is wrong with a document, for the person who wrote it. */
export interface DocumentProblem {
  readonly file: string
  /** From 1. */
  readonly line: number
  /** What was expected, what came, and the remedy. */
  readonly message: string
}

export function describeProblem({ file, line, message }: DocumentProblem): string {
  return `${file}:${line}: ${message}`
}

/** Names every problem at once, so that a folder is mended in one go. */
export class BadDocumentsError extends Error {
  override readonly name = 'BadDocumentsError'
  readonly code = 'BAD_DOCUMENTS'
  readonly problems: readonly DocumentProblem[]

  constructor(problems: readonly DocumentProblem[], options?: { readonly cause: unknown }) {
    super(problems.map(describeProblem).join('\n'), options)
    this.problems = problems
  }
}
