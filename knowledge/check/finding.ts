import type { Passage } from '../answer.ts'

/** What is wrong or doubtful in a knowledge base, for the people who keep it. */
export const findingKinds = [
  'unreadable',
  'personal data',
  'instruction',
  'missing',
  'expired',
  'expiring',
  'contradiction',
  'repeated',
  'duplicate',
  'not found first',
  'finds nothing',
] as const
export type FindingKind = (typeof findingKinds)[number]

export interface Finding {
  readonly kind: FindingKind
  /** A fault needs somebody; a note is worth a look. */
  readonly status: 'fault' | 'note'
  /** Where, one or two places; for a question from outside the question itself. */
  readonly places: readonly string[]
  /** What is there, and what to do. */
  readonly message: string
}

/** A passage and the file it stands in. */
export interface Placed {
  readonly file: string
  /** A document with front matter; else a row of a table. */
  readonly isDocument: boolean
  readonly passage: Passage
}

/** 老年证.md “多大能办？” */
export function placeOf({ file, passage }: Placed): string {
  return passage.heading === '' ? file : `${file} “${passage.heading}”`
}
