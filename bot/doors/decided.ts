import type { Outcome } from '../outcome.ts'

/** The result that is told to whoever asked: plain data, kept with the audit. */
export type CommandResult = Readonly<Record<string, string | number | boolean | null>>

/** What a lawful command leads to. */
export interface Decided {
  readonly outcome: Outcome
  readonly result: CommandResult
  /** Nothing came of it and never will: it is not kept in the audit, and asked again it is decided again. */
  readonly unchanged?: true
}
